"""QCOW2: the virtual disk of QEMU (docs/interop/qcow2.txt of QEMU), versions 2 and 3, compressed clusters included."""

import struct
from typing import Final

from gifthorse.inspect.item import Content
from gifthorse.inspect.unpack.members import Damaged, Encrypted, Unsupported
from gifthorse.inspect.unpack.virtual_disks import Blocks, inflated, table, unpacked

HEADER: Final = struct.Struct(">4sIQIIQIIQQIIQ")
PLACE: Final = (1 << 56) - (1 << 9)  # bits 9 to 55 of an entry
COMPRESSED: Final = 1 << 62
ZEROS: Final = 1
TABLES_KEPT: Final = 64


def disk(content: Content) -> Content:
    """The disk in a QCOW2 file."""
    raw = content.read(0, 112)
    if len(raw) < HEADER.size or raw[:4] != b"QFI\xfb":
        raise Damaged("no QCOW2 header")
    fields = HEADER.unpack_from(raw)
    _mark, version, backing, _backing_length, cluster_bits, size, method, count, first_at = fields[:9]
    if version not in {2, 3} or not 9 <= cluster_bits <= 22:
        raise Damaged(f"QCOW2 version {version} with clusters of 2^{cluster_bits} bytes")
    if method:
        raise Encrypted("the virtual disk is encrypted")
    if backing:
        raise Unsupported("a QCOW2 file that only holds the changes to another file")
    features = struct.unpack_from(">Q", raw, 72)[0] if version == 3 else 0
    if features & ~0b1011:  # dirty, corrupt and compression type change nothing for a reader; external data and extended entries do
        raise Unsupported("QCOW2 with features that are not read here")
    zstd = version == 3 and bool(features & 8) and raw[104:105] == b"\x01"
    return _Qcow2(content, size, cluster_bits, struct.unpack(f">{count}Q", table(content, first_at, 8 * count)), zstd=zstd)


class _Qcow2(Blocks):
    """Clusters behind two levels of tables."""

    def __init__(self, content: Content, size: int, bits: int, first: tuple[int, ...], *, zstd: bool) -> None:
        super().__init__(size, 1 << bits)
        self._content = content
        self._bits = bits
        self._first = first
        self._method = "zstd" if zstd else "deflate"
        self._seconds: dict[int, tuple[int, ...]] = {}

    def place(self, index: int) -> tuple[Content, int] | bytes | None:
        """The cluster's place, its unpacked bytes, or None where nothing was written."""
        high, low = divmod(index, self.block // 8)
        at = self._first[high] & PLACE if high < len(self._first) else 0
        if not at:
            return None
        entry = self._second(at)[low]
        if entry & COMPRESSED:
            return self._compressed(entry)
        if entry & ZEROS or not entry & PLACE:
            return None
        return self._content, entry & PLACE

    def _second(self, at: int) -> tuple[int, ...]:
        if at not in self._seconds:
            if len(self._seconds) >= TABLES_KEPT:
                self._seconds.clear()
            self._seconds[at] = struct.unpack(f">{self.block // 8}Q", table(self._content, at, self.block))
        return self._seconds[at]

    def _compressed(self, entry: int) -> bytes:
        split = 62 - (self._bits - 8)
        at = entry & ((1 << split) - 1)
        sectors = (entry & (COMPRESSED - 1)) >> split
        packed = self._content.read(at, (sectors + 1) * 512 - at % 512)
        return unpacked(packed, self.block, "zstd") if self._method == "zstd" else inflated(packed, self.block, raw=True)
