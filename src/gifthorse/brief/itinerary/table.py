"""Tables of trips (CSV): one leg in a row, headings in English or German in the first row.

No row is lost: one that can't be read is noted with its number, why, and its cells.
"""

import csv
import io
import re
from typing import Final

import msgspec

from gifthorse.brief.itinerary.airports import is_airport
from gifthorse.brief.itinerary.broken_rows import as_csv, raw_cell
from gifthorse.brief.itinerary.gathering import Gathered, tidy
from gifthorse.brief.itinerary.headings import columns, kind_called
from gifthorse.brief.itinerary.refusals import BROKEN_TABLE, NO_HEADINGS
from gifthorse.brief.itinerary.written_dates import Ambiguous, tells_order, written_date
from gifthorse.brief.itinerary.zones import zone_named
from gifthorse.model.errors import NotAccepted
from gifthorse.model.itineraries import Leg, LegKind, LocalTime, Moment, Place, Reason

DELIMITERS: Final = (",", ";", "\t", "|")
MOST_COLUMNS: Final = 100
LONGEST_CELL: Final = 20_000
FEWEST_KNOWN: Final = 2
_CODE_IN_NAME: Final = re.compile(r"(.*?)\s*[(\[]([A-Z]{3})[)\]]\Z")
_DESIGNATOR: Final = re.compile(r"([A-Z][A-Z0-9]|[0-9][A-Z])[ -]?(\d{1,4}[A-Z]?)\Z")
_NAMES: Final = re.compile(r"\s*[;|\n/&]\s*|\s+(?:and|und)\s+")
_CLOCK_ONLY: Final = re.compile(r"\d{1,2}[:.h]\d{2}")


class _Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What the whole table says: the columns, how many, and whether the day stands first in its dates."""

    known: dict[int, str]
    width: int
    day_first: bool | None


class _Bad(Exception):
    """The row can't be read; carries why."""

    def __init__(self, reason: Reason, what: str = "") -> None:
        super().__init__(reason)
        self.reason, self.what = reason, what


def read_table(untrusted_text: str, gathered: Gathered) -> None:
    """Every row of the table is gathered as a leg or noted; raises NotAccepted when the first row holds no headings that are known."""
    rows = _rows(untrusted_text)
    head = next((number for number, row in enumerate(rows[:10]) if len(columns(row)) >= FEWEST_KNOWN), None)
    if head is None:
        raise NotAccepted(NO_HEADINGS)
    known = columns(rows[head])
    gathered.headings = tuple(tidy(cell)[:120] for cell in rows[head])
    reading = _Reading(known=known, width=len(rows[head]), day_first=_order(rows[head + 1 :], known))
    for number, row in enumerate(rows[:head], start=1):
        if any(cell.strip() for cell in row):
            gathered.note(f"row {number}", Reason.NO_TRIP, row=number, text=as_csv([row], safe=False).strip())
    if not any(cell.strip() for row in rows[head + 1 :] for cell in row):
        gathered.note(f"row {head + 1}", Reason.NO_TRIP, row=head + 1)
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        if gathered.is_full:
            gathered.left_out += len(rows) - number + 1
            break
        if any(cell.strip() for cell in row):
            _gather_row(number, row, reading, gathered)


def is_table(text: str) -> bool:
    """Whether one of the first rows holds headings that are known."""
    try:
        return any(len(columns(row)) >= FEWEST_KNOWN for row in _rows(text[:20_000])[:10])
    except NotAccepted:
        return False


def _rows(text: str) -> list[list[str]]:
    """The rows of *text* by the delimiter that makes the most known headings of one of its first lines."""
    first, _break, rest = text.partition("\n")
    named = re.fullmatch(r"sep=(.)\r?", first.strip("\ufeff"))
    if named:  # Excel writes the delimiter into the first line
        return [[], *_parsed(rest, named[1])]
    head = "\n".join(text[:20_000].splitlines()[:10])
    delimiter = max(DELIMITERS, key=lambda sign: max((len(columns(row)) for row in _parsed(head, sign)), default=0))
    return _parsed(text, delimiter)


def _parsed(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL * 10)
    try:
        return [row[:MOST_COLUMNS] for row in csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise NotAccepted(BROKEN_TABLE) from error


def _order(rows: list[list[str]], known: dict[int, str]) -> bool | None:
    """Whether the day stands first in the dates of the table, when its rows agree about it."""
    dates = [position for position, column in known.items() if column.startswith(("departs", "arrives"))]
    told = {tells_order(row[position]) for row in rows for position in dates if position < len(row)} - {None}
    return told.pop() if len(told) == 1 else None


def _gather_row(number: int, row: list[str], reading: _Reading, gathered: Gathered) -> None:
    where, text = f"row {number}", as_csv([row], safe=False).strip()
    try:
        leg = _Row(_cells(row, reading), reading.day_first).leg()
    except _Bad as bad:
        gathered.note(where, bad.reason, what=bad.what, row=number, text=text)
        return
    gathered.add(leg, where, row=number, text=text)


def _cells(row: list[str], reading: _Reading) -> dict[str, str]:
    """The cells that hold something, by column; raises _Bad for a row with more cells than headings."""
    if any(cell.strip() for cell in row[reading.width :]):
        raise _Bad(Reason.BROKEN_ROW)
    cells: dict[str, str] = {}
    for position, column in reading.known.items():
        text = raw_cell(row[position].strip())[:LONGEST_CELL] if position < len(row) else ""
        if text:
            cells[column] = f"{cells[column]}; {text}" if column in cells else text
    return cells


class _Row:
    """The cells of one row by their columns."""

    def __init__(self, cells: dict[str, str], day_first: bool | None) -> None:
        self._cells, self._day_first = cells, day_first

    def leg(self) -> Leg:
        """The leg that the row tells; raises _Bad when a cell can't be read."""
        code, number = self._number()
        kind = self._kind(bool(code))
        flies = kind is LegKind.FLIGHT
        departs, arrives = self._moment("departs"), self._moment("arrives")
        if departs is None and arrives is None:
            raise _Bad(Reason.NO_TIME)
        end = self._place("destination", codes=flies)
        place = Place(
            name=self._text("hotel") or end.name, code=end.code, city=self._text("city") or end.city, country=self._text("country")
        )
        return Leg(
            kind=kind,
            departs=departs,
            arrives=arrives,
            origin=self._place("origin", codes=flies),
            destination=place,
            title=self._text("title"),
            carrier=self._text("carrier"),
            carrier_code=code,
            number=number,
            confirmation=self._text("confirmation"),
            seat=self._text("seat"),
            travellers=tuple(name for name in _NAMES.split(self._cells.get("travellers", "")) if name.strip()),
        )

    def _text(self, column: str) -> str:
        return tidy(self._cells.get(column, ""))

    def _number(self) -> tuple[str, str]:
        text = self._text("number").upper()
        found = _DESIGNATOR.match(text)
        return (found[1], found[2].lstrip("0")) if found else ("", self._text("number"))

    def _kind(self, numbered: bool) -> LegKind:
        """As the row says; without a word it is a stay, a flight between two known airports, or an entry of no kind."""
        stated = self._text("kind")
        if stated:
            kind = kind_called(stated)
            if not kind:
                raise _Bad(Reason.UNKNOWN_KIND, stated)
            return LegKind(kind)
        ends = [self._place(name, codes=True).code for name in ("origin", "destination")]
        if all(ends) and (numbered or not self._text("number")):
            return LegKind.FLIGHT
        if self._text("hotel"):
            return LegKind.HOTEL
        return LegKind.EVENT if self._text("title") and not self._text("origin") else LegKind.OTHER

    def _place(self, column: str, *, codes: bool) -> Place:
        """A place by its name; three capital letters of a known airport, alone or in brackets, are a code where *codes* are meant."""
        text = self._text(column)
        found = _CODE_IN_NAME.match(text)
        if codes and len(text) == 3 and text.isascii() and text.isupper():
            return Place(code=text)
        if codes and found and is_airport(found[2]):
            return Place(name=found[1], code=found[2])
        return Place(name=text)

    def _moment(self, end: str) -> Moment | None:
        """The begin or end: in one cell or in two, with a zone in its own cell or none."""
        whole, on, at = (self._text(end), self._text(f"{end}_on"), self._text(f"{end}_at"))
        if on and _CLOCK_ONLY.match(whole):
            whole, at = "", at or whole
        text = whole or f"{on} {at}".strip()
        if whole and at and not _CLOCK_ONLY.search(whole):
            text = f"{whole} {at}"
        if not text:
            return None
        moment = self._read(
            text, self._text(f"{end}_zone") or (self._text("departs_zone") if "arrives_zone" not in self._cells and self._same() else "")
        )
        if isinstance(moment, LocalTime) and self._text(f"{end}_zone"):
            raise _Bad(Reason.UNKNOWN_ZONE, self._text(f"{end}_zone"))
        return moment

    def _same(self) -> bool:
        """Whether a single zone column stands for both times: only where the leg goes nowhere."""
        return not self._text("origin") or self._text("origin") == self._text("destination")

    def _read(self, text: str, zone: str) -> Moment:
        if zone and not zone_named(zone):
            raise _Bad(Reason.UNKNOWN_ZONE, zone)
        try:
            written = written_date(text, day_first=self._day_first)
        except Ambiguous as error:
            raise _Bad(Reason.AMBIGUOUS_DATE, text) from error
        moment = written.moment(zone) if written else None
        if moment is None:
            raise _Bad(Reason.BROKEN_TIME, text)
        return moment
