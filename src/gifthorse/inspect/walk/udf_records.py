"""The structures of UDF (ECMA-167, OSTA UDF 2.60) as values: descriptors, allocation, names. Nothing here reads a medium."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Final

import msgspec

_TAG: Final = 16
_SHORT: Final = 8
_LONG: Final = 16
_LENGTH: Final = 0x3FFFFFFF
_FILE_ENTRY: Final = 261
_EXTENDED_FILE_ENTRY: Final = 266
_EXECUTE_BITS: Final = 0x1 | 0x20 | 0x400  # others, group, owner: ECMA-167 4/14.9.5
_FIXED_NAME: Final = 38


class Tag(IntEnum):
    """What a descriptor says it is."""

    ANCHOR = 2
    PARTITION = 5
    LOGICAL_VOLUME = 6
    TERMINATING = 8
    FILE_SET = 256
    FILE_NAME = 257
    ALLOCATION = 258


class Kind(IntEnum):
    """What an extent's two highest bits say."""

    RECORDED = 0
    ALLOCATED = 1
    ABSENT = 2
    CONTINUES = 3


class FileType(IntEnum):
    """ECMA-167 4/14.6.6 and UDF 2.2.3.2: those that are told apart here."""

    FOLDER = 4
    FILE = 5
    LINK = 12
    STREAMS = 13


class Place(msgspec.Struct, frozen=True):
    """A block by the partition that the volume's map counts."""

    partition: int
    block: int


class Extent(msgspec.Struct, frozen=True):
    """One run of a file's content."""

    kind: int
    length: int
    place: Place


class FileEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What the volume keeps of one file. `inline` is (offset inside the entry, length) when the content lies in it."""

    type: int
    size: int
    modified: float | None
    executable: bool
    extents: tuple[Extent, ...]
    inline: tuple[int, int] | None
    streams: Place | None
    blocks: int


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a folder."""

    untrusted_name: str
    place: Place
    hidden: bool
    folder: bool
    deleted: bool
    parent: bool


def tag_of(block: bytes) -> int | None:
    """What the descriptor in *block* is, None when its tag's checksum is wrong."""
    if len(block) < _TAG or sum(block[:4] + block[5:_TAG]) & 0xFF != block[4]:
        return None
    kind: int = struct.unpack_from("<H", block)[0]
    return kind


def long_place(record: bytes, at: int) -> Place:
    """The block that the long allocation descriptor at byte *at* names."""
    block, partition = struct.unpack_from("<IH", record, at + 4)
    return Place(partition, block)


def extents_of(table: bytes, form: int, partition: int) -> Iterator[Extent]:
    """The runs that *table* lists: *form* 0 is short descriptors (in the entry's own *partition*), 1 long ones."""
    step = _SHORT if form == 0 else _LONG
    for at in range(0, len(table) - step + 1, step):
        (stated,) = struct.unpack_from("<I", table, at)
        if stated & _LENGTH == 0:
            return
        place = Place(partition, struct.unpack_from("<I", table, at + 4)[0]) if form == 0 else long_place(table, at)
        yield Extent(stated >> 30, stated & _LENGTH, place)


def file_entry(block: bytes, partition: int) -> FileEntry | None:
    """The file entry in *block*, which lies in *partition*; None when there is none."""
    tag = tag_of(block)
    if tag not in {_FILE_ENTRY, _EXTENDED_FILE_ENTRY} or len(block) < 216:
        return None
    extended = tag == _EXTENDED_FILE_ENTRY
    lengths_at, moment_at, recorded_at = (208, 92, 72) if extended else (168, 84, 64)
    attributes, listed = struct.unpack_from("<II", block, lengths_at)
    table_at = lengths_at + 8 + attributes
    form = struct.unpack_from("<H", block, _TAG + 18)[0] & 7
    (size,) = struct.unpack_from("<Q", block, 56)
    table = block[table_at : table_at + listed]
    streams = long_place(block, 152) if extended and struct.unpack_from("<I", block, 152)[0] & _LENGTH else None
    return FileEntry(
        type=block[_TAG + 11],
        size=size,
        modified=moment(block[moment_at : moment_at + 12]),
        executable=bool(struct.unpack_from("<I", block, 44)[0] & _EXECUTE_BITS),
        extents=() if form == 3 else tuple(extents_of(table, form, partition)),
        inline=(table_at, min(len(table), size)) if form == 3 else None,
        streams=streams,
        blocks=struct.unpack_from("<Q", block, recorded_at)[0],
    )


def names(body: bytes) -> tuple[list[Name], int]:
    """The entries of the folder whose content is *body*, and the byte where the first stands that is none."""
    found: list[Name] = []
    at = 0
    while at + _FIXED_NAME <= len(body) and tag_of(body[at : at + _TAG]) == Tag.FILE_NAME:
        bits, name_length = body[at + 18], body[at + 19]
        (extra,) = struct.unpack_from("<H", body, at + 36)
        start = at + _FIXED_NAME + extra
        found.append(
            Name(
                untrusted_name=text(body[start : start + name_length]),
                place=long_place(body, at + 20),
                hidden=bool(bits & 1),
                folder=bool(bits & 2),
                deleted=bool(bits & 4),
                parent=bool(bits & 8),
            )
        )
        at += (_FIXED_NAME + extra + name_length + 3) & ~3
    return found, at


def text(stated: bytes) -> str:
    """A name in OSTA's compressed Unicode: its first byte says how many bits a letter has."""
    if not stated:
        return ""
    if stated[0] in {16, 255}:
        letters = stated[1 : 1 + (len(stated) - 1) // 2 * 2]  # half a letter at the end is none
        return letters.decode("utf-16-be", "surrogatepass").encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
    return stated[1:].decode("latin-1")


def moment(stamp: bytes) -> float | None:
    """Unix time of a 12-byte timestamp, None when it states none."""
    zone, year, month, day, hour, minute, second = struct.unpack_from("<HHBBBBB", stamp)
    minutes = zone & 0xFFF
    minutes -= 0x1000 if minutes & 0x800 else 0
    try:
        local = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        return (local - (timedelta(minutes=minutes) if abs(minutes) <= 1440 else timedelta())).timestamp()
    except (ValueError, OverflowError):
        return None


def link_target(body: bytes) -> str:
    """Where a symbolic link whose content is *body* leads (ECMA-167 4/14.16.1)."""
    parts: list[str] = []
    at = 0
    while at + 4 <= len(body):
        kind, length = body[at], body[at + 1]
        piece = {1: "", 2: "", 3: "..", 4: "."}.get(kind, text(body[at + 4 : at + 4 + length]))
        parts = [piece] if kind in {1, 2} else [*parts, piece]
        at += 4 + length
    return "/".join(parts)
