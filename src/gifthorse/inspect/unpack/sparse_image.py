"""A sparse disk image of macOS (UDSP, ``.sparseimage``): bands of sectors in the order in which they were first written.

The format is not published by Apple; header and table follow the description in libyal's libmodi documentation. An image of so many bands
that it needs a second table is not read, and that is said.
"""

import struct
from typing import Final

from gifthorse.inspect.item import Content
from gifthorse.inspect.unpack.members import Damaged, Unsupported
from gifthorse.inspect.unpack.virtual_disks import BLOCK_MOST, Blocks

SIGNATURE: Final = b"sprs"
SECTOR: Final = 512
HEADER: Final = 64
BANDS_AT: Final = 4096


def disk(content: Content) -> Content:
    """The disk in a sparse image."""
    head = content.read(0, BANDS_AT)
    if len(head) < BANDS_AT or head[:4] != SIGNATURE:
        raise Damaged("no header of a sparse disk image")
    per_band, sectors = struct.unpack_from(">I4xI", head, 8)
    band = per_band * SECTOR
    if not 0 < band <= BLOCK_MOST or not sectors:
        raise Damaged("a sparse disk image whose measures make no sense")
    places = {number - 1: at for at, number in enumerate(struct.unpack_from(f">{(BANDS_AT - HEADER) // 4}I", head, HEADER)) if number}
    if content.size > BANDS_AT + len(places) * band:
        raise Unsupported("a sparse disk image with more bands than its first table lists; convert it to a plain one and inspect that")
    return _Sparse(content, sectors * SECTOR, band, places)


class _Sparse(Blocks):
    """Bands, of which only those exist that were written."""

    def __init__(self, content: Content, size: int, band: int, places: dict[int, int]) -> None:
        super().__init__(size, band)
        self._content = content
        self._places = places

    def place(self, index: int) -> tuple[Content, int] | bytes | None:
        """Where the band lies; all zeros when it was never written."""
        at = self._places.get(index)
        return None if at is None else (self._content, BANDS_AT + at * self.block)
