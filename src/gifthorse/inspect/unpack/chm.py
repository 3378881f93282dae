"""Compiled HTML help: its directory is read, members that lie there plainly come out; pages compressed with LZX are told as not seen.

The format is not published by Microsoft; the layout follows "Unofficial (Preliminary) HTML Help Specification" (P. Wise, J. Jed).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.inspect.unpack.members import Damaged, Opened, member, unread
from gifthorse.inspect.unpack.names import NameWatch
from gifthorse.inspect.unpack.slices import Slice
from gifthorse.model.inspections import Reason

HEADER: Final = 0x38
CHUNKS_MOST: Final = 20_000
CHUNK_MOST: Final = 1 << 20
PLAIN: Final = 0


@dataclass(kw_only=True, slots=True)
class Page:
    """An entry of the directory; `section` 0 holds bytes as they are."""

    name: str
    section: int
    at: int
    size: int


def chm_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The plain members of a help file, and how many pages were not seen."""
    data_at, pages = read_directory(item.content)
    watch = NameWatch(item)
    packed: list[str] = []
    for page in pages:
        if page.name.startswith("::") or page.name.endswith("/"):
            continue
        budget.member()
        watch.see(page.name.lstrip("/"))
        if page.section != PLAIN:
            packed.append(page.name)
        elif page.size:
            content = Slice(item.content, data_at + page.at, page.size)
            budget.pass_on(content.size)
            yield member(page.name, content)
    if packed:
        yield unread(item.path, Reason.UNSUPPORTED, f"{len(packed)} pages compressed with LZX")
    yield from watch.findings()


def read_directory(content: Content) -> tuple[int, list[Page]]:
    """Where the plain section begins, and all entries; raises Damaged."""
    head = content.read(0, 0x60)
    if head[:4] != b"ITSF" or len(head) < 0x58:
        raise Damaged("no header of a help file")
    version = struct.unpack_from("<I", head, 4)[0]
    directory_at, directory_size = struct.unpack_from("<QQ", head, 0x48)
    data_at = struct.unpack_from("<Q", head, 0x58)[0] if version >= 3 and len(head) >= 0x60 else directory_at + directory_size
    table = content.read(directory_at, 0x54)
    if table[:4] != b"ITSP" or len(table) < 0x54:
        raise Damaged("no directory of a help file")
    length, size = struct.unpack_from("<I", table, 8)[0], struct.unpack_from("<I", table, 0x10)[0]
    chunks = struct.unpack_from("<I", table, 0x2C)[0]
    if not 32 <= size <= CHUNK_MOST or chunks > CHUNKS_MOST:
        raise Damaged("a directory of a help file that makes no sense")
    pages: list[Page] = []
    for index in range(chunks):
        chunk = content.read(directory_at + length + index * size, size)
        if len(chunk) >= 20 and chunk[:4] == b"PMGL":
            pages += _pages(chunk)
    return data_at, pages


def _pages(chunk: bytes) -> list[Page]:
    (free,) = struct.unpack_from("<I", chunk, 4)
    pages = []
    at, end = 20, len(chunk) - min(free, len(chunk))
    while at < end:
        length, at = _number(chunk, at)
        name = chunk[at : at + length].decode("utf-8", "surrogateescape")
        section, at = _number(chunk, at + length)
        start, at = _number(chunk, at)
        size, at = _number(chunk, at)
        pages.append(Page(name=name, section=section, at=start, size=size))
    return pages


def _number(chunk: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, highest first, and where it ends."""
    value = 0
    for index in range(9):
        if at + index >= len(chunk):
            break
        value = value << 7 | chunk[at + index] & 0x7F
        if not chunk[at + index] & 0x80:
            return value, at + index + 1
    raise Damaged("a directory entry of a help file is cut off")
