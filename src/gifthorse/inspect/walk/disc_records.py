"""Directory records of ISO 9660 with Joliet and Rock Ridge.

Sources: ECMA-119 sections 6.8 and 9.1; IEEE P1281 (SUSP) and P1282 (Rock Ridge).
"""

import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.inspect.walk.entries import decoded

FOLDER_FLAG: Final = 0x02
HIDDEN_FLAG: Final = 0x01
MORE_EXTENTS: Final = 0x80
_CONTINUES: Final = 0x01
_CONTINUATIONS: Final = 32
_NAME_BYTES: Final = 4096
_LINK_PARTS: Final = {0x02: ".", 0x04: "..", 0x08: ""}


class Names(StrEnum):
    """How the names of a tree are written."""

    PLAIN = "plain"
    JOLIET = "joliet"
    ROCK_RIDGE = "rock-ridge"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One directory record: `block` and `size` of its content, its name, and what Rock Ridge adds."""

    block: int
    size: int
    flags: int
    interleaved: bool
    untrusted_name: str
    special: bool
    modified: float | None
    mode: int | None = None
    link: str | None = None
    child_block: int | None = None
    relocated: bool = False


Reads = Callable[[int, int], bytes]


def records(untrusted_folder: bytes, names: Names, block_size: int, read: Reads, skip: int = 0) -> Iterator[Record]:
    """The records of one folder; those of ``.`` and ``..`` are `special`. *read* gives bytes of the disc for continued fields."""
    at = 0
    while at < len(untrusted_folder):
        length = untrusted_folder[at]
        if length == 0:
            at = (at // block_size + 1) * block_size
            continue
        piece = untrusted_folder[at : at + length]
        at += length
        if len(piece) >= 34 and 33 + piece[32] <= len(piece):
            yield _record(piece, names, block_size, read, skip)


def rests(untrusted_folder: bytes, block_size: int) -> Iterator[tuple[int, int]]:
    """(byte, length) of what each block of a folder holds behind its last record, where that is not zeros."""
    for start in range(0, len(untrusted_folder), block_size):
        end = min(start + block_size, len(untrusted_folder))
        at = start
        while at < end and untrusted_folder[at]:
            at += untrusted_folder[at]
        if at < end and untrusted_folder[at:end].count(0) < end - at:
            yield at, end - at


def _record(piece: bytes, names: Names, block_size: int, read: Reads, skip: int) -> Record:
    extra, block, size = piece[1], *struct.unpack_from("<I4xI", piece, 2)
    raw = piece[33 : 33 + piece[32]]
    special = raw in {b"\0", b"\1"}
    ridge = _Ridge()
    if names is Names.ROCK_RIDGE:
        ridge = _ridge(piece[33 + len(raw) + (len(raw) + 1) % 2 + skip :], block_size, read)
    return Record(
        block=block + extra,
        size=size,
        flags=piece[25],
        interleaved=bool(piece[26]),
        untrusted_name=ridge.name or _name(raw, names),
        special=special,
        modified=moment(piece[18:25]),
        mode=ridge.mode,
        link=ridge.link,
        child_block=ridge.child_block,
        relocated=ridge.relocated,
    )


def _name(untrusted_raw: bytes, names: Names) -> str:
    text = untrusted_raw.decode("utf-16-be", "replace") if names is Names.JOLIET else decoded(untrusted_raw)
    stem, semicolon, version = text.rpartition(";")
    plain = stem if semicolon and version.isdigit() else text
    return plain.removesuffix(".") or plain


def moment(untrusted_date: bytes) -> float | None:
    """Unix time of a recording date (seven bytes, the last one quarters of an hour from UTC), None when it states none."""
    year, month, day, hour, minute, second, quarters = struct.unpack("<6Bb", untrusted_date)
    if not month:
        return None
    try:
        zone = timezone(timedelta(minutes=15 * quarters)) if -95 <= quarters <= 95 else UTC
        return datetime(1900 + year, month, day, hour, minute, second, tzinfo=zone).timestamp()
    except ValueError:
        return None


class _Ridge(msgspec.Struct, kw_only=True):
    """What Rock Ridge says of one record."""

    name: str = ""
    mode: int | None = None
    link: str | None = None
    child_block: int | None = None
    relocated: bool = False


def _ridge(untrusted_area: bytes, block_size: int, read: Reads) -> _Ridge:
    found = _Ridge()
    name, link = b"", b""
    for mark, body in _fields(untrusted_area, block_size, read):
        if mark == b"NM" and body and len(name) < _NAME_BYTES:
            name += body[1:]
        elif mark == b"PX" and len(body) >= 4:
            found.mode = int.from_bytes(body[:4], "little")
        elif mark == b"SL" and len(link) < _NAME_BYTES:
            link += body[1:]
            found.link = _link(link)
        elif mark == b"CL" and len(body) >= 4:
            found.child_block = int.from_bytes(body[:4], "little")
        elif mark == b"RE":
            found.relocated = True
    found.name = decoded(name)
    return found


def _fields(untrusted_area: bytes, block_size: int, read: Reads) -> Iterator[tuple[bytes, bytes]]:
    """The fields of a system use area and of what continues it, as (two letters, body)."""
    area = untrusted_area
    for _round in range(_CONTINUATIONS):
        following = None
        at = 0
        while at + 4 <= len(area) and area[at + 2] >= 4:
            mark, body = area[at : at + 2], area[at + 4 : at + area[at + 2]]
            at += area[at + 2]
            if mark == b"CE" and len(body) >= 24:
                following = struct.unpack("<I4xI4xI4x", body[:24])
            elif mark == b"ST":
                break
            yield mark, body
        if following is None:
            return
        block, offset, length = following
        area = read(block * block_size + offset, min(length, block_size))


def _link(untrusted_components: bytes) -> str:
    """The target of a symbolic link from its components."""
    parts: list[str] = []
    carried = ""
    at = 0
    while at + 2 <= len(untrusted_components):
        flags, length = untrusted_components[at], untrusted_components[at + 1]
        text = _LINK_PARTS.get(flags & 0x0E, decoded(untrusted_components[at + 2 : at + 2 + length]))
        carried += text
        if not flags & _CONTINUES:
            parts.append(carried)
            carried = ""
        at += 2 + length
    return "/".join(parts)


def has_rock_ridge(untrusted_root: bytes) -> int | None:
    """How many bytes to skip in each system use area when the root's own record carries the SUSP mark, else None."""
    if len(untrusted_root) < 41 or not untrusted_root[0]:
        return None
    area = untrusted_root[34 : untrusted_root[0]]
    at = area.find(b"SP\x07\x01\xbe\xef")
    return area[at + 6] if at >= 0 and at + 6 < len(area) else None
