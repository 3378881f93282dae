"""The measures of an ext2-4 volume. Source: kernel.org's ext4 disk layout (superblock)."""

import struct
from typing import Final

import msgspec

from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader

_META_GROUPS: Final = 0x10
_SPARSE: Final = 0x01
_WIDE: Final = 0x80
_INLINE_DATA: Final = 0x8000
_GROUPS_MOST: Final = 1 << 20
_GOOD_OLD_FIRST: Final = 11


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """The measures of an ext volume that its superblock states."""

    block: int
    first_inode: int
    inode_size: int
    per_group: int
    groups: int
    blocks: int
    blocks_per_group: int
    mapped_by_block: bool
    first_block: int
    descriptors_at: int
    descriptor_size: int
    orphan_file: int
    inline_data: bool
    stated_per_group: int
    first_meta: int | None
    sparse: bool

    def descriptor_at(self, group: int) -> int:
        """The byte of the volume where the descriptor of *group* stands; with meta groups, each lot of them has its own block."""
        lot = self.block // self.descriptor_size
        if self.first_meta is None or group // lot < self.first_meta:
            return self.descriptors_at + group * self.descriptor_size
        first = group // lot * lot
        at = self.first_block + first * self.stated_per_group + (1 if self._has_superblock(first) else 0)
        return at * self.block + group % lot * self.descriptor_size

    def _has_superblock(self, group: int) -> bool:
        return not self.sparse or group < 2 or any(_is_power(group, base) for base in (3, 5, 7))


def _is_power(number: int, base: int) -> bool:
    while number % base == 0:
        number //= base
    return number == 1


def ext_shape(reader: PatientReader, partition: Partition) -> Shape | None:
    """The measures, or None when the superblock states none that an ext volume has."""
    block = reader.read(partition.start + 1024, min(1024, max(0, partition.length - 1024)))
    if len(block) < 1024 or block[56:58] != b"\x53\xef":
        return None
    inodes, blocks = struct.unpack_from("<II", block, 0)
    first_data, shift = struct.unpack_from("<II", block, 20)
    per_block_group, per_group = struct.unpack_from("<I4xI", block, 32)
    revision, first_inode, inode_size = struct.unpack_from("<I4xIH", block, 76)
    (incompatible,) = struct.unpack_from("<I", block, 96)
    (descriptor_size,) = struct.unpack_from("<H", block, 254)
    if shift > 6 or not per_group or not per_block_group or inodes < per_group:
        return None
    size = 1024 << shift
    (cluster_shift,) = struct.unpack_from("<I", block, 28)
    wide = incompatible & _WIDE and 64 <= descriptor_size <= 1024
    return Shape(
        block=size,
        first_inode=first_inode if revision else _GOOD_OLD_FIRST,
        inode_size=inode_size if revision and 128 <= inode_size <= size else 128,
        per_group=min(per_group, 8 * size),
        groups=min(-(-(blocks - first_data) // per_block_group), -(-inodes // per_group), _GROUPS_MOST),
        blocks=blocks,
        mapped_by_block=cluster_shift == shift,
        blocks_per_group=min(per_block_group, 8 * size),
        first_block=first_data,
        descriptors_at=(first_data + 1) * size,
        descriptor_size=descriptor_size if wide else 32,
        orphan_file=struct.unpack_from("<I", block, 640)[0],
        stated_per_group=per_block_group,
        first_meta=struct.unpack_from("<I", block, 260)[0] if incompatible & _META_GROUPS else None,
        sparse=bool(struct.unpack_from("<I", block, 100)[0] & _SPARSE),
        inline_data=bool(incompatible & _INLINE_DATA),
    )
