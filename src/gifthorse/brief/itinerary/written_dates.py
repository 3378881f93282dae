"""Dates and times as people and programs write them; a date that could be two days is none."""

import re
from datetime import datetime, timedelta
from typing import Final

import msgspec

from gifthorse.brief.itinerary.zones import floating, in_zone, zone_named
from gifthorse.model.itineraries import Day, Moment, ZoneFrom

_LONGEST: Final = 80
_CLOCK: Final = (
    r"(?:[T ,]+(?:um |at )?(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>\d{2})(?:[:.]?(?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?:\s*(?:Uhr|hrs|h))?"
    r"\s*(?P<zone>Z|(?:UTC|GMT)?\s*[+-]\d{1,2}:?\d{0,2}|UTC|GMT|\[?[A-Z][A-Za-z_]+/[A-Za-z_/+-]+\]?)?)?"
    r"(?:\[(?P<region>[A-Za-z_/+-]+)\])?\s*"
)
_MONTH_NAMES: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jän jänner jaen",
            "feb february februar",
            "mar march märz mär mrz maerz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAY: Final = r"(?:[A-Za-zäöü]{2,10}\.?,?\s+)?"
_SHAPES: Final = tuple(
    (name, re.compile(shape + _CLOCK + r"\Z", re.IGNORECASE | (re.ASCII if name == "iso" else 0)))
    for name, shape in (
        ("iso", r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"),
        ("iso", r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
        ("dotted", _WEEKDAY + r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})"),
        ("either", r"(?P<one>\d{1,2})[/-](?P<two>\d{1,2})[/-](?P<year>\d{4})"),
        ("named", _WEEKDAY + r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?[ -]*(?P<name>[A-Za-zä]{3,9})\.?[ ,-]*(?P<year>\d{4})"),
        ("named", _WEEKDAY + r"(?P<name>[A-Za-zä]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"),
    )
)


class Ambiguous(Exception):
    """The date could be two days."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A date, and what of a time was with it: `clock` is None for a day alone, `zone` a name or offset as written, empty without."""

    on: datetime
    clock: bool
    zone: str = ""

    def moment(self, zone: str = "") -> Moment | None:
        """The moment by its own zone or offset, else by *zone* (as stated beside it); None when its own zone is not known."""
        if not self.clock:
            return Day(on=self.on.date())
        own = self.zone or zone
        if not own:
            return floating(self.on)
        known = zone_named(own)
        return in_zone(self.on, known, ZoneFrom.STATED) if known else None


def written_date(untrusted_text: str, *, day_first: bool | None = None) -> Written | None:
    """What *untrusted_text* says, None when it is no date.

    Raises Ambiguous for 3/4/2026 unless *day_first* says (from other rows of the same table) which number is the day.
    """
    text = " ".join(untrusted_text.split())
    if not text or len(text) > _LONGEST:
        return None
    for _name, shape in _SHAPES:
        found = shape.match(text)
        if found:
            return _written(found.groupdict(), day_first)
    return None


def _written(parts: dict[str, str | None], day_first: bool | None) -> Written | None:
    year = int(parts["year"] or 0)
    day, month = _day_and_month(parts, day_first)
    hour = _hour(parts)
    if not month or hour is None:
        return None
    try:
        on = datetime(year + 2000 if year < 100 else year, month, day)  # noqa: DTZ001 - the zone comes after
        on += timedelta(hours=hour, minutes=_number(parts["minute"], 59), seconds=_number(parts["second"], 60))
    except (ValueError, OverflowError):
        return None
    zone = (parts["zone"] or parts["region"] or "").strip("[] ")
    return Written(on=on, clock=parts["hour"] is not None, zone=zone)


def _number(text: str | None, most: int) -> int:
    number = int(text or 0)
    if number > most:
        raise ValueError(text)
    return min(number, 59)


def _hour(parts: dict[str, str | None]) -> int | None:
    hour = int(parts["hour"] or 0)
    half = (parts["half"] or "").replace(".", "").lower()
    if half:
        return None if not 1 <= hour <= 12 else hour % 12 + (12 if half == "pm" else 0)
    if parts["hour"] and not parts["minute"] and not half:
        return None  # "2026-03-04 12" may be anything
    return hour if hour < 24 or (hour == 24 and not int(parts["minute"] or 0)) else None


def _day_and_month(parts: dict[str, str | None], day_first: bool | None) -> tuple[int, int]:
    """Day and month, (0, 0) when there is no such month."""
    if parts.get("name"):
        return int(parts["day"] or 0), _MONTH_NAMES.get((parts["name"] or "").lower(), 0)
    if parts.get("day"):
        return int(parts["day"] or 0), int(parts["month"] or 0)
    one, two = int(parts["one"] or 0), int(parts["two"] or 0)
    if one == two or two > 12:
        return (two, one) if two > 12 else (one, two)
    if one > 12:
        return one, two
    if day_first is None:
        raise Ambiguous
    return (one, two) if day_first else (two, one)


def tells_order(untrusted_text: str) -> bool | None:
    """Whether the day stands first in a date like 31/12/2026; None when it is another form or could be either."""
    found = re.match(r"(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?!\d)", untrusted_text.strip(), re.ASCII)
    if not found or (int(found[1]) > 12) == (int(found[2]) > 12):
        return None
    return int(found[1]) > 12
