"""One's duties as a calendar that a phone subscribes to. A calendar is read by many eyes: it says that something is due, never what."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

import icalendar
import msgspec

from gifthorse.brief.duties.deciding import Duty
from gifthorse.model.moments import as_utc
from gifthorse.model.words import N_, Phrase

TRAVEL_TITLE: Final = N_("Travel: something is due")
OTHER_TITLE: Final = N_("Office: something is due")
CALENDAR_TITLE: Final = N_("Due dates")
_SHOWN_FOR: Final = timedelta(minutes=15)
_REMINDER: Final = timedelta(days=-1)


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A duty in the feed; `record` is the opaque id of the trip or report that it belongs to, so that the entry keeps its identity."""

    record: str
    duty: Duty


def calendar_feed(entries: Iterable[FeedEntry], made_at: datetime, say: Callable[[Phrase | str], str]) -> bytes:
    """An iCalendar file (RFC 5545) with one event for each duty that has an end; *made_at* is aware of its zone.

    The same duty of the same record keeps its UID over all feeds; the UID tells neither.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//gifthorse//duties//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say(CALENDAR_TITLE))
    calendar.add("x-published-ttl", "PT6H")  # how often a subscriber looks again
    for entry in entries:
        if entry.duty.due is not None:
            calendar.add_component(_event(entry, entry.duty.due, made_at, say))
    written = calendar.to_ical()
    assert isinstance(written, bytes)
    return written


def _event(entry: FeedEntry, due: datetime, made_at: datetime, say: Callable[[Phrase | str], str]) -> icalendar.Event:
    title = say(TRAVEL_TITLE if entry.duty.event.startswith(("trip.", "travel.")) else OTHER_TITLE)
    end = as_utc(due).astimezone(UTC)
    event = icalendar.Event()
    event.add("uid", uid(entry))
    event.add("dtstamp", as_utc(made_at))
    event.add("dtstart", end - _SHOWN_FOR)
    event.add("dtend", end)
    event.add("summary", title)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _REMINDER)
    event.add_component(alarm)
    return event


def uid(entry: FeedEntry) -> str:
    """The identity of *entry* in every feed: a digest of record, pack and rule."""
    told = f"{entry.record}\x1f{entry.duty.pack}\x1f{entry.duty.rule}\x1f{entry.duty.event}"
    return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@gifthorse"
