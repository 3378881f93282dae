"""What lies in a volume beside its live files, where the filesystem's own map of free space is not read: on discs and in Apple containers.

Everything that no live file owns counts as free, the filesystem's own tables too: nothing there begins as a program does.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from gifthorse.inspect.layout.facts import Partition, Space
from gifthorse.inspect.layout.gathering import Gathered
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.claims import Claims, without
from gifthorse.inspect.walk.entries import Entry
from gifthorse.inspect.walk.grounds import Ground, GroundKind, Runs
from gifthorse.inspect.walk.recovering import Recovery
from gifthorse.inspect.walk.second_look import SecondLook
from gifthorse.model.findings import Finding

_DISC_SECTOR: Final = 2048
_DESCRIPTORS: Final = frozenset({b"CD001", b"BEA01", b"NSR02", b"NSR03", b"TEA01"})
_EXTENSIONS: Final = (b"RRIP_1991A", b"IEEE_P1282", b"IEEE_1282")
_BURNERS: Final = (b"MKI ", b"libisofs_")
_ENDS_MOST: Final = 1_000_000


class Unowned(SecondLook):
    """The bytes of *partition* that no entry owns which was handed to `claim`; clusters are of *unit* bytes.

    *texts* gives the stretches, in order, where deleted files can't lie, so that text is told there.
    """

    def __init__(self, reader: PatientReader, partition: Partition, unit: int, *, texts: Callable[[], Runs] | None = None) -> None:
        super().__init__()
        self._reader = reader
        self._partition = partition
        self._unit = unit
        self._claims = Claims(partition.start, unit)
        self._gathered = Gathered(reader, partition)
        self._ends = array("Q")
        self._texts = texts
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

    def rest(self, start: int, length: int) -> None:
        """The *length* bytes from byte *start* of the medium belong to a table, which leaves them empty."""
        self._gathered.add(start, length)

    def rests(self) -> Iterator[Space]:
        """What stands in the parts of tables that were handed to `rest`."""
        yield from self.space_of(self._gathered)

    def grounds(self) -> Iterator[Ground]:
        """All that nobody owns, those stretches apart in which text is told."""
        if self._texts is None:
            yield Ground(kind=GroundKind.FREE, unit=self._unit, runs=self.runs_left())
            return
        yield Ground(kind=GroundKind.FREE, unit=self._unit, runs=without(self.runs_left(), self._texts()))
        others = without(self.runs_left(), self._texts())
        yield Ground(kind=GroundKind.FREE, unit=self._unit, runs=without(self.runs_left(), others), texts=True, has_reason=self._has_reason)

    def _has_reason(self, at: int, text: bytes) -> bool:
        """Whether *text* at byte *at* is a part of a descriptor, the name of Rock Ridge, or what a burner says of itself."""
        sector = (at - self._partition.start) // _DISC_SECTOR * _DISC_SECTOR + self._partition.start
        head = self._reader.read(sector, len(_BURNERS[0]) + 6)
        return head[1:6] in _DESCRIPTORS or text.startswith(_EXTENSIONS) or (head.startswith(_BURNERS) and text.startswith(head[:4]))

    def recovered(self, alive: Callable[[], None]) -> Iterator[Entry | Finding]:
        """Whole programs there as deleted entries, and findings about everything else."""
        return Recovery(
            reader=self._reader, partition=self._partition, second=self, known=tuple(self._known), ends=self._ends, alive=alive
        ).found()
