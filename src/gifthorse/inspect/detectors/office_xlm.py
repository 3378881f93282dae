"""office.xlm: Excel 4 macros, the language of 1992 that Excel still runs and that most readers never show."""

import re
import struct
from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.documents.compound import compound_of
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.macro_sheets import deeds_of_package, deeds_of_workbook
from gifthorse.inspect.documents.markup import elements
from gifthorse.inspect.documents.package import Package, package_of
from gifthorse.inspect.documents.spreadsheet import BOFS, VERY_HIDDEN, Workbook, workbook_from, workbook_in
from gifthorse.inspect.filetypes import OLE_DOCUMENTS, FileType
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

XLM: Final = FindingKind(
    id="office.xlm",
    severity=Severity.MEDIUM,
    confidence=0.9,
    title=N_("The workbook contains Excel 4 macros"),
    why=N_(
        "These macros stand in the cells of a special sheet, can start programs and fetch files, and are seen by few scanners "
        "and no reader."
    ),
    what_to_do=N_("Don't open the workbook in Excel. Ask the sender for the figures in another form."),
    benign_explanation=N_("Some very old workbooks of banks and insurers still calculate with them."),
    technique=("T1059", "T1137", "T1564"),
)
KINDS: Final = (XLM,)
WANTS: Final = OLE_DOCUMENTS | {FileType.OOXML_SHEET, FileType.OOXML_OTHER, FileType.DATA, FileType.TEXT}

_MACRO_SHEET_TYPE: Final = re.compile(r"vnd\.ms-excel\.(?:intl)?macrosheet")
# SYLK: a file that begins with ID; a name that starts by itself; a macro cell.
_SYLK_STARTS: Final = re.compile(rb"^NN;N\s*auto_(?:open|close|activate)", re.IGNORECASE | re.MULTILINE)
_SYLK_MACRO: Final = re.compile(rb"^O;[^\r\n]*E|^C;[^\r\n]*;E(?:EXEC|CALL|REGISTER|HALT|RUN|FORMULA)\(", re.IGNORECASE | re.MULTILINE)


def examine(item: Item) -> Iterator[Finding]:
    """A finding for a workbook that has a macro sheet; graver when the sheet is hidden or runs on opening."""
    if item.filetype is FileType.TEXT:
        yield from sylk(item)
    elif item.filetype is FileType.DATA:
        yield from bare_stream(item)
    elif item.filetype in OLE_DOCUMENTS:
        compound = compound_of(item)
        workbook = workbook_in(compound) if compound else None
        if compound and workbook and workbook.macro_sheets:
            yield from binary(item, workbook, deeds_of_workbook(compound))
    else:
        package = package_of(item)
        yield from packaged(item, package) if package else ()


def binary(item: Item, workbook: Workbook, deeds: Sequence[str] = ()) -> Iterator[Finding]:
    """The finding for a binary workbook."""
    sheets = workbook.macro_sheets
    if sheets:
        hidden = any(sheet.visibility == VERY_HIDDEN for sheet in sheets)
        yield found(item, sheets[0].name, hidden=hidden, starters=list(workbook.auto_names), deeds=deeds)


def bare_stream(item: Item) -> Iterator[Finding]:
    """The finding for a macro sheet of Excel 2 to 4, which needs no compound file around it."""
    if len(item.head) >= 8 and struct.unpack_from("<H", item.head)[0] in BOFS and item.head[2] in {4, 6, 8} and item.head[3] == 0:
        try:
            yield from binary(item, workbook_from(item.head))
        except DamagedDocument:
            return


def packaged(item: Item, package: Package) -> Iterator[Finding]:
    """The finding for a workbook package, whose macro sheets are told by content type or relationship."""
    sheets = [name for name, kind in package.content_types.items() if _MACRO_SHEET_TYPE.search(kind)]
    if not sheets and not any(relationship.kind.lower() in {"xlmacrosheet", "xlintlmacrosheet"} for relationship in package.relationships):
        return
    hidden, starters = workbook_names(package)
    yield found(item, sheets[0] if sheets else "", hidden=hidden, starters=starters, deeds=deeds_of_package(package))


def workbook_names(package: Package) -> tuple[bool, list[str]]:
    """Whether a sheet is hidden from the menu, and the defined names that run on opening."""
    try:
        found_elements = elements(package.read("xl/workbook.xml"), "definedName", "sheet") if "xl/workbook.xml" in package.entries else []
        binary_part = package.read("xl/workbook.bin") if "xl/workbook.bin" in package.entries else b""
    except DamagedDocument:
        return False, []
    names = [element.attributes.get("name", "") for element in found_elements if element.name == "definedName"]
    starters = [name for name in names if name.lower().removeprefix("_xlnm.").startswith("auto_")]
    if re.search(b"a\0u\0t\0o\0_\0o\0p\0e\0n", binary_part, re.IGNORECASE):
        starters.append("Auto_Open")
    return any(element.attributes.get("state") == "veryHidden" for element in found_elements), starters


def sylk(item: Item) -> Iterator[Finding]:
    """The finding for a symbolic-link text, which Excel opens with its macros and outside its protected view."""
    if item.head.startswith(b"ID;") and _SYLK_MACRO.search(item.head):
        yield found(item, "SYLK", hidden=False, starters=["Auto_Open"] if _SYLK_STARTS.search(item.head) else [])


def found(item: Item, sheet: str, *, hidden: bool, starters: list[str], deeds: Sequence[str] = ()) -> Finding:
    """The finding for one workbook; *deeds* are formulas of its macros that reach out of Excel."""
    if starters:
        detail = phrase(N_("The macros run when the workbook is opened or closed ({starters})."), starters=", ".join(starters[:5]))
    elif deeds:
        detail = phrase(N_("The macros start programs, call the system or write files."))
    elif hidden:
        detail = phrase(N_("The macro sheet is hidden so that even the menu for hidden sheets doesn't list it."))
    else:
        detail = phrase(N_("Macro sheet: {sheet}."), sheet=sheet)
    grave = bool(starters or hidden or deeds)
    return XLM.found(item.here(excerpt=deeds[0] if deeds else sheet), severity=Severity.HIGH if grave else None, detail=detail)
