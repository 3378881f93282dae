"""The second look at HFS Plus: only its map of allocation, of which Apple's TN1150 says that the highest bit of each byte comes first."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.walk.entries import Entry
from gifthorse.inspect.walk.grounds import Ground, GroundKind, Runs, marks_of_bits, zero_runs
from gifthorse.inspect.walk.second_unnamed import UnnamedLook
from gifthorse.model.findings import Finding

_ALLOCATION_FILE: Final = 6


class HfsLook(UnnamedLook):
    """HFS Plus: what is free; its catalog is read by the Sleuth Kit alone."""

    def unlisted(self, _listed: set[int]) -> Iterator[tuple[Entry, Finding]]:
        """None: there is no other reader of the catalog."""
        yield from ()

    def grounds(self) -> Iterator[Ground]:
        """Blocks that the allocation file calls free, and those of no user's file."""
        yield Ground(kind=GroundKind.FREE, unit=self._block, runs=self._free())
        yield from self.own_ground(self._free())

    def _free(self) -> Runs:
        return self.placed_runs(zero_runs(marks_of_bits(self.bits(_ALLOCATION_FILE), high_first=True)))
