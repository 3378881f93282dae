"""Exchanges (DDE) that texts ask for when an office program opens them: cells of text tables, SYLK, pages with tables or fields, and
the XML forms of Excel 2003, Word 2003 and OpenDocument.
"""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Final

from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.fields import codes_in
from gifthorse.inspect.documents.markup import elements
from gifthorse.inspect.documents.text_macros import one_byte_text
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item, TooLarge

Exchange = tuple[str, str]

MOST_BYTES: Final = 16 << 20
MOST_CALLS: Final = 20_000
MOST_LINE: Final = 500
MOST_FORMULA_CALLS: Final = 50

TABLE_NAMES: Final = frozenset({"csv", "tsv", "tab", "slk", "dif", "iqy", "prn"})
_OFFICE_NAMES: Final = TABLE_NAMES | {
    "xls", "xlt", "xlw", "xlm", "xlsx", "xlsm", "xltx", "xlsb", "doc", "dot", "docx", "wps", "mht", "mhtml",
}  # fmt: skip
_OFFICE_PAGE: Final = b"urn:schemas-microsoft-com:office:"
_NAMESPACES: Final = 4096

# A cell that begins a formula and calls program|'arguments'!item; in SYLK a formula stands behind E, without a sign.
_CELL: Final = re.compile(
    rb"(?:(?:^|[,;\t|\"]|;E) {0,8}[\"']? {0,8}[=+@-]|^C;[^\r\n]{0,200}?;E)"
    rb"[^\r\n,;|!]{0,60}?([A-Za-z][\w.\\:/ ]{1,60})\|\s*'?([^\r\n!]{0,300})'?!",
    re.MULTILINE,
)
_CALL: Final = re.compile(rb"\|[^\r\n!|]{0,300}!")
_CONTROLS: Final = bytes(code for code in range(32) if code not in b"\t\n\r")
_FORMULA_CALL: Final = re.compile(rb"formula=\"[^\"]{0,400}?\bDDE\(([^\"]{1,600})", re.IGNORECASE)

_IN_FORMULA: Final = re.compile(r"\s{0,8}[=+@-][^|!]{0,200}?([A-Za-z][\w.\\:/ ]{1,60})\|\s*'?([^!]{0,300})'?!")
_XML_FORMULA: Final = re.compile(rb"\b(?:Formula|fmla)\s{0,4}=\s{0,4}(?:\"([^\"<]{1,2000})\"|'([^'<]{1,2000})')", re.IGNORECASE)
_SUPPORTING: Final = re.compile(rb"<(?:\w{1,20}:)?SupBook\b[^>]{0,200}>\s{0,200}<(?:\w{1,20}:)?Path>([^<|]{1,200})\|([^<]{0,600})<")
_PAGE_CELL: Final = re.compile(rb"<t[dh]\b[^>]{0,600}>\s{0,200}(?:<[^>]{1,200}>\s{0,80}){0,8}([=+@-][^<]{3,2000})", re.IGNORECASE)
_FIELD_BEGINS: Final = re.compile(rb"mso-element\s{0,8}:\s{0,8}field-begin", re.IGNORECASE)
_FIELD_ENDS: Final = re.compile(rb"field-(?:separator|end|begin)", re.IGNORECASE)
MOST_FIELDS: Final = 5_000
MOST_CODE: Final = 4_000
_TAG: Final = re.compile(rb"[^<>]{0,200}>|<[^<>]{0,1000}>?")
_DDE_FIELD: Final = re.compile(r"^\s*DDE(?:AUTO)?\s+(.+)", re.IGNORECASE | re.DOTALL)


def text_exchanges(item: Item) -> Iterator[Exchange]:
    """Place and text of each exchange in a text, page or XML document."""
    if item.filetype is FileType.TEXT:
        if item.extension in _OFFICE_NAMES or item.head.startswith(b"ID;"):
            text = _whole(item)
            yield from table_calls(text)
            yield from _written(_PAGE_CELL, text) if b"<t" in text or b"<T" in text else ()  # a web archive under such a name
    elif item.filetype is FileType.DATA:  # Excel passes over zeros and other control characters in a table
        if item.extension in TABLE_NAMES and _may_be_table(item.head):
            yield from table_calls(_whole(item).translate(None, _CONTROLS))
    elif item.filetype is FileType.HTML:
        yield from _page_calls(item)
    elif b"office" in one_byte_text(item.head[:_NAMESPACES]):  # each of the forms names its makers so in its first element
        yield from _xml_calls(_whole(item))


def table_calls(text: bytes) -> Iterator[Exchange]:
    """Exchanges in the cells of a text that a spreadsheet program opens."""
    text = one_byte_text(text)
    if b"|" not in text or b"!" not in text:
        return
    for call in islice(_CALL.finditer(text), MOST_CALLS):
        start = text.rfind(b"\n", max(0, call.start() - MOST_LINE), call.start()) + 1 or max(0, call.start() - MOST_LINE)
        for match in _CELL.finditer(text, start, call.end()):
            yield f"byte {match.start()}", f"{match[1].decode('latin-1')} {match[2].decode('latin-1')}"


def formula_calls(part: bytes, place: str) -> Iterator[Exchange]:
    """Exchanges that the formulas of an OpenDocument sheet ask for."""
    for call in islice(_FORMULA_CALL.finditer(part), MOST_FORMULA_CALLS) if b"DDE(" in part.upper() else ():
        yield place, unescape(call[1].decode("utf-8", "replace")).replace(";", " ").replace('"', "")


def source_calls(part: bytes, place: str) -> Iterator[Exchange]:
    """Exchanges that elements of a workbook's or OpenDocument's part name; raises DamagedDocument."""
    for element in elements(part, "ddeLink", "dde-source", "dde-connection-decl"):
        values = element.attributes
        if element.name == "ddeLink":
            yield place, f"{values.get('ddeService', '')} {values.get('ddeTopic', '')}"
        else:
            yield place, f"{values.get('dde-application', '')} {values.get('dde-topic', '')}"


def called_in(formula: str) -> str | None:
    """Program and arguments of the exchange in a cell's *formula* (with its sign), or None."""
    found = _IN_FORMULA.match(formula)
    return f"{found[1]} {found[2]}" if found else None


def dde_code(code: str) -> Iterator[str]:
    """The arguments of the field *code* if it is an exchange."""
    match = _DDE_FIELD.match(code)
    if match:
        yield match[1].strip()


def _xml_calls(written: bytes) -> Iterator[Exchange]:
    """Exchanges in the XML forms of office documents."""
    text = one_byte_text(written)
    if b"office:spreadsheet" in text:
        yield from _written(_XML_FORMULA, text)
        for link in islice(_SUPPORTING.finditer(text), MOST_FORMULA_CALLS):
            yield f"byte {link.start()}", unescape(f"{link[1].decode('utf-8', 'replace')} {link[2].decode('utf-8', 'replace')}")
    if b"instrText" in text or b"fldSimple" in text:
        yield from (("instrText", call) for code in codes_in(written) for call in dde_code(code))
    if b"opendocument" in text:
        yield from formula_calls(text, "content")
        if b"dde-" in text:
            try:
                yield from source_calls(written, "content")
            except DamagedDocument:
                return


def _page_calls(item: Item) -> Iterator[Exchange]:
    """Exchanges in a page that an office program opens, by its name or because it says that one wrote it."""
    if not (_opened_by_office(item) or _OFFICE_PAGE in one_byte_text(item.head)):
        return
    text = one_byte_text(_whole(item))
    yield from _written(_XML_FORMULA, text)
    yield from _written(_PAGE_CELL, text)
    for field in islice(_FIELD_BEGINS.finditer(text), MOST_FIELDS):
        ends = _FIELD_ENDS.search(text, field.end(), field.end() + MOST_CODE)
        written = text[field.end() : ends.start() if ends is not None else field.end() + MOST_CODE].partition(b">")[2]
        yield from ((f"byte {field.start()}", call) for call in dde_code(unescape(_TAG.sub(b"", written).decode("utf-8", "replace"))))


def _written(pattern: re.Pattern[bytes], text: bytes) -> Iterator[Exchange]:
    """Exchanges in the formulas that *pattern* finds."""
    for found in islice(pattern.finditer(text), MOST_CALLS):
        formula = found[1] or (found[2] if pattern.groups > 1 else b"")
        call = called_in(unescape(formula.decode("utf-8", "replace"))) if b"|" in formula or b"&" in formula else None
        if call is not None:
            yield f"byte {found.start()}", call


def _opened_by_office(item: Item) -> bool:
    """Whether the name of the page, or of the web archive that holds it, belongs to an office program."""
    if item.extension in _OFFICE_NAMES:
        return True
    around = item.path.rpartition(" > ")[0]
    return around.rpartition(".")[2].lower() in _OFFICE_NAMES


def _may_be_table(head: bytes) -> bool:
    """Whether a table is left once the control characters between the letters are taken out."""
    left = head[:4096].translate(None, _CONTROLS)
    return len(left) * 4 >= len(head[:4096]) and b"|" in head and left.isascii()


def _whole(item: Item) -> bytes:
    try:
        return bytes(item.content.whole(MOST_BYTES))
    except TooLarge:
        return item.head
