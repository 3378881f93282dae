"""rar 5 archives part by part, with the extra records that files, links and hidden streams have ("RAR 5.0 archive format", RARLAB)."""

import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

FILE, SERVICE = 2, 3
REDIRECTION, SERVICE_DATA = 5, 7
UNIX_LINK, WINDOWS_LINK, HARD_LINK = 1, 2, 4


class Part(NamedTuple):
    """One header with its bytes, stored; `records` are kind and body."""

    name: str
    body: bytes = b""
    kind: int = FILE
    records: tuple[tuple[int, bytes], ...] = ()
    method: int = 0


def number(value: int) -> bytes:
    """A number of variable length, seven bits a byte, lowest first."""
    out = b""
    while True:
        value, low = value >> 7, value & 0x7F
        out += bytes([low | (0x80 if value else 0)])
        if not value:
            return out


def link(name: str, target: str, kind: int = UNIX_LINK) -> Part:
    """A link that leads to *target*."""
    return Part(name=name, records=((REDIRECTION, number(kind) + number(0) + number(len(target)) + target.encode()),))


def stream(name: str, body: bytes, method: int = 0) -> Part:
    """A hidden stream of the file before it; *name* begins with its colon."""
    return Part(name="STM", body=body, kind=SERVICE, records=((SERVICE_DATA, name.encode()),), method=method)


def rar5(parts: Sequence[Part]) -> bytes:
    """The archive of *parts*."""
    out = b"Rar!\x1a\x07\x01\x00" + _block(number(1) + number(0) + number(0))
    for part in parts:
        extra = b"".join(number(len(number(kind)) + len(body)) + number(kind) + body for kind, body in part.records)
        front = number(part.kind) + number(3 if extra else 2) + (number(len(extra)) if extra else b"")
        raw = part.name.encode()
        about = number(len(part.body)) + number(4) + number(len(part.body)) + number(0x20) + struct.pack("<I", zlib.crc32(part.body))
        out += _block(front + about + number(part.method << 7) + number(0) + number(len(raw)) + raw + extra) + part.body
    return out + _block(number(5) + number(0) + number(0))


def _block(body: bytes) -> bytes:
    sized = number(len(body)) + body
    return struct.pack("<I", zlib.crc32(sized)) + sized
