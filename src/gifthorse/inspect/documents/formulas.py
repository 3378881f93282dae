"""Formulas of tables that reach out of the table: they fetch, they lead to another machine, or they carry cells away in an address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from html import unescape
from typing import Final

from gifthorse.inspect.documents.addresses import Leads, host_of, leads
from gifthorse.inspect.documents.biff8 import formulas_in_stream
from gifthorse.inspect.documents.biff12 import binary_parts, formulas_in_part, names_in
from gifthorse.inspect.documents.compound import CompoundFile
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.package import Package
from gifthorse.inspect.documents.spreadsheet import workbook_streams

MOST_PART: Final = 64 << 20
MOST_FORMULAS: Final = 200_000
MOST_LENGTH: Final = 8_192  # what Excel allows in one formula


class Reach(Enum):
    """What a formula does outside its table."""

    FETCHES = "fetches"
    CARRIES_AWAY = "carries-away"
    OPENS_SHARE = "opens-share"
    OPENS_FILE = "opens-file"
    LINK_WITH_CELLS = "link-with-cells"
    CALLS = "calls"
    ASKS_SERVER = "asks-server"
    ASKS_PROGRAM = "asks-program"


@dataclass(frozen=True, kw_only=True, slots=True)
class OutwardFormula:
    """One formula. `host` is the machine it names, empty when it names none; `offset` only where the part is the file itself."""

    reach: Reach
    formula: str
    host: str
    place: str
    offset: int | None = None


# A cell's formula, a defined name, a rule of validation or formatting (ECMA-376 part 1, 18.3.1.40, 18.2.5); prefixes are any.
_IN_PACKAGE: Final = re.compile(rb"<(?:\w+:)?(?:f|definedName|formula[12]?)(?:\s[^<>]{0,400})?>([^<]{1,8192})</")
_IN_OPEN_DOCUMENT: Final = re.compile(rb"\bformula=\"([^\"<]{1,8192})\"")
_TEXT: Final = re.compile(r'"((?:[^"]|"")*)"')
_FETCHING: Final = re.compile(r"\b(?:WEBSERVICE|IMPORTXML|IMPORTDATA|IMPORTHTML|IMPORTFEED|IMPORTRANGE|IMAGE)\s*\(", re.IGNORECASE)
_REAL_TIME: Final = re.compile(r"\bRTD\s*\(", re.IGNORECASE)
_SERVER: Final = re.compile(r"\bRTD\s*\((?:[^\",()]|\"[^\"]*\")*,\s*\"([^\"]*)\"", re.IGNORECASE)
_ONLY_PICTURE: Final = re.compile(r"^(?!.*\b(?:WEBSERVICE|IMPORT\w+)\s*\().*\bIMAGE\s*\(", re.IGNORECASE | re.DOTALL)
_JOINING: Final = re.compile(r"&|\b(?:CONCAT|CONCATENATE|TEXTJOIN)\s*\(", re.IGNORECASE)
_LINKING: Final = re.compile(r"\bHYPERLINK\s*\(", re.IGNORECASE)
_CALLING: Final = re.compile(r"\b(?:CALL|REGISTER(?:\.ID)?|EXEC)\s*\(\s*\"", re.IGNORECASE)
_CELL: Final = re.compile(r"(?<![\w.])\[?[$.]*[A-Z]{1,3}\$?[0-9]{1,7}\b")
_PROGRAM: Final = re.compile(
    r"\.(?:exe|scr|com|pif|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|msi|cpl|jar|library-ms|search-ms)(?:$|[?#])", re.IGNORECASE
)
_OUTWARD: Final = frozenset({Leads.WEB, Leads.SHARE, Leads.MONIKER})
# In compiled formulas: a call of one of the functions by its number ([MS-XLS] Ftab), a fetching one by name, a share's name in a text.
_MAY_REACH_OUT: Final = re.compile(
    rb"[\x22\x42\x62].(?:\x95\0|\x96\0|\x0b\x01|\x6e\0|\x67\x01|\x7b\x01)|W\0?E\0?B\0?S\0?E\0?R\0?V|\.\0?I\0?M\0?A\0?G\0?E|\\\0?\\",
    re.DOTALL,
)
_WORDS: Final = (b"WEBSERVICE", b"IMPORT", b"HYPERLINK", b"IMAGE", b"RTD", b"CALL", b"REGISTER", b"EXEC", b"\\\\", b"file:")


def formulas_of(package: Package) -> Iterator[OutwardFormula]:
    """The formulas of a workbook's or OpenDocument table's parts that reach outside."""
    yield from _in_binary_parts(package)
    for name in package.names:
        low = name.lower()
        if low == "content.xml":
            pattern = _IN_OPEN_DOCUMENT
        elif low.startswith("xl/") and low.endswith(".xml") and not low.startswith(("xl/sharedstrings", "xl/styles", "xl/theme")):
            pattern = _IN_PACKAGE
        else:
            continue
        try:
            part = package.read(name, MOST_PART)
        except DamagedDocument:
            continue
        yield from _in_part(part, pattern, name)


def formulas_of_workbook(compound: CompoundFile) -> Iterator[OutwardFormula]:
    """The formulas of a binary workbook that reach outside."""
    for stream in workbook_streams(compound):
        if _MAY_REACH_OUT.search(stream):
            for formula in formulas_in_stream(stream):
                yield from _judged(formula.text, "Workbook")


def _in_binary_parts(package: Package) -> Iterator[OutwardFormula]:
    """Formulas of binary parts; a function that is called by name has it in the workbook's part, wherever the call is."""
    parts = list(binary_parts(package))
    book = next((part for place, part in parts if place.lower() == "xl/workbook.bin"), b"")
    by_name = _MAY_REACH_OUT.search(book) is not None
    names = names_in(book)
    for place, part in parts:
        if by_name or _MAY_REACH_OUT.search(part):
            for formula in formulas_in_part(part, names):
                yield from _judged(formula, place)


def _judged(formula: str, place: str) -> Iterator[OutwardFormula]:
    judged = outward(formula)
    if judged is not None:
        yield OutwardFormula(reach=judged[0], formula=formula, host=judged[1], place=place)


def _in_part(part: bytes, pattern: re.Pattern[bytes], place: str) -> Iterator[OutwardFormula]:
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        part = part.decode("utf-16", "replace").encode()
    upper = part.upper()
    if not any(word.upper() in upper for word in _WORDS):
        return
    for count, found in enumerate(pattern.finditer(part)):
        if count >= MOST_FORMULAS:
            return
        formula = unescape(found.group(1).decode("utf-8", "replace"))
        judged = outward(formula)
        if judged is not None:
            yield OutwardFormula(reach=judged[0], formula=formula, host=judged[1], place=place)


def outward(formula: str) -> tuple[Reach, str] | None:
    """What *formula* does outside its table and to which machine; None when it stays inside."""
    texts = [text.replace('""', '"').lstrip("'") for text in _TEXT.findall(formula[:MOST_LENGTH])]
    address = next((text for text in texts if leads(text) in _OUTWARD), "")
    rest = _TEXT.sub('""', formula)
    with_cells = _CELL.search(rest) is not None
    if _CALLING.search(formula):
        return Reach.CALLS, host_of(address)
    if _REAL_TIME.search(rest):
        return _asked(formula, rest)
    if _FETCHING.search(rest):
        return _fetched(address, rest, with_cells=with_cells)
    if leads(address) is Leads.SHARE or _share_in(rest):
        return Reach.OPENS_SHARE, host_of(address) or _share_in(rest)
    if _LINKING.search(rest):
        return _linked(texts, address, with_cells=with_cells)
    return None


def _fetched(address: str, rest: str, *, with_cells: bool) -> tuple[Reach, str] | None:
    """A fetching function counts when it names an address or puts one together from cells; pictures of the web are ordinary."""
    if not address and not with_cells:
        return None
    carries = bool(address) and with_cells and _JOINING.search(rest) is not None
    if not carries and _ONLY_PICTURE.search(rest) is not None:
        return None
    return (Reach.CARRIES_AWAY if carries else Reach.FETCHES), host_of(address)


def _asked(formula: str, rest: str) -> tuple[Reach, str]:
    """Who a real-time formula asks: the second argument of RTD names another machine, where there is one (ECMA-376 part 1, 18.17.7.283)."""
    named = _SERVER.search(formula)
    elsewhere = named is not None and named[1].strip().lower() not in {"", "localhost", "127.0.0.1", "."}
    by_cell = named is None and re.search(r"\bRTD\s*\([^,()]*,\s*[^,\s\"]", rest, re.IGNORECASE) is not None
    return (Reach.ASKS_SERVER, named[1].strip() if named and elsewhere else "") if elsewhere or by_cell else (Reach.ASKS_PROGRAM, "")


def _linked(texts: list[str], address: str, *, with_cells: bool) -> tuple[Reach, str] | None:
    if leads(address) is Leads.MONIKER or any(_PROGRAM.search(text) and leads(text) is not Leads.WEB for text in texts[:1]):
        return Reach.OPENS_FILE, host_of(address)
    if leads(address) is Leads.WEB and with_cells and ("?" in address or "=" in address):
        return Reach.LINK_WITH_CELLS, host_of(address)
    return None


def _share_in(rest: str) -> str:
    r"""The machine of a reference to another workbook on a share: ``'\\host\share\[book.xlsx]Sheet'!A1``."""
    found = re.search(r"'(\\\\[^'\[\]]{3,300})\[", rest)
    return host_of(found.group(1)) if found and leads(found.group(1)) is Leads.SHARE else ""


# A cell of a text table that begins with a formula: behind a separator, a line's start or an opening quote.
_TABLE_CELL: Final = re.compile(rb"(?m)(?:^|[,;\t])(?:\"\s{0,4}([=+@-](?:[^\"\r\n]|\"\"){1,2000})\"|\s{0,4}([=+@-][^\r\n]{1,2000}))")


def formulas_in_table(table: bytes) -> Iterator[OutwardFormula]:
    """The outward formulas in the cells of a text that a spreadsheet program opens."""
    if b"(" not in table and b"\\\\" not in table:
        return
    upper = table.upper()
    if not any(word in upper for word in (b"WEBSERVICE", b"HYPERLINK", b"IMPORT", b"\\\\", b"RTD(")):
        return
    for count, found in enumerate(_TABLE_CELL.finditer(table)):
        if count >= MOST_FORMULAS:
            return
        quoted = found.group(1)
        text = (quoted.replace(b'""', b'"') if quoted else found.group(2)).decode("utf-8", "replace")
        judged = outward(text)
        if judged is not None:
            yield OutwardFormula(reach=judged[0], formula=text, host=judged[1], place="", offset=found.start(1 if quoted else 2))
