"""A virtual disk as the disk that it stands for: whatever the file's own block structure, its bytes are read at their place.

Each format has its reader (`vhd`, `vhdx`, `qcow2`, `vmdk`, `dmg`, `e01`) that tells where a block lies; nothing is unpacked in advance.
"""

import bz2
import lzma
import zlib
from abc import abstractmethod
from collections import OrderedDict
from typing import Final

from gifthorse.inspect.content import Readable
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Content
from gifthorse.inspect.unpack.members import Damaged, Unsupported
from gifthorse.inspect.unpack.slices import Slice

CACHED_BYTES: Final = 16 * 1024 * 1024
BLOCK_MOST: Final = 64 * 1024 * 1024
TABLE_MOST: Final = 64 * 1024 * 1024


class Blocks(Readable):
    """A disk of equal blocks. `size` is the disk's, `block` a block's; what a block holds is told by the format's reader.

    `goes_on_elsewhere` when further files hold the rest of the disk; `caveat` says what of it may not be as its writer left it.
    """

    def __init__(self, size: int, block: int) -> None:
        if not 0 < block <= BLOCK_MOST:
            raise Damaged(f"blocks of {block} bytes")
        self.size = size
        self.block = block
        self.goes_on_elsewhere = False
        self.caveat = ""
        self._kept: OrderedDict[int, bytes] = OrderedDict()

    @abstractmethod
    def place(self, index: int) -> tuple[Content, int] | bytes | None:
        """Where block *index* lies as it is (content and offset), its bytes when it has to be unpacked, None when it is all zeros."""

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*; a block that can't be read raises OSError."""
        parts: list[bytes] = []
        length = min(length, self.size - offset)
        while length > 0:
            index, inside = divmod(offset, self.block)
            take = min(length, self.block - inside)
            part = self._part(index, inside, take)
            parts.append(part)
            if len(part) < take:
                break
            offset += take
            length -= take
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def medium_offset(self, offset: int) -> int | None:
        """Where byte *offset* lies on the medium, when its block lies there as it is."""
        if not 0 <= offset < self.size:
            return None
        index, inside = divmod(offset, self.block)
        try:
            found = self.place(index) if index not in self._kept else None
        except (Damaged, Unsupported):
            return None
        return found[0].medium_offset(found[1] + inside) if isinstance(found, tuple) else None

    def _part(self, index: int, inside: int, take: int) -> bytes:
        kept = self._kept.get(index)
        if kept is not None:
            self._kept.move_to_end(index)
            return kept[inside : inside + take]
        try:
            found = self.place(index)
        except (Damaged, Unsupported) as broken:
            raise OSError(str(broken)) from broken
        if found is None:
            return bytes(take)
        if isinstance(found, tuple):
            content, at = found
            return content.read(at + inside, take)
        self._kept[index] = found
        while len(self._kept) > 1 and len(self._kept) * self.block > CACHED_BYTES:
            self._kept.popitem(last=False)
        return found[inside : inside + take].ljust(take, b"\x00")


def inflated(packed: bytes, size: int, *, raw: bool = False) -> bytes:
    """At most *size* bytes that deflate gives for a block."""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS).decompress(packed, size)
    except zlib.error as broken:
        raise Damaged(f"a compressed block is broken ({broken})") from broken


def unpacked(packed: bytes, size: int, method: str) -> bytes:
    """At most *size* bytes that *method* ("zlib", "bzip2", "xz", "zstd") gives for a block."""
    if method == "zlib":
        return inflated(packed, size)
    try:
        if method == "bzip2":
            return bz2.BZ2Decompressor().decompress(packed, size)
        if method == "xz":
            return lzma.LZMADecompressor().decompress(packed, size)
        from backports.zstd import ZstdDecompressor

        return bytes(ZstdDecompressor().decompress(packed, size))
    except (OSError, EOFError, ValueError, lzma.LZMAError) as broken:
        raise Damaged(f"a compressed block is broken ({broken})") from broken


def table(content: Content, at: int, length: int) -> bytes:
    """*length* bytes of a block table at *at*; raises Damaged when they are not there or make no sense."""
    if length > TABLE_MOST:
        raise Damaged(f"a block table of {length} bytes")
    raw = content.read(at, length) if at >= 0 else b""
    if len(raw) < length:
        raise Damaged("the block table is cut off")
    return raw


def raw_disk(content: Content, filetype: FileType) -> Content:
    """The disk in a file of that type; raises Damaged, Unsupported or Encrypted."""
    from gifthorse.inspect.unpack import dmg, e01, qcow2, vhd, vhdx, vmdk

    readers = {
        FileType.VHD: vhd.disk,
        FileType.VHDX: vhdx.disk,
        FileType.QCOW2: qcow2.disk,
        FileType.VMDK: vmdk.disk,
        FileType.DMG: dmg.disk,
        FileType.E01: e01.disk,
    }
    reader = readers.get(filetype)
    return reader(content) if reader else Slice(content, 0, content.size)
