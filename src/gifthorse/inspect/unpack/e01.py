"""E01: the evidence file of EnCase (EWF), as described in libewf's "Expert Witness Compression Format specification" (J. Metz).

The files of a set are read as one, each right behind the other; a disk whose next file is not there ends where the last one ends.
"""

import struct
from typing import Final

from gifthorse.inspect.item import Content
from gifthorse.inspect.unpack.members import Damaged, Unsupported
from gifthorse.inspect.unpack.virtual_disks import Blocks, inflated, table

SIGNATURE: Final = b"EVF\x09\x0d\x0a\xff\x00"
SIGNATURE_2: Final = b"EVF2\r\n\x81\x00"
SECTION: Final = struct.Struct("<16sQQ")
SECTIONS_MOST: Final = 100_000
ENTRIES_MOST: Final = 4_000_000


def disk(content: Content) -> Content:
    """The disk in an E01 file."""
    if content.read(0, 8) == SIGNATURE_2:
        raise Unsupported("an Ex01 file of EnCase 7, which is not read; export it as E01 or as a raw image, and inspect that")
    if content.read(0, 8) != SIGNATURE:
        raise Damaged("no E01 signature")
    chunk, size, goes_on = 0, 0, False
    places: list[tuple[int, int]] = []
    at, data_end, base = 13, 0, 0
    for _ in range(SECTIONS_MOST):
        raw = content.read(at, 76)
        if len(raw) < SECTION.size:
            break
        kind, following, length = SECTION.unpack_from(raw)
        name = kind.split(b"\x00", 1)[0]
        if name in {b"volume", b"disk"}:
            chunk, size = _volume(content.read(at + 76, 94))
        elif name == b"sectors":
            data_end = at + length
        elif name == b"table":
            places += _places(content, at + 76, data_end or at, base)
        goes_on = name == b"next"
        if goes_on and content.read(at + 76, 8) == SIGNATURE:  # the next file of the set, whose places count from its own start
            base = at + 76
            at, data_end = base + 13, 0
            continue
        if base + following <= at:
            break
        at = base + following
    if not chunk or not places:
        raise Damaged("an E01 file without its volume or its chunks")
    found = _E01(content, min(size, chunk * len(places)), chunk, places)
    found.goes_on_elsewhere = goes_on
    return found


def _volume(raw: bytes) -> tuple[int, int]:
    if len(raw) < 24:
        raise Damaged("the E01 volume section is cut off")
    _media, _chunks, sectors, sector, total = struct.unpack_from("<IIIIQ", raw)
    return sectors * sector, total * sector


def _places(content: Content, at: int, end: int, base: int) -> list[tuple[int, int]]:
    """Offset (its highest bit set when compressed) and length of each chunk of a table section."""
    head = content.read(at, 24)
    if len(head) < 24:
        raise Damaged("an E01 table is cut off")
    count, origin = struct.unpack_from("<I4xQ", head)
    if not count:
        return []
    if count > ENTRIES_MOST:
        raise Damaged(f"{count} chunks in one E01 table")
    entries = struct.unpack(f"<{count}I", table(content, at + 24, 4 * count))
    starts = [base + origin + (entry & 0x7FFFFFFF) for entry in entries]
    ends = [*starts[1:], end]
    packed = [entry >> 31 for entry in entries]
    return [(start | flag << 63, max(0, stop - start)) for start, stop, flag in zip(starts, ends, packed, strict=True)]


class _E01(Blocks):
    """Chunks, deflated or followed by a checksum."""

    def __init__(self, content: Content, size: int, chunk: int, places: list[tuple[int, int]]) -> None:
        super().__init__(size, chunk)
        self._content = content
        self._places = places

    def place(self, index: int) -> tuple[Content, int] | bytes | None:
        """The chunk as it lies, or unpacked."""
        if index >= len(self._places):
            raise Damaged("a chunk that the file doesn't hold")
        at, length = self._places[index]
        if not at >> 63:
            return self._content, at
        return inflated(self._content.read(at & (1 << 63) - 1, min(length, 2 * self.block + 4096)), self.block)
