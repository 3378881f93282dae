"""LZVN, with which macOS keeps small and system files compressed within its filesystems.

Apple publishes it as a part of LZFSE (lzvn_decode_base.c, BSD licence): each operation copies up to so many bytes as they stand, then
repeats bytes from a distance. What it gives is bounded by the size that the caller asks for; LZFSE itself is not read here.
"""

from collections.abc import Iterator
from typing import Final

_END: Final = 0x06
_NOTHING: Final = frozenset({0x0E, 0x16})
_UNDEFINED: Final = frozenset({0x1E, 0x26, 0x2E, 0x36, 0x3E, *range(0x70, 0x80), *range(0xD0, 0xE0)})
Operation = tuple[int, int, int, int]  # bytes of the operation, bytes copied as they stand, bytes repeated, distance (0: as before)


def lzvn(untrusted_packed: bytes, size: int) -> bytes:
    """At most *size* bytes that *untrusted_packed* stands for; fewer where it breaks off or makes no sense."""
    out = bytearray()
    distance = 0
    for literals, (copied, repeated, stated) in _operations(untrusted_packed):
        out += literals[: size - len(out)]
        distance = stated or distance
        if len(literals) < copied or len(out) >= size:
            break
        if repeated:
            if not 0 < distance <= len(out):
                break
            _repeat(out, distance, min(repeated, size - len(out)))
    return bytes(out)


def _repeat(out: bytearray, distance: int, count: int) -> None:
    piece = bytes(out[-distance:][:count]) if distance >= count else bytes(out[-distance:]) * (count // distance + 1)
    out += piece[:count]


def _operations(packed: bytes) -> Iterator[tuple[bytes, tuple[int, int, int]]]:
    """The bytes that each operation copies, and (how many those should be, bytes repeated, distance)."""
    at = 0
    while at < len(packed):
        code = packed[at]
        if code in _NOTHING:
            at += 1
            continue
        if code == _END or code in _UNDEFINED:
            return
        length, copied, repeated, distance = _operation(code, packed[at + 1 : at + 3].ljust(2, b"\0"))
        at += length
        yield packed[at : at + copied], (copied, repeated, distance)
        at += copied


def _operation(code: int, following: bytes) -> Operation:
    low = int.from_bytes(following, "little")
    if code >= 0xE0:
        amount = code & 15
        length = 1 if amount else 2
        amount = amount or following[0] + 16
        return (length, 0, amount, 0) if code >= 0xF0 else (length, amount, 0, 0)
    if 0xA0 <= code < 0xC0:
        return 3, code >> 3 & 3, ((code & 7) << 2 | low & 3) + 3, low >> 2
    copied, repeated = code >> 6, (code >> 3 & 7) + 3
    if code & 7 == 7:
        return 3, copied, repeated, low
    if code & 7 == 6:
        return 1, copied, repeated, 0
    return 2, copied, repeated, (code & 7) << 8 | following[0]
