"""container.disk-image: a file that is a whole disk of its own."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import DISK_IMAGES, FileType
from gifthorse.inspect.formats.archive_marks import DISKS, named
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

WANTS: Final[frozenset[FileType] | None] = DISK_IMAGES | {FileType.OTHER_ARCHIVE}

DISK_IMAGE: Final = FindingKind(
    id="container.disk-image",
    severity=Severity.LOW,
    confidence=1.0,
    title=N_("File that is a whole disk"),
    why=N_(
        "A double click opens such a file as one more drive. Files on that drive don't carry the mark that makes Windows warn about "
        "files from outside, which is why attackers wrap programs and shortcuts in it."
    ),
    what_to_do=N_("Don't open it by double click. Read the findings about what lies in it; if there are none, ask what it is for."),
    benign_explanation=N_("Installation discs, drivers, virtual machines and backups are handed on this way."),
    technique=("T1553.005",),
)
KINDS: Final = (DISK_IMAGE,)


def examine(item: Item) -> Iterator[Finding]:
    """One finding for each disk image that lies in the gift as a file."""
    kind: str | None = item.filetype.value
    if item.filetype is FileType.OTHER_ARCHIVE:
        kind = named(item.head)
        if kind not in DISKS:
            return
    yield DISK_IMAGE.found(
        item.here(), detail=phrase(N_("A disk image of the kind {kind}, {size} bytes."), kind=kind or "", size=item.size)
    )
