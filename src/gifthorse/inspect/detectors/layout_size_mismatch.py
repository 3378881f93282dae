"""Partitions and filesystems that state another size than there is."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.layout.facts import Partition, Survey, Trait
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

KIND: Final = FindingKind(
    id="layout.size-mismatch",
    severity=Severity.MEDIUM,
    confidence=0.9,
    title=N_("A stated size that does not fit"),
    why=N_(
        "A partition or filesystem states more bytes than the medium has, or leaves a large part of its partition unused. Media"
        " sold with a false"
        " capacity do this, and so do media with an area that is left out of sight."
    ),
    what_to_do=N_("Make sure that the whole medium was copied. If it was, do not trust its capacity, and have the unused part looked at."),
    benign_explanation=N_("The image is an incomplete copy, or a small image was written to a larger medium."),
    technique=("T1564.005",),
)
KINDS: Final = (KIND,)

BEYOND: Final = N_("Partition {partition} is said to end at byte {end}, but the medium has {size} bytes.")
TOO_LARGE: Final = N_("The {filesystem} filesystem of partition {partition} states {stated} bytes, but there is room for {room}.")
TOO_SMALL: Final = N_(
    "The {filesystem} filesystem of partition {partition} states {stated} bytes and leaves {left} bytes of its partition unused."
)
_ROUNDING: Final = 1024 * 1024
_OPTICAL: Final = frozenset({"iso9660", "udf"})


def examine_layout(survey: Survey) -> Iterator[Finding]:
    """A finding for each partition past the end of the medium, and each filesystem larger or much smaller than its partition."""
    for partition in survey.partitions:
        if Trait.BESIDE in partition.traits:
            continue  # what it does not use is the other filesystem's
        beyond = partition.end - survey.size
        if beyond > 0:
            words = phrase(BEYOND, partition=partition.index, end=partition.end, size=survey.size)
            yield KIND.found(_where(partition, survey.size), detail=words, severity=Severity.MEDIUM if beyond > _ROUNDING else Severity.LOW)
        if partition.filesystem is not None and partition.volume_length is not None:
            yield from _volume(partition, partition.volume_length, survey.size)


def _volume(partition: Partition, stated: int, size: int) -> Iterator[Finding]:
    room = max(0, min(partition.length, size - partition.start))
    left = room - stated
    words = phrase(
        TOO_LARGE if left < 0 else TOO_SMALL,
        filesystem=partition.filesystem,
        partition=partition.index,
        stated=stated,
        room=room,
        left=left,
    )
    if left < 0:
        # disc images are often cut by the padding that the burner adds
        small = -left <= (_ROUNDING if partition.filesystem in _OPTICAL else 4096)
        yield KIND.found(_where(partition, size), detail=words, severity=Severity.INFO if small else Severity.MEDIUM)
    elif left > max(2 * _ROUNDING, room // 50) and partition.filesystem not in _OPTICAL and Trait.FOUND_IN_GAP not in partition.traits:
        yield KIND.found(_where(partition, size), detail=words, severity=Severity.LOW)


def _where(partition: Partition, size: int) -> Evidence:
    length = max(0, min(partition.length, size - partition.start))
    return Evidence(path="", partition=partition.index, offset=partition.start, length=length, medium_offset=partition.start)
