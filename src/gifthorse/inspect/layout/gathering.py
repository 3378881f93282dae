"""Gathers what stands in many small places that should be empty, and tells it as one space."""

from typing import Final

from gifthorse.inspect.item import shown
from gifthorse.inspect.layout.carving import headers_anywhere
from gifthorse.inspect.layout.facts import Look, Partition, Space
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.model.inspections import RangeKind
from gifthorse.model.words import N_

EMPTY_FIELDS: Final = N_("in fields and sectors that the filesystem leaves empty")
_PIECE: Final = 64 * 1024
_MARKS_MOST: Final = 64
_BLANKS: Final = (b"\0", b"\xff", b" ", b"\xf4", b"\xf6")
_GRAVEST: Final = (Look.PROGRAM, Look.ARCHIVE, Look.DOCUMENT)


def is_blank(piece: bytes) -> bool:
    """Whether every byte of *piece* has the same value, one of those with which tools fill what they leave empty."""
    return not piece or (piece[:1] in _BLANKS and piece.count(piece[:1]) == len(piece))


class Gathered:
    """All bytes that stand in the empty places of one partition, or of a table when *partition* is None.

    `places` are those that are not blank, as (first byte, byte behind the last), in the order in which they were handed over.
    """

    def __init__(self, reader: PatientReader, partition: Partition | None) -> None:
        self._reader = reader
        self._partition = partition
        self._data = 0
        self._first = self._last = -1
        self._marks: list[tuple[int, str, str]] = []
        self._excerpt = b""
        self.places: list[tuple[int, int]] = []

    def add(self, start: int, length: int) -> None:
        """The *length* bytes from byte *start* of the medium belong to such a place."""
        end = min(start + length, self._reader.size)
        for at in range(start, end, _PIECE):
            self.note(self._reader.read(at, min(_PIECE, end - at)), at)
        self._reader.alive()

    def note(self, piece: bytes, at: int) -> None:
        """*piece*, from byte *at* of the medium, stands in such a place; nothing is noted when it is blank."""
        if is_blank(piece):
            return
        fill = piece[-1:] if piece[-1:] in _BLANKS else b"\0"
        inner = piece.lstrip(fill)
        first = at + len(piece) - len(inner)
        if self._first < 0 or first < self._first:
            self._first, self._excerpt = first, inner[:48]
        self.places.append((at, at + len(piece)))
        self._data += len(inner.rstrip(fill))
        self._last = max(self._last, at + len(piece.rstrip(fill)) - 1)
        self._marks += list(headers_anywhere(piece, at))[: _MARKS_MOST - len(self._marks)]

    def space(self) -> Space | None:
        """The one space of all of them, None when there is nothing in it."""
        if self._first < 0:
            return None
        looks = {Look(look) for _at, look, _name in self._marks}
        return Space(
            start=self._first,
            length=self._last - self._first + 1,
            kind=RangeKind.GAP,
            label=EMPTY_FIELDS,
            partition=None if self._partition is None else self._partition.index,
            data_bytes=self._data,
            first=self._first,
            last=self._last,
            look=next((look for look in _GRAVEST if look in looks), Look.DATA),
            marks=tuple((at, name) for at, _look, name in sorted(self._marks, key=lambda mark: _GRAVEST.index(Look(mark[1])))),
            excerpt=shown(self._excerpt.decode("latin-1")),
        )
