"""Writes an exFAT volume. Source: Microsoft's exFAT specification 1.00."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import BinaryIO, Final

from gifthorse.demonstration.fat_volume import dos_date
from gifthorse.demonstration.placed_file import Branch, PlacedFile, tree

SECTOR: Final = 512
_TABLE_AT: Final = 128
_END_OF_CHAIN: Final = 0xFFFFFFFF
_IN_USE: Final = 0x80
_UTC: Final = 0x80


@dataclass(kw_only=True)
class _Volume:
    """A volume while it is written; places in sectors of 512 bytes."""

    target: BinaryIO
    start: int
    total: int
    cluster_sectors: int
    table_sectors: int
    heap_at: int
    clusters: int
    chain: dict[int, int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    next_free: int = 2

    @property
    def cluster_bytes(self) -> int:
        return self.cluster_sectors * SECTOR

    def put(self, sector: int, body: bytes) -> None:
        """*body* stands at *sector* of the volume."""
        self.target.seek(self.start + sector * SECTOR)
        self.target.write(body)

    def write(self, cluster: int, body: bytes) -> None:
        """*body* stands at *cluster*."""
        self.put(self.heap_at + (cluster - 2) * self.cluster_sectors, body)

    def take(self, body: bytes, *, scattered: bool = False, kept: bool = True, chained: bool = False) -> int:
        """The first cluster of *body*, now written; 0 for no bytes. Only *scattered* and *chained* ones have a chain in the table."""
        count = -(-len(body) // self.cluster_bytes)
        step = 2 if scattered else 1
        taken = [self.next_free + step * number for number in range(count)]
        if taken and taken[-1] > self.clusters + 1:
            raise ValueError("The files do not fit on the volume: make it larger.")
        for number, cluster in enumerate(taken):
            self.write(cluster, body[number * self.cluster_bytes : (number + 1) * self.cluster_bytes])
            if kept and (scattered or chained):
                self.chain[cluster] = taken[number + 1] if number + 1 < count else _END_OF_CHAIN
        self.used |= set(taken) if kept else set()
        self.next_free += step * count
        return taken[0] if taken else 0


def write_exfat(target: BinaryIO, start: int, length: int, files: Sequence[PlacedFile], *, label: str, made: datetime) -> None:
    """*target* holds an exFAT volume of *length* bytes at byte *start* with *files*. Raises ValueError when they do not fit."""
    volume = _planned(target, start, length // SECTOR)
    root = tree(files)
    bitmap_bytes = -(-volume.clusters // 8)
    bitmap = volume.take(bytes(bitmap_bytes), chained=True)
    letters = upcase_table()
    upcase = volume.take(letters, chained=True)
    room = _folder_bytes(root) + 4 * 32
    root_cluster = volume.take(bytes(-(-room // volume.cluster_bytes) * volume.cluster_bytes), chained=True)
    entries = [struct.pack("<BB18xIQ", 0x81, 0, bitmap, bitmap_bytes)]
    entries.append(struct.pack("<B3xI12xIQ", 0x82, table_checksum(letters), upcase, len(letters)))
    if label:
        name = label[:11].encode("utf-16-le")
        entries.append(struct.pack("<BB22s8x", 0x83, len(name) // 2, name))
    volume.write(root_cluster, b"".join(entries) + _folder(volume, root))
    used = bytearray(bitmap_bytes)
    for cluster in volume.used:
        used[(cluster - 2) // 8] |= 1 << (cluster - 2) % 8
    volume.write(bitmap, bytes(used))
    volume.put(_TABLE_AT, _table(volume))
    region = _boot_region(volume, root_cluster, zlib.crc32(f"{label} {made.isoformat()} {length}".encode()))
    volume.put(0, region)
    volume.put(12, region)


def _planned(target: BinaryIO, start: int, total: int) -> _Volume:
    cluster = 8 if total <= 1 << 19 else 64
    table = -(-(total // cluster + 2) * 4 // SECTOR)
    heap = -(-(_TABLE_AT + table) // cluster) * cluster
    clusters = (total - heap) // cluster
    if clusters < 16:
        raise ValueError(f"An exFAT volume can't have {total * SECTOR} bytes: make it 1 MiB or larger.")
    return _Volume(target=target, start=start, total=total, cluster_sectors=cluster, table_sectors=table, heap_at=heap, clusters=clusters)


def _folder(volume: _Volume, branch: Branch) -> bytes:
    """The entries of a folder, its children written."""
    entries = []
    for child in branch.children:
        about = child.about
        if about.folder:
            body_bytes = -(-(_folder_bytes(child) + 32) // volume.cluster_bytes) * volume.cluster_bytes
            cluster = volume.take(bytes(body_bytes), kept=not about.deleted)
            volume.write(cluster, _folder(volume, child))
            size = body_bytes
        else:
            cluster = volume.take(about.content, scattered=about.scattered, kept=not about.deleted)
            size = len(about.content)
        entries.append(_named(about, cluster, size))
    return b"".join(entries)


def _folder_bytes(branch: Branch) -> int:
    return 32 * sum(2 + -(-len(child.about.name) // 15) for child in branch.children)


def _named(about: PlacedFile, cluster: int, size: int) -> bytes:
    """The set of entries of one file or folder; a deleted one's lose the bit that says they are in use."""
    date, time = dos_date(about.modified)
    stamp = date << 16 | time
    letters = about.name.encode("utf-16-le")
    count = len(letters) // 2
    names = -(-count // 15)
    flags = 0x01 if about.scattered or not size else 0x03
    file = struct.pack("<BBHHHIIIBBBBB7x", 0x85, 1 + names, 0, about.bits, 0, stamp, stamp, stamp, 0, 0, _UTC, _UTC, _UTC)
    stream = struct.pack("<BBBBHHQIIQ", 0xC0, flags, 0, count, name_hash(about.name), 0, size, 0, cluster, size)
    parts = [b"\xc1\0" + letters[30 * number : 30 * number + 30].ljust(30, b"\0") for number in range(names)]
    whole = bytearray(file + stream + b"".join(parts))
    struct.pack_into("<H", whole, 2, set_checksum(bytes(whole)))
    if about.deleted:
        for at in range(0, len(whole), 32):
            whole[at] &= ~_IN_USE & 0xFF
    return bytes(whole)


def _table(volume: _Volume) -> bytes:
    last = max([1, *volume.chain])
    words = [0xFFFFFFF8, _END_OF_CHAIN, *(volume.chain.get(cluster, 0) for cluster in range(2, last + 1))]
    return struct.pack(f"<{len(words)}I", *words)


def _boot_region(volume: _Volume, root_cluster: int, serial: int) -> bytes:
    """Boot sector, eight extended boot sectors, parameters, a reserved sector, and the checksum over them."""
    shift = volume.cluster_sectors.bit_length() - 1
    percent = len(volume.used) * 100 // volume.clusters
    boot = b"\xeb\x76\x90EXFAT   " + bytes(53)
    boot += struct.pack(
        "<QQIIIII", volume.start // SECTOR, volume.total, _TABLE_AT, volume.table_sectors, volume.heap_at, volume.clusters, root_cluster
    )
    boot += struct.pack("<IHHBBBBB", serial, 0x100, 0, 9, shift, 1, 0x80, percent)
    boot = boot.ljust(510, b"\xf4") + b"\x55\xaa"
    boot = boot[:113] + bytes(7) + boot[120:]
    extended = (bytes(508) + b"\0\0\x55\xaa") * 8
    body = boot + extended + bytes(2 * SECTOR)
    return body + struct.pack("<I", boot_checksum(body)) * (SECTOR // 4)


def _rotated(total: int, byte: int, bits: int) -> int:
    return ((total & 1) << (bits - 1)) + (total >> 1) + byte & (1 << bits) - 1


def boot_checksum(sectors: bytes) -> int:
    """The sum over the first eleven sectors, without the flags and the percentage that change in use."""
    total = 0
    for at, byte in enumerate(sectors):
        if at not in {106, 107, 112}:
            total = _rotated(total, byte, 32)
    return total


def table_checksum(body: bytes) -> int:
    """The sum over the table of capital letters."""
    total = 0
    for byte in body:
        total = _rotated(total, byte, 32)
    return total


def set_checksum(entries: bytes) -> int:
    """The sum over a set of entries, without the field that holds it."""
    total = 0
    for at, byte in enumerate(entries):
        if at not in {2, 3}:
            total = _rotated(total, byte, 16)
    return total


def name_hash(name: str) -> int:
    """The hash over the capital letters of a name."""
    total = 0
    for at in range(0, len(units := name.encode("utf-16-le")), 2):
        capital = _capital(int.from_bytes(units[at : at + 2], "little"))
        for byte in capital.to_bytes(2, "little"):
            total = _rotated(total, byte, 16)
    return total


def _capital(unit: int) -> int:
    if 0xD800 <= unit < 0xE000:
        return unit
    upper = chr(unit).upper()
    return ord(upper) if len(upper) == 1 and ord(upper) < 0x10000 else unit


@cache
def upcase_table() -> bytes:
    """The table of capital letters, runs of letters that stay as they are written as 0xFFFF and their number."""
    words: list[int] = []
    same = 0
    for unit in range(0x10000):
        if _capital(unit) == unit:
            same += 1
            continue
        words += [*_skipped(unit, same), _capital(unit)]
        same = 0
    words += _skipped(0x10000, same)
    return struct.pack(f"<{len(words)}H", *words)


def _skipped(end: int, same: int) -> list[int]:
    """A run of *same* letters before *end* that stay as they are: written out when short, else as a mark and its length."""
    return [0xFFFF, same] if same > 1 else list(range(end - same, end))
