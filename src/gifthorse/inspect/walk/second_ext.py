"""The second look at ext2-4: the bitmaps and tables of inodes read by themselves.

Source: kernel.org's ext4 disk layout (superblock, group descriptors, inode table).
"""

import struct
from collections.abc import Iterator
from typing import Final

import msgspec

from gifthorse.inspect.walk.second_unnamed import UnnamedLook

_META_GROUPS: Final = 0x10
_WIDE: Final = 0x80
_BITMAP_UNUSED: Final = 0x01
_ATTRIBUTE_INODE: Final = 0x200000
_GROUPS_MOST: Final = 1 << 20
_GOOD_OLD_FIRST: Final = 11


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """The measures of an ext volume that its superblock states."""

    block: int
    first_inode: int
    inode_size: int
    per_group: int
    groups: int
    descriptors_at: int
    descriptor_size: int
    orphan_file: int


class ExtLook(UnnamedLook):
    """ext2-4: every inode that its bitmap marks as used."""

    def in_use(self) -> Iterator[tuple[int, int]]:
        """Used inodes of files, without the filesystem's own and those that hold long attributes."""
        shape = self._shape()
        if shape is None:
            return
        for group in range(shape.groups):
            yield from self._group(shape, group)

    def _group(self, shape: Shape, group: int) -> Iterator[tuple[int, int]]:
        descriptor = self._bytes(shape.descriptors_at + group * shape.descriptor_size, shape.descriptor_size)
        if len(descriptor) < 32 or struct.unpack_from("<H", descriptor, 18)[0] & _BITMAP_UNUSED:
            return
        bitmap_at, table_at = struct.unpack_from("<II", descriptor, 4)
        if shape.descriptor_size >= 64:
            high = struct.unpack_from("<II", descriptor, 36)
            bitmap_at, table_at = bitmap_at | high[0] << 32, table_at | high[1] << 32
        used = int.from_bytes(self._bytes(bitmap_at * shape.block, -(-shape.per_group // 8)), "little")
        used &= (1 << shape.per_group) - 1
        for position in _bits(used):
            number = group * shape.per_group + position + 1
            if number >= shape.first_inode and number != shape.orphan_file:
                inode = self._bytes(table_at * shape.block + position * shape.inode_size, 128)
                if len(inode) == 128 and not struct.unpack_from("<I", inode, 32)[0] & _ATTRIBUTE_INODE:
                    yield number, struct.unpack_from("<H", inode, 26)[0]

    def _bytes(self, offset: int, length: int) -> bytes:
        return self._reader.read(self._partition.start + offset, min(length, max(0, self._partition.length - offset)))

    def _shape(self) -> Shape | None:
        """The measures, or None when the superblock states none that this reader knows (meta block groups keep descriptors elsewhere)."""
        block = self._bytes(1024, 1024)
        if len(block) < 1024 or block[56:58] != b"\x53\xef":
            return None
        inodes, blocks = struct.unpack_from("<II", block, 0)
        first_data, shift = struct.unpack_from("<II", block, 20)
        per_block_group, per_group = struct.unpack_from("<I4xI", block, 32)
        revision, first_inode, inode_size = struct.unpack_from("<I4xIH", block, 76)
        (incompatible,) = struct.unpack_from("<I", block, 96)
        (descriptor_size,) = struct.unpack_from("<H", block, 254)
        if shift > 6 or not per_group or not per_block_group or incompatible & _META_GROUPS or inodes < per_group:
            return None
        size = 1024 << shift
        wide = incompatible & _WIDE and 64 <= descriptor_size <= 1024
        return Shape(
            block=size,
            first_inode=first_inode if revision else _GOOD_OLD_FIRST,
            inode_size=inode_size if revision and 128 <= inode_size <= size else 128,
            per_group=min(per_group, 8 * size),
            groups=min(-(-(blocks - first_data) // per_block_group), -(-inodes // per_group), _GROUPS_MOST),
            descriptors_at=(first_data + 1) * size,
            descriptor_size=descriptor_size if wide else 32,
            orphan_file=struct.unpack_from("<I", block, 640)[0],
        )


def _bits(used: int) -> Iterator[int]:
    """The positions of the set bits of *used*."""
    while used:
        lowest = used & -used
        yield lowest.bit_length() - 1
        used ^= lowest
