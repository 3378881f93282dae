"""A medium of many megabytes in an input of few bytes: only the sectors that are not empty, each led by its number."""

import struct
from typing import Final

from gifthorse.inspect.content import Readable

SECTOR: Final = 512
MOST_SECTORS: Final = 1 << 17  # 64 MiB
RECORD: Final = 4 + SECTOR


def packed(image: bytes, most_records: int = 120) -> bytes:
    """An input that stands for *image*."""
    out = struct.pack("<I", -(-len(image) // SECTOR))
    empty = bytes(SECTOR)
    kept = 0
    for number in range(-(-len(image) // SECTOR)):
        sector = image[number * SECTOR : (number + 1) * SECTOR].ljust(SECTOR, b"\0")
        if sector != empty and kept < most_records:
            out += struct.pack("<I", number) + sector
            kept += 1
    return out


class SparseMedium(Readable):
    """The medium that an input stands for, whatever its bytes are."""

    def __init__(self, untrusted_input: bytes) -> None:
        stated = int.from_bytes(untrusted_input[:4], "little")
        self.size = (stated % MOST_SECTORS + 1) * SECTOR
        self._sectors = {
            int.from_bytes(untrusted_input[at : at + 4], "little") % MOST_SECTORS: untrusted_input[at + 4 : at + RECORD].ljust(
                SECTOR, b"\0"
            )
            for at in range(4, len(untrusted_input), RECORD)
        }

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*; fewer only at the end."""
        end = min(offset + length, self.size)
        if offset < 0 or end <= offset:
            return b""
        first, last = offset // SECTOR, -(-end // SECTOR)
        out = bytearray((last - first) * SECTOR)
        wanted = range(first, last)
        for number in self._sectors if len(wanted) > len(self._sectors) else wanted:
            if number in wanted and number in self._sectors:
                out[(number - first) * SECTOR : (number - first + 1) * SECTOR] = self._sectors[number]
        return bytes(out[offset - first * SECTOR : end - first * SECTOR])

    def medium_offset(self, offset: int) -> int | None:
        """*offset* itself: this is the medium."""
        return offset
