"""office.dde: documents and tables that start another program through Dynamic Data Exchange, without any macro."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Final

from gifthorse.inspect.documents.biff12 import links_in
from gifthorse.inspect.documents.compound import compound_of
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.fields import fields_of
from gifthorse.inspect.documents.markup import elements
from gifthorse.inspect.documents.package import Package, package_of
from gifthorse.inspect.documents.rtf import rtf_of
from gifthorse.inspect.documents.spreadsheet import workbook_in
from gifthorse.inspect.documents.text_macros import one_byte_text
from gifthorse.inspect.documents.word import word_document_in
from gifthorse.inspect.filetypes import OLE_DOCUMENTS, OOXML, FileType
from gifthorse.inspect.item import Item, TooLarge
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

DDE: Final = FindingKind(
    id="office.dde",
    severity=Severity.HIGH,
    confidence=0.9,
    title=N_("The document starts another program"),
    why=N_(
        "A field or formula asks the office program to talk to another program and to start it first. "
        "That other program can be the command line."
    ),
    what_to_do=N_("Don't open it, and answer no if an office program asks whether to start another application."),
    benign_explanation=N_("Old reports pulled figures from a workbook this way; such fields name Excel and a file, never a command."),
    technique=("T1559.002",),
)
KINDS: Final = (DDE,)
WANTS: Final = OOXML | OLE_DOCUMENTS | {FileType.RTF, FileType.ODF, FileType.TEXT}

MOST_BYTES: Final = 16 << 20
_TABLES: Final = frozenset({"csv", "tsv", "tab", "slk", "dif", "iqy", "prn"})
_FIELD: Final = re.compile(r"^\s*DDE(?:AUTO)?\s+(.+)", re.IGNORECASE | re.DOTALL)
# A cell that begins a formula and calls program|'arguments'!item.
_CELL: Final = re.compile(
    rb"(?:^|[,;\t|\"]|;E) {0,8}[\"']? {0,8}[=+@-][^\r\n,;|!]{0,60}?([A-Za-z][\w.\\:/ ]{1,60})\|\s*'?([^\r\n!]{0,300})'?!", re.MULTILINE
)
_CALL: Final = re.compile(rb"\|[^\r\n!|]{0,300}!")
MOST_CALLS: Final = 20_000
MOST_LINE: Final = 500
MOST_FORMULA_CALLS: Final = 50
_FORMULA_CALL: Final = re.compile(rb"formula=\"[^\"]{0,400}?\bDDE\(([^\"]{1,600})", re.IGNORECASE)
_OFFICE: Final = frozenset(
    {
        "excel",
        "excel.sheet.8",
        "excel.sheet.12",
        "excel.sheet",
        "winword",
        "word.document.8",
        "word.document.12",
        "msaccess",
        "soffice",
        "visio",
    }
)
_COMMANDS: Final = re.compile(
    r"cmd|powershell|mshta|wscript|cscript|rundll|regsvr|certutil|msexcel|\.exe|https?:|\\\\|\.\.[\\/]|/[ck]\b", re.IGNORECASE
)


def examine(item: Item) -> Iterator[Finding]:
    """A finding for each exchange that the document would start."""
    seen: set[str] = set()
    for place, call in calls_of(item):
        if call not in seen and len(seen) < 20:
            seen.add(call)
            yield found(item, place, call)


def found(item: Item, place: str, call: str) -> Finding:
    """The finding for one exchange: between office programs it is a line, with anything else it is grave."""
    program = call.strip().strip('"').split(maxsplit=1)[0].strip('"').lower() if call.strip() else ""
    among_office = program in _OFFICE and not _COMMANDS.search(call)
    return DDE.found(
        item.here(excerpt=call),
        severity=Severity.LOW if among_office else Severity.HIGH,
        detail=phrase(N_("In {place}."), place=place),
    )


def calls_of(item: Item) -> Iterator[tuple[str, str]]:
    """Place and text of each exchange in the item."""
    if item.filetype is FileType.TEXT:
        yield from table_calls(item)
    elif item.filetype is FileType.RTF:
        yield from rich_text_calls(item)
    elif item.filetype in OLE_DOCUMENTS:
        yield from binary_calls(item)
    else:
        package = package_of(item)
        if package:
            yield from packaged_calls(package)


def dde_code(code: str) -> Iterator[str]:
    """The arguments of *code* if it is an exchange."""
    match = _FIELD.match(code)
    if match:
        yield match[1].strip()


def packaged_calls(package: Package) -> Iterator[tuple[str, str]]:
    """Exchanges of a package: Word fields, workbook links, OpenDocument sources."""
    for place, code in fields_of(package):
        yield from ((place, call) for call in dde_code(code))
    for name in package.names:
        if name.lower().startswith("xl/externallinks/") and name.lower().endswith(".bin"):
            yield from compiled_links(package, name)
        elif name.lower().startswith("xl/externallinks/") or name == "content.xml":
            if name == "content.xml":
                yield from formula_calls(package, name)
            try:
                found_elements = elements(package.read(name), "ddeLink", "dde-source", "dde-connection-decl")
            except DamagedDocument:
                continue
            for element in found_elements:
                values = element.attributes
                if element.name == "ddeLink":
                    yield name, f"{values.get('ddeService', '')} {values.get('ddeTopic', '')}"
                elif element.name in {"dde-source", "dde-connection-decl"}:
                    yield name, f"{values.get('dde-application', '')} {values.get('dde-topic', '')}"


def formula_calls(package: Package, name: str) -> Iterator[tuple[str, str]]:
    """Exchanges that the formulas of an OpenDocument sheet ask for."""
    try:
        part = package.read(name)
    except DamagedDocument:
        return
    for call in islice(_FORMULA_CALL.finditer(part), MOST_FORMULA_CALLS) if b"DDE(" in part.upper() else ():
        yield name, unescape(call[1].decode("utf-8", "replace")).replace(";", " ").replace('"', "")


def compiled_links(package: Package, name: str) -> Iterator[tuple[str, str]]:
    """Exchanges in a part for links of a binary workbook package."""
    try:
        part = package.read(name)
    except DamagedDocument:
        return
    yield from ((name, f"{program} {topic}") for program, topic in links_in(part))


def binary_calls(item: Item) -> Iterator[tuple[str, str]]:
    """Exchanges of a binary document or workbook."""
    compound = compound_of(item)
    if compound is None:
        return
    document = word_document_in(compound)
    for code in document.fields if document else ():
        yield from (("WordDocument", call) for call in dde_code(code))
    workbook = workbook_in(compound)
    for program, topic in workbook.links if workbook else ():
        yield "Workbook", f"{program} {topic}"


def rich_text_calls(item: Item) -> Iterator[tuple[str, str]]:
    """Exchanges in the fields of a rich text."""
    for code in rtf_of(item).fields:
        yield from (("\\fldinst", call) for call in dde_code(code))


def table_calls(item: Item) -> Iterator[tuple[str, str]]:
    """Exchanges in the cells of a text that a spreadsheet program opens."""
    if item.extension not in _TABLES:
        return
    try:
        text = bytes(item.content.whole(MOST_BYTES))
    except TooLarge:
        text = item.head
    text = one_byte_text(text)
    if b"|" not in text or b"!" not in text:
        return
    for call in islice(_CALL.finditer(text), MOST_CALLS):
        start = text.rfind(b"\n", max(0, call.start() - MOST_LINE), call.start()) + 1 or max(0, call.start() - MOST_LINE)
        for match in _CELL.finditer(text, start, call.end()):
            yield f"byte {match.start()}", f"{match[1].decode('latin-1')} {match[2].decode('latin-1')}"
