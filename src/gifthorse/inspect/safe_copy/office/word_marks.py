"""What binary Word documents keep about stretches of their text ([MS-DOC] 2.8.5, 2.8.6, 2.9.33, 2.9.176): pages of property lists."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

MOST_STRETCHES: Final = 2_000_000
_PAGE: Final = 512
_FAR: Final = 1 << 40
# Property changes (2.6): what they do to which is in the upper three bits of their code, how long their operand is.
_LENGTHS: Final = (1, 1, 2, 4, 2, 2, 0, 3)
_DEFINE_TABLE: Final = 0xD608
_DELETED: Final = 0x0800
_FORM_DATA: Final = 0x0806
_PICTURE_AT: Final = 0x6A03
_IN_TABLE: Final = 0x2416
_ROW_END: Final = 0x2417
_LIST: Final = 0x460B
_ELSEWHERE: Final = frozenset({0x6645, 0x6646})  # the rest of a long list lies in the stream "Data"
_HEADINGS: Final = range(1, 10)  # styles with these numbers are the headings of levels 1 to 9
CHARACTER_MARKS, PARAGRAPH_MARKS = 4, 4 + 22  # bytes of an entry of the lists of pages


class CharacterMarks(NamedTuple):
    """What is kept of a run: whether it is struck out as deleted, and where its picture lies in the stream "Data"."""

    deleted: bool = False
    picture_at: int | None = None


class ParagraphMarks(NamedTuple):
    """What is kept of a paragraph: its heading level or 0, and its place in lists and tables."""

    level: int = 0
    in_list: bool = False
    in_table: bool = False
    ends_row: bool = False


Marks = CharacterMarks | ParagraphMarks


class MarkedStretches:
    """The stretches of one kind, found by their place in the stream; pages are read when they are asked for."""

    def __init__(self, stream: bytes, data: bytes, listed: bytes, kind: int) -> None:
        self._stream = stream
        self._data = data
        self._of_characters = kind == CHARACTER_MARKS
        count = min((len(listed) - 4) // 8, MOST_STRETCHES) if len(listed) >= 12 else 0
        places = struct.unpack_from(f"<{count + 1}I", listed) if count else ()
        numbers = struct.unpack_from(f"<{count}I", listed, len(listed) // 8 * 4 + 4) if count else ()
        pairs = sorted(zip(places, numbers, strict=False))
        self._starts = [start for start, _number in pairs]
        self._numbers = [number for _start, number in pairs]
        self._pages: dict[int, tuple[list[int], list[int]]] = {}
        self._known: dict[tuple[int, int], Marks | None] = {}

    def at(self, place: int) -> tuple[int, Marks | None]:
        """Where the stretch around *place* ends, and what is kept of it; None when nothing is."""
        which = bisect_right(self._starts, place) - 1
        if which < 0:
            return (self._starts[0] if self._starts else _FAR), None
        number = self._numbers[which] & 0x3FFFFF
        borders, offsets = self._borders(number)
        after = self._starts[which + 1] if which + 1 < len(self._starts) else _FAR
        within = bisect_right(borders, place) - 1
        if not 0 <= within < len(offsets):
            return (borders[0] if borders and within < 0 else after), None
        end = borders[within + 1]
        key = (number, offsets[within])
        if key not in self._known:
            self._known[key] = self._marks(number * _PAGE, offsets[within])
        return end, self._known[key]

    def _borders(self, number: int) -> tuple[list[int], list[int]]:
        """The borders of the stretches of a page, and the offset in it of what is kept of each."""
        if number not in self._pages:
            page = self._stream[number * _PAGE : (number + 1) * _PAGE]
            step = 1 if self._of_characters else 13
            count = min(page[-1], (_PAGE - 5) // (4 + step)) if len(page) == _PAGE else 0
            borders = list(struct.unpack_from(f"<{count + 1}I", page)) if count else []
            offsets = [2 * page[4 * (count + 1) + step * place] for place in range(count)]
            self._pages[number] = (borders, offsets) if borders == sorted(borders) else ([], [])
        return self._pages[number]

    def _marks(self, page: int, offset: int) -> Marks | None:
        at = page + offset
        if offset == 0 or at >= page + _PAGE - 1:
            return CharacterMarks() if self._of_characters else ParagraphMarks()
        length = self._stream[at]
        if self._of_characters:
            return _of_characters(self._stream[at + 1 : at + 1 + length])
        # An even number of bytes has its half in a second byte (2.9.175).
        body = self._stream[at + 1 : at + 2 * length] if length else self._stream[at + 2 : at + 2 + 2 * self._stream[at + 1]]
        style = int.from_bytes(body[:2], "little")
        return self._of_paragraph(body[2:], style)

    def _of_paragraph(self, changes: bytes, style: int) -> ParagraphMarks:
        found = dict(self._with_rest(changes))
        return ParagraphMarks(
            level=style if style in _HEADINGS else 0,
            in_list=found.get(_LIST, b"\0\0") not in {b"\0\0", b"\x01\xf8"},
            in_table=found.get(_IN_TABLE, b"\0") != b"\0",
            ends_row=found.get(_ROW_END, b"\0") != b"\0",
        )

    def _with_rest(self, changes: bytes) -> Iterator[tuple[int, bytes]]:
        for code, operand in changes_in(changes):
            yield code, operand
            if code in _ELSEWHERE:
                at = int.from_bytes(operand, "little")
                length = int.from_bytes(self._data[at : at + 2], "little")
                yield from changes_in(self._data[at + 2 : at + 2 + length])


def _of_characters(changes: bytes) -> CharacterMarks:
    found = dict(changes_in(changes))
    picture = found.get(_PICTURE_AT)
    is_data = found.get(_FORM_DATA, b"\0") != b"\0"
    return CharacterMarks(
        deleted=found.get(_DELETED, b"\0") != b"\0",
        picture_at=int.from_bytes(picture, "little") if picture is not None and not is_data else None,
    )


def changes_in(changes: bytes) -> Iterator[tuple[int, bytes]]:
    """Code and operand of each property change in a list (2.2.5.1)."""
    at = 0
    while at + 3 <= len(changes):
        (code,) = struct.unpack_from("<H", changes, at)
        at += 2
        length = _LENGTHS[code >> 13]
        if code == _DEFINE_TABLE:
            length = 1 + int.from_bytes(changes[at : at + 2], "little")
        elif not length:
            length = 1 + changes[at]
        yield code, changes[at : at + length]
        at += length
