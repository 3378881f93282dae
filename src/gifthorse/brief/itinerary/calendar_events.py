"""Calendars (iCalendar, RFC 5545) as legs: every entry once, repeating ones as often as they come about."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import msgspec

from gifthorse.brief.itinerary.calendar_changes import Entry, Onward, newest, onward_from
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
    by_uid: dict[str, list[Entry]] = defaultdict(list)  # over all calendars: a later one may withdraw what an earlier one told
    for number, calendar in enumerate(calendars, start=1):
        reading = _Reading(calendar, around, gathered, budget, zone_budget)
        for uid, entry in reading.entries(f"\0{number}"):
            by_uid[uid].append(entry)
    for entries in by_uid.values():
        _read_together(newest(entries))


class _Reading:
    """One calendar while it is read."""

    def __init__(self, calendar: Component, around: Around, gathered: Gathered, budget: Budget, zone_budget: Budget) -> None:
        self._calendar, self._around, self._gathered, self._budget = calendar, around, gathered, budget
        own = zone_named(calendar.text("X-WR-TIMEZONE")) or zone_named(calendar.text("TIMEZONE-ID"))
        self._clock = Clock(Zones(calendar, zone_budget), own, gathered)
        self._withdrawn = calendar.text("METHOD").upper() == "CANCEL"

    def entries(self, unnamed: str) -> Iterator[tuple[str, Entry]]:
        """Every entry with its UID, or with one that begins with *unnamed*; what is no entry is noted."""
        for number, part in enumerate(self._calendar.inner, start=1):
            where = f"{part.name} {number}: {part.text('SUMMARY')[:60]}"
            if part.name in _OTHER:
                self._gathered.note(where, Reason.UNKNOWN_KIND, what=part.name, text=part.text("SUMMARY"))
            elif part.name in _ENTRIES:
                cancelled = self._withdrawn or part.text("STATUS").upper() == "CANCELLED"
                yield part.text("UID") or f"{unnamed} {number}", Entry(where, part, self, cancelled)

    def series(self, entry: Entry, changes: list[Entry], onwards: list[Onward]) -> None:
        """Every time of *entry*, without those of *changes*; from the one of each of *onwards* on as this tells them."""
        where, part, begin = entry.where, entry.part, stated_by(entry.part.line("DTSTART"))
        if begin is None or not _repeats(part):
            self.one(entry, None)
            return
        changed = tuple(stated for change in changes if (stated := change.replaces))
        try:
            found = repeated(Series(part=part, begin=begin, changed=changed, around=self._around), self._clock, self._budget)
            for stated in found.times:
                self._at(entry, stated, onwards)
            for own in found.periods:
                self.one(entry._replace(part=own), None)
        except Spent:
            self._gathered.note(where, Reason.REPEATS_OTHERWISE, what=part.text("RRULE") or part.text("DTSTART"))
            return
        for what in found.not_followed:
            self._gathered.note(where, Reason.REPEATS_OTHERWISE, what=what, text=part.text("SUMMARY"))
        if found.goes_on_after:
            self._gathered.note(where, Reason.REPEATS_ON, what=found.goes_on_after)

    def _at(self, entry: Entry, stated: Stated, onwards: list[Onward]) -> None:
        """The entry at *stated*, by the last of *onwards* that begins before."""
        for onward in reversed(onwards):
            if onward.holds(stated, self._clock):
                if moved := onward.moved(stated, self._clock):
                    self.one(onward.entry, moved)
                return
        self.one(entry, stated)

    def onward(self, entry: Entry) -> Onward | None:
        """What *entry* changes from its time on; noted when it can't be told."""
        found = onward_from(entry, self._clock)
        if found is None:
            self._gathered.note(entry.where, Reason.REPEATS_OTHERWISE, what="RANGE=THISANDFUTURE", text=entry.part.text("SUMMARY"))
        return found

    def one(self, entry: Entry, stated: Stated | None) -> None:
        """*entry* once; a calendar that spends all steps on its zones is noted."""
        try:
            self._one(entry, stated)
        except Spent:
            self._gathered.note(entry.where, Reason.BROKEN_PART, text=entry.part.text("SUMMARY"))

    def _one(self, entry: Entry, stated: Stated | None) -> None:
        """One time of *entry*, at *stated* or where it begins by itself."""
        where, part = entry.where, entry.part
        own = stated_by(part.line("DTSTART"))
        begin = stated or own
        written = part.line("DTSTART")
        if begin is None and written:
            self._gathered.note(where, Reason.BROKEN_TIME, what=written.value, text=part.text("SUMMARY"))
        departs = self._clock.moment(begin) if begin else None
        arrives = self._end(where, part, own, begin, departs) if begin and departs else self._only_end(part)
        leg = described(part, Leg(kind=LegKind.EVENT, departs=departs, arrives=arrives, uid=part.text("UID")))
        self._gathered.add(msgspec.structs.replace(leg, cancelled=entry.cancelled), where, text=part.text("SUMMARY"))

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


def _read_together(entries: list[Entry]) -> None:
    """The entries of one UID: the series, and what was changed in single ones of its times or from one on."""
    changes = [entry for entry in entries if entry.part.line("RECURRENCE-ID")]
    onwards = [found for entry in changes if entry.goes_on and (found := entry.of.onward(entry))]
    onwards.sort(key=lambda onward: onward.at)
    for entry in entries:
        if entry not in changes:
            entry.of.series(entry, changes, onwards)
    for entry in changes:
        if entry.goes_on and _repeats(entry.part):
            entry.of.series(entry, [change for change in changes if change is not entry], [])
        else:
            entry.of.one(entry, None)
