"""Two copies of a partition table that do not say the same, or a chain of partitions that is broken."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.layout.facts import Survey, Trouble
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

KIND: Final = FindingKind(
    id="layout.backup-differs",
    severity=Severity.LOW,
    confidence=0.9,
    title=N_("The partition table and its backup disagree"),
    why=N_(
        "A partition table is kept twice, or is a chain whose links must fit. When the copies differ, one computer can see "
        "other partitions than another."
    ),
    what_to_do=N_("Look at all partitions listed, those of the backup table too, and compare with what the giver says about the medium."),
    benign_explanation=N_(
        "An image was copied to a larger medium, a medium was pulled out while it was divided, or the copy of the medium is incomplete."
    ),
    technique=("T1564.005",),
)
KINDS: Final = (KIND,)

_JUDGED: Final = {
    Trouble.PRIMARY_DAMAGED: (
        Severity.LOW,
        N_("The first copy of the partition table is missing or damaged; its backup was used where it is whole."),
    ),
    Trouble.BACKUP_DAMAGED: (Severity.LOW, N_("The backup copy of the partition table at byte {offset} is damaged.")),
    Trouble.BACKUP_MISSING: (Severity.LOW, N_("There is no backup copy of the partition table at the end of the medium.")),
    Trouble.COPIES_DIFFER: (Severity.MEDIUM, N_("Both copies of the partition table are whole, but they name different partitions.")),
    Trouble.CHAIN_BROKEN: (Severity.LOW, N_("The chain of logical partitions breaks off or turns back on itself at byte {offset}.")),
    Trouble.BOOT_COPY: (
        Severity.LOW,
        N_("The backup of the filesystem's first sector, at byte {offset}, says something else than the first; some devices use it."),
    ),
}


TABLE_COPY: Final = N_(
    "The second copy of the table that says where files lie differs from the first in {count} bytes; some devices only keep the first."
)

RECORDS_COPY: Final = N_("The copy of the first entries of the table of files differs from them in {count} bytes.")


def records_copy(at: int, length: int, *, partition: int, count: int) -> Finding:
    """The finding for the copy of NTFS's first file records, of *length* bytes at byte *at* of the medium, that says something else."""
    place = Evidence(path="", partition=partition, offset=at, length=length, medium_offset=at)
    return KIND.found(place, detail=phrase(RECORDS_COPY, count=count))


def table_copy(at: int, length: int, *, partition: int, count: int) -> Finding:
    """The finding for a copy of a file allocation table, of *length* bytes at byte *at* of the medium, that leads elsewhere."""
    place = Evidence(path="", partition=partition, offset=at, length=length, medium_offset=at)
    return KIND.found(place, detail=phrase(TABLE_COPY, count=count))


def examine_layout(survey: Survey) -> Iterator[Finding]:
    """A finding for each thing that is wrong with the table which computers go by."""
    for complaint in survey.complaints:
        severity, words = _JUDGED[complaint.trouble]
        yield KIND.found(
            Evidence(path="", offset=complaint.offset, length=complaint.length, medium_offset=complaint.offset),
            severity=severity,
            detail=phrase(words, offset=complaint.offset),
        )
