"""Width and height that a picture states, read from its headers alone."""

import re
import struct
from typing import Final

from gifthorse.inspect.filetypes import FileType

_START_OF_FRAME: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SPATIAL_EXTENTS: Final = re.compile(rb"ispe")


def stated_size(head: bytes, filetype: FileType) -> tuple[int, int, int] | None:
    """Width, height and bytes per pixel once decoded, or None when the header is too short or of no known kind."""
    try:
        return _READERS[filetype](head) if filetype in _READERS else None
    except struct.error:
        return None


def _png(head: bytes) -> tuple[int, int, int] | None:
    if head[12:16] != b"IHDR":
        return None
    width, height, depth, colour = struct.unpack_from(">IIBB", head, 16)
    return width, height, max({0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(colour, 4) * depth // 8, 1)


def _jpeg(head: bytes) -> tuple[int, int, int] | None:
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _START_OF_FRAME:
            height, width, parts = struct.unpack_from(">HHB", head, at + 5)
            return width, height, max(parts, 1)
        at += 2 + (0 if marker in {0x01, *range(0xD0, 0xD8)} else struct.unpack_from(">H", head, at + 2)[0])
    return None


def _gif(head: bytes) -> tuple[int, int, int]:
    width, height = struct.unpack_from("<HH", head, 6)
    return width, height, 1


def _bmp(head: bytes) -> tuple[int, int, int]:
    if struct.unpack_from("<I", head, 14)[0] < 40:  # the header of OS/2
        width, height, _planes, bits = struct.unpack_from("<4H", head, 18)
        return width, height, max(bits // 8, 1)
    width, height, _planes, bits = struct.unpack_from("<iiHH", head, 18)
    return abs(width), abs(height), max(bits // 8, 1)


def _webp(head: bytes) -> tuple[int, int, int] | None:
    kind = head[12:16]
    if kind == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1, 4
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", head, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, 4
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", head, 26)
        return width & 0x3FFF, height & 0x3FFF, 3
    return None


def _tiff(head: bytes) -> tuple[int, int, int] | None:
    order = "<" if head[:2] == b"II" else ">"
    (start,) = struct.unpack_from(order + "I", head, 4)
    (count,) = struct.unpack_from(order + "H", head, start)
    values: dict[int, int] = {}
    for at in range(start + 2, start + 2 + 12 * min(count, 200), 12):
        tag, kind = struct.unpack_from(order + "HH", head, at)
        if tag in {256, 257, 277}:
            values[tag] = struct.unpack_from(order + ("H" if kind == 3 else "I"), head, at + 8)[0]
    return (values[256], values[257], values.get(277, 1)) if 256 in values and 257 in values else None


def _psd(head: bytes) -> tuple[int, int, int]:
    channels, height, width, depth = struct.unpack_from(">HIIH", head, 12)
    return width, height, max(channels * depth // 8, 1)


def _heif(head: bytes) -> tuple[int, int, int] | None:
    """The largest of the sizes that its pictures state (ISO 23008-12, 6.5.3), thumbnails and tiles among them."""
    sizes = [struct.unpack_from(">II", head, found.end() + 4) for found in _SPATIAL_EXTENTS.finditer(head) if found.end() + 12 <= len(head)]
    width, height = max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))
    return (width, height, 3) if sizes else None


_READERS: Final = {
    FileType.PNG: _png,
    FileType.JPEG: _jpeg,
    FileType.GIF: _gif,
    FileType.BMP: _bmp,
    FileType.WEBP: _webp,
    FileType.TIFF: _tiff,
    FileType.PSD: _psd,
    FileType.HEIF: _heif,
}
