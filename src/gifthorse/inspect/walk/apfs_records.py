"""The records of an Apple File System volume as values: superblocks, files, names, runs. Nothing here reads a medium.

Source: Apple File System Reference (2020-06-22), "Container", "Volumes", "File-System Objects", "Extended Fields".
"""

import struct
from typing import Final

import msgspec

_NX_SUPERBLOCK: Final = 1
_HASHED_NAMES: Final = 0x1 | 0x8  # case-insensitive, normalization-insensitive
_UNENCRYPTED: Final = 1
_PHYSICAL: Final = 0x40000000
_STORAGE: Final = 0xC0000000
_DATA_STREAM_FIELD: Final = 8
_LENGTH: Final = 0x00FFFFFFFFFFFFFF
INODE, XATTR, RUN, NAME = 3, 4, 8, 9
COMPRESSED, HIDDEN_FLAG = 0x20, 0x8000
FOLDER_MODE, FILE_MODE, LINK_MODE, KIND_OF_MODE = 0o040000, 0o100000, 0o120000, 0o170000


class Container(msgspec.Struct, frozen=True, kw_only=True):
    """The superblock of a container: `state` grows with every change."""

    block_size: int
    blocks: int
    state: int
    map_block: int
    volumes: tuple[int, ...]
    checkpoints: tuple[int, int]


class VolumeRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The superblock of a volume."""

    name: str
    map_block: int
    root: int
    root_is_block: bool
    hashed_names: bool
    encrypted: bool
    snapshots: int


class FileRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One file or folder. `data` is the number under which its runs are kept; `size` what its data stream states, 0 without one."""

    parent: int
    data: int
    modified: float
    links: int
    flags: int
    mode: int
    size: int
    unfolded: int


class Attribute(msgspec.Struct, frozen=True, kw_only=True):
    """An extended attribute: its bytes when they stand in the record (from byte `at` of the value), else the number of its runs."""

    untrusted_name: str
    inline: bytes | None
    data: int = 0
    size: int = 0


def whole(block: bytes) -> bool:
    """Whether the checksum of the object in *block* holds (Fletcher's with 64 bits, Apple File System Reference, obj_phys_t)."""
    words = struct.unpack(f"<{(len(block) - 8) // 4}I", block[8:])
    low = high = 0
    for word in words:
        low = (low + word) % 0xFFFFFFFF
        high = (high + low) % 0xFFFFFFFF
    first = 0xFFFFFFFF - (low + high) % 0xFFFFFFFF
    second = 0xFFFFFFFF - (low + first) % 0xFFFFFFFF
    return int.from_bytes(block[:8], "little") == second << 32 | first


def container_of(block: bytes) -> Container | None:
    """The container's superblock in *block*, None when there is none."""
    if len(block) < 1024 or block[32:36] != b"NXSB" or struct.unpack_from("<H", block, 24)[0] != _NX_SUPERBLOCK:
        return None
    size, blocks = struct.unpack_from("<IQ", block, 36)
    if size not in {4096, 8192, 16384, 32768, 65536}:
        return None
    count = min(struct.unpack_from("<I", block, 180)[0], 100)
    described, base = struct.unpack_from("<I", block, 104)[0], struct.unpack_from("<Q", block, 112)[0]
    return Container(
        block_size=size,
        blocks=blocks,
        state=struct.unpack_from("<Q", block, 16)[0],
        map_block=struct.unpack_from("<Q", block, 160)[0],
        volumes=tuple(number for number in struct.unpack_from(f"<{count}Q", block, 184) if number),
        checkpoints=(base, 0 if described & 0x80000000 else described),
    )


def volume_of(block: bytes) -> VolumeRecord | None:
    """The volume's superblock in *block*, None when there is none."""
    if len(block) < 1024 or block[32:36] != b"APSB":
        return None
    (incompatible,) = struct.unpack_from("<Q", block, 56)
    (root_type,) = struct.unpack_from("<I", block, 116)
    map_block, root = struct.unpack_from("<QQ", block, 128)
    return VolumeRecord(
        name=block[704:960].partition(b"\0")[0].decode("utf-8", "surrogateescape"),
        map_block=map_block,
        root=root,
        root_is_block=root_type & _STORAGE == _PHYSICAL,
        hashed_names=bool(incompatible & _HASHED_NAMES),
        encrypted=not struct.unpack_from("<Q", block, 264)[0] & _UNENCRYPTED,
        snapshots=struct.unpack_from("<Q", block, 216)[0],
    )


def kind_of(key: bytes) -> int:
    """What the record with *key* is: INODE, XATTR, RUN, NAME or another."""
    return key[7] >> 4 if len(key) >= 8 else 0


def file_of(value: bytes) -> FileRecord | None:
    """The file that an INODE record's *value* describes, None when it is broken."""
    if len(value) < 92:
        return None
    parent, data, _created, modified = struct.unpack_from("<QQQQ", value)
    (links,) = struct.unpack_from("<i", value, 56)
    (flags,) = struct.unpack_from("<I", value, 68)
    (mode,) = struct.unpack_from("<H", value, 80)
    (unfolded,) = struct.unpack_from("<Q", value, 84)
    return FileRecord(
        parent=parent,
        data=data,
        modified=modified / 1e9,
        links=links,
        flags=flags,
        mode=mode,
        size=_stream_size(value),
        unfolded=unfolded,
    )


def _stream_size(value: bytes) -> int:
    """Bytes of the file's data stream, out of the fields behind the fixed part."""
    if len(value) < 96:
        return 0
    (count,) = struct.unpack_from("<H", value, 92)
    at = 96 + 4 * count
    for number in range(count):
        field = value[96 + 4 * number : 100 + 4 * number]
        if len(field) < 4:
            return 0
        (length,) = struct.unpack_from("<H", field, 2)
        if field[0] == _DATA_STREAM_FIELD and at + 8 <= len(value):
            size: int = struct.unpack_from("<Q", value, at)[0]
            return size
        at += (length + 7) & ~7
    return 0


def name_of(key: bytes, value: bytes, *, hashed: bool) -> tuple[str, int] | None:
    """The name that a NAME record gives, and the file's number; None when the record is broken."""
    if len(key) < 12 or len(value) < 8:
        return None
    length, at = (struct.unpack_from("<I", key, 8)[0] & 0x3FF, 12) if hashed else (struct.unpack_from("<H", key, 8)[0], 10)
    untrusted_name = key[at : at + length].removesuffix(b"\0").decode("utf-8", "surrogateescape")
    return untrusted_name, struct.unpack_from("<Q", value)[0]


def run_of(key: bytes, value: bytes) -> tuple[int, int, int] | None:
    """(byte of the file, length, block or 0 for a hole) of a RUN record; None when it is broken."""
    if len(key) < 16 or len(value) < 16:
        return None
    length, block = struct.unpack_from("<QQ", value)
    return struct.unpack_from("<Q", key, 8)[0], length & _LENGTH, block


def attribute_of(key: bytes, value: bytes) -> Attribute | None:
    """The attribute of an XATTR record; None when it is broken."""
    if len(key) < 10 or len(value) < 4:
        return None
    (length,) = struct.unpack_from("<H", key, 8)
    untrusted_name = key[10 : 10 + length].removesuffix(b"\0").decode("utf-8", "surrogateescape")
    flags, stated = struct.unpack_from("<HH", value)
    if flags & 1 and len(value) >= 20:
        data, size = struct.unpack_from("<QQ", value, 4)
        return Attribute(untrusted_name=untrusted_name, inline=None, data=data, size=size)
    return Attribute(untrusted_name=untrusted_name, inline=value[4 : 4 + stated])
