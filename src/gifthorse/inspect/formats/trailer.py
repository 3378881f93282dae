"""What cameras and phones put behind the end of a photograph or film: further pictures, a short film, their own notes."""

import struct
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.payload import named
from gifthorse.inspect.formats.true_end import true_end
from gifthorse.inspect.item import Content

_FILL: Final = b"\0\xff\x20\r\n\t"
_PIECE: Final = 1 << 20
_MOST_PARTS: Final = 64
_INSTA360_MARK: Final = b"8db42d694ccc418790edff439fe026bf"
_SAMSUNG_DIRECTORY: Final = b"SEFH"


def after_known_trailers(content: Content, end: int) -> int:
    """The offset after fill bytes, further pictures, motion-photo films and makers' blocks that follow *end*; the content's size when
    all is known.
    """
    if _is_samsung(content, end) or content.read(content.size - 32, 32) == _INSTA360_MARK:
        return content.size
    for _ in range(_MOST_PARTS):
        at = _after_fill(content, end)
        if at >= content.size:
            return content.size
        start = content.read(at, 16)
        kind = FileType.JPEG if start.startswith(b"\xff\xd8\xff") else FileType.MP4 if start[4:8] == b"ftyp" else None
        further = None if kind is None else true_end(content, kind, at)
        if further is None or further <= at:
            return at
        end = further
    return end


def _after_fill(content: Content, at: int) -> int:
    """The first byte at or after *at* that is no padding."""
    while at < content.size:
        piece = content.read(at, _PIECE)
        rest = piece.lstrip(_FILL)
        if rest:
            return max(at + len(piece) - len(rest) - _led_by_fill(rest), at)
        at += len(piece)
    return content.size


def _led_by_fill(rest: bytes) -> int:
    """How many bytes before *rest* belong to it although they look like fill: a JPEG begins with 0xFF, a film with the zeros of a
    length.
    """
    if rest[:1] == b"\xd8":
        return 1
    name = rest.find(b"ftyp", 1, 8)
    return 4 - name if 0 < name < 4 else 0


def _is_samsung(content: Content, end: int) -> bool:
    """Whether everything behind *end* is Samsung's block: a directory SEFH of parts, its length, and SEFT as the last four bytes."""
    last = content.read(content.size - 8, 8)
    if last[4:] != b"SEFT" or content.size - end < 24:
        return False
    directory = content.size - 8 - struct.unpack("<I", last[:4])[0]
    head = content.read(directory, 12)
    if directory < end or head[:4] != _SAMSUNG_DIRECTORY:
        return False
    count = struct.unpack_from("<I", head, 8)[0]
    entries = content.read(directory + 12, 12 * min(count, 200))
    first = directory
    for at in range(0, len(entries) - 11, 12):
        back, _length = struct.unpack_from("<II", entries, at + 4)
        place = directory - back
        if place < end or not _is_harmless_part(content, place):
            return False
        first = min(first, place)
    return named(content.read(_after_fill(content, end), 512)) is None and count > 0


def _is_harmless_part(content: Content, place: int) -> bool:
    """Whether the part's data, behind its name, begins with no archive or program."""
    head = content.read(place, 8)
    if len(head) < 8 or head[:2] != b"\0\0":
        return False
    length = struct.unpack_from("<I", head, 4)[0]
    return length < 256 and named(content.read(place + 8 + length, 512)) is None
