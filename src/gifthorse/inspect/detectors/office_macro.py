"""office.macro and office.macro-autoexec: Visual Basic in office documents, and whether it runs by itself."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.macros import TEXT_DOCUMENTS, MacroSource, macros_of
from gifthorse.inspect.filetypes import OLE_DOCUMENTS, OOXML, FileType
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

MACRO: Final = FindingKind(
    id="office.macro",
    severity=Severity.MEDIUM,
    confidence=0.95,
    title=N_("The document contains a macro"),
    why=N_(
        "A macro is a program inside a document. Once the reader allows it, it can do whatever the reader can: "
        "read files, fetch programs, send data."
    ),
    what_to_do=N_(
        "Read the document as a PDF or a safe copy. If you need the macro, ask the sender what it does, by a number you already had."
    ),
    benign_explanation=N_("Firms use macros in forms and calculations; a price list or brochure hardly needs one."),
    technique=("T1137", "T1059.005"),
)
AUTOEXEC: Final = FindingKind(
    id="office.macro-autoexec",
    severity=Severity.HIGH,
    confidence=0.9,
    title=N_("The document's macro starts by itself"),
    why=N_("The macro is named so that the office program runs it as soon as the document is opened or closed, with no further click."),
    what_to_do=N_("Don't open the document. Keep the medium sealed and let your security officer look at the macro."),
    benign_explanation=N_("Some forms set up their fields on opening; documents made for strangers rarely do."),
    technique=("T1204.002", "T1059.005"),
)
KINDS: Final = (MACRO, AUTOEXEC)
WANTS: Final = OOXML | OLE_DOCUMENTS | TEXT_DOCUMENTS | {FileType.ODF, FileType.ZIP, FileType.OLE_ENCRYPTED_OFFICE}

# Procedures that Word, Excel, PowerPoint, Access, Publisher and Visio call without being asked ([MS-VBAL] leaves them to the host).
_STARTS: Final = re.compile(
    r"^[ \t]*(?:(?:Public|Private|Friend|Static)[ \t]+)*(?:Sub|Function)[ \t]+("
    r"Auto_?(?:Open|Close|Exec|New|Exit|Activate|Deactivate)"
    r"|(?:This)?Document_?(?:Open|Close|New|BeforeClose|BeforeSave|Change|ContentControlOnEnter)"
    r"|(?:This)?Workbook_(?:Open|Activate|Deactivate|BeforeClose|BeforeSave|SheetActivate|SheetCalculate|WindowActivate|AddinInstall)"
    r"|(?:Worksheet|Sheet\d*|Tabelle\d*|Feuil\d*|Hoja\d*)_(?:Activate|Calculate)"
    r"|(?:On|Presentation)_?(?:Load|Open|SlideShowPageChange|SlideShowTerminate|PresentationOpen)|App_\w*(?:Open|Activate)"
    r"|\w+_(?:Layout|Painted|Painting|onConnecting|OnReadyStateChange|BeforeNavigate2|DocumentComplete|StatusTextChange|ProgressChange)"
    r"|InkEdit\w*_GotFocus|InkPicture\w*_(?:Resize|SelectionChanged)"
    r"|UserForm_(?:Initialize|Activate)|Class_Initialize|Class_Terminate)\b",
    re.IGNORECASE | re.MULTILINE,
)
# These run only when something else shows the form or makes the object.
_NEEDS_A_CALLER: Final = ("userform_", "class_")

# What lets a macro leave its document: words and what they mean to a reader.
_REACHES: Final = (
    (
        re.compile(r"\bShell\b|WScript\.Shell|ShellExecute|\bMacScript\b|AppleScriptTask|CreateProcess", re.IGNORECASE),
        N_("starts programs"),
    ),
    (
        re.compile(r"powershell|cmd\.exe|cmd /c|mshta|rundll32|regsvr32|certutil|bitsadmin", re.IGNORECASE),
        N_("names a command interpreter"),
    ),
    (re.compile(r"URLDownloadToFile|XMLHTTP|WinHttp|InternetOpen|https?://", re.IGNORECASE), N_("reaches the network")),
    (
        re.compile(r"\bDeclare\s+(?:PtrSafe\s+)?(?:Sub|Function)\b|VirtualAlloc|RtlMoveMemory|CreateThread", re.IGNORECASE),
        N_("calls the system directly"),
    ),
    (
        re.compile(r"ADODB\.Stream|SaveToFile|For\s+Binary|FileSystemObject|Scripting\.FileSystem|\bKill\b", re.IGNORECASE),
        N_("writes or deletes files"),
    ),
    (
        re.compile(r"\bCallByName\b|ExecuteExcel4Macro|\bStrReverse\b|(?:Chr[WB]?\$?\(\d+\)\s*&\s*){4}", re.IGNORECASE),
        N_("hides its words"),
    ),
)
_LINE_JOINED: Final = re.compile(r"[ \t]_\r?\n[ \t]*")


def examine(item: Item) -> Iterator[Finding]:
    """A finding for the document's macros, and one more for those that start by themselves."""
    for macros in macros_of(item):
        if macros.stripped:
            yield MACRO.found(
                item.here(excerpt=macros.place),
                detail=phrase(
                    N_("The macro's source was removed and only its compiled form left, which hides it from readers ({place})."),
                    place=macros.place,
                ),
            )
        if macros.statements:
            yield from judged(item, macros)
        elif not macros.stripped:
            yield MACRO.found(
                item.here(excerpt=macros.place),
                severity=Severity.INFO,
                detail=phrase(N_("The macro project in {place} has no statement in it."), place=macros.place),
            )


def judged(item: Item, macros: MacroSource) -> Iterator[Finding]:
    """The findings for one project that has code."""
    source = _LINE_JOINED.sub(" ", macros.source)
    reach = ", ".join(meaning for pattern, meaning in _REACHES if pattern.search(source)) or N_(
        "stays within the document as far as could be seen"
    )
    yield MACRO.found(
        item.here(excerpt=first_line(source)),
        detail=phrase(
            N_("{statements} lines of macro code in {place}: {reach}."), statements=macros.statements, place=macros.place, reach=reach
        ),
    )
    starters = [name for name in dict.fromkeys(_STARTS.findall(source)) if not name.lower().startswith(_NEEDS_A_CALLER)]
    starters += macros.event_listeners
    if starters:
        yield AUTOEXEC.found(
            item.here(excerpt=", ".join(starters)),
            detail=phrase(
                N_("Started by {starters} in {place}: {reach}."), starters=", ".join(starters[:5]), place=macros.place, reach=reach
            ),
        )


def first_line(source: str) -> str:
    """The first line that does something, for the reader to recognise the macro by."""
    lines = (line.strip() for line in source.splitlines())
    return next((line for line in lines if line and not line.startswith(("Attribute", "Option", "'", "<"))), "")
