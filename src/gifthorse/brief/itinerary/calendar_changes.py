"""What later versions of a calendar entry do to earlier ones: replace them, withdraw them, move one time or all from one on."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from gifthorse.brief.itinerary.calendar_lines import Component
from gifthorse.brief.itinerary.calendar_times import Clock, Stated, stated_by
from gifthorse.model.itineraries import Instant, zone_called

if TYPE_CHECKING:
    from gifthorse.brief.itinerary.calendar_events import _Reading

_TELLING: Final = ("RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "LOCATION", "RRULE", "STATUS")


class Entry(NamedTuple):
    """An entry of a calendar: where it stands, itself, the calendar that reads it, and whether it was withdrawn."""

    where: str
    part: Component
    of: "_Reading"
    cancelled: bool

    @property
    def replaces(self) -> Stated | None:
        """The time of the series that it stands for."""
        return stated_by(self.part.line("RECURRENCE-ID"))

    @property
    def goes_on(self) -> bool:
        """Whether it changes the times after that one as well (RFC 5545, 3.2.13)."""
        line = self.part.line("RECURRENCE-ID")
        return bool(line) and line.parameters.get("RANGE", "").upper() == "THISANDFUTURE" if line else False


class Onward(msgspec.Struct, frozen=True):
    """A change that holds from the time *replaces* of the series on, which it moves to *begin*; `at` sorts it among others."""

    entry: Entry
    replaces: Stated
    begin: Stated
    at: datetime

    def holds(self, time: Stated, clock: Clock) -> bool:
        """Whether *time* is after the one it replaces."""
        return _local(time, self, clock) > _local(self.replaces, self, clock)

    def moved(self, time: Stated, clock: Clock) -> Stated | None:
        """*time* moved as far as the one it replaces was, on the clocks of the new begin; None when it repeats by a rule of its own."""
        if any(self.entry.part.line(name) for name in ("RRULE", "RDATE")):
            return None
        away: timedelta = _local(time, self, clock) - _local(self.replaces, self, clock)
        try:
            return msgspec.structs.replace(self.begin, local=self.begin.local + away)
        except OverflowError:
            return None


def onward_from(entry: Entry, clock: Clock) -> Onward | None:
    """What *entry* changes from its time on; None when one of its times can't be read."""
    replaces, begin = entry.replaces, stated_by(entry.part.line("DTSTART"))
    if replaces is None or begin is None or replaces.is_day != begin.is_day:
        return None
    found = Onward(entry, replaces, begin, begin.local)
    return msgspec.structs.replace(found, at=_local(replaces, found, clock))


def _local(time: Stated, onward: Onward, clock: Clock) -> datetime:
    """*time* on the clocks on which the changed entry begins, as far as zones are known."""
    begin = onward.begin
    if (time.is_utc, time.tzid) == (begin.is_utc, begin.tzid) or time.is_day:
        return time.local
    here, there = clock.moment(time), clock.moment(begin)
    if isinstance(here, Instant) and isinstance(there, Instant):
        return here.at.astimezone(zone_called(there.zone)).replace(tzinfo=None)
    return time.local


def newest(entries: list[Entry]) -> list[Entry]:
    """Of several versions of the same entry those with the highest SEQUENCE; exact copies once; what was withdrawn only as that.

    Entries that share UID and SEQUENCE and yet differ are all kept: some programs give every entry the same UID.
    """
    highest: dict[str, int] = defaultdict(int)
    for entry in entries:
        highest[_which(entry.part)] = max(highest[_which(entry.part)], _sequence(entry.part))
    kept: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        if _sequence(entry.part) == highest[_which(entry.part)]:
            told = tuple(entry.part.text(name) for name in _TELLING)
            if told not in kept or (entry.cancelled and not kept[told].cancelled):
                kept[told] = entry
    gone = {_begins(entry.part) for entry in kept.values() if entry.cancelled}
    return [entry for entry in kept.values() if entry.cancelled or _begins(entry.part) not in gone]


def _begins(part: Component) -> tuple[str, str]:
    line = part.line("DTSTART")
    return _which(part), line.value.strip() if line else ""


def _which(part: Component) -> str:
    line = part.line("RECURRENCE-ID")
    return line.value.strip() if line else ""


def _sequence(part: Component) -> int:
    text = part.text("SEQUENCE")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
