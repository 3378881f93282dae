"""The second look at HFS Plus: only its map of allocation, of which Apple's TN1150 says that the highest bit of each byte comes first."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.layout.facts import Space
from gifthorse.inspect.layout.gathering import Gathered
from gifthorse.inspect.walk.entries import Entry
from gifthorse.inspect.walk.grounds import Ground, GroundKind, Runs, marks_of_bits, zero_runs
from gifthorse.inspect.walk.second_unnamed import UnnamedLook
from gifthorse.model.findings import Finding

_HEADER_AT: Final = 1024
_ALLOCATION_FILE: Final = 6
_ATTRIBUTES_FILE: Final = 8  # holds extended attributes, addresses of downloads and the like


class HfsLook(UnnamedLook):
    """HFS Plus: what is free; its catalog is read by the Sleuth Kit alone."""

    def unlisted(self, _listed: set[int]) -> Iterator[tuple[Entry, Finding]]:
        """None: there is no other reader of the catalog."""
        yield from ()

    def grounds(self) -> Iterator[Ground]:
        """Blocks that the allocation file calls free, and those of no user's file."""
        yield Ground(kind=GroundKind.FREE, unit=self._block, runs=self._free())
        yield from self.own_ground(self._free, written=self.lying(_ATTRIBUTES_FILE, None))

    def rests(self) -> Iterator[Space]:
        """What stands in the map of allocation behind the bit of the last block."""
        head = self._reader.read(self._partition.start + _HEADER_AT, 48)
        left = -(-int.from_bytes(head[44:48], "big") // 8) if len(head) == 48 else 0
        gathered = Gathered(self._reader, self._partition)
        for start, length in self.lying(_ALLOCATION_FILE, None):
            if left < length:
                gathered.add(start + left, length - left)
            left = max(0, left - length)
        yield from self.space_of(gathered)

    def _free(self) -> Runs:
        return self.placed_runs(zero_runs(marks_of_bits(self.bits(_ALLOCATION_FILE), high_first=True)))
