"""Partitions and filesystems that a usual computer would not show to the person who plugs the medium in."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.layout.facts import Partition, Survey, Trait
from gifthorse.inspect.layout.filesystems import SHOWN_BY_DESKTOPS
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, Phrase, phrase

KIND: Final = FindingKind(
    id="layout.hidden-partition",
    severity=Severity.MEDIUM,
    confidence=0.9,
    title=N_("A partition that your computer would not show"),
    why=N_(
        "The medium has an area with its own files that does not appear when it is plugged in. What is kept out of sight can "
        "carry tools or data"
        " that a program on the visible part fetches later, or that starts when a computer is started from the medium."
    ),
    what_to_do=N_(
        "Do not start a computer from this medium. Read what the inspection lists for this partition, and ask the giver what it is for."
    ),
    benign_explanation=N_(
        "Media that start or repair a computer have such areas: system, recovery and Linux partitions. A medium that was "
        "divided differently"
        " before can keep an old area."
    ),
    technique=("T1564.005", "T1091"),
)
KINDS: Final = (KIND,)

_ORDINARY: Final = frozenset({Trait.SYSTEM, Trait.RESERVED, Trait.SWAP})
_NOBODY_DOES_THIS: Final = frozenset({Trait.FOUND_IN_GAP, Trait.BACKUP_ONLY})
_PUT_OUT_OF_SIGHT: Final = frozenset({Trait.HIDDEN_TYPE, Trait.HIDDEN_ATTRIBUTE, Trait.NO_DRIVE_LETTER, Trait.SECOND_TABLE})
_LINUX: Final = frozenset({"ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "lvm", "luks", "linux-raid"})

FOUND_IN_GAP: Final = N_("A {filesystem} filesystem of {length} bytes begins at byte {start}, where no partition table names one.")
BACKUP_ONLY: Final = N_("Only the backup copy of the partition table names the partition of {length} bytes at byte {start} ({filesystem}).")
SECOND_TABLE: Final = N_(
    "A second partition table, which computers do not go by, names the partition of {length} bytes at byte {start} ({filesystem})."
)
MARKED: Final = N_(
    "The partition of {length} bytes at byte {start} ({filesystem}) is marked so that Windows does not show it (type {type})."
)
SERVICE: Final = N_("The partition of {length} bytes at byte {start} ({filesystem}) is there to start or repair a computer (type {type}).")
SECOND: Final = N_(
    "Beside the first partition there is another with files, {length} bytes at byte {start} ({filesystem}); many computers "
    "show only the first."
)
FOREIGN: Final = N_("The partition of {length} bytes at byte {start} has a filesystem ({filesystem}) that Windows and macOS do not show.")


def examine_layout(survey: Survey) -> Iterator[Finding]:
    """A finding for each partition that would stay out of sight.

    What any system disk has is `info`; a second partition that recent computers show, and one for Linux, `low`: sticks are divided so for
    many good reasons. What is marked as hidden, or what no table names, is `medium`, and is raised where programs are found in it.
    """
    system_disk = _is_system_disk(survey)
    first_shown = next((partition.index for partition in survey.partitions if _is_shown(partition)), None)
    for partition in survey.partitions:
        judged = _judge(partition, survey, first_shown=first_shown, system_disk=system_disk)
        if judged is not None and Trait.BESIDE not in partition.traits:  # those are told as overlaps
            severity, words = judged
            yield KIND.found(_where(partition, survey.size), severity=severity, detail=_say(words, partition))


def _judge(partition: Partition, survey: Survey, *, first_shown: int | None, system_disk: bool) -> tuple[Severity, str] | None:
    traits = partition.traits
    if traits & _NOBODY_DOES_THIS:
        return Severity.MEDIUM, FOUND_IN_GAP if Trait.FOUND_IN_GAP in traits else BACKUP_ONLY
    if traits & _ORDINARY or (Trait.RECOVERY in traits and system_disk):
        return Severity.INFO, SERVICE
    if traits & _PUT_OUT_OF_SIGHT or Trait.RECOVERY in traits:
        return _marked(partition, survey)
    if partition.filesystem in _LINUX and first_shown is not None:
        return Severity.LOW, FOREIGN
    if first_shown is not None and partition.index != first_shown and _is_shown(partition) and survey.scheme != "none":
        return (Severity.INFO if system_disk else Severity.LOW), SECOND
    return None


def _marked(partition: Partition, survey: Survey) -> tuple[Severity, str]:
    empty = any(item.partition == partition.index for item in survey.spaces)
    severity = Severity.MEDIUM if partition.filesystem or empty else Severity.LOW
    return severity, SECOND_TABLE if Trait.SECOND_TABLE in partition.traits else MARKED


def _is_shown(partition: Partition) -> bool:
    return partition.filesystem in SHOWN_BY_DESKTOPS and not partition.hidden and not partition.traits & _ORDINARY


def _is_system_disk(survey: Survey) -> bool:
    """Whether the medium is laid out as Windows lays out the disk that it is installed on."""
    traits = {trait for partition in survey.partitions for trait in partition.traits}
    return Trait.RESERVED in traits and any(partition.filesystem in {"ntfs", "bitlocker"} for partition in survey.partitions)


def _say(words: str, partition: Partition) -> Phrase:
    return phrase(
        words,
        start=partition.start,
        length=partition.length,
        filesystem=partition.filesystem or N_("content not recognised"),
        type=partition.type,
    )


def _where(partition: Partition, size: int) -> Evidence:
    length = max(0, min(partition.length, size - partition.start))
    return Evidence(path="", partition=partition.index, offset=partition.start, length=length, medium_offset=partition.start)
