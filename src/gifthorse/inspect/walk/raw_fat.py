"""Reads the directory entries of a FAT volume by itself, as a second opinion to the Sleuth Kit.

The Sleuth Kit leaves out entries that look odd to it (a FAT16 short name such as ``EA DATA. SF`` is one, sleuthkit issue 2632), and what it
leaves out is a place to hide. Here every entry counts that is neither deleted nor a part of a long name. Source: Microsoft's FAT
specification 1.03, sections 6 and 7.
"""

import struct
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.layout.boot_sectors import FatShape, fat_shape
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.entries import Extents, joined
from gifthorse.inspect.walk.fat_table import FatTable
from gifthorse.inspect.walk.raw import (
    DEPTH_LIMIT,
    ENTRIES_LIMIT,
    FOLDER_BIT,
    FOLDER_BYTES,
    FOLDERS_LIMIT,
    LABEL_BIT,
    Listing,
    RawEntry,
    cut,
    dos_moment,
    merged,
)
from gifthorse.model.words import N_

FIRST_INODE: Final = 3  # the Sleuth Kit counts entries from 3, in sectors from the end of the tables on
_SLOT: Final = struct.Struct("<11sBBB7HI")
_LONG_NAME: Final = 0x0F
_DELETED: Final = 0xE5
_KANJI: Final = 0x05  # stands for 0xE5 as a real first byte
_DOTS: Final = (b".          ", b"..         ")
_ZERO_SLOT: Final = bytes(32)


class RawFat:
    """A FAT volume of *shape* that begins at byte *start* of the medium."""

    def __init__(self, reader: PatientReader, start: int, shape: FatShape) -> None:
        self._reader = reader
        self._start = start
        self.shape = shape
        self.cluster_bytes = shape.cluster_sectors * shape.sector_size
        self.table = FatTable(reader, start + shape.reserved * shape.sector_size, shape.clusters, shape.bits)

    def listing(self) -> Listing:
        """Every live entry of every folder, by inode; a folder that is named twice is listed once."""
        listing = Listing(entries={}, specials=set())
        waiting: list[tuple[str, int, int]] = [("", 0, 0)]
        seen: set[int] = set()
        while waiting:
            path, cluster, depth = waiting.pop()
            for entry in self._folder(path, cluster, listing):
                listing.entries[entry.inode] = entry
                new = entry.folder and entry.cluster not in seen and not entry.after_end and entry.cluster >= 2
                if new and depth < DEPTH_LIMIT:
                    seen.add(entry.cluster)
                    waiting.append((entry.path, entry.cluster, depth + 1))
            if len(listing.entries) > ENTRIES_LIMIT or len(seen) > FOLDERS_LIMIT:
                listing.stopped = N_("too many entries")
                return listing
        return listing

    def extents(self, cluster: int, size: int) -> Extents:
        """Where the first *size* bytes of the chain that begins at *cluster* lie; fewer where it breaks off."""
        chain, _ended = self.table.chain(cluster, -(-size // self.cluster_bytes))
        return cut(merged([(self.cluster_at(number), self.cluster_bytes) for number in chain]), size)

    def cluster_at(self, cluster: int) -> int:
        """The byte of the medium where *cluster* begins."""
        return self._start + self.shape.data_sector * self.shape.sector_size + (cluster - 2) * self.cluster_bytes

    def slot_of(self, inode: int) -> bytes:
        """The 32 bytes of the directory entry that *inode* counts."""
        return self._reader.read(self.place_of(inode), 32)

    def place_of(self, inode: int) -> int:
        """The byte of the medium where the directory entry stands that *inode* counts."""
        return self._root_at() + (inode - FIRST_INODE) * 32

    def folder_runs(self, entry: RawEntry) -> Extents:
        """Where the folder *entry* itself lies."""
        return merged(list(self._folder_runs(entry.cluster))) if entry.cluster >= 2 else ()

    def root_runs(self) -> Extents:
        """Where the root folder lies when it has clusters."""
        return merged(list(self._folder_runs(0))) if self.shape.bits == 32 else ()

    def _root_at(self) -> int:
        return self._start + self.shape.root_sector * self.shape.sector_size

    def _folder(self, path: str, cluster: int, listing: Listing) -> Iterator[RawEntry]:
        """The entries of one folder; cluster 0 stands for the root."""
        reading = SlotReader(path, listing)
        root_at = self._root_at()
        for at, length in self._folder_runs(cluster):
            piece = self._reader.read(at, length)
            listing.rests += reading.filled_behind(piece, at)
            yield from reading.entries(piece, FIRST_INODE + (at - root_at) // 32)

    def _folder_runs(self, cluster: int) -> Extents:
        shape = self.shape
        if cluster == 0 and shape.bits != 32:
            return ((self._root_at(), shape.root_sectors * shape.sector_size),)
        first = cluster or shape.root_cluster
        chain, _ended = self.table.chain(first, FOLDER_BYTES // self.cluster_bytes + 1)
        return tuple((self.cluster_at(number), self.cluster_bytes) for number in chain)


class SlotReader:
    """Puts the slots of one folder together to entries; long names run across clusters, so it keeps what it has read."""

    def __init__(self, path: str, listing: Listing) -> None:
        self._path = path
        self._listing = listing
        self._pieces: list[bytes] = []
        self._expected = 0
        self._checksum = -1
        self._ended = False
        self._count = 0

    def filled_behind(self, slots: bytes, at: int) -> list[int]:
        """Where in *slots*, which begin at byte *at* and are read next, those stand that are filled behind the end of the folder."""
        kinds = slots[::32]
        first = 0 if self._ended else kinds.find(0)
        if first < 0 or slots.count(0, 32 * first) == len(slots) - 32 * first:
            return []
        return [at + 32 * number for number in range(first, len(kinds)) if slots[32 * number : 32 * number + 32] != _ZERO_SLOT]

    def entries(self, untrusted_slots: bytes, first_inode: int) -> Iterator[RawEntry]:
        """The live entries in whole slots of 32 bytes, the first of which has *first_inode*."""
        usable = len(untrusted_slots) // 32 * 32
        if untrusted_slots.count(0) == len(untrusted_slots):
            self._ended = True
            return
        for number, fields in enumerate(_SLOT.iter_unpack(untrusted_slots[:usable])):
            name, bits = fields[0], fields[1]
            if name[0] == 0:
                self._ended = True
                self._pieces = []
            elif name[0] == _DELETED:
                self._pieces = []
            elif bits & 0x3F == _LONG_NAME:
                self._long(untrusted_slots[32 * number : 32 * number + 32])
            else:
                self._count += 1
                entry = self._entry(fields, first_inode + number)
                self._pieces = []
                if entry is not None:
                    yield entry

    def _long(self, slot: bytes) -> None:
        order = slot[0] & 0x3F
        if slot[0] & 0x40:
            self._pieces, self._checksum, self._expected = [], slot[13], order
        if order != self._expected or slot[13] != self._checksum or order == 0:
            self._pieces, self._expected = [], 0
            return
        self._pieces.append(slot[1:11] + slot[14:26] + slot[28:32])
        self._expected = order - 1

    def _entry(self, fields: tuple[bytes, int, int, int, int, int, int, int, int, int, int, int], inode: int) -> RawEntry | None:
        name, bits, case = fields[:3]
        high, time, date, low, size = fields[7:12]
        cluster = high << 16 | low
        if name in _DOTS and bits & FOLDER_BIT and self._count <= 2 and self._path:
            return None
        if bits & LABEL_BIT and not cluster and not size:
            self._listing.specials.add(inode)
            return None
        if self._ended and not is_likely(name, bits, date):
            return None
        untrusted_name = self._long_name(name) or short_name(name, case)
        return RawEntry(
            inode=inode,
            path=joined(self._path, untrusted_name),
            untrusted_name=untrusted_name,
            bits=bits,
            cluster=cluster,
            size=size,
            modified=dos_moment(date, time),
            after_end=self._ended,
        )

    def _long_name(self, short: bytes) -> str | None:
        if not self._pieces or self._expected != 0 or self._checksum != checksum(short):
            return None
        letters = b"".join(reversed(self._pieces)).decode("utf-16-le", "replace")
        return letters.split("\0")[0].rstrip("\uffff") or None


def raw_fat(reader: PatientReader, start: int) -> RawFat | None:
    """The FAT volume at byte *start*, or None when its boot sector states none."""
    shape = fat_shape(reader.read(start, 512))
    return None if shape is None or shape.clusters == 0 else RawFat(reader, start, shape)


def checksum(short: bytes) -> int:
    """The sum over the 11 bytes of a short name that each slot of its long name repeats."""
    total = 0
    for byte in short:
        total = ((total & 1) << 7 | total >> 1) + byte & 0xFF
    return total


def short_name(untrusted_short: bytes, case: int) -> str:
    """The 8.3 name as text (code page 437), with the case that Windows NT keeps in bits 3 and 4."""
    raw = bytes([_DELETED]) + untrusted_short[1:] if untrusted_short[0] == _KANJI else untrusted_short
    stem, ending = (part.decode("cp437").rstrip(" ") for part in (raw[:8], raw[8:]))
    stem = stem.lower() if case & 0x08 else stem
    ending = ending.lower() if case & 0x10 else ending
    return f"{stem}.{ending}" if ending else stem


def is_likely(name: bytes, bits: int, date: int) -> bool:
    """Whether a slot behind the end of a folder looks like a real entry and not like what was there before the folder."""
    letters = all(letter >= 0x20 and letter not in b'"*+,./:;<=>?[\\]|' for letter in name) and name[0] != 0x20
    return letters and bits & 0xC8 == 0 and 1 <= date >> 5 & 15 <= 12 and 1 <= date & 31 <= 31


def orphans_in(untrusted_folder: bytes, path: str) -> list[RawEntry]:
    """The entries, deleted ones too, of what begins as a folder does (with the entries of itself and its parent); none if it doesn't."""
    own, parent = untrusted_folder[:32], untrusted_folder[32:64]
    if not (own.startswith(_DOTS[0]) and parent.startswith(_DOTS[1]) and own[11] & FOLDER_BIT and parent[11] & FOLDER_BIT):
        return []
    revived = bytearray(untrusted_folder)
    for at in range(64, len(revived) - 31, 32):
        if revived[at] == _DELETED and revived[at + 11] & 0x3F != _LONG_NAME:
            revived[at] = ord("_")
    listing = Listing(entries={}, specials=set())
    entries = SlotReader(path, listing).entries(bytes(revived), 0)
    return [entry for entry in entries if not entry.after_end and entry.modified is not None and not entry.bits & 0xC8]
