"""Where a picture, film, document or archive truly ends, walked by its own structure, so that what lies behind it can be told.

Reads headers and searches in C over pieces of the content; never holds a large file. Structures: ITU T.81 (JPEG), PNG (ISO 15948),
GIF89a, RIFF, BMP, ISO 14496-12 (MP4), PDF 32000, APPNOTE (zip).
"""

import re
import struct
from collections.abc import Callable
from typing import Final
from weakref import WeakKeyDictionary

from gifthorse.inspect.filetypes import OLE_DOCUMENTS, ZIP_BASED, FileType
from gifthorse.inspect.formats.stated_ends import compound_end, icon_end, seven_zip_end, sound_end, tiff_end
from gifthorse.inspect.item import Content

_PIECE: Final = 1 << 20
_HELD: Final = 4 << 20  # as much as is in memory anyway
_MOST_PARTS: Final = 100_000
_JPEG_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_WITHOUT_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_BOX_NAME: Final = re.compile(rb"[A-Za-z0-9 _\xa9\-]{4}\Z")
_FARTHEST_BACK: Final = 32 << 20


# Several detectors ask for the end of the same file, and a picture is walked to it at memory's speed, not faster.
_KNOWN: Final[WeakKeyDictionary[Content, dict[tuple[FileType, int], int | None]]] = WeakKeyDictionary()


def true_end(content: Content, filetype: FileType, start: int = 0) -> int | None:
    """The offset right after the last byte that belongs to the file of *filetype* beginning at *start*; None when it has no end of its
    own.
    """
    walk = _WALKS.get(filetype)
    if walk is None:
        return None
    known = _KNOWN.setdefault(content, {})
    if (filetype, start) not in known:
        known[filetype, start] = walk(content, start)
    return known[filetype, start]


def find(content: Content, sought: bytes, start: int) -> int:
    """The first place of *sought* at or after *start*, or -1."""
    overlap = len(sought) - 1
    while start < content.size:
        piece = content.read(start, _PIECE + overlap)
        at = piece.find(sought)
        if at >= 0:
            return start + at
        start += _PIECE
    return -1


def find_last(content: Content, sought: bytes, farthest: int = _FARTHEST_BACK) -> int:
    """The last place of *sought* within the last *farthest* bytes, or -1."""
    end = content.size
    limit = max(content.size - farthest, 0)
    overlap = len(sought) - 1
    step = 4096  # nearly always it is close to the end
    while end > limit:
        begin = max(end - step, limit)
        at = content.read(begin, end - begin + overlap).rfind(sought)
        if at >= 0:
            return begin + at
        end, step = begin, _PIECE
    return -1


def _jpeg(content: Content, start: int) -> int | None:
    at = start + 2
    for _ in range(_MOST_PARTS):
        head = content.read(at, 4)
        if len(head) < 2 or head[0] != 0xFF:
            return None
        marker = head[1]
        if marker == 0xD9:
            return at + 2
        if marker == 0xFF:
            at += 1
        elif marker in _WITHOUT_LENGTH:
            at += 2
        elif len(head) < 4:
            return None
        else:
            at += 2 + struct.unpack_from(">H", head, 2)[0]
            if marker == 0xDA:
                scanned = _after_scan(content, at)
                if scanned is None:
                    return None
                at = scanned
    return None


def _after_scan(content: Content, at: int) -> int | None:
    """The marker after the entropy-coded data that starts at *at*."""
    # Coded data stuffs a zero behind each 0xFF and holds restart markers besides: the first other marker ends it.
    if content.size <= _HELD:
        found = _JPEG_MARKER.search(content.whole(_HELD), at)
        return None if found is None else found.start()
    while at < content.size:
        piece = content.read(at, _PIECE + 1)
        found = _JPEG_MARKER.search(piece)
        if found is not None:
            return at + found.start()
        at += _PIECE
    return None


def _png(content: Content, start: int) -> int | None:
    at = start + 8
    for _ in range(_MOST_PARTS):
        header = content.read(at, 8)
        if len(header) < 8:
            return None
        length, kind = int.from_bytes(header[:4]), header[4:]
        at += 12 + length
        if kind == b"IEND":
            return at
        if at > content.size:
            return None
    return None


def _gif(content: Content, start: int) -> int | None:
    head = content.read(start, 13)
    if len(head) < 13:
        return None
    at = start + 13 + (3 << (head[10] & 7) + 1 if head[10] & 0x80 else 0)
    data, base = content.read(at, _PIECE), at
    for _ in range(_MOST_PARTS):
        if at - base > len(data) - 1024:
            data, base = content.read(at, _PIECE), at
        block = data[at - base : at - base + 11]
        if not block:
            return None
        if block[0] == 0x3B:
            return at + 1
        if block[0] == 0x21:
            at += 2
        elif block[0] == 0x2C and len(block) > 9:
            at += 11 + (3 << (block[9] & 7) + 1 if block[9] & 0x80 else 0)
        else:
            return None
        skipped = _after_sub_blocks(content, at)
        if skipped is None:
            return None
        at = skipped
    return None


def _after_sub_blocks(content: Content, at: int) -> int | None:
    """The place after a chain of GIF sub-blocks, each led by its length and the last one empty."""
    data, base = content.read(at, 65536), at
    while True:
        inside = at - base
        if inside >= len(data):
            if not data:
                return None
            data, base, inside = content.read(at, 65536), at, 0
            if not data:
                return None
        length = data[inside]
        at += 1 + length
        if length == 0:
            return at


def _riff(content: Content, start: int) -> int | None:
    at = start
    for _ in range(_MOST_PARTS):
        head = content.read(at, 8)
        if len(head) < 8 or head[:4] not in {b"RIFF", b"JUNK"}:
            break
        length = struct.unpack_from("<I", head, 4)[0]
        at += 8 + length + (length & 1)
    return min(at, content.size) if at > start else None


def _bmp(content: Content, start: int) -> int | None:
    head = content.read(start, 34)
    if len(head) < 34:
        return None
    stated: int
    stated, pixels, header, width, height, bits = struct.unpack_from("<I4xIIii2xH", head, 2)
    compression = struct.unpack_from("<I", head, 30)[0]
    if header < 40 or compression not in {0, 3} or width <= 0:
        return start + stated if 0 < stated <= content.size - start else None
    counted: int = pixels + (width * bits + 31) // 32 * 4 * abs(height)
    end = max(counted, stated if stated <= counted + 1024 else 0)
    return start + end if end >= 14 + header else None  # its own headers at least: a file that states less is no bitmap


def _mp4(content: Content, start: int) -> int | None:
    at = start
    for _ in range(_MOST_PARTS):
        head = content.read(at, 16)
        if len(head) < 8:
            break
        length, kind = struct.unpack_from(">I4s", head)
        if length == 1 and len(head) == 16:
            (length,) = struct.unpack_from(">Q", head, 8)
        elif length == 0 and _BOX_NAME.match(kind) and kind.strip(b"\0 "):
            return content.size
        if length < 8 or not _BOX_NAME.match(kind):
            break
        at += length
        if at >= content.size:
            return content.size
    return at if at > start else None


def _pdf(content: Content, _start: int) -> int | None:
    at = find_last(content, b"%%EOF")
    return at + 5 if at >= 0 else None


def _zip(content: Content, _start: int) -> int | None:
    at = find_last(content, b"PK\x05\x06")
    record = content.read(at, 22) if at >= 0 else b""
    return at + 22 + struct.unpack_from("<H", record, 20)[0] if len(record) == 22 else None


_WALKS: Final[dict[FileType, Callable[[Content, int], int | None]]] = {
    FileType.JPEG: _jpeg,
    FileType.PNG: _png,
    FileType.GIF: _gif,
    FileType.WEBP: _riff,
    FileType.WAV: _riff,
    FileType.AVI: _riff,
    FileType.BMP: _bmp,
    FileType.MP4: _mp4,
    FileType.HEIF: _mp4,
    FileType.PDF: _pdf,
    FileType.TIFF: tiff_end,
    FileType.ICO: icon_end,
    FileType.MP3: sound_end,
    FileType.SEVEN_ZIP: seven_zip_end,
    **dict.fromkeys(OLE_DOCUMENTS, compound_end),
    **dict.fromkeys(ZIP_BASED, _zip),
}
