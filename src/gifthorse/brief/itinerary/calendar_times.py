"""Dates, times and durations of a calendar (RFC 5545, 3.3.4 to 3.3.6) as moments, by the zones of that calendar."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

import msgspec

from gifthorse.brief.itinerary.calendar_lines import Line
from gifthorse.brief.itinerary.calendar_zones import Zones
from gifthorse.brief.itinerary.gathering import Gathered
from gifthorse.brief.itinerary.zones import at_offset, floating, in_zone, offset_zone
from gifthorse.model.itineraries import Day, Instant, Moment, Reason, ZoneFrom

_TIME: Final = re.compile(r"(\d{8})T(\d{2})(\d{2})(\d{2})?(Z)?\Z", re.ASCII | re.IGNORECASE)
_DAY: Final = re.compile(r"\d{8}\Z", re.ASCII)
_DURATION: Final = re.compile(
    r"([+-])?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?\Z", re.ASCII | re.IGNORECASE
)


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What a date property says: the clock or the day, in UTC or under a zone's name (empty for floating)."""

    local: datetime
    is_day: bool
    is_utc: bool = False
    tzid: str = ""


def stated_in(value: str, tzid: str) -> Stated | None:
    """What *value* says under the zone *tzid*, None when it is no date or time."""
    value = value.strip()
    try:
        if _DAY.match(value):
            return Stated(local=datetime.strptime(value, "%Y%m%d"), is_day=True)  # noqa: DTZ007 - a day has no zone
        found = _TIME.match(value)
        if not found:
            return None
        day, hour, minute, second, utc = found.groups()
        local = datetime.strptime(day + hour + minute + _no_leap(second), "%Y%m%d%H%M%S")  # noqa: DTZ007 - see below
    except ValueError:
        return None
    return Stated(local=local, is_day=False, is_utc=bool(utc), tzid="" if utc else tzid)


def _no_leap(second: str | None) -> str:
    return "59" if second == "60" else second or "00"


def stated_by(line: Line | None) -> Stated | None:
    """What the property *line* says."""
    return stated_in(line.value, line.parameters.get("TZID", "")) if line else None


def duration_in(text: str) -> tuple[timedelta, timedelta] | None:
    """Whole days and exact time of a duration, None when it is broken or negative."""
    found = _DURATION.match(text.strip())
    if not found or found[1] == "-" or not any(found.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return timedelta(weeks=weeks, days=days), timedelta(hours=hours, minutes=minutes, seconds=seconds)


class Clock:
    """Turns what a calendar states into moments; says once what it doesn't know."""

    def __init__(self, zones: Zones, own_zone: str, gathered: Gathered) -> None:
        self._zones = zones
        self._own_zone = own_zone
        self._gathered = gathered
        self._said: set[tuple[Reason, str]] = set()

    def moment(self, stated: Stated) -> Moment:
        """*stated* as a moment: by its own zone, else by the calendar's, else floating."""
        if stated.is_day:
            return Day(on=stated.local.date())
        if stated.is_utc:
            return Instant(at=stated.local.replace(tzinfo=UTC), zone="UTC", zone_from=ZoneFrom.STATED)
        try:
            if stated.tzid:
                return self._by_name(stated)
            return in_zone(stated.local, self._own_zone, ZoneFrom.CALENDAR) if self._own_zone else floating(stated.local)
        except OverflowError:  # the first or last day that the calendar of Python has
            return floating(stated.local)

    def _by_name(self, stated: Stated) -> Moment:
        name = self._zones.name(stated.tzid)
        defined = self._zones.offset(stated.tzid, stated.local)
        if name:
            moment = in_zone(stated.local, name, ZoneFrom.STATED)
            if defined and defined[0] != moment.local.utcoffset():
                self._say(Reason.ZONE_DIFFERS, stated.tzid)
            return moment
        if defined:
            return msgspec.structs.replace(at_offset(stated.local, defined[0], ZoneFrom.CALENDAR), doubt=defined[1])
        self._say(Reason.UNKNOWN_ZONE, stated.tzid)
        return floating(stated.local)

    def _say(self, reason: Reason, what: str) -> None:
        if (reason, what) not in self._said:
            self._said.add((reason, what))
            self._gathered.note(f"TZID {what}", reason, what=what)

    def after(self, begin: Stated, moment: Moment, lasting: tuple[timedelta, timedelta]) -> Moment | None:
        """The end of what begins at *begin* and lasts *lasting*: days by the calendar, hours by the clock that never jumps."""
        days, exact = lasting
        try:
            if isinstance(moment, Day):
                return Day(on=_last_day(moment.on, days))
            later = msgspec.structs.replace(begin, local=begin.local + days)
            reached = self.moment(later)
            if not isinstance(reached, Instant):
                return floating(later.local + exact)
            return self._moved(reached, exact, begin)
        except OverflowError:
            return None

    def _moved(self, reached: Instant, exact: timedelta, begin: Stated) -> Instant:
        """The instant *exact* later; a zone that only the file defines may have another offset by then."""
        at = reached.at + exact
        if reached.zone_from is ZoneFrom.CALENDAR and begin.tzid and not self._zones.name(begin.tzid):
            local = (at + (reached.local.utcoffset() or timedelta(0))).replace(tzinfo=None)
            defined = self._zones.offset(begin.tzid, local)
            return Instant(at=at, zone=offset_zone(defined[0]) if defined else reached.zone, zone_from=reached.zone_from)
        return Instant(at=at, zone=reached.zone, zone_from=reached.zone_from)


def last_day(begin: Moment, end: Moment) -> Moment:
    """The end of an all-day entry as its last day: DTEND is the day after it (RFC 5545, 3.6.1)."""
    if isinstance(begin, Day) and isinstance(end, Day) and end.on > begin.on:
        return Day(on=end.on - timedelta(days=1))
    return end


def _last_day(first: date, days: timedelta) -> date:
    return first + max(days, timedelta(days=1)) - timedelta(days=1)
