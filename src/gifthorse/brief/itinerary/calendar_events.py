"""Calendars (iCalendar, RFC 5545) as legs: every entry once, repeating ones as often as they come about."""

from collections import defaultdict
from datetime import timedelta
from typing import Final

import msgspec

from gifthorse.brief.itinerary.calendar_lines import Component, components
from gifthorse.brief.itinerary.calendar_times import Clock, Stated, duration_in, last_day, stated_by
from gifthorse.brief.itinerary.calendar_words import described
from gifthorse.brief.itinerary.calendar_zones import Zones
from gifthorse.brief.itinerary.gathering import Around, Gathered
from gifthorse.brief.itinerary.recurrences import Budget, Spent
from gifthorse.brief.itinerary.refusals import BROKEN_CALENDAR
from gifthorse.brief.itinerary.repeats import Series, repeated
from gifthorse.brief.itinerary.zones import zone_named
from gifthorse.model.errors import NotAccepted
from gifthorse.model.itineraries import Day, Instant, Leg, LegKind, Moment, Reason

ZONE_STEPS: Final = 3_000_000
_ENTRIES: Final = frozenset({"VEVENT"})
# Not read, and said: they are lists of tasks, notes and free time.
_OTHER: Final = frozenset({"VTODO", "VJOURNAL", "VFREEBUSY"})
_TELLING: Final = ("RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "LOCATION", "RRULE", "STATUS")
_ONE_DAY: Final = (timedelta(days=1), timedelta(0))


def read_calendar(untrusted_text: str, around: Around, gathered: Gathered) -> None:
    """Every entry of the calendars in *untrusted_text* is gathered; raises NotAccepted when there is no calendar at all."""
    whole = components(untrusted_text, gathered)
    calendars = [part for part in whole.inner if part.name == "VCALENDAR"]
    if not calendars and any(part.name in _ENTRIES for part in whole.inner):
        calendars = [whole]  # someone cut the first line off
    if not calendars:
        raise NotAccepted(BROKEN_CALENDAR)
    budget, zone_budget = Budget(), Budget(ZONE_STEPS)
    for calendar in calendars:
        _Reading(calendar, around, gathered, budget, zone_budget).read()


class _Reading:
    """One calendar while it is read."""

    def __init__(self, calendar: Component, around: Around, gathered: Gathered, budget: Budget, zone_budget: Budget) -> None:
        self._calendar, self._around, self._gathered, self._budget = calendar, around, gathered, budget
        own = zone_named(calendar.text("X-WR-TIMEZONE")) or zone_named(calendar.text("TIMEZONE-ID"))
        self._clock = Clock(Zones(calendar, zone_budget), own, gathered)
        self._withdrawn = calendar.text("METHOD").upper() == "CANCEL"

    def read(self) -> None:
        """Every entry is gathered, those of one UID together."""
        by_uid: dict[str, list[tuple[str, Component]]] = defaultdict(list)
        for number, part in enumerate(self._calendar.inner, start=1):
            where = f"{part.name} {number}: {part.text('SUMMARY')[:60]}"
            if part.name in _OTHER:
                self._gathered.note(where, Reason.UNKNOWN_KIND, what=part.name, text=part.text("SUMMARY"))
            elif part.name in _ENTRIES:
                by_uid[part.text("UID") or f"\0{number}"].append((where, part))
        for entries in by_uid.values():
            self._read_together(entries)

    def _read_together(self, entries: list[tuple[str, Component]]) -> None:
        """The entries of one UID: the series, and what was changed in single ones of its times."""
        newest = _newest(entries)
        changes = [(where, part, line) for where, part in newest if (line := part.line("RECURRENCE-ID"))]
        masters = [(where, part) for where, part in newest if not part.line("RECURRENCE-ID")]
        changed = [stated for _where, _part, line in changes if (stated := stated_by(line))]
        for where, part in masters:
            try:
                self._series(where, part, changed)
            except Spent:
                self._gathered.note(where, Reason.REPEATS_OTHERWISE, what=part.text("RRULE") or part.text("DTSTART"))
        for where, part, line in changes:
            if line.parameters.get("RANGE"):
                self._gathered.note(where, Reason.REPEATS_OTHERWISE, what="RANGE=THISANDFUTURE", text=part.text("SUMMARY"))
            try:
                self._one(where, part, None)
            except Spent:
                self._gathered.note(where, Reason.BROKEN_PART, text=part.text("SUMMARY"))

    def _series(self, where: str, part: Component, changed: list[Stated]) -> None:
        begin = stated_by(part.line("DTSTART"))
        if begin is None or not _repeats(part):
            self._one(where, part, None)
            return
        series = Series(part=part, begin=begin, changed=tuple(changed), around=self._around)
        found = repeated(series, self._clock, self._budget)
        for stated in found.times:
            self._one(where, part, stated)
        for what in found.not_followed:
            self._gathered.note(where, Reason.REPEATS_OTHERWISE, what=what, text=part.text("SUMMARY"))
        if found.goes_on_after:
            self._gathered.note(where, Reason.REPEATS_ON, what=found.goes_on_after)

    def _one(self, where: str, part: Component, stated: Stated | None) -> None:
        """One time of the entry *part*, at *stated* or where it begins by itself."""
        own = stated_by(part.line("DTSTART"))
        begin = stated or own
        written = part.line("DTSTART")
        if begin is None and written:
            self._gathered.note(where, Reason.BROKEN_TIME, what=written.value, text=part.text("SUMMARY"))
        departs = self._clock.moment(begin) if begin else None
        arrives = self._end(where, part, own, begin, departs) if begin and departs else self._only_end(part)
        leg = described(part, Leg(kind=LegKind.EVENT, departs=departs, arrives=arrives, uid=part.text("UID")))
        cancelled = self._withdrawn or part.text("STATUS").upper() == "CANCELLED"
        self._gathered.add(msgspec.structs.replace(leg, cancelled=cancelled), where, text=part.text("SUMMARY"))

    def _only_end(self, part: Component) -> Moment | None:
        end = stated_by(part.line("DTEND"))
        return self._clock.moment(end) if end else None

    def _end(self, where: str, part: Component, own: Stated | None, begin: Stated, departs: Moment) -> Moment | None:
        """When it ends: by DTEND (moved with a repeated begin), by DURATION, on its only day, or unknown."""
        written, end = part.line("DTEND"), stated_by(part.line("DTEND"))
        if written and end is None:
            self._gathered.note(where, Reason.BROKEN_TIME, what=written.value)
            return None
        if end and (own is None or begin == own):
            return last_day(departs, self._clock.moment(end))
        if end and own:
            return self._moved_end(own, end, begin, departs)
        lasting = duration_in(part.text("DURATION")) if part.line("DURATION") else None
        if part.line("DURATION") and lasting is None:
            self._gathered.note(where, Reason.BROKEN_TIME, what=part.text("DURATION"))
        if lasting is None:
            return self._clock.after(begin, departs, _ONE_DAY) if isinstance(departs, Day) else None
        return self._clock.after(begin, departs, lasting)

    def _moved_end(self, own: Stated, end: Stated, begin: Stated, departs: Moment) -> Moment | None:
        """The end of a repeated time: as long after its begin, exactly, as the first end was after the first begin (3.8.5.3)."""
        first, last = self._clock.moment(own), self._clock.moment(end)
        if isinstance(first, Instant) and isinstance(last, Instant) and isinstance(departs, Instant):
            return Instant(at=departs.at + (last.at - first.at), zone=last.zone, zone_from=last.zone_from)
        try:
            return last_day(departs, self._clock.moment(msgspec.structs.replace(end, local=end.local + (begin.local - own.local))))
        except OverflowError:
            return None


def _repeats(part: Component) -> bool:
    return any(part.line(name) for name in ("RRULE", "RDATE", "EXRULE"))


def _newest(entries: list[tuple[str, Component]]) -> list[tuple[str, Component]]:
    """Of several versions of the same entry those with the highest SEQUENCE; exact copies once.

    Entries that share UID and SEQUENCE and yet differ are all kept: some programs give every entry the same UID.
    """
    highest: dict[str, int] = defaultdict(int)
    for _where, part in entries:
        highest[_which(part)] = max(highest[_which(part)], _sequence(part))
    kept: dict[tuple[str, ...], tuple[str, Component]] = {}
    for where, part in entries:
        if _sequence(part) == highest[_which(part)]:
            kept.setdefault(tuple(part.text(name) for name in _TELLING), (where, part))
    return list(kept.values())


def _which(part: Component) -> str:
    line = part.line("RECURRENCE-ID")
    return line.value.strip() if line else ""


def _sequence(part: Component) -> int:
    text = part.text("SEQUENCE")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
