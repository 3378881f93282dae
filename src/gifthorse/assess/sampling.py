"""Samples of harmless threads, and the highest score that each of them had in its life.

Threads are sampled in strata: by kind, and within a kind by how many reports they have. How often each stratum comes is known
exactly, so the few long threads (the ones that alarm) can be sampled as often as need be, and their share is still right.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from gifthorse.assess.archetypes import Archetype
from gifthorse.assess.levels import ACT_NEEDS
from gifthorse.assess.scale import Scale
from gifthorse.assess.score import points_of
from gifthorse.assess.simulation import Generator, Thread, goes_on, more_reports, ordinary_thread

LONG: Final = 6  # threads with this many reports or more are one stratum


class Peak(msgspec.Struct, frozen=True):
    """The highest score of a thread's life, and the highest at a moment when its reasons allowed *act*."""

    score: float
    score_for_act: float


class Stratum(msgspec.Struct, frozen=True, kw_only=True):
    """Threads of one kind with `count` reports (or more, if `or_more`), of which `yearly` begin in a year."""

    kind: Archetype
    count: int
    or_more: bool
    yearly: float

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return f"{self.kind.id}/{self.count}"


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """The peaks of some threads of a stratum."""

    stratum: Stratum
    peaks: list[Peak]

    @property
    def weight(self) -> float:
        """How many threads a year each of them stands for."""
        return self.stratum.yearly / len(self.peaks)


class Laboratory(msgspec.Struct, frozen=True):
    """What sampling needs: `generator(part)` gives a fresh generator for each part, decided by the seed and the part's key alone.

    `progress` is told the part, the threads done and the threads in all.
    """

    scale: Scale
    generator: Callable[[str], Generator]
    progress: Callable[[str, int, int], None]


def strata_of(kind: Archetype, yearly: float) -> Iterator[Stratum]:
    """The strata of a kind of which *yearly* threads begin in a year; those that can't come are left out."""
    left, more = yearly, goes_on(kind)
    for count in range(kind.encounters.least, kind.encounters.most + 1):
        last = count == kind.encounters.most or count >= LONG
        here = left if last else left * (1.0 - more)
        if here > 0:
            yield Stratum(kind=kind, count=count, or_more=last, yearly=here)
        left -= here
        if last:
            return


def sampled(strata: Sequence[Stratum], counts: Sequence[int], part: str, laboratory: Laboratory) -> list[Sample]:
    """So many threads of each stratum. Each has a generator of its own: the number of one changes nothing in another."""
    samples = []
    whole, done = sum(counts), 0
    for stratum, count in zip(strata, counts, strict=True):
        generator = laboratory.generator(f"{part}/{stratum.key}")
        samples.append(Sample(stratum=stratum, peaks=[peak(_thread(stratum, generator), laboratory.scale) for _ in range(count)]))
        done += count
        laboratory.progress(part, done, whole)
    return samples


def peak(thread: Thread, scale: Scale) -> Peak:
    """The highest scores that the thread had right after any of its observations."""
    highest = allowed = 0.0
    for place in range(len(thread)):
        score, found = points_of(thread[: place + 1], None, scale)
        highest = max(highest, score)
        if score > allowed and any(rule in ACT_NEEDS for rule, _, _ in found):
            allowed = score
    return Peak(highest, allowed)


def _thread(stratum: Stratum, generator: Generator) -> Thread:
    count = more_reports(stratum.kind, stratum.count, generator) if stratum.or_more else stratum.count
    return ordinary_thread(stratum.kind, generator, count)
