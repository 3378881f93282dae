"""The second look at NTFS: the master file table read record by record.

Source: the layout of a file record (signature at 0, number of names at 18, flags at 22, base record at 32) as Linux's driver has it.
"""

import struct
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from gifthorse.inspect.detectors import layout_backup_differs
from gifthorse.inspect.layout.facts import Space
from gifthorse.inspect.layout.gathering import Gathered
from gifthorse.inspect.walk.entries import Extents
from gifthorse.inspect.walk.grounds import Ground, GroundKind, Runs, marks_of_bits, zero_runs
from gifthorse.inspect.walk.letters import LETTERS_MOST, strange_letters
from gifthorse.inspect.walk.ntfs_records import LOG_PAGE, strange_pages, unlike, unused_of
from gifthorse.inspect.walk.second_unnamed import UnnamedLook
from gifthorse.inspect.walk.streams import attribute_of, is_lying, name_of
from gifthorse.model.findings import Finding

_TABLE_FILE: Final = 0
_MIRROR_FILE: Final = 1
_LOG_FILE: Final = 2
_BITMAP_FILE: Final = 6
_OWN_FILES: Final = 12
_BOOT_FILE: Final = 7  # the layout looks at boot programs
_LETTERS_FILE: Final = 10
_WRITTEN_FILES: Final = (_TABLE_FILE, _LOG_FILE, _BOOT_FILE)
_BAD_FILE: Final = 8
_CHUNK: Final = 1024 * 1024
_IN_USE: Final = 0x01
_FIRST_OF_USERS: Final = 24
_HEADER: Final = struct.Struct("<4s14xHxxH8xQ")
_MIRRORED: Final = 4
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
        yield from self.own_ground(self._free, bad, self._written())

    def rests(self) -> Iterator[Space]:
        """What stands in file records behind their attributes, in pages of the log that are none, and behind the ends of own files."""
        gathered = Gathered(self._reader, self._partition)
        record = self._record_size()
        for inode, pieces in ((_TABLE_FILE, unused_of), (_MIRROR_FILE, unused_of), (_LOG_FILE, strange_pages)):
            step = LOG_PAGE if inode == _LOG_FILE else record
            for at, body in self._steps(inode, step):
                for inside, piece in pieces(body):
                    gathered.note(piece, at + inside)
        for inode in range(_OWN_FILES):
            for start, length in self._behind(inode):
                gathered.add(start, min(length, _CHUNK))
        for start, length in self.lying(_LETTERS_FILE, None):
            table = self._reader.read(start, min(length, LETTERS_MOST)) if length >= LETTERS_MOST else b""
            for at, size in strange_letters(table):
                gathered.note(table[at : at + size], start + at)
        yield from self.space_of(gathered)

    def _steps(self, inode: int, step: int) -> Iterator[tuple[int, bytes]]:
        """(byte on the medium, bytes) of each *step* of one of the own files; what lies in two runs is left out."""
        for start, length in self.lying(inode, None):
            for at in range(start, start + length, _CHUNK):
                chunk = self._reader.read(at, min(_CHUNK, start + length - at))
                self._reader.alive()
                for inside in range(0, len(chunk) - step + 1, step):
                    yield at + inside, chunk[inside : inside + step]

    def _behind(self, inode: int) -> Iterator[tuple[int, int]]:
        """What the clusters of an own file hold behind its end; behind the table of files there are records to come."""
        try:
            file = self._opened.open_meta(inode)
            attributes = [(name_of(one), int(one.info.size)) for one in file if is_lying(one)]
        except OSError:
            return
        for name, size in attributes if inode != _TABLE_FILE else ():
            left = size
            for start, length in self.lying(inode, name):
                if left < length:
                    yield start + left, length - left
                left = max(0, left - length)

    def copies(self) -> Iterator[Finding]:
        """A finding when the copy of the first file records says something else than they do."""
        record = self._record_size()
        first = [body for _at, body in islice(self._steps(_TABLE_FILE, record), _MIRRORED)]
        mirror = list(islice(self._steps(_MIRROR_FILE, record), _MIRRORED))
        count = sum(unlike(body, copy) for body, (_at, copy) in zip(first, mirror, strict=False))
        if count:
            length = record * len(mirror)
            yield layout_backup_differs.records_copy(mirror[0][0], length, partition=self._partition.index, count=count)

    def _written(self) -> Extents:
        """The tables in which ordinary text stands, and the copy of the boot sector."""
        boot = self._reader.read(self._partition.start, 512)
        sector, sectors = struct.unpack_from("<H27xQ", boot, 11) if len(boot) == 512 else (512, 0)
        copy = (self._partition.start + sectors * sector, sector) if 0 < sectors <= self._partition.length // (sector or 512) else None
        return (*(run for inode in _WRITTEN_FILES for run in self.lying(inode, None)), *(() if copy is None else (copy,)))

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
