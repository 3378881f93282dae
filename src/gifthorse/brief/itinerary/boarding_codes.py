"""The bar code of boarding passes: IATA Resolution 792, "Bar Coded Boarding Pass" (BCBP), version 1 to 8, one to four legs.

M1DESMARAIS/LUC       EABC123 YULFRAAC 0834 226F001A0025 106>60000
│││                   ││      │  │  │  │    │  ││   │    │└┬ size of the conditional items (hexadecimal), then these
│││                   ││      │  │  │  │    │  ││   │    └ passenger status
│││                   ││      │  │  │  │    │  ││   └ check-in number
│││                   ││      │  │  │  │    │  │└ seat       its day is the number of the day in an unnamed year
││└ name              ││      │  │  │  └ flight number
│└ legs               │└ booking code, from, to, carrier
└ format M            └ electronic ticket
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import msgspec

from gifthorse.brief.itinerary.gathering import Around, Gathered
from gifthorse.brief.itinerary.squeezed_codes import restored
from gifthorse.model.itineraries import Day, Leg, LegKind, Place, Reason

_HEAD: Final = 23  # format, legs, name, ticket
_LEG: Final = 37
_MOST_LEGS: Final = 4
_LONGEST: Final = 2_000
_MOST_LINES: Final = 4  # over which a code is broken
_ANY_DAY: Final = date(2026, 1, 1)  # to count legs, not to date them
# A pass is issued at most a year ahead; west of the date line its day of issue may be the next one already.
_ISSUED_EARLY: Final = timedelta(days=366)
_ISSUED_LATE: Final = timedelta(days=-1)
_LEG_SHAPE: Final = re.compile(
    r"(?P<pnr>[A-Z0-9 ]{7})(?P<origin>[A-Z]{3})(?P<destination>[A-Z]{3})(?P<carrier>[A-Z0-9]{2}[A-Z0-9 ])"
    r"(?P<number>[0-9 ]{4}[A-Z ])(?P<day>[0-9 ]{3})(?P<cabin>[A-Z ])(?P<seat>[A-Z0-9 ]{4})(?P<sequence>[A-Z0-9 ]{5})"
    r"(?P<status>[A-Z0-9 ])(?P<size>[0-9A-F]{2})",
    re.ASCII,
)
_START: Final = re.compile(r"M[1-4][^\W\d_][\w/ .'’-]{19}[A-Z ][A-Z0-9 ]{7}[A-Z]{6}")  # names are not always in ASCII


class BoardingCode(msgspec.Struct, frozen=True, kw_only=True):
    """What a code says: the name as printed, its legs, and how many legs it announced and did not bring."""

    name: str
    legs: tuple[Leg, ...]
    missing: int = 0


def boarding_code(untrusted_text: str, near: date) -> BoardingCode | None:
    """The boarding pass in *untrusted_text*, its days those nearest to *near*; None when it is no such code.

    Where the code holds its day of issue, the flights are on their first days from that one (or the one before) on.
    """
    text = untrusted_text.strip("\r\n\0")[:_LONGEST]
    if len(text) < _HEAD + _LEG or text[0] != "M" or text[1] not in "1234":
        return None
    name, announced = text[2:22].strip(), int(text[1])
    legs: list[Leg] = []
    issued: date | None = None
    position = _HEAD
    for _number in range(announced):
        found = _LEG_SHAPE.match(text, position)
        if not found:
            break
        items = text[found.end() : found.end() + int(found["size"], 16)]
        if not legs:
            issued = _issued(items, near)
        legs.append(_leg(found, name, near, issued))
        position = found.end() + int(found["size"], 16)
    return BoardingCode(name=name, legs=tuple(legs), missing=announced - len(legs)) if legs else None


def _leg(found: "re.Match[str]", name: str, near: date, issued: date | None) -> Leg:
    on = _flight_day(found["day"], near, issued)
    number = found["number"].strip()
    return Leg(
        kind=LegKind.FLIGHT,
        departs=Day(on=on) if on else None,
        origin=Place(code=found["origin"]),
        destination=Place(code=found["destination"]),
        carrier_code=found["carrier"].strip(),
        number=number.lstrip("0") or number,
        confirmation=found["pnr"].strip(),
        seat=_seat(found["seat"]),
        travellers=(name,) if name else (),
    )


def _seat(text: str) -> str:
    """The text "012A" is seat 12A; infants and standby have words of their own and stay as they are."""
    seat = text.strip()
    return seat.lstrip("0") if re.fullmatch(r"\d{1,3}[A-Z]", seat) else seat


def _flight_day(text: str, near: date, issued: date | None) -> date | None:
    number = int(text) if text.strip().isdigit() and len(text.strip()) == len(text) else 0
    if not number:
        return None
    if issued:
        days = (_numbered(year, number) for year in range(issued.year - 1, issued.year + 3))
        return next((day for day in days if day and _ISSUED_LATE <= day - issued <= _ISSUED_EARLY), None)
    return nearest(number, near)


def nearest(number: int, near: date) -> date | None:
    """The day numbered *number* of its year that is nearest to *near*; day 366 is looked for in the leap years around."""
    years = range(max(near.year - 8, date.min.year), min(near.year + 8, date.max.year) + 1)
    found = [day for year in years if (day := _numbered(year, number))]
    return min(found, key=lambda day: (abs((day - near).days), -day.toordinal()), default=None)


def _numbered(year: int, number: int) -> date | None:
    if not 1 <= number <= 366 or not date.min.year <= year < date.max.year:
        return None
    day = date(year, 1, 1) + timedelta(days=number - 1)
    return day if day.year == year else None


def _issued(items: str, near: date) -> date | None:
    """The day of issue in the unique conditional items: last digit of the year, and the day's number (items 17 to 22 of the resolution)."""
    if len(items) < 11 or items[0] != ">" or not re.fullmatch(r"[0-9A-F]{2}", items[2:4]) or int(items[2:4], 16) < 7:
        return None
    text = items[7:11]
    if not (text.isascii() and text.isdigit()):
        return None
    years = [year for year in range(near.year - 9, near.year + 2) if year % 10 == int(text[0]) and 1 < year < 9990]
    found = [day for year in years if (day := _numbered(year, int(text[1:])))]
    return min(found, key=lambda day: abs((day - near).days), default=None)


def codes_in(lines: Iterable[str]) -> list[str]:
    """Every text in *lines* that looks like such a code, each once; also those whose blanks were squeezed, or that go on in later lines."""
    all_lines = list(lines)
    found: dict[str, None] = {}
    for number, line in enumerate(all_lines):
        for code in _codes_of(line):
            found.setdefault(_continued(code, all_lines[number + 1 : number + _MOST_LINES]))
    if not found:  # a line that ends within the name or the first airports is no code by itself
        return list(dict.fromkeys(code for one, other in pairwise(all_lines) for code in _codes_of(one + other)))
    return list(found)


def _codes_of(line: str) -> list[str]:
    found = [line[match.start() : match.start() + _LONGEST].rstrip("\r\n\0") for match in _START.finditer(line[:100_000])]
    return found or ([whole] if (whole := restored(line)) else [])


def _continued(code: str, following: list[str]) -> str:
    """*code* with as many of the lines *following* as it lacks of its legs; itself when they don't bring them."""
    longer = code
    for line in ("", *following):
        longer += line
        read = boarding_code(longer, _ANY_DAY)
        if read and not read.missing:
            return longer
    return code


def gather_codes(texts: Iterable[str], around: Around, gathered: Gathered, where: str) -> int:
    """The legs of every code in *texts* are gathered; how many codes there were."""
    count = 0
    for text in texts:
        code = boarding_code(text, around.day)
        if code is None:
            gathered.note(where, Reason.BROKEN_PART, text=text[:_LONGEST])
            continue
        count += 1
        for leg in code.legs:
            gathered.add(leg, where)
        if code.missing:
            gathered.note(where, Reason.BROKEN_PART, text=text)
    return count
