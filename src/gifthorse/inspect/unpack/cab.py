"""Microsoft cabinets: stored and MSZIP folders are read here, LZX and Quantum ones by libarchive when it is there.

Format: [MS-CAB] and the Microsoft Cabinet SDK. MSZIP blocks ("CK" and deflate) keep the last 32 KiB of the block before as their window.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.unpack import libarchive
from gifthorse.inspect.unpack.budgets import Budget, Meter, TooMuchHeld, Uncounted, in_words
from gifthorse.inspect.unpack.members import Damaged, Opened, Unseen, gathered, member, pieces_of
from gifthorse.inspect.unpack.names import NameWatch
from gifthorse.inspect.unpack.tar_stream import Flowing
from gifthorse.model.inspections import Reason

HEADER: Final = struct.Struct("<4sIIIIIBBHHHHH")
FOLDER: Final = struct.Struct("<IHH")
FILE: Final = struct.Struct("<IIHHHH")
DATA: Final = struct.Struct("<IHH")
STORED, MSZIP = 0, 1
NAME_MOST: Final = 1024
CONTINUED: Final = 0xFFFD  # this folder index and the two above: the file spans cabinets


@dataclass(kw_only=True, slots=True)
class File:
    """A file of a cabinet: its place within its folder's unpacked bytes."""

    name: str
    size: int
    start: int
    folder: int
    at: int


@dataclass(kw_only=True, slots=True)
class Folder:
    """A run of data blocks that are unpacked together."""

    at: int
    blocks: int
    method: int


def cab_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The members of a cabinet."""
    folders, files, reserved = read_lists(item.content)
    if any(folder.method not in {STORED, MSZIP} for folder in folders) and libarchive.available():
        yield from libarchive.library_members(item, budget, "cab")
        return
    watch = NameWatch(item)
    unseen = Unseen(item)
    for index, folder in enumerate(folders):
        inside = sorted((file for file in files if file.folder == index), key=lambda file: file.start)
        yield from _folder(item, budget, folder, inside, reserved=reserved, watch=watch, unseen=unseen)
    for file in files:
        if file.folder >= len(folders):
            watch.see(file.name, file.at)
            yield from unseen.note(file.name, Reason.UNSUPPORTED, "it continues in another cabinet")
    yield from watch.findings()
    yield from unseen.rest()


def _folder(
    item: Item, budget: Budget, folder: Folder, files: list[File], *, reserved: int, watch: NameWatch, unseen: Unseen
) -> Iterator[Opened]:
    meter = Meter(budget)
    flowing = Flowing(meter.giving(_unpacked(item.content, folder, reserved, meter)))
    for file in files:
        budget.member()
        watch.see(file.name, file.at)
        if folder.method not in {STORED, MSZIP}:
            yield from unseen.note(file.name, Reason.UNSUPPORTED, "LZX or Quantum: the library libarchive is not on this machine")
            continue
        try:
            content, damage = gathered(pieces_of(flowing, file.start, file.start + file.size), budget, Uncounted(budget))
        except TooMuchHeld as over:
            yield from unseen.note(file.name, Reason.BUDGET, in_words(over))
            continue
        if damage or content.size < file.size:
            yield from unseen.note(file.name, Reason.UNREADABLE, damage or f"{content.size} of {file.size} bytes came out")
        if content.size or not file.size:
            yield member(file.name, content)
        del content  # what it holds is given back before the next one is unpacked


def read_lists(content: Content) -> tuple[list[Folder], list[File], int]:
    """Folders, files and how many bytes are reserved before each data block; raises Damaged."""
    raw = content.read(0, HEADER.size)
    if len(raw) < HEADER.size or raw[:4] != b"MSCF":
        raise Damaged("no cabinet header")
    _mark, _r1, _size, _r2, files_at, _r3, _minor, _major, folder_count, file_count, flags, _set, _index = HEADER.unpack(raw)
    at, folder_reserve, data_reserve = HEADER.size, 0, 0
    if flags & 4:
        header_reserve, folder_reserve, data_reserve = struct.unpack("<HBB", content.read(at, 4).ljust(4, b"\x00"))
        at += 4 + header_reserve
    for _ in range(2 * bool(flags & 1) + 2 * bool(flags & 2)):
        at += len(_text(content, at)) + 1
    folders = []
    for _ in range(folder_count):
        entry = content.read(at, FOLDER.size)
        if len(entry) < FOLDER.size:
            raise Damaged("the cabinet ends among its folders")
        start, blocks, method = FOLDER.unpack(entry)
        folders.append(Folder(at=start, blocks=blocks, method=method & 0x0F))
        at += FOLDER.size + folder_reserve
    return folders, _files(content, files_at, file_count), data_reserve


def _files(content: Content, at: int, count: int) -> list[File]:
    files = []
    for _ in range(count):
        entry = content.read(at, FILE.size)
        if len(entry) < FILE.size:
            raise Damaged("the cabinet ends among its files")
        size, start, folder, _date, _time, attributes = FILE.unpack(entry)
        raw = _text(content, at + FILE.size)
        name = raw.decode("utf-8" if attributes & 0x80 else "cp1252", "surrogateescape" if attributes & 0x80 else "replace")
        files.append(File(name=name, size=size, start=start, folder=folder, at=at))
        at += FILE.size + len(raw) + 1
    return files


def _text(content: Content, at: int) -> bytes:
    return content.read(at, NAME_MOST).split(b"\x00", 1)[0]


def _unpacked(content: Content, folder: Folder, reserved: int, meter: Meter) -> Iterator[bytes]:
    at = folder.at
    window = b""
    for _ in range(folder.blocks):
        raw = content.read(at, DATA.size)
        if len(raw) < DATA.size:
            raise Damaged("the cabinet ends among its data")
        _checksum, packed, size = DATA.unpack(raw)
        block = content.read(at + DATA.size + reserved, packed)
        at += DATA.size + reserved + packed
        meter.taken += packed
        if folder.method == MSZIP:
            block = _inflated(block, window, size)
            window = (window + block)[-32768:]
        yield block


def _inflated(block: bytes, window: bytes, size: int) -> bytes:
    if block[:2] != b"CK":
        raise Damaged("a cabinet block without its mark")
    inner = zlib.decompressobj(-zlib.MAX_WBITS, zdict=window) if window else zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        out = inner.decompress(block[2:], size)
    except zlib.error as broken:
        raise Damaged(f"the compressed data is broken ({broken})") from broken
    if len(out) < size:
        raise Damaged("a cabinet block gives fewer bytes than it states")
    return out
