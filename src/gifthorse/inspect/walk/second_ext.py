"""The second look at ext2-4: the bitmaps and tables of inodes read by themselves.

Source: kernel.org's ext4 disk layout (superblock, group descriptors, inode table).
"""

import struct
from collections.abc import Iterator
from typing import Any, Final

from gifthorse.inspect.detectors import walk_unreadable
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.entries import Extents
from gifthorse.inspect.walk.ext_attributes import long_attributes
from gifthorse.inspect.walk.ext_shape import Shape, ext_shape
from gifthorse.inspect.walk.grounds import Ground, GroundKind, Runs, marks_of_bits, zero_runs
from gifthorse.inspect.walk.raw import cut, merged
from gifthorse.inspect.walk.second_unnamed import UnnamedLook
from gifthorse.inspect.walk.streams import StreamFacts
from gifthorse.model.findings import Severity
from gifthorse.model.words import N_, phrase

NO_MAP: Final = N_("The map of its free space is of a kind that this version does not read, so deleted programs there were not looked for.")
_BITMAP_UNUSED: Final = 0x01
_BLOCK_MAP_UNUSED: Final = 0x02
_BAD_INODE: Final = 1
_ATTRIBUTE_INODE: Final = 0x200000


class ExtLook(UnnamedLook):
    """ext2-4: every inode that its bitmap marks as used."""

    def __init__(self, opened: Any, reader: PatientReader, partition: Partition, block: int | None = None) -> None:
        super().__init__(opened, reader, partition, block)
        self._shapes: list[Shape | None] = []
        self._tables: dict[int, int] = {}

    def in_use(self) -> Iterator[tuple[int, int]]:
        """Used inodes of files, without the filesystem's own and those that hold long attributes."""
        shape = ext_shape(self._reader, self._partition)
        if shape is None:
            return
        for group in range(shape.groups):
            yield from self._group(shape, group)

    def _group(self, shape: Shape, group: int) -> Iterator[tuple[int, int]]:
        descriptor = self._bytes(shape.descriptor_at(group), shape.descriptor_size)
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

    def grounds(self) -> Iterator[Ground]:
        """Blocks that the groups' maps call free, those that inode 1 keeps from use, and those of no user's file."""
        shape = ext_shape(self._reader, self._partition)
        if shape is None or not shape.mapped_by_block:
            self.findings.append(
                walk_unreadable.unreadable_at("", partition=self._partition.index, detail=phrase(NO_MAP), severity=Severity.LOW)
            )
        else:
            yield Ground(kind=GroundKind.FREE, unit=self._block, runs=self._free(shape))
        bad = self.lying(_BAD_INODE, None)
        yield Ground(kind=GroundKind.BAD, unit=self._block, runs=iter(bad))
        if shape is not None and shape.mapped_by_block:
            yield from self.own_ground(lambda: self._free(shape), bad, self._tables_of_inodes(shape))

    def _tables_of_inodes(self, shape: Shape) -> Extents:
        """Where the inodes lie on a volume that keeps the content of small files in them."""
        size = -(-shape.per_group * shape.inode_size // shape.block) * shape.block
        numbers = (group * shape.per_group + 1 for group in range(shape.groups) if shape.inline_data)
        places = sorted({at for number in numbers if 0 < (at := self._inode_at(shape, number)) < self._partition.length})
        return tuple((self._partition.start + at, size) for at in places)

    def _free(self, shape: Shape) -> Runs:
        return self.placed_runs(zero_runs(self._marks(shape)), shape.first_block)

    def _marks(self, shape: Shape) -> Iterator[bytes]:
        """One byte for each block from the first on, zero where it is free; a group whose map was never written counts as free."""
        left = shape.blocks - shape.first_block
        for group in range(shape.groups):
            count = min(shape.blocks_per_group, left)
            left -= count
            if count <= 0 or (group and shape.first_block + group * shape.blocks_per_group > self._partition.length // shape.block):
                return
            descriptor = self._bytes(shape.descriptor_at(group), shape.descriptor_size)
            if len(descriptor) < 32 or struct.unpack_from("<H", descriptor, 18)[0] & _BLOCK_MAP_UNUSED:
                yield bytes(count)
                continue
            at = int.from_bytes(descriptor[:4], "little")
            if shape.descriptor_size >= 64:
                at |= int.from_bytes(descriptor[32:36], "little") << 32
            yield b"".join(marks_of_bits([self._bytes(at * shape.block, -(-count // 8))])).ljust(count, b"\1")[:count]

    def attributes(self, inode: int) -> Iterator[StreamFacts]:
        """Attributes that are long enough to carry something, each as a stream of its file."""
        shape = self._shape()
        if shape is None:
            return
        at = self._inode_at(shape, inode)
        start = self._partition.start
        for kept in long_attributes(self._bytes(at, shape.inode_size), at, shape.block, self._bytes) if at else ():
            runs = self.lying(kept.inode, None) if kept.inode else ((start + kept.at, kept.size),)
            lying = cut(merged(list(runs)), kept.size)
            yield StreamFacts(kept.untrusted_name, kept.size, lying, sum(length for _at, length in lying), False)

    def _shape(self) -> Shape | None:
        if not self._shapes:
            self._shapes.append(ext_shape(self._reader, self._partition))
        return self._shapes[0]

    def _inode_at(self, shape: Shape, number: int) -> int:
        """The byte of the volume where inode *number* stands; 0 when there is no such inode."""
        group, position = divmod(number - 1, shape.per_group)
        if number < 1 or group >= shape.groups:
            return 0
        if group not in self._tables:
            descriptor = self._bytes(shape.descriptor_at(group), shape.descriptor_size)
            table_at = int.from_bytes(descriptor[8:12], "little")
            self._tables[group] = table_at | (int.from_bytes(descriptor[40:44], "little") << 32 if shape.descriptor_size >= 64 else 0)
        return self._tables[group] * shape.block + position * shape.inode_size

    def _bytes(self, offset: int, length: int) -> bytes:
        return self._reader.read(self._partition.start + offset, min(length, max(0, self._partition.length - offset)))


def _bits(used: int) -> Iterator[int]:
    """The positions of the set bits of *used*."""
    while used:
        lowest = used & -used
        yield lowest.bit_length() - 1
        used ^= lowest
