"""Where ext2-4 leaves room: around the superblock and its copies, behind the descriptors of groups and the maps of a group.

Source: kernel.org's ext4 disk layout (superblock, sparse copies, group descriptors, bitmaps, of which the bits beyond the last are set).
"""

import struct
from collections.abc import Iterator
from typing import Final

import msgspec

from gifthorse.inspect.layout.facts import HiddenPlace, Partition
from gifthorse.inspect.layout.patience import PatientReader

_SUPERBLOCK: Final = 1024
_RESERVED_AT: Final = 0x290
_RESERVED_END: Final = 0x3FC
_MARK: Final = b"\x53\xef"
_SPARSE: Final = 0x01
_SPARSE_TWO: Final = 0x200
_META_GROUPS: Final = 0x10
_WIDE: Final = 0x80
_GROUPS_MOST: Final = 8192
# Text that ends with a zero byte, in a field that is longer: label, where it was mounted last, options, functions that met an error.
_TEXTS: Final = ((0x78, 16), (0x88, 64), (0x1A8, 32), (0x1E0, 32), (0x200, 64))


class _Shape(msgspec.Struct, frozen=True, kw_only=True):
    block: int
    first: int
    blocks: int
    per_group: int
    inodes_per_group: int
    groups: int
    descriptor: int
    meta_groups: bool
    backups: tuple[int, ...]


def ext_places(reader: PatientReader, partition: Partition) -> Iterator[HiddenPlace]:
    """The reserved parts of the superblock, what its block and its copies' blocks hold behind it, and what is left of tables and maps."""
    body = reader.read(partition.start + _SUPERBLOCK, _SUPERBLOCK)
    head = reader.read(partition.start, 512)
    if head[510:512] == b"\x55\xaa":
        yield HiddenPlace(at=0, length=440, program=True, first=True)
    shape = _shape(body)
    if shape is None:
        return
    yield from _fields(body, _SUPERBLOCK)
    yield HiddenPlace(at=2 * _SUPERBLOCK, length=shape.block - 2 * _SUPERBLOCK)
    for group in shape.backups:
        at = (shape.first + group * shape.per_group) * shape.block
        copy = reader.read(partition.start + at, _SUPERBLOCK) if group else b""
        if copy[56:58] == _MARK:
            yield from _fields(copy, at)
            yield HiddenPlace(at=at + _SUPERBLOCK, length=shape.block - _SUPERBLOCK)
        if not shape.meta_groups and (group == 0 or copy[56:58] == _MARK):
            used = shape.groups * shape.descriptor
            yield HiddenPlace(at=at + shape.block + used, length=-used % shape.block)
    yield from _maps(reader, partition, shape)


def _fields(superblock: bytes, at: int) -> Iterator[HiddenPlace]:
    """The reserved words, and what stands behind the ends of texts."""
    yield HiddenPlace(at=at + _RESERVED_AT, length=_RESERVED_END - _RESERVED_AT)
    for begins, length in _TEXTS:
        text = superblock[begins : begins + length]
        end = text.find(b"\0")
        if end >= 0:
            yield HiddenPlace(at=at + begins + end, length=length - end)


def _maps(reader: PatientReader, partition: Partition, shape: _Shape) -> Iterator[HiddenPlace]:
    """Of each group's map of inodes what lies behind its last bit."""
    used = -(-shape.inodes_per_group // 8)
    if shape.meta_groups or used >= shape.block:
        return
    table_at = partition.start + (shape.first + 1) * shape.block
    table = reader.read(table_at, min(shape.groups, _GROUPS_MOST) * shape.descriptor)
    for at in range(0, len(table) - shape.descriptor + 1, shape.descriptor):
        place = int.from_bytes(table[at + 4 : at + 8], "little")
        if shape.descriptor >= 64:
            place |= int.from_bytes(table[at + 36 : at + 40], "little") << 32
        if 0 < place < shape.blocks:
            yield HiddenPlace(at=place * shape.block + used, length=shape.block - used)


def _shape(body: bytes) -> _Shape | None:
    if len(body) < _SUPERBLOCK or body[56:58] != _MARK:
        return None
    inodes, blocks = struct.unpack_from("<II", body, 0)
    first, shift = struct.unpack_from("<II", body, 20)
    per_group, inodes_per_group = struct.unpack_from("<I4xI", body, 32)
    compatible, incompatible, read_only = struct.unpack_from("<III", body, 92)
    (size,) = struct.unpack_from("<H", body, 254)
    if shift > 6 or not per_group or not inodes_per_group or not inodes:
        return None
    groups = max(1, -(-(blocks - first) // per_group)) if blocks > first else 1
    return _Shape(
        block=1024 << shift,
        first=first,
        blocks=blocks,
        per_group=per_group,
        inodes_per_group=inodes_per_group,
        groups=groups,
        descriptor=size if incompatible & _WIDE and 64 <= size <= 1024 else 32,
        meta_groups=bool(incompatible & _META_GROUPS),
        backups=_backups(body, groups, two=bool(compatible & _SPARSE_TWO), sparse=bool(read_only & _SPARSE)),
    )


def _backups(body: bytes, groups: int, *, two: bool, sparse: bool) -> tuple[int, ...]:
    """Groups that hold a copy of the superblock, the first included."""
    if two:
        return (0, *(group for group in struct.unpack_from("<II", body, 0x24C) if 0 < group < groups))
    if not sparse:
        return tuple(range(min(groups, _GROUPS_MOST)))
    powers = {base**exponent for base in (3, 5, 7) for exponent in range(21)}
    return (0, *sorted(group for group in powers if group < groups))
