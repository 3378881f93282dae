"""Divides a medium into ranges that cover it exactly, whatever its tables claim."""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import Final

import msgspec

from gifthorse.inspect.layout.facts import Partition
from gifthorse.model.inspections import Range, RangeKind
from gifthorse.model.words import N_

PARTITION_TABLE: Final = N_("partition table")
BETWEEN: Final = N_("not in any partition")
BEHIND: Final = N_("behind the last partition")
AFTER_FILESYSTEM: Final = N_("in the partition, behind its filesystem")
_LAST: Final = 1 << 20
WHOLE: Final = N_("no partition table and no filesystem recognised")


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the medium that something names; where claims overlap, the one with the lower `rank` is shown."""

    start: int
    end: int
    rank: int
    kind: RangeKind
    label: str
    partition: int | None = None


def claims_of(partitions: Sequence[Partition], tables: Iterable[tuple[int, int]]) -> list[Claim]:
    """What tables and partitions claim, in the order in which overlapping ones are shown."""
    claims = [
        Claim(start=start, end=start + length, rank=0, kind=RangeKind.PARTITION_TABLE, label=PARTITION_TABLE) for start, length in tables
    ]
    for partition in partitions:
        claims += _of_partition(partition)
    return claims


def _of_partition(partition: Partition) -> list[Claim]:
    rank = 1 + partition.index
    name = partition.name or partition.filesystem or partition.type
    if partition.filesystem is None:
        return [
            Claim(
                start=partition.start,
                end=partition.end,
                rank=rank,
                kind=RangeKind.UNKNOWN_PARTITION,
                label=name,
                partition=partition.index,
            )
        ]
    end = partition.end if partition.volume_length is None else min(partition.end, partition.start + partition.volume_length)
    volume = Claim(
        start=partition.start, end=end, rank=rank, kind=RangeKind.FILESYSTEM, label=partition.filesystem, partition=partition.index
    )
    slack = Claim(start=end, end=partition.end, rank=_LAST, kind=RangeKind.GAP, label=AFTER_FILESYSTEM, partition=partition.index)
    return [volume, slack]


def tile(size: int, claims: Iterable[Claim]) -> list[Range]:
    """Ranges that cover [0, *size*) exactly, in order and without overlap: the claims cut to the medium, and gaps and tail between them."""
    kept = [
        claim
        for raw in claims
        if (claim := msgspec.structs.replace(raw, start=min(max(raw.start, 0), size), end=min(raw.end, size))).end > claim.start
    ]
    reach = max((claim.end for claim in kept if claim.kind is not RangeKind.PARTITION_TABLE), default=0)
    ranges: list[Range] = []
    for start, end, shown in _sweep(size, kept):
        if shown is None and not kept:
            ranges.append(Range(start=start, length=end - start, kind=RangeKind.WHOLE, label=WHOLE))
        elif shown is None:
            behind = start >= reach > 0
            kind, label = (RangeKind.TAIL, BEHIND) if behind else (RangeKind.GAP, BETWEEN)
            ranges.append(Range(start=start, length=end - start, kind=kind, label=label))
        else:
            ranges.append(Range(start=start, length=end - start, kind=shown.kind, label=shown.label, partition=shown.partition))
    return _joined(ranges)


def _sweep(size: int, claims: list[Claim]) -> Iterable[tuple[int, int, Claim | None]]:
    """Each elementary interval of [0, *size*) with the claim of lowest rank over it."""
    edges = sorted({0, size, *(claim.start for claim in claims), *(claim.end for claim in claims)})
    waiting = sorted(range(len(claims)), key=lambda number: claims[number].start, reverse=True)
    active: list[tuple[int, int]] = []
    for start, end in pairwise(edges):
        while waiting and claims[waiting[-1]].start <= start:
            number = waiting.pop()
            heappush(active, (claims[number].rank, number))
        while active and claims[active[0][1]].end <= start:
            heappop(active)
        yield start, end, claims[active[0][1]] if active else None


def _joined(ranges: list[Range]) -> list[Range]:
    """Neighbours that say the same become one."""
    joined: list[Range] = []
    for item in ranges:
        last = joined[-1] if joined else None
        if last is not None and (last.kind, last.label, last.partition) == (item.kind, item.label, item.partition):
            joined[-1] = msgspec.structs.replace(last, length=last.length + item.length)
        else:
            joined.append(item)
    return joined
