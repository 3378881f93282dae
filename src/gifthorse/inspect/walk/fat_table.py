"""The file allocation table: which cluster follows which. Source: Microsoft's FAT specification 1.03, section 4; exFAT section 4.1."""

import struct
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.layout.patience import PatientReader

_PAGE: Final = 256 * 1024
_PAGES_HELD: Final = 64
_ENTRY_BYTES: Final = {16: 2, 32: 4, 64: 4}
_END: Final = {12: 0xFF7, 16: 0xFFF7, 32: 0x0FFFFFF7, 64: 0xFFFFFFF7}
_BAD: Final = {12: 0xFF7, 16: 0xFFF7, 32: 0x0FFFFFF7, 64: 0xFFFFFFF7}
_MASK: Final = {12: 0xFFF, 16: 0xFFFF, 32: 0x0FFFFFFF, 64: 0xFFFFFFFF}
EXFAT: Final = 64
_LOW_HALF: Final = bytes(byte & 0x0F for byte in range(256))


class FatTable:
    """A table of *clusters* entries at byte *start*; *bits* 12, 16 or 32, or `EXFAT`."""

    def __init__(self, reader: PatientReader, start: int, clusters: int, bits: int) -> None:
        self._reader = reader
        self._start = start
        self._bits = bits
        self._pages: dict[int, bytes] = {}
        self.last = clusters + 1
        self._whole = reader.read(start, (clusters + 2) * 3 // 2 + 2) if bits == 12 else b""

    def entry(self, cluster: int) -> int:
        """The table's word for *cluster*: 0 free, the next cluster, or a mark."""
        if self._bits == 12:
            at = cluster * 3 // 2
            word = int.from_bytes(self._whole[at : at + 2], "little")
            return word >> 4 if cluster & 1 else word & 0xFFF
        width = _ENTRY_BYTES[self._bits]
        page, inside = divmod(cluster * width, _PAGE)
        piece = self._page(page)[inside : inside + width]
        return int.from_bytes(piece, "little") & _MASK[self._bits]

    def following(self, cluster: int) -> int | None:
        """The cluster after *cluster*, or None at the end of its chain or where the table makes no sense."""
        word = self.entry(cluster)
        return word if 2 <= word <= self.last and word < _END[self._bits] else None

    def chain(self, first: int, limit: int) -> tuple[list[int], bool]:
        """At most *limit* clusters from *first* on, and whether the chain went on or ended as it should (no loop, no free cluster)."""
        clusters: list[int] = []
        seen: set[int] = set()
        here: int | None = first if 2 <= first <= self.last else None
        while here is not None and len(clusters) < limit:
            if here in seen:
                return clusters, False
            seen.add(here)
            clusters.append(here)
            here = self.following(here)
        ended = bool(clusters) and (len(clusters) >= limit or self.entry(clusters[-1]) >= _END[self._bits])
        return clusters, ended

    def words(self, first: int, count: int) -> tuple[int, ...]:
        """The words of *count* clusters from *first* on."""
        if self._bits == 12:
            return tuple(self.entry(cluster) for cluster in range(first, first + count))
        width = _ENTRY_BYTES[self._bits]
        piece = self._reader.read(self._start + first * width, count * width)
        piece = piece[: len(piece) // width * width]
        return struct.unpack(f"<{len(piece) // width}{'H' if width == 2 else 'I'}", piece)

    def used(self, clusters: int) -> Iterator[bytes]:
        """One byte for each of *clusters* from cluster 2 on, zero where the table calls it free; at C speed, as tables are long."""
        if self._bits == 12:
            yield bytes(1 if self.entry(cluster) else 0 for cluster in range(2, clusters + 2))
            return
        width = _ENTRY_BYTES[self._bits]
        for at in range(2, clusters + 2, _PAGE // width):
            count = min(_PAGE // width, clusters + 2 - at)
            piece = self._reader.read(self._start + at * width, count * width)
            piece = piece[: len(piece) // width * width]
            if piece.count(0) == len(piece):
                yield bytes(len(piece) // width)
            else:
                yield _any_bits(piece, width, self._bits)

    def bad(self, clusters: int) -> Iterator[int]:
        """The clusters that the table calls bad."""
        step = _PAGE // 4
        mark = _BAD[self._bits]
        low = mark.to_bytes(8, "little")[: 1 if self._bits == 12 else 2]
        for at in range(2, clusters + 2, step):
            count = min(step, clusters + 2 - at)
            width = _ENTRY_BYTES.get(self._bits, 0)
            if width and low not in self._reader.read(self._start + at * width, count * width):
                continue
            yield from (at + number for number, word in enumerate(self.words(at, count)) if word & _MASK[self._bits] == mark)

    def _page(self, number: int) -> bytes:
        page = self._pages.get(number)
        if page is None:
            if len(self._pages) >= _PAGES_HELD:
                self._pages.clear()
            page = self._pages[number] = self._reader.read(self._start + number * _PAGE, _PAGE)
        return page


def _any_bits(words: bytes, width: int, bits: int) -> bytes:
    """One byte for each word of *width* bytes, zero where the word is; the highest four bits of FAT32 count for nothing."""
    whole = 0
    for place in range(width):
        column = words[place::width]
        if bits == 32 and place == 3:
            column = column.translate(_LOW_HALF)
        whole |= int.from_bytes(column, "little")
    return whole.to_bytes(len(words) // width, "little")
