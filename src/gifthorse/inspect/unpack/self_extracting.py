"""Programs that carry an archive behind their own end: self-extracting archives and installers.

The end of a Windows program is where its last section ends in the file ([PE format], Microsoft: section table, PointerToRawData and
SizeOfRawData); a signature that lies behind it (certificate table, data directory 4) is not an archive.
"""

import struct
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.inspect.unpack.members import PIECE, Opened, member
from gifthorse.inspect.unpack.slices import Slice
from gifthorse.inspect.unpack.zip_directory import zip_extent

SECTIONS_MOST: Final = 96
LEAST: Final = 32
SEARCHED: Final = 16 * 1024 * 1024
MARKS: Final = {b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "rar", b"MSCF\x00\x00\x00\x00": "cab", b"!<arch>\n": "a"}


def program_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The archive behind a program, as one member to be opened in its turn."""
    end = end_of_program(item.content)
    if end is None or item.size - end < LEAST:
        return
    found = _archive_in(item.content, end)
    if found is None:
        return
    start, stop, ending = found
    budget.member()
    budget.pass_on(stop - start)
    yield member(f"appended.{ending}", Slice(item.content, start, stop - start), {"appended"})


def end_of_program(content: Content) -> int | None:
    """Where the program's own bytes end, or None when it can't be told."""
    head = content.read(0, 4096)
    if head[:2] != b"MZ" or len(head) < 0x40:
        return None
    (header_at,) = struct.unpack_from("<I", head, 0x3C)
    header = content.read(header_at, 24)
    if header[:4] != b"PE\x00\x00" or len(header) < 24:
        return None
    sections, optional = struct.unpack_from("<H", header, 6)[0], struct.unpack_from("<H", header, 20)[0]
    raw = content.read(header_at + 24 + optional, 40 * min(sections, SECTIONS_MOST))
    ends = [sum(struct.unpack_from("<II", raw, at + 16)) for at in range(0, len(raw) - 39, 40)]
    return min(max(ends, default=0), content.size) or None


def _archive_in(content: Content, start: int) -> tuple[int, int, str] | None:
    extent = zip_extent(Slice(content, start, content.size - start))
    if extent is not None:
        return start + max(0, extent[0]), start + extent[1], "zip"
    at, carried = start, b""
    while at < min(content.size, start + SEARCHED):
        piece = content.read(at, PIECE)
        if not piece:
            return None
        window = carried + piece
        hits = [(window.find(mark), ending) for mark, ending in MARKS.items() if mark in window]
        if hits:
            offset, ending = min(hits)
            return at - len(carried) + offset, content.size, ending
        carried = window[-7:]
        at += len(piece)
    return None
