"""The ends of kinds that do not say where they end, and whose furthest part is reckoned from what they point to.

TIFF 6.0 (and EP for its further directories), Windows icons, compound files, the start header of 7z, and MPEG audio frames with the notes
behind them.
"""

import struct
from typing import Final

from gifthorse.inspect.formats.mpeg import frame_length
from gifthorse.inspect.item import Content

_MOST_DIRECTORIES: Final = 200
_MOST_ENTRIES: Final = 1000
_MOST_VALUES: Final = 200_000
_BYTES_OF_KIND: Final = (0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4)
_FURTHER_DIRECTORIES: Final = frozenset({330, 34665, 34853, 40965})
# Where the parts of a picture begin, and how long they are: strips, tiles, and a preview.
_PARTS: Final = ((273, 279), (324, 325), (513, 514))
_MOST_TABLES: Final = 109
_TAIL: Final = 8192
_FRAMES_IN_A_ROW: Final = 3
_MOST_FRAMES: Final = 300_000
_NOTES_BEHIND: Final = ((b"TAG", 128),)


def tiff_end(content: Content, start: int) -> int | None:
    """The end of the furthest value, strip, tile or preview that the directories point to; None when they can't be followed."""
    head = content.read(start, 8)
    if len(head) < 8:
        return None
    order = "<" if head[:2] == b"II" else ">"
    todo, seen, end, parts = [struct.unpack_from(order + "I", head, 4)[0]], set[int](), 8, 0
    while todo:
        at = todo.pop()
        if at in seen or at == 0:
            continue
        seen.add(at)
        directory = _directory(content, start, at, order)
        if directory is None or len(seen) > _MOST_DIRECTORIES or parts > _MOST_VALUES:
            return None
        values, reach, following = directory
        parts += sum(map(len, values.values()))
        end = max(end, reach, *_ends_of_parts(values))
        todo += [following, *(place for tag in _FURTHER_DIRECTORIES for place in values.get(tag, ()))]
    return start + end


def _directory(content: Content, start: int, at: int, order: str) -> tuple[dict[int, tuple[int, ...]], int, int] | None:
    """The telling values of the directory at *at*, how far it and its values reach, and where the next one is."""
    head = content.read(start + at, 2)
    count = struct.unpack(order + "H", head)[0] if len(head) == 2 else 0
    raw = content.read(start + at + 2, 12 * count + 4)
    if not 0 < count <= _MOST_ENTRIES or len(raw) < 12 * count:
        return None
    values: dict[int, tuple[int, ...]] = {}
    reach = at + 2 + len(raw)
    telling = _FURTHER_DIRECTORIES.union(*_PARTS)
    for entry in range(count):
        tag, kind, number, place = struct.unpack_from(order + "HHII", raw, 12 * entry)
        size = number * (_BYTES_OF_KIND[kind] if kind < len(_BYTES_OF_KIND) else 0)
        if size > 4:
            reach = max(reach, place + size)
        if tag in telling and kind in {3, 4, 13} and number <= _MOST_VALUES:
            form = order + str(number) + ("H" if kind == 3 else "I")
            body = content.read(start + place, size) if size > 4 else raw[12 * entry + 8 : 12 * entry + 8 + size]
            values[tag] = struct.unpack(form, body) if len(body) == size else ()
    following = struct.unpack_from(order + "I", raw, 12 * count)[0] if len(raw) == 12 * count + 4 else 0
    return values, reach, following


def _ends_of_parts(values: dict[int, tuple[int, ...]]) -> list[int]:
    return [
        place + length for places, lengths in _PARTS for place, length in zip(values.get(places, ()), values.get(lengths, ()), strict=False)
    ]


def icon_end(content: Content, start: int) -> int | None:
    """The end of the furthest picture of the icon."""
    head = content.read(start, 6)
    count = struct.unpack_from("<H", head, 4)[0] if len(head) == 6 else 0
    raw = content.read(start + 6, 16 * count)
    if not count or len(raw) < 16 * count:
        return None
    ends: list[int] = [length + place for length, place in struct.iter_unpack("<8xII", raw)]
    return start + max(6 + 16 * count, *ends)


def compound_end(content: Content, start: int) -> int | None:
    """The end of the last sector that the table of sectors calls used ([MS-CFB] 2.3); None for files of more than 109 such tables."""
    head = content.read(start, 512)
    if len(head) < 512 or struct.unpack_from("<H", head, 30)[0] not in {9, 12}:
        return None
    size: int = 1 << struct.unpack_from("<H", head, 30)[0]
    tables: int = struct.unpack_from("<I", head, 44)[0]
    if not 0 < tables <= _MOST_TABLES:
        return None
    for table in range(tables - 1, -1, -1):
        place: int = struct.unpack_from("<I", head, 76 + 4 * table)[0]
        entries = content.read(start + (place + 1) * size, size)
        if len(entries) < size:
            return None
        used = entries.rstrip(b"\xff")  # a free sector's entry is FFFFFFFF; none that is used ends in FF
        if used:
            return start + (table * (size // 4) + -(-len(used) // 4) + 1) * size
    return None


def seven_zip_end(content: Content, start: int) -> int | None:
    """The end of the header that lies behind all that is packed."""
    head = content.read(start, 32)
    if len(head) < 32:
        return None
    offset, length = struct.unpack_from("<QQ", head, 12)
    return start + 32 + int(offset) + int(length)


def sound_end(content: Content, start: int) -> int | None:
    """The end of the last frame of MPEG sound; None when frames reach to the end, or when none are found at all.

    Only a file whose last bytes are no frames is walked from its beginning.
    """
    size = content.size - sum(length for mark, length in _NOTES_BEHIND if content.read(content.size - length, 3) == mark)
    tail = content.read(max(size - _TAIL, 0), min(_TAIL, size))
    if _frames_reach_the_end(tail):
        return None
    at = first = start + _after_id3(content.read(start, 10))
    piece, base = b"", at
    for _ in range(_MOST_FRAMES):
        inside = at - base
        if inside + 4 > len(piece):
            piece, base, inside = content.read(at, 1 << 20), at, 0
        length = frame_length(piece[inside : inside + 4])
        if length is None:
            return at if at > first + 417 * _FRAMES_IN_A_ROW else None
        at += length
    return None


def _after_id3(head: bytes) -> int:
    """Where the sound begins behind the notes at the front, whose length has seven bits a byte."""
    if head[:3] != b"ID3" or len(head) < 10:
        return 0
    return 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9])


def _frames_reach_the_end(tail: bytes) -> bool:
    """Whether frames follow each other up to the last byte of *tail*, the last of which may be cut off."""
    at = tail.find(b"\xff")
    while at >= 0:
        place, count = at, 0
        while (length := frame_length(tail[place : place + 4])) is not None:
            place, count = place + length, count + 1
        if count >= _FRAMES_IN_A_ROW and place >= len(tail) - 4:
            return True
        at = tail.find(b"\xff", at + 1)
    return False
