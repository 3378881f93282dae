"""The text of binary Word documents ([MS-DOC]) by its piece table, with the marks of each run and paragraph that decide what is shown."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from gifthorse.inspect.documents.compound import CompoundFile
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.word import ENCRYPTED, MAGIC, WHICH_TABLE
from gifthorse.inspect.safe_copy.facts import IS_ENCRYPTED
from gifthorse.inspect.safe_copy.office.word_marks import (
    CHARACTER_MARKS,
    PARAGRAPH_MARKS,
    CharacterMarks,
    MarkedStretches,
    ParagraphMarks,
)
from gifthorse.inspect.safe_copy.pictures import NotRebuilt

MOST_PIECES: Final = 100_000
MOST_LETTERS: Final = 4_000_000
_WORD_97: Final = 0x0069  # Fib.nFib above this
_IN_PIECES: Final = 0x0004  # FibBase.fComplex
_COMPLETE: Final = 0x1A2 + 8
_LEAST: Final = 0x60
# Where the FIB says the length of each part of the text, and where and how long the piece table and lists are (2.5.4, 2.5.6).
_LENGTHS: Final = (0x4C, 0x50, 0x54, 0x58, 0x5C, 0x60, 0x64, 0x68)
_OLD_LENGTHS: Final = (0x34, 0x38, 0x3C, 0x40, 0x44, 0x48, 0x4C, 0x50)
_HEADER_STORIES: Final = 0xF2  # PlcfHdd
_RUNS: Final = 0xFA  # PlcfBteChpx
_PARAGRAPHS: Final = 0x102  # PlcfBtePapx
_PIECES: Final = 0x1A2  # Clx
_OLD_PIECES: Final = 0x160
_OLD_BEGIN: Final = 0x18
DRAWINGS: Final = 0x22A  # DggInfo
_BYTES: Final = 0x40000000  # FcCompressed: one byte to the letter, at half the place


class Run(NamedTuple):
    """Letters of one look, and where the first of them lies in the stream."""

    text: str
    at: int
    width: int
    marks: CharacterMarks


class _Piece(NamedTuple):
    first: int
    end: int
    at: int
    width: int


class WordText:
    """An opened document; raises DamagedDocument when it is none, NotRebuilt when it is encrypted."""

    def __init__(self, compound: CompoundFile) -> None:
        path = next((path for path in compound.find("WordDocument") if len(path) == 1), None)
        self.stream = compound.read(path, 256 << 20) if path else b""
        if len(self.stream) < _LEAST or self._word(0) not in MAGIC:
            raise DamagedDocument("no document of Word 6 or later")
        flags = self._word(10)
        if flags & ENCRYPTED:
            raise NotRebuilt(IS_ENCRYPTED)
        self.is_old = self._word(2) < _WORD_97 or len(self.stream) < _COMPLETE
        self.table = _stream(compound, "1Table" if flags & WHICH_TABLE else "0Table")
        self.data = _stream(compound, "Data")
        self._lengths = [self._count(at) for at in (_OLD_LENGTHS if self.is_old else _LENGTHS)]
        self._pieces = self._all_pieces(in_pieces=bool(flags & _IN_PIECES))
        self._starts = [piece.first for piece in self._pieces]
        old = MarkedStretches(b"", b"", b"", CHARACTER_MARKS), MarkedStretches(b"", b"", b"", PARAGRAPH_MARKS)
        self._runs, self._paragraphs = old if self.is_old else self._marks()
        self._left = MOST_LETTERS

    def part(self, number: int) -> tuple[int, int]:
        """First and last letter of a part: 0 the text, 1 footnotes, 2 headers, 4 comments, 5 endnotes, 6 boxes, 7 boxes in headers."""
        first = sum(self._lengths[:number])
        return first, first + self._lengths[number]

    def header_stories(self) -> list[tuple[int, int]]:
        """First and last letter of each header and footer; empty when the document doesn't say."""
        first, _end = self.part(2)
        listed = b"" if self.is_old else self.listed(_HEADER_STORIES)
        places = struct.unpack(f"<{min(len(listed) // 4, 10_000)}I", listed[: 4 * min(len(listed) // 4, 10_000)])
        return [(first + start, first + end) for start, end in pairwise(places) if start <= end <= self._lengths[2]]

    def runs(self, first: int, end: int) -> Iterator[Run]:
        """The letters from *first* to before *end*, in runs of one look."""
        at = max(bisect_right(self._starts, first) - 1, 0)
        for piece in self._pieces[at:]:
            if piece.first >= end or self._left <= 0:
                return
            begin, stop = max(piece.first, first), min(piece.end, end, max(piece.first, first) + self._left)
            if begin < stop:
                self._left -= stop - begin
                start = piece.at + (begin - piece.first) * piece.width
                yield from self._cut(start, start + (stop - begin) * piece.width, piece.width)

    def paragraph_at(self, place: int) -> ParagraphMarks | None:
        """The marks of the paragraph whose end lies at *place* of the stream; None when none are kept."""
        marks = self._paragraphs.at(place)[1]
        return marks if isinstance(marks, ParagraphMarks) else None

    @property
    def is_cut(self) -> bool:
        """Whether text was left behind."""
        return self._left <= 0

    def _cut(self, start: int, end: int, width: int) -> Iterator[Run]:
        while start < end:
            border, marks = self._runs.at(start)
            stop = min(end, start + max((border - start) // width * width, width))
            body = self.stream[start:stop]
            text = body.decode("utf-16-le" if width == 2 else "cp1252", "replace")
            yield Run(text, start, width, marks if isinstance(marks, CharacterMarks) else CharacterMarks())
            start = stop

    def _all_pieces(self, *, in_pieces: bool) -> list[_Piece]:
        if self.is_old and not in_pieces:
            return [_Piece(0, sum(self._lengths), self._count(_OLD_BEGIN), 1)]
        pieces = list(_pieces(self.stream[slice(*self._place(_OLD_PIECES))] if self.is_old else self.listed(_PIECES), is_old=self.is_old))
        if not pieces:
            raise DamagedDocument("no table of its pieces")
        return pieces

    def _marks(self) -> tuple[MarkedStretches, MarkedStretches]:
        return (
            MarkedStretches(self.stream, self.data, self.listed(_RUNS), CHARACTER_MARKS),
            MarkedStretches(self.stream, self.data, self.listed(_PARAGRAPHS), PARAGRAPH_MARKS),
        )

    def listed(self, at: int) -> bytes:
        """What the header says lies in the table stream, by the place of its place."""
        return self.table[slice(*self._place(at))]

    def _place(self, at: int) -> tuple[int, int]:
        first, length = struct.unpack_from("<II", self.stream, at) if at + 8 <= len(self.stream) else (0, 0)
        return first, first + length

    def _word(self, at: int) -> int:
        return int(struct.unpack_from("<H", self.stream, at)[0])

    def _count(self, at: int) -> int:
        return min(int(struct.unpack_from("<I", self.stream, at)[0]), 1 << 28) if at + 4 <= len(self.stream) else 0


def _pieces(clx: bytes, *, is_old: bool) -> Iterator[_Piece]:
    """The pieces of the text in order (2.8.35), behind the property changes that stand in front of them."""
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        return
    table = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
    count = min((len(table) - 4) // 12, MOST_PIECES)
    before = 0
    for number in range(count):
        first, end = struct.unpack_from("<II", table, 4 * number)
        (place,) = struct.unpack_from("<I", table, len(table) // 12 * 4 + 4 + 8 * number + 2)
        width = 1 if is_old or place & _BYTES else 2
        at = place if is_old else (place & ~_BYTES) // (3 - width)
        begin = max(first, before)  # a letter is in one piece
        if begin < end:
            yield _Piece(begin, end, at + (begin - first) * width, width)
            before = end


def _stream(compound: CompoundFile, name: str) -> bytes:
    path = next((path for path in compound.find(name) if len(path) == 1), None)
    try:
        return compound.read(path, 256 << 20) if path else b""
    except DamagedDocument:
        return b""
