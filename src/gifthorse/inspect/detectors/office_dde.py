"""office.dde: documents and tables that start another program through Dynamic Data Exchange, without any macro."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from gifthorse.inspect.documents.biff12 import links_in
from gifthorse.inspect.documents.compound import compound_of
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.fields import fields_of
from gifthorse.inspect.documents.package import Package, package_of
from gifthorse.inspect.documents.rtf import rtf_of
from gifthorse.inspect.documents.spreadsheet import workbook_in
from gifthorse.inspect.documents.text_exchanges import called_in, dde_code, formula_calls, source_calls, text_exchanges
from gifthorse.inspect.documents.word import word_document_in
from gifthorse.inspect.filetypes import OLE_DOCUMENTS, OOXML, FileType
from gifthorse.inspect.item import Item
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
_TEXTS: Final = frozenset({FileType.TEXT, FileType.DATA, FileType.HTML, FileType.XML})
WANTS: Final = OOXML | OLE_DOCUMENTS | _TEXTS | {FileType.RTF, FileType.ODF}

_MOST_SHEET: Final = 1 << 20
_SHEET_FORMULA: Final = re.compile(rb"<f(?:\s[^<>]{0,200})?>([^<|]{1,200}\|[^<]{1,600}![^<]{0,100})</f>")
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
    if item.filetype in _TEXTS:
        yield from text_exchanges(item)
    elif item.filetype is FileType.RTF:
        yield from rich_text_calls(item)
    elif item.filetype in OLE_DOCUMENTS:
        yield from binary_calls(item)
    else:
        package = package_of(item)
        if package:
            yield from packaged_calls(package)


def packaged_calls(package: Package) -> Iterator[tuple[str, str]]:
    """Exchanges of a package: Word fields, workbook links, OpenDocument sources."""
    for place, code in fields_of(package):
        yield from ((place, call) for call in dde_code(code))
    for name in package.names:
        low = name.lower()
        if low.startswith("xl/externallinks/") and low.endswith(".bin"):
            yield from compiled_links(package, name)
        elif low.startswith("xl/externallinks/") or name == "content.xml":
            yield from part_calls(package, name)
        elif low.startswith("xl/worksheets/") and low.endswith(".xml"):
            yield from sheet_calls(package, name)


def part_calls(package: Package, name: str) -> Iterator[tuple[str, str]]:
    """Exchanges in a part for links, or in an OpenDocument's content."""
    try:
        part = package.read(name)
        if name == "content.xml":
            yield from formula_calls(part, name)
        yield from source_calls(part, name)
    except DamagedDocument:
        return


def sheet_calls(package: Package, name: str) -> Iterator[tuple[str, str]]:
    """Exchanges that stand in a cell as they are typed, which programs write that make workbooks from other people's tables."""
    try:
        part = package.read(name, _MOST_SHEET)
    except DamagedDocument:
        return
    for formula in _SHEET_FORMULA.finditer(part) if b"|" in part else ():
        call = called_in("=" + unescape(formula[1].decode("utf-8", "replace")))
        yield from [(name, call)] if call is not None else []


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
