"""Programs that bear the name of a document or folder beside them, above all of one that is hidden."""

from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import OLE_DOCUMENTS, OOXML, PICTURES, PROGRAMS, FileType
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

TWIN: Final = FindingKind(
    id="name.program-twin",
    severity=Severity.HIGH,
    confidence=0.9,
    title=N_("A program bears the name of something beside it"),
    why=N_(
        "The program lies in the place of a document or folder of the same name. Whoever looks for the document starts the program; "
        "programs of this make then open the real one, so that nothing seems wrong."
    ),
    what_to_do=N_("Do not start the program. If the real document or folder is hidden, treat the medium as made to deceive."),
    benign_explanation=N_("A program and its manual, or a set-up program and its folder, can share a name; then neither is hidden."),
    technique=("T1036.008", "T1564.001", "T1204.002"),
)
KINDS: Final = (TWIN,)
_RUN: Final = PROGRAMS | {FileType.SCRIPT}
_STARTED: Final = (".exe", ".scr", ".com", ".pif", ".bat", ".cmd", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta")
_SHOWN: Final = OOXML | OLE_DOCUMENTS | PICTURES | {FileType.PDF, FileType.RTF, FileType.ODF, FileType.MP4}
_MOST: Final = 200


def examine_medium(seen: Sequence[Seen]) -> Iterator[Finding]:
    """Yields a finding for each program whose twin is hidden (high), and one line for the rest (info)."""
    named: dict[tuple[int | None, str], list[Seen]] = {}
    for thing in seen:
        if not thing.deleted and (thing.folder or thing.filetype in _SHOWN):
            named.setdefault((thing.partition, _plain(thing.path, folder=thing.folder)), []).append(thing)
    found = 0
    for thing in seen:
        if thing.deleted or thing.filetype not in _RUN or not thing.path.lower().endswith(_STARTED) or thing.hidden:
            continue
        for twin in named.get((thing.partition, _plain(thing.path)), ())[:1]:
            found += 1
            if found <= _MOST:
                yield _found(thing, twin)


def _plain(path: str, *, folder: bool = False) -> str:
    """The path without its last ending, as people see names."""
    lower = path.casefold()
    around, slash, name = lower.rpartition("/")
    stem = name if folder else name.rpartition(".")[0] or name
    for known in (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".jpg", ".jpeg", ".png", ".ppt", ".pptx"):
        stem = stem.removesuffix(known)
    return around + slash + stem


def _found(program: Seen, twin: Seen) -> Finding:
    kind = N_("folder") if twin.folder else N_("document")
    words = N_("It imitates the hidden {kind} “{twin}”.") if twin.hidden else N_("There is a {kind} “{twin}” beside it, in the open.")
    return TWIN.found(
        Evidence(path=program.path, partition=program.partition, sha256=program.sha256),
        Evidence(path=twin.path, partition=twin.partition, sha256=twin.sha256),
        severity=Severity.HIGH if twin.hidden else Severity.INFO,
        detail=phrase(words, kind=kind, twin=twin.path),
    )
