"""VHD: the virtual disk of Virtual PC and Hyper-V ("Virtual Hard Disk Image Format Specification", Microsoft 2006): fixed, dynamic,
and those that hold the changes to another one, which is looked for among the files that lie beside the source.
"""

import struct
from collections.abc import Sequence
from typing import Final

from gifthorse.inspect.item import Content, shown
from gifthorse.inspect.unpack.members import Damaged, Unsupported
from gifthorse.inspect.unpack.slices import Slice
from gifthorse.inspect.unpack.virtual_disks import Blocks, table

FOOTER: Final = 512
FIXED, DYNAMIC, DIFFERENCING = 2, 3, 4
UNUSED: Final = 0xFFFFFFFF
GENERATIONS_MOST: Final = 8
_BESIDE: list[Content] = []


def lies_beside(contents: Sequence[Content]) -> None:
    """Parents of differencing disks are looked for among *contents* from now on."""
    _BESIDE[:] = contents


def beside() -> Sequence[Content]:
    """What `lies_beside` was told."""
    return _BESIDE


def disk(content: Content, generation: int = 0) -> Content:
    """The disk in a VHD file, which may be the child of *generation* others."""
    footer = _footer(content)
    size, kind = struct.unpack_from(">Q", footer, 48)[0], struct.unpack_from(">I", footer, 60)[0]
    if kind == FIXED:
        return Slice(content, 0, min(size, content.size - FOOTER))
    if kind == DIFFERENCING:
        header_at = struct.unpack_from(">Q", footer, 16)[0]
        return _Differencing(content, size, header_at, disk(_parent(content, header_at, generation), generation + 1))
    if kind != DYNAMIC:
        raise Damaged(f"VHD kind {kind}")
    return _Dynamic(content, size, struct.unpack_from(">Q", footer, 16)[0])


def _footer(content: Content) -> bytes:
    for at in (content.size - FOOTER, 0, content.size - FOOTER + 1):  # old Virtual PC wrote one byte less
        footer = content.read(max(0, at), FOOTER)
        if footer[:8] == b"conectix" and len(footer) >= FOOTER - 1:
            return footer
    raise Damaged("no VHD footer")


def _parent(content: Content, header_at: int, generation: int) -> Content:
    """The file beside the source that bears the id which the header names; raises Unsupported when there is none."""
    header = content.read(header_at, 1024)
    if len(header) < 1024 or header[:8] != b"cxsparse":
        raise Unsupported("a VHD that only holds the changes to another file, which it doesn't name")
    name = header[64:576].decode("utf-16-be", "replace").partition("\0")[0].replace("\\", "/").rpartition("/")[2]
    if generation >= GENERATIONS_MOST:
        raise Unsupported(f"a VHD with more than {GENERATIONS_MOST} others beneath it")
    for other in _BESIDE:
        try:
            if _footer(other)[68:84] == header[40:56]:
                return other
        except Damaged:
            continue
    raise Unsupported(f"a VHD that only holds the changes to another file, “{shown(name)}”, which does not lie beside it")


class _Dynamic(Blocks):
    """Blocks that exist once they have been written, each after a bitmap of its sectors."""

    def __init__(self, content: Content, size: int, header_at: int) -> None:
        header = content.read(header_at, 1024)
        if header[:8] != b"cxsparse":
            raise Damaged("no header of a dynamic VHD")
        table_at, _version, count, block = struct.unpack_from(">QIII", header, 16)
        super().__init__(size, block)
        self._content = content
        self._places = struct.unpack(f">{count}I", table(content, table_at, 4 * count))
        # one bit for each sector, up to whole sectors
        self._bitmap = -(-(block // 512) // 8 // 512) * 512 or 512

    def place(self, index: int) -> tuple[Content, int] | bytes | None:
        """The block's bytes behind its bitmap."""
        sector = self._places[index] if index < len(self._places) else UNUSED
        return None if sector == UNUSED else (self._content, sector * 512 + self._bitmap)


class _Differencing(_Dynamic):
    """Blocks of which only the sectors marked in their bitmap were written; the others are the parent's."""

    def __init__(self, content: Content, size: int, header_at: int, parent: Content) -> None:
        super().__init__(content, size, header_at)
        self._parent = parent

    def place(self, index: int) -> tuple[Content, int] | bytes | None:
        """The parent's bytes where nothing was written, its own where all was, else both put together."""
        own = super().place(index)
        if not isinstance(own, tuple):
            return (self._parent, index * self.block) if index * self.block < self._parent.size else None
        content, at = own
        marks = content.read(at - self._bitmap, -(-(self.block // 512) // 8))
        if marks.strip(b"\xff") == b"":
            return own
        merged = bytearray(self._parent.read(index * self.block, self.block).ljust(self.block, b"\x00"))
        written = content.read(at, self.block)
        for sector in range(self.block // 512):
            if marks[sector >> 3] & 0x80 >> (sector & 7):  # the first sector is the highest bit
                merged[sector * 512 : sector * 512 + 512] = written[sector * 512 : sector * 512 + 512].ljust(512, b"\x00")
        return bytes(merged)
