"""Which bytes of a volume its live files own, so that everything else can be looked into, whatever the filesystem says of it."""

from array import array
from collections.abc import Iterable, Iterator
from typing import Final

from gifthorse.inspect.walk.grounds import Runs

MOST: Final = 4_000_000
FARTHEST: Final = 1 << 62


class Claims:
    """Stretches of the medium that are owned, rounded up to whole units of *unit* bytes counted from byte *origin*."""

    def __init__(self, origin: int, unit: int) -> None:
        self._origin = origin
        self._unit = max(1, unit)
        self._starts = array("Q")
        self._ends = array("Q")
        self.too_many = False

    def add(self, runs: Iterable[tuple[int, int]]) -> None:
        """*runs*, as (byte on the medium, length), are owned; what lies before the origin does not count."""
        for start, length in runs:
            first = max(0, start - self._origin) // self._unit * self._unit
            last = -(-(start + length - self._origin) // self._unit) * self._unit
            if length <= 0 or last <= first or self._origin + last > FARTHEST:  # a claim to what no medium has is none
                continue
            if len(self._starts) >= MOST:
                self.too_many = True
                return
            self._starts.append(self._origin + first)
            self._ends.append(self._origin + last)

    def free(self, start: int, end: int) -> Runs:
        """What of [*start*, *end*) nobody owns, in order, as (byte on the medium, length)."""
        at = start
        for first, last in sorted(zip(self._starts, self._ends, strict=True)):
            if first >= end:
                break
            if first > at:
                yield at, first - at
            at = max(at, last)
        if at < end:
            yield at, end - at


def without(runs: Runs, others: Runs) -> Runs:
    """What of *runs* is in none of *others*; both in order."""
    waiting = Stretches(others)
    for start, length in runs:
        at, end = start, start + length
        for first, last in waiting.within(start, end):
            if first > at:
                yield at, first - at
            at = max(at, last)
        if at < end:
            yield at, end - at


class Stretches:
    """Runs in order that are asked for window by window, each window behind the one before."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs
        self._held: tuple[int, int] | None = None

    def within(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """(first byte, byte behind the last) of what lies in [*start*, *end*)."""
        while True:
            if self._held is None:
                found = next(self._runs, None)
                if found is None:
                    return
                self._held = (found[0], sum(found))
            first, last = self._held
            if first >= end:
                return
            if last > start:
                yield max(first, start), min(last, end)
            if last > end:
                return
            self._held = None
