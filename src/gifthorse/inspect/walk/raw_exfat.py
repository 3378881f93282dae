"""Reads the directory entries of an exFAT volume by itself, as a second opinion to the Sleuth Kit.

Source: Microsoft's exFAT specification, sections 6 and 7 (file, stream extension and file name entries; allocation flags; time stamps
with their offset from UTC).
"""

import struct
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.layout.boot_sectors import ExfatShape, exfat_shape
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.entries import Extents, joined
from gifthorse.inspect.walk.fat_table import EXFAT, FatTable
from gifthorse.inspect.walk.letters import LETTERS_MOST, letters_length
from gifthorse.inspect.walk.raw import (
    DEPTH_LIMIT,
    ENTRIES_LIMIT,
    FOLDER_BYTES,
    FOLDERS_LIMIT,
    Listing,
    RawEntry,
    cut,
    dos_moment,
    merged,
)
from gifthorse.model.words import N_

FIRST_INODE: Final = 3  # as the Sleuth Kit counts, in sectors from the cluster heap on
_IN_USE: Final = 0x80
_BITMAP: Final = 0x81
_LETTERS: Final = 0x82
_FILE: Final = 0x85
_STREAM: Final = 0xC0
_NAME: Final = 0xC1
_CONTIGUOUS: Final = 0x02
_KNOWN: Final = frozenset({0x01, 0x02, 0x03, 0x05, 0x20, 0x21, 0x40, 0x41, 0x60, 0x61, 0x62})  # kinds of entries, in use or not
Slot = tuple[int, bytes, bool]  # inode, its 32 bytes, whether it stands behind the end of the folder


class RawExfat:
    """An exFAT volume of *shape* that begins at byte *start* of the medium."""

    def __init__(self, reader: PatientReader, start: int, shape: ExfatShape) -> None:
        self._reader = reader
        self._start = start
        self.shape = shape
        self.cluster_bytes = shape.cluster_sectors * shape.sector_size
        self.table = FatTable(reader, start + shape.table_at * shape.sector_size, shape.clusters, EXFAT)

    def listing(self) -> Listing:
        """Every live entry of every folder, by inode; a folder that is named twice is listed once."""
        listing = Listing(entries={}, specials=set())
        waiting: list[tuple[str, Extents, int]] = [("", self.extents(self.shape.root_cluster, FOLDER_BYTES, contiguous=False), 0)]
        seen = {self.shape.root_cluster}
        while waiting:
            path, runs, depth = waiting.pop()
            for entry in self._folder(path, runs, listing):
                listing.entries[entry.inode] = entry
                if entry.folder and entry.cluster >= 2 and entry.cluster not in seen and not entry.after_end and depth < DEPTH_LIMIT:
                    seen.add(entry.cluster)
                    size = min(entry.size, FOLDER_BYTES)
                    waiting.append((entry.path, self.extents(entry.cluster, size, contiguous=entry.contiguous), depth + 1))
            if len(listing.entries) > ENTRIES_LIMIT or len(seen) > FOLDERS_LIMIT:
                listing.stopped = N_("too many entries")
                return listing
        return listing

    def extents(self, cluster: int, size: int, *, contiguous: bool) -> Extents:
        """Where the first *size* bytes from *cluster* on lie: in one run, or along the table; fewer where the chain breaks off."""
        if contiguous:
            room = (self.shape.clusters + 2 - cluster) * self.cluster_bytes
            return ((self.cluster_at(cluster), min(size, room)),) if cluster >= 2 and room > 0 and size else ()
        chain, _ended = self.table.chain(cluster, -(-size // self.cluster_bytes))
        return cut(merged([(self.cluster_at(number), self.cluster_bytes) for number in chain]), size)

    def cluster_at(self, cluster: int) -> int:
        """The byte of the medium where *cluster* begins."""
        return self._heap_at() + (cluster - 2) * self.cluster_bytes

    def slot_of(self, inode: int) -> bytes:
        """The 32 bytes of the directory entry that *inode* counts."""
        return self._reader.read(self.place_of(inode), 32)

    def bitmap(self) -> Extents:
        """Where the map of used clusters lies, one bit each; nothing when the root folder names none."""
        return next((runs for kind, runs in self._own_tables() if kind == _BITMAP), ())

    def special_runs(self) -> Extents:
        """Where the root folder, the map of used clusters and the table of letters lie."""
        return (*self._root_runs(), *(run for runs in self.tables() for run in runs))

    def tables(self) -> Iterator[Extents]:
        """Where the map of used clusters and the table of letters lie, as far as they are what they should be."""
        return (self._needed(kind, runs) for kind, runs in self._own_tables())

    def _needed(self, kind: int, runs: Extents) -> Extents:
        """What of a table its purpose needs: one bit for each cluster; a table of letters as long as it is one."""
        if kind == _BITMAP:
            return cut(runs, -(-self.shape.clusters // 8))
        body = b"".join(self._reader.read(start, length) for start, length in cut(runs, LETTERS_MOST))
        return cut(runs, letters_length(body))

    def _root_runs(self) -> Extents:
        return self.extents(self.shape.root_cluster, FOLDER_BYTES, contiguous=False)

    def _own_tables(self) -> Iterator[tuple[int, Extents]]:
        """(kind of entry, where it lies) of each table of the filesystem that the root folder names."""
        for at, length in self._root_runs():
            piece = self._reader.read(at, length)
            for place in range(0, len(piece) - 31, 32):
                if piece[place] in {_BITMAP, _LETTERS}:
                    cluster, size = struct.unpack_from("<IQ", piece, place + 20)
                    room = min(size, self.shape.clusters * self.cluster_bytes)
                    yield piece[place], self.extents(cluster, room, contiguous=False)

    def letters(self) -> Extents:
        """Where the table of letters lies, as far as it is one."""
        return next((self._needed(kind, runs) for kind, runs in self._own_tables() if kind == _LETTERS), ())

    def place_of(self, inode: int) -> int:
        """The byte of the medium where the directory entry stands that *inode* counts."""
        return self._heap_at() + (inode - FIRST_INODE) * 32

    def folder_runs(self, entry: RawEntry) -> Extents:
        """Where the folder *entry* itself lies."""
        return self.extents(entry.cluster, min(entry.size, FOLDER_BYTES), contiguous=entry.contiguous)

    def _heap_at(self) -> int:
        return self._start + self.shape.heap_at * self.shape.sector_size

    def _folder(self, path: str, runs: Extents, listing: Listing) -> Iterator[RawEntry]:
        """The entries of one folder; a set of entries may run on into the next cluster."""
        slots: list[Slot] = []
        ended = False
        for at, length in runs:
            piece = self._reader.read(at, length)
            first = FIRST_INODE + (at - self._heap_at()) // 32
            for number in range(len(piece) // 32):
                kind = piece[32 * number]
                if kind and (ended or kind & ~_IN_USE not in _KNOWN):
                    listing.rests.append(at + 32 * number)
                if kind:
                    slots.append((first + number, piece[32 * number : 32 * number + 32], ended))
                else:
                    ended = True
        yield from entries_in(path, slots, listing)


def entries_in(path: str, slots: list[Slot], listing: Listing) -> Iterator[RawEntry]:
    """The live files and folders in *slots* of one folder."""
    position = 0
    while position < len(slots):
        inode, slot, ended = slots[position]
        position += 1
        if slot[0] == _FILE:
            members = [body for _inode, body, _ended in slots[position : position + slot[1]]]
            entry = _entry(path, inode, members, slot, after_end=ended)
            if entry is not None:
                yield entry
        elif slot[0] & _IN_USE and slot[0] not in {_STREAM, _NAME}:
            listing.specials.add(inode)


def _entry(path: str, inode: int, members: list[bytes], slot: bytes, *, after_end: bool) -> RawEntry | None:
    stream = next((body for body in members if body[0] == _STREAM), None)
    if stream is None:
        return None
    (bits,) = struct.unpack_from("<H", slot, 4)
    time, date = struct.unpack_from("<HH", slot, 12)
    cluster, size = struct.unpack_from("<IQ", stream, 20)
    letters = b"".join(body[2:32] for body in members if body[0] == _NAME)[: 2 * stream[3]]
    untrusted_name = letters.decode("utf-16-le", "replace")
    return RawEntry(
        inode=inode,
        path=joined(path, untrusted_name),
        untrusted_name=untrusted_name,
        bits=bits & 0xFF,
        cluster=cluster,
        size=size,
        modified=_moment(date, time, slot[23]),
        contiguous=bool(stream[1] & _CONTIGUOUS),
        after_end=after_end,
    )


def _moment(date: int, time: int, offset: int) -> float | None:
    """Unix time; byte *offset* holds quarters of an hour from UTC in seven bits when its highest bit is set."""
    moment = dos_moment(date, time)
    if moment is None or not offset & 0x80:
        return moment
    quarters = (offset & 0x7F) - (128 if offset & 0x40 else 0)
    return moment - quarters * 900


def raw_exfat(reader: PatientReader, start: int) -> RawExfat | None:
    """The exFAT volume at byte *start*, or None when its boot sector states none."""
    shape = exfat_shape(reader.read(start, 512))
    return None if shape is None else RawExfat(reader, start, shape)
