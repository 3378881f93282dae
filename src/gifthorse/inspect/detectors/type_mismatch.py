"""Files whose content is of another kind than their name promises."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import DISK_IMAGES, MEDIA, PICTURES, PROGRAMS, ZIP_BASED, FileType
from gifthorse.inspect.formats.expected_types import EXPECTED, is_promised
from gifthorse.inspect.formats.extensions import DOCUMENT_NAMES, FILM_NAMES, PICTURE_NAMES, SOUND_NAMES
from gifthorse.inspect.formats.program_start import is_whole, program_start
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

MISMATCH: Final = FindingKind(
    id="type.mismatch",
    severity=Severity.LOW,
    confidence=0.9,
    title=N_("The content is of another kind than the name says"),
    why=N_(
        "The ending of the name promises one kind of file, and the content is another. Programs that go by the content open it as what "
        "it is; "
        "people and filters go by the name."
    ),
    what_to_do=N_("Do not open it before you know why it was renamed."),
    benign_explanation=N_(
        "Pictures are often saved under another picture's ending, and web pages exported as tables; both are harmless habits."
    ),
    technique=("T1036.008",),
)
KINDS: Final = (MISMATCH,)
WANTS: Final[frozenset[FileType] | None] = None

_HANDS_ON: Final = frozenset(
    {FileType.MSI, FileType.JAR, FileType.APK, FileType.SHORTCUT, FileType.REGISTRY, FileType.CHM, FileType.ONENOTE}
)
_CARRIES: Final = (
    (DISK_IMAGES - {FileType.DISK_IMAGE})
    | {FileType.ZIP, FileType.RAR, FileType.SEVEN_ZIP, FileType.CAB, FileType.SCRIPT, FileType.HTML, FileType.EML, FileType.MSG}
    | {FileType.OLE_WORD, FileType.OLE_SHEET, FileType.OLE_SLIDES, FileType.RTF}
    | (ZIP_BASED - {FileType.EPUB})
)
_TEXTS: Final = frozenset(
    {FileType.TEXT, FileType.JSON, FileType.XML, FileType.INI, FileType.HTML, FileType.SCRIPT, FileType.EML, FileType.MBOX, FileType.SVG}
)
_TEXT_NAMES: Final = frozenset({"txt", "csv", "log", "md", "xml", "json", "tex", "ics", "vcf", "htm", "html"})
_ACTIVE: Final = frozenset({FileType.SCRIPT, FileType.HTML})
_SHOWN_AT_ONCE: Final = PICTURE_NAMES | FILM_NAMES | SOUND_NAMES


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding when the content is not what the name's ending promises, weighed by what the difference can do."""
    if item.filetype is FileType.EMPTY or item.extension not in EXPECTED:
        return
    begun = program_start(item)
    if begun is not None and not _is_loose(item.extension):
        yield _found(item, Severity.MEDIUM, f"the damaged beginning of a {begun} program")
        return
    if item.filetype is FileType.DATA or is_promised(item.extension, item.filetype):
        return
    severity = _severity(item.extension, item.filetype)
    if item.filetype in PROGRAMS and severity is Severity.HIGH and not is_whole(item):
        severity = Severity.MEDIUM
    if severity is not None:
        yield _found(item, severity, item.filetype)


def _found(item: Item, severity: Severity, kind: str) -> Finding:
    return MISMATCH.found(
        item.here(offset=0, length=min(item.size, 16), excerpt=item.head[:16].hex(" ")),
        severity=severity,
        detail=phrase(N_("Named “.{ending}”; the content is {kind}."), ending=item.extension, kind=kind),
    )


def _severity(ending: str, content: FileType) -> Severity | None:  # noqa: PLR0911 - a chain of kinds, the first that fits decides
    shown_at_once = ending in _SHOWN_AT_ONCE
    document = ending in DOCUMENT_NAMES
    if content in PROGRAMS or content in _HANDS_ON:
        if content is FileType.DOS_EXE and ending not in PICTURE_NAMES:
            return Severity.MEDIUM
        return Severity.HIGH if (shown_at_once or document) and not _is_loose(ending) else Severity.LOW
    if shown_at_once:
        return _under_media_name(content)
    if document and content in DISK_IMAGES - {FileType.DISK_IMAGE}:
        return Severity.MEDIUM
    if content in _ACTIVE and document and ending not in _TEXT_NAMES and not _is_loose(ending):
        return Severity.MEDIUM
    if ending == "pdf" and content in _CARRIES:
        return Severity.MEDIUM
    if content in _TEXTS or ending in _TEXT_NAMES or content in MEDIA:
        return Severity.INFO
    return Severity.LOW


def _under_media_name(content: FileType) -> Severity | None:
    if content in MEDIA or content in {FileType.ICO, FileType.PSD}:
        return Severity.INFO
    if content in _ACTIVE:
        return Severity.MEDIUM  # also a download that failed: the server's page under the picture's name
    if content in _CARRIES:
        return Severity.MEDIUM
    return Severity.LOW if content not in PICTURES else Severity.INFO


def _is_loose(ending: str) -> bool:
    """Endings under which people keep anything: many programs use them for their own data."""
    return ending in {"raw", "log", "key", "one", "md", "pub", "numbers", "pages", "xml", "json"}
