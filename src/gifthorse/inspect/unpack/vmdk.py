"""VMDK: the virtual disk of VMware ("Virtual Disk Format 5.0", VMware 2011): sparse extents in one file, streamed ones included."""

import struct
from typing import Final

from gifthorse.inspect.item import Content
from gifthorse.inspect.unpack.members import Damaged, Unsupported
from gifthorse.inspect.unpack.virtual_disks import Blocks, inflated, table

HEADER: Final = struct.Struct("<4sIIQQQQIQQQB4sH")
SECTOR: Final = 512
COMPRESSED: Final = 1 << 16
AT_END: Final = 0xFFFFFFFFFFFFFFFF
TABLES_MOST: Final = 1 << 20


def disk(content: Content) -> Content:
    """The disk in a VMDK file."""
    raw = content.read(0, SECTOR)
    if raw[:4] != b"KDMV":
        raise Unsupported("a VMDK whose disk lies in other files")
    header = HEADER.unpack_from(raw)
    if header[9] == AT_END:  # a streamed disk has its real header behind its grains, before the end-of-stream marker
        raw = content.read(content.size - 2 * SECTOR, SECTOR)
        if raw[:4] != b"KDMV":
            raise Damaged("a streamed VMDK without its footer")
        header = HEADER.unpack_from(raw)
    return _Sparse(content, header)


class _Sparse(Blocks):
    """Grains behind two levels of tables."""

    def __init__(self, content: Content, header: tuple[int, ...]) -> None:
        flags, capacity, grain, per_table, directory_at = header[2], header[3], header[4], header[7], header[9]
        if not 1 <= grain <= 2048 or not 1 <= per_table <= 65536:
            raise Damaged("VMDK grains that make no sense")
        super().__init__(capacity * SECTOR, grain * SECTOR)
        self._content = content
        self._packed = bool(flags & COMPRESSED)
        self._per_table = per_table
        count = -(-capacity // (grain * per_table))
        if count > TABLES_MOST:
            raise Damaged(f"{count} grain tables")
        self._tables = struct.unpack(f"<{count}I", table(content, directory_at * SECTOR, 4 * count))

    def place(self, index: int) -> tuple[Content, int] | bytes | None:
        """The grain's place or its unpacked bytes; entries 0 and 1 are zeros."""
        high, low = divmod(index, self._per_table)
        if high >= len(self._tables) or not self._tables[high]:
            return None
        raw = self._content.read(self._tables[high] * SECTOR + 4 * low, 4)
        sector = int.from_bytes(raw, "little")
        if sector in {0, 1}:
            return None
        if not self._packed:
            return self._content, sector * SECTOR
        _number, size = struct.unpack("<QI", self._content.read(sector * SECTOR, 12).ljust(12, b"\x00"))
        return inflated(self._content.read(sector * SECTOR + 12, min(size, 2 * self.block + 4096)), self.block)
