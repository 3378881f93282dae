"""Writes a FAT12, FAT16 or FAT32 volume. Source: Microsoft's FAT specification 1.03."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Final

from gifthorse.demonstration.placed_file import Branch, PlacedFile, tree

SECTOR: Final = 512
_COPIES: Final = 2
_ROOT_ENTRIES: Final = 512
_END_OF_CHAIN: Final = {12: 0xFFF, 16: 0xFFFF, 32: 0x0FFFFFFF}
_MOST_CLUSTERS: Final = {12: 4084, 16: 65524, 32: 0x0FFFFFF5}
_LEAST_CLUSTERS: Final = {12: 1, 16: 4085, 32: 65525}
_DELETED: Final = 0xE5
_SHORT_LETTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-~!#$%&'()@^{}`")


@dataclass(kw_only=True)
class _Volume:
    """A volume while it is written; numbers in sectors of 512 bytes."""

    target: BinaryIO
    start: int
    total: int
    bits: int
    cluster_sectors: int
    reserved: int
    table_sectors: int
    clusters: int
    chain: dict[int, int] = field(default_factory=dict)
    next_free: int = 2

    @property
    def cluster_bytes(self) -> int:
        return self.cluster_sectors * SECTOR

    @property
    def root_sector(self) -> int:
        return self.reserved + _COPIES * self.table_sectors

    @property
    def data_sector(self) -> int:
        return self.root_sector + (0 if self.bits == 32 else _ROOT_ENTRIES * 32 // SECTOR)

    def put(self, sector: int, body: bytes) -> None:
        """*body* stands at *sector* of the volume."""
        self.target.seek(self.start + sector * SECTOR)
        self.target.write(body)

    def take(self, body: bytes, *, scattered: bool = False, kept: bool = True) -> int:
        """The first cluster of *body*, now written; 0 for no bytes. Without *kept* its clusters count as free, as after a deletion."""
        count = -(-len(body) // self.cluster_bytes)
        step = 2 if scattered else 1
        taken = [self.next_free + step * number for number in range(count)]
        if taken and taken[-1] > self.clusters + 1:
            raise ValueError("The files do not fit on the volume: make it larger.")
        for number, cluster in enumerate(taken):
            piece = body[number * self.cluster_bytes : (number + 1) * self.cluster_bytes]
            self.put(self.data_sector + (cluster - 2) * self.cluster_sectors, piece)
            if kept:
                self.chain[cluster] = taken[number + 1] if number + 1 < count else _END_OF_CHAIN[self.bits]
        self.next_free += step * count
        return taken[0] if taken else 0


def write_fat(target: BinaryIO, start: int, length: int, files: Sequence[PlacedFile], *, bits: int, label: str, made: datetime) -> None:
    """*target* holds a FAT volume of *length* bytes at byte *start* with *files*; *bits* is 12, 16 or 32. Raises ValueError if it can't."""
    volume = _planned(target, start, length // SECTOR, bits)
    root = tree(files)
    root_cluster = 0
    if bits == 32:
        room = _folder_bytes(root, label=label)
        root_cluster = volume.take(bytes(-(-max(room, 1) // volume.cluster_bytes) * volume.cluster_bytes))
    body = _folder(volume, root, own=0, parent=0, label=label, made=made)
    if bits == 32:
        _rewrite(volume, root_cluster, body)
    elif len(body) > _ROOT_ENTRIES * 32:
        raise ValueError("The root folder has room for 512 entries: put the files into folders.")
    else:
        volume.put(volume.root_sector, body)
    for copy in range(_COPIES):
        volume.put(volume.reserved + copy * volume.table_sectors, _table(volume))
    _write_boot_sectors(volume, label, root_cluster, made)


def _planned(target: BinaryIO, start: int, total: int, bits: int) -> _Volume:
    """The measures of a volume: the smallest clusters that FAT *bits* can number."""
    reserved = 32 if bits == 32 else 1
    root = 0 if bits == 32 else _ROOT_ENTRIES * 32 // SECTOR
    for cluster in (1, 2, 4, 8, 16, 32, 64):
        table = 1
        for _round in range(8):  # the table shrinks the room that it has to number
            clusters = (total - reserved - root - _COPIES * table) // cluster
            table = -(-((clusters + 2) * bits) // (8 * SECTOR))
        if _LEAST_CLUSTERS[bits] <= clusters <= _MOST_CLUSTERS[bits] and (bits == 32 or clusters > 0):
            return _Volume(
                target=target,
                start=start,
                total=total,
                bits=bits,
                cluster_sectors=cluster,
                reserved=reserved,
                table_sectors=table,
                clusters=clusters,
            )
    raise ValueError(f"A FAT{bits} volume can't have {total * SECTOR} bytes: choose another size or another format.")


def _folder(volume: _Volume, branch: Branch, *, own: int, parent: int, label: str, made: datetime) -> bytes:
    """The entries of a folder whose first cluster is *own*, its children written."""
    entries = [_slot(b".          ", 0x10, own, 0, made), _slot(b"..         ", 0x10, parent, 0, made)] if own else []
    if label:
        entries.append(_slot(label.upper().encode("cp437", "replace")[:11].ljust(11), 0x08, 0, 0, made))
    taken: set[bytes] = set()
    for child in branch.children:
        about = child.about
        if about.folder:
            cluster = volume.take(bytes(-(-_folder_bytes(child) // volume.cluster_bytes) * volume.cluster_bytes), kept=not about.deleted)
            body = _folder(volume, child, own=cluster, parent=own, label="", made=about.modified)
            _rewrite(volume, cluster, body)
        else:
            cluster = volume.take(about.content, scattered=about.scattered, kept=not about.deleted)
        size = 0 if about.folder else len(about.content)
        entries.append(_named(about, cluster, size, taken))
    return b"".join(entries)


def _rewrite(volume: _Volume, cluster: int, body: bytes) -> None:
    """*body* in the run of clusters that was taken for it."""
    volume.put(volume.data_sector + (cluster - 2) * volume.cluster_sectors, body)


def _folder_bytes(branch: Branch, label: str = "") -> int:
    """At least as many bytes as the entries of a folder take, with one free slot that ends it."""
    slots = sum(1 + -(-len(child.about.name.encode("utf-16-le")) // 26) for child in branch.children)
    return 32 * (slots + 3 + bool(label))


def _named(about: PlacedFile, cluster: int, size: int, taken: set[bytes]) -> bytes:
    """The slots of one entry: long name, if it needs one, and short name; marked as deleted when it is."""
    short = about.short_name or _short(about.name, taken)
    taken.add(short)
    plain = f"{short[:8].decode('ascii', 'replace').rstrip()}.{short[8:].decode('ascii', 'replace').rstrip()}".rstrip(".")
    slots = [] if about.short_name or plain == about.name else _long(about.name, short)
    slots.append(_slot(short, about.bits, cluster, size, about.modified))
    if about.deleted:
        slots = [bytes([_DELETED]) + slot[1:] for slot in slots]
    return b"".join(slots)


def _short(name: str, taken: set[bytes]) -> bytes:
    """An 8.3 name for *name* that is not among *taken*."""
    stem, _dot, ending = name.upper().rpartition(".") if "." in name.strip(".") else (name.upper(), "", "")
    clean_stem = "".join(letter if letter in _SHORT_LETTERS else "_" for letter in stem.replace(" ", "").replace(".", ""))
    clean_ending = "".join(letter if letter in _SHORT_LETTERS else "_" for letter in ending)[:3]
    fits = len(clean_stem) <= 8 and f"{clean_stem}.{ending}".rstrip(".") == name.upper() and len(ending) <= 3
    for number in range(0 if fits else 1, 1_000_000):
        tail = f"~{number}" if number else ""
        short = (clean_stem[: 8 - len(tail)] + tail).ljust(8).encode() + clean_ending.ljust(3).encode()
        if short not in taken:
            return short
    raise ValueError("Too many files with like names in one folder: give them other names.")


def _long(name: str, short: bytes) -> list[bytes]:
    """The slots of a long name, last part first."""
    letters = name.encode("utf-16-le")
    padded = letters if len(letters) % 26 == 0 else (letters + b"\0\0").ljust(-(-len(letters) // 26) * 26, b"\xff")
    total = 0
    for byte in short:
        total = ((total & 1) << 7 | total >> 1) + byte & 0xFF
    count = len(padded) // 26
    slots = []
    for number in range(count, 0, -1):
        piece = padded[26 * (number - 1) : 26 * number]
        order = number | (0x40 if number == count else 0)
        slots.append(bytes([order]) + piece[:10] + bytes([0x0F, 0, total]) + piece[10:22] + b"\0\0" + piece[22:])
    return slots


def _slot(short: bytes, bits: int, cluster: int, size: int, moment: datetime) -> bytes:
    date, time = dos_date(moment)
    return struct.pack("<11sBBBHHHHHHHI", short, bits, 0, 0, time, date, date, cluster >> 16, time, date, cluster & 0xFFFF, size)


def dos_date(moment: datetime) -> tuple[int, int]:
    """Date and time as FAT writes them, in steps of two seconds."""
    date = (moment.year - 1980) << 9 | moment.month << 5 | moment.day
    return date, moment.hour << 11 | moment.minute << 5 | moment.second // 2


def _table(volume: _Volume) -> bytes:
    end = _END_OF_CHAIN[volume.bits]
    words = [end & 0x0FFFFFF8 | 0xF8 if volume.bits == 32 else end & ~0xFF | 0xF8, end]
    last = max([1, *volume.chain])
    words += [volume.chain.get(cluster, 0) for cluster in range(2, last + 1)]
    if volume.bits == 12:
        words += [0] * (len(words) % 2)
        pairs = zip(words[::2], words[1::2], strict=True)
        return b"".join((low | high << 12).to_bytes(3, "little") for low, high in pairs)
    return struct.pack(f"<{len(words)}{'H' if volume.bits == 16 else 'I'}", *words)


def _write_boot_sectors(volume: _Volume, label: str, root_cluster: int, made: datetime) -> None:
    small = volume.total if volume.total < 65536 and volume.bits != 32 else 0
    serial = zlib.crc32(f"{label} {made.isoformat()} {volume.total}".encode())
    head = b"\xeb\x58\x90" if volume.bits == 32 else b"\xeb\x3c\x90"
    roots, table16 = (0, 0) if volume.bits == 32 else (_ROOT_ENTRIES, volume.table_sectors)
    common = struct.pack(
        "<8sHBHBHHBHHHII",
        b"MSDOS5.0",
        SECTOR,
        volume.cluster_sectors,
        volume.reserved,
        _COPIES,
        roots,
        small,
        0xF8,
        table16,
        63,
        255,
        volume.start // SECTOR,
        0 if small else volume.total,
    )
    name = (label.upper().encode("cp437", "replace")[:11] or b"NO NAME").ljust(11)
    tail = struct.pack("<BBBI11s8s", 0x80, 0, 0x29, serial, name, f"FAT{volume.bits}".encode().ljust(8))
    if volume.bits != 32:
        volume.put(0, (head + common + tail).ljust(510, b"\0") + b"\x55\xaa")
        return
    extended = struct.pack("<IHHIHH12x", volume.table_sectors, 0, 0, root_cluster, 1, 6)
    boot = (head + common + extended + tail).ljust(510, b"\0") + b"\x55\xaa"
    free = volume.clusters - len(volume.chain)
    information = b"RRaA" + bytes(480) + b"rrAa" + struct.pack("<II12xI", free, volume.next_free, 0xAA550000)
    for at in (0, 6):
        volume.put(at, boot + information + bytes(510) + b"\x55\xaa")
