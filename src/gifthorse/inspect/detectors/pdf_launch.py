"""pdf.launch: PDF files that start programs or open files and addresses outside themselves."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.addresses import Leads, leads
from gifthorse.inspect.documents.enclosed import RUN_NAMES
from gifthorse.inspect.documents.pdf import Action, pdf_of
from gifthorse.inspect.documents.pdf_remains import CONFIDENCE, Remain
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

LAUNCH: Final = FindingKind(
    id="pdf.launch",
    severity=Severity.HIGH,
    confidence=0.9,
    title=N_("The PDF starts a program or opens something outside itself"),
    why=N_(
        "A PDF can ask the reader program to start another program, or to fetch a file from another machine, "
        "which can hand over your sign-in."
    ),
    what_to_do=N_("Don't open it in a full PDF reader, and answer no if a reader asks whether to open a file or program."),
    benign_explanation=N_("Old catalogues on CD open their other documents this way; they name a document beside them, never a program."),
    technique=("T1204.002", "T1187"),
)
KINDS: Final = (LAUNCH,)
WANTS: Final = frozenset({FileType.PDF})
_DOCUMENTS: Final = frozenset(
    {"pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "txt", "rtf", "odt", "ods", "odp", "jpg", "jpeg", "png", "gif", "tif", "tiff"}
    | {"mp3", "mp4", "avi", "mov", "wav", "wmv", "htm", "html", "xml", "dwg"},
)
MOST_NAMED: Final = 20


def examine(item: Item) -> Iterator[Finding]:
    """A finding for each different action that leaves the document by itself or leads to a program or another machine."""
    seen: set[tuple[str, str, str]] = set()
    for action in pdf_of(item).actions:
        key = (action.kind, action.target, action.arguments)
        severity = None if key in seen or len(seen) >= MOST_NAMED else weight(action)
        if severity is not None:
            seen.add(key)
            yield LAUNCH.found(
                item.here(excerpt=f"{action.target} {action.arguments}".strip()),
                severity=severity,
                detail=phrase(N_("{kind} action in {place}."), kind=action.kind, place=action.place),
            )

    for remain in pdf_of(item).remains:
        grave = remain_weight(remain)
        if grave is not None:
            yield LAUNCH.found(
                item.here(offset=remain.offset, excerpt=remain.text or None),
                severity=grave,
                confidence=CONFIDENCE,
                detail=phrase(N_("The file is damaged; its bytes still show /{name}, which some readers may run."), name=remain.name),
            )


def remain_weight(remain: Remain) -> Severity | None:
    """How grave a name in a broken file is: programs and other machines' shares, and what sends data by itself."""
    if remain.name == "Launch":
        return Severity.HIGH
    if remain.name in {"GoToR", "GoToE"}:
        return Severity.HIGH if leads(remain.text) in {Leads.SHARE, Leads.MONIKER} else None
    return Severity.MEDIUM if remain.name in {"SubmitForm", "ImportData"} and remain.unasked else None


def weight(action: Action) -> Severity | None:
    """How grave an action is; None for what ordinary documents do."""
    reach = leads(action.target)
    if action.kind == "URI":
        return link_weight(action, reach)
    if reach in {Leads.SHARE, Leads.MONIKER}:
        return Severity.HIGH
    if action.kind == "Launch":
        extension = action.target.rstrip(". ").rpartition(".")[2].lower()
        ordinary = extension in _DOCUMENTS and extension not in RUN_NAMES and not action.arguments.strip() and not action.unasked
        return Severity.LOW if ordinary else Severity.HIGH
    if reach is Leads.NEARBY:
        return Severity.MEDIUM
    outward = action.kind in {"external stream", "ImportData"} or (action.unasked and action.kind in {"SubmitForm", "GoToR", "GoToE"})
    return Severity.MEDIUM if outward and reach is Leads.WEB else None


def link_weight(action: Action, reach: Leads) -> Severity | None:
    """How grave a link is: links wait for a click, so only those that open by themselves or go past the web count."""
    if action.unasked:
        return Severity.HIGH if reach in {Leads.SHARE, Leads.MONIKER} else Severity.MEDIUM
    low = action.target.lower()
    if low.startswith("file:") and reach is not Leads.SHARE and low.rstrip(". ").rpartition(".")[2] in RUN_NAMES:
        return Severity.MEDIUM  # a program on the reader's own disk, or beside the document
    return {Leads.SHARE: Severity.LOW, Leads.MONIKER: Severity.MEDIUM}.get(reach)
