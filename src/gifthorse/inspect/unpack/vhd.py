"""VHD: the virtual disk of Virtual PC and Hyper-V ("Virtual Hard Disk Image Format Specification", Microsoft 2006), fixed and dynamic."""

import struct
from typing import Final

from gifthorse.inspect.item import Content
from gifthorse.inspect.unpack.members import Damaged, Unsupported
from gifthorse.inspect.unpack.slices import Slice
from gifthorse.inspect.unpack.virtual_disks import Blocks, table

FOOTER: Final = 512
FIXED, DYNAMIC, DIFFERENCING = 2, 3, 4
UNUSED: Final = 0xFFFFFFFF


def disk(content: Content) -> Content:
    """The disk in a VHD file."""
    footer = _footer(content)
    size, kind = struct.unpack_from(">Q", footer, 48)[0], struct.unpack_from(">I", footer, 60)[0]
    if kind == FIXED:
        return Slice(content, 0, min(size, content.size - FOOTER))
    if kind == DIFFERENCING:
        raise Unsupported("a VHD that only holds the changes to another file")
    if kind != DYNAMIC:
        raise Damaged(f"VHD kind {kind}")
    return _Dynamic(content, size, struct.unpack_from(">Q", footer, 16)[0])


def _footer(content: Content) -> bytes:
    for at in (content.size - FOOTER, 0, content.size - FOOTER + 1):  # old Virtual PC wrote one byte less
        footer = content.read(max(0, at), FOOTER)
        if footer[:8] == b"conectix" and len(footer) >= FOOTER - 1:
            return footer
    raise Damaged("no VHD footer")


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
