"""What lies in a volume beside its live files, where the filesystem's own map of free space is not read: on discs and in Apple containers.

Everything that no live file owns counts as free, the filesystem's own tables too: nothing there begins as a program does.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.claims import Claims
from gifthorse.inspect.walk.entries import Entry
from gifthorse.inspect.walk.grounds import Ground, GroundKind, Runs
from gifthorse.inspect.walk.recovering import Recovery
from gifthorse.inspect.walk.second_look import SecondLook
from gifthorse.model.findings import Finding

_ENDS_MOST: Final = 1_000_000


class Unowned(SecondLook):
    """The bytes of *partition* that no entry owns which was handed to `claim`; clusters are of *unit* bytes."""

    def __init__(self, reader: PatientReader, partition: Partition, unit: int) -> None:
        super().__init__()
        self._reader = reader
        self._partition = partition
        self._unit = unit
        self._claims = Claims(partition.start, unit)
        self._ends = array("Q")
        self._known: list[tuple[int, int]] = []
        stated = partition.length if partition.volume_length is None else min(partition.length, partition.volume_length)
        self._most = min(partition.start + stated, reader.size)

    def claim(self, entry: Entry) -> None:
        """*entry* owns its bytes; those of a deleted one are known, so that they are not told a second time."""
        if entry.deleted:
            self._known += entry.extents or ()
            return
        self.claim_runs(entry.extents or ())
        if entry.extents and len(self._ends) < _ENDS_MOST:
            self._ends.append(sum(entry.extents[-1]))

    def claim_runs(self, runs: Iterable[tuple[int, int]]) -> None:
        """*runs* belong to a live file that does not lie on the medium as it is read."""
        self._claims.add(runs)

    def unit(self) -> tuple[int, int] | None:
        """Clusters are counted from the volume's first byte on."""
        return self._partition.start, self._unit

    def runs_left(self) -> Runs:
        """What nobody owns, in order, as (byte on the medium, length)."""
        return iter(()) if self._claims.too_many else self._claims.free(self._partition.start, self._most)

    def grounds(self) -> Iterator[Ground]:
        """All that nobody owns."""
        yield Ground(kind=GroundKind.FREE, unit=self._unit, runs=self.runs_left())

    def recovered(self, alive: Callable[[], None]) -> Iterator[Entry | Finding]:
        """Whole programs there as deleted entries, and findings about everything else."""
        return Recovery(
            reader=self._reader, partition=self._partition, second=self, known=tuple(self._known), ends=self._ends, alive=alive
        ).found()
