"""The second look at NTFS: the master file table read record by record.

Source: the layout of a file record (signature at 0, number of names at 18, flags at 22, base record at 32) as Linux's driver has it.
"""

import struct
from collections.abc import Iterator
from typing import Any, Final

from gifthorse.inspect.walk.grounds import Ground, GroundKind, Runs, marks_of_bits, zero_runs
from gifthorse.inspect.walk.second_unnamed import UnnamedLook
from gifthorse.inspect.walk.streams import attribute_of

_BITMAP_FILE: Final = 6
_BAD_FILE: Final = 8
_CHUNK: Final = 1024 * 1024
_IN_USE: Final = 0x01
_FIRST_OF_USERS: Final = 24
_HEADER: Final = struct.Struct("<4s14xHxxH8xQ")
_RECORD_SIZES: Final = frozenset({1024, 2048, 4096})


class NtfsLook(UnnamedLook):
    """NTFS: every base record that is in use."""

    def in_use(self) -> Iterator[tuple[int, int]]:
        """Records in use that belong to no other record and not to the filesystem itself."""
        try:
            table = self._opened.open_meta(0)
            size = int(table.info.meta.size)
        except OSError:
            return  # the Sleuth Kit could not have listed anything without it, and has said so
        record = self._record_size()
        for at in range(0, size, _CHUNK):
            for number, piece in self._records(table, at, min(_CHUNK, size - at), record):
                mark, links, flags, owner = _HEADER.unpack_from(piece)
                if mark == b"FILE" and flags & _IN_USE and owner == 0 and number >= _FIRST_OF_USERS:
                    yield number, links

    def grounds(self) -> Iterator[Ground]:
        """Clusters that $Bitmap calls free, those that $BadClus keeps from use, and those of no user's file."""
        bad = self.lying(_BAD_FILE, "$Bad")
        yield Ground(kind=GroundKind.FREE, unit=self._block, runs=self._free())
        yield Ground(kind=GroundKind.BAD, unit=self._block, runs=iter(bad))
        yield from self.own_ground(self._free(), bad)

    def _free(self) -> Runs:
        return self.placed_runs(zero_runs(marks_of_bits(self.bits(_BITMAP_FILE))))

    def _records(self, table: Any, at: int, length: int, record: int) -> Iterator[tuple[int, bytes]]:
        try:
            chunk = bytes(table.read_random(at, length, *(attribute_of(table, None) or ())))
        except OSError:
            return
        for inside in range(0, len(chunk) - record + 1, record):
            yield (at + inside) // record, chunk[inside : inside + 40]

    def _record_size(self) -> int:
        """Bytes of a record: byte 64 of the boot sector, a power of two when negative, else in clusters."""
        boot = self._reader.read(self._partition.start, 512)
        (code,) = struct.unpack_from("<b", boot, 64) if len(boot) == 512 else (-10,)
        size = 1 << -code if code < 0 else code * self._block
        return size if size in _RECORD_SIZES else 1024
