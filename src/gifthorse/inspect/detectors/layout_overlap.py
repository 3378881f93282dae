"""Partitions that claim the same bytes, or the bytes of the partition table itself."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.layout.facts import Partition, Survey, Trait
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

KIND: Final = FindingKind(
    id="layout.overlap",
    severity=Severity.MEDIUM,
    confidence=0.9,
    title=N_("Partitions that overlap"),
    why=N_(
        "Two parts of the partition table claim the same bytes. One system then reads other files there than another, so an examination"
        " can be shown something harmless while the target sees something else."
    ),
    what_to_do=N_("Treat every partition of this medium as suspect, and do not use it."),
    benign_explanation=N_("The partition table is damaged, or was written by a faulty tool."),
    technique=("T1564.005",),
)
KINDS: Final = (KIND,)

BOTH: Final = N_("Partitions {first} and {second} share {length} bytes from byte {start}.")
TWICE: Final = N_("Two entries of the table begin at byte {start}, where partition {first} lies: a computer may take either for it.")
BESIDE: Final = N_(
    "Two filesystems begin at byte {start} ({first} and {second}). Which of them is shown depends on the computer; the files of both were"
    " listed."
)
TABLE: Final = N_("Partition {first} lies over {length} bytes of the partition table from byte {start}.")
_OPTICAL: Final = frozenset({"iso9660", "udf"})
_APPLE: Final = frozenset({"hfs", "hfs+", "hfsx"})
_REPORTED: Final = 100


def examine_layout(survey: Survey) -> Iterator[Finding]:
    """A finding for each pair of partitions that share bytes (at most 100); parts that a hybrid disc image names of itself are none."""
    yield from _same_place(survey)
    if survey.scheme == "none" and survey.partitions and survey.partitions[0].filesystem in _OPTICAL:
        return
    partitions = [partition for partition in survey.partitions if partition.length > 0 and Trait.BESIDE not in partition.traits]
    pairs = _pairs(partitions)
    for count, (first, second, start, end) in enumerate(pairs):
        if count == _REPORTED:
            return
        yield _found(first, second, (start, end), survey.size)
    for partition in partitions if survey.scheme != "none" else ():
        for at, length in survey.tables:
            start, end = max(partition.start, at), min(partition.end, at + length)
            if start < end and partition.scheme == survey.scheme:
                yield _found(partition, None, (start, end), survey.size)


def _same_place(survey: Survey) -> Iterator[Finding]:
    """Partitions that one table names twice, and filesystems that begin where another does; Apple's beside a disc's is usual."""
    known = {partition.index: partition for partition in survey.partitions}
    for index in survey.twins[:_REPORTED]:
        one = known[index]
        yield KIND.found(_where(one, survey.size), severity=Severity.MEDIUM, detail=phrase(TWICE, first=index, start=one.start))
    for beside in survey.partitions:
        first = next(one for one in survey.partitions if one.start == beside.start)
        kinds = {first.filesystem, beside.filesystem}
        if Trait.BESIDE in beside.traits and not (kinds & _OPTICAL and kinds & _APPLE):
            words = phrase(BESIDE, first=first.filesystem, second=beside.filesystem, start=first.start)
            yield KIND.found(_where(beside, survey.size), severity=Severity.MEDIUM, detail=words)


def _where(partition: Partition, size: int) -> Evidence:
    length = max(0, min(partition.length, size - partition.start))
    return Evidence(path="", partition=partition.index, offset=partition.start, length=length, medium_offset=partition.start)


def _pairs(partitions: list[Partition]) -> Iterator[tuple[Partition, Partition, int, int]]:
    """Each pair that shares bytes, with the shared stretch; a filesystem in a gap of its own partition's slack is no pair."""
    ordered = sorted(partitions, key=lambda partition: partition.start)
    open_ones: list[Partition] = []
    for partition in ordered:
        open_ones = [known for known in open_ones if known.end > partition.start]
        for known in open_ones:
            if not _is_in_slack(partition, known):
                yield known, partition, partition.start, min(known.end, partition.end)
        open_ones.append(partition)


def _is_in_slack(inner: Partition, outer: Partition) -> bool:
    """Whether *inner*, which no table names, lies behind the filesystem that the partition *outer* holds."""
    behind = outer.volume_length is not None and outer.filesystem is not None and inner.start >= outer.start + outer.volume_length
    return behind and Trait.FOUND_IN_GAP in inner.traits


def _found(first: Partition, second: Partition | None, shared: tuple[int, int], size: int) -> Finding:
    start, end = shared
    words = TABLE if second is None else BOTH
    length = max(0, min(end, size) - start)
    related = [Evidence(path="", partition=second.index, offset=start, medium_offset=start)] if second else []
    both = second is not None and first.filesystem is not None and second.filesystem is not None
    return KIND.found(
        Evidence(path="", partition=first.index, offset=start, length=length, medium_offset=start),
        *related,
        severity=Severity.HIGH if both else Severity.MEDIUM,
        detail=phrase(words, first=first.index, second="" if second is None else second.index, start=start, length=end - start),
    )
