"""Trips as files tell them: legs with their times and places, and what of a file could not be read.

A time is never made up. It is an instant with a zone, or a local time whose zone nobody gave, or a day; `zone_from` says how the
zone became known.
"""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import msgspec

from gifthorse.model.words import N_, Phrase

# Names and booking codes lead to a person: whoever stores an itinerary keeps these fields sealed.
Sealed = Annotated[str, msgspec.Meta(extra={"sealed": True})]


class LegKind(StrEnum):
    """How one travels or stays."""

    FLIGHT = "flight"
    TRAIN = "train"
    BUS = "bus"
    BOAT = "boat"
    CAR = "car"
    HOTEL = "hotel"
    EVENT = "event"
    OTHER = "other"


class ZoneFrom(StrEnum):
    """How the zone of a time became known."""

    STATED = "stated"  # the time came with its zone or offset
    AIRPORT = "airport"  # a local time at a known airport
    CALENDAR = "calendar"  # the calendar's own zone, or the zone's definition inside the file
    UNKNOWN = "unknown"


class Doubt(StrEnum):
    """What a change of clocks does to a local time."""

    NONE = "none"
    TWICE = "twice"  # the local time occurs twice that day: the first is taken
    NEVER = "never"  # the clocks jump over it: the offset before the jump is taken (RFC 5545, 3.3.5)


class Instant(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="instant", forbid_unknown_fields=True):
    """A moment that is known: `at` in UTC, and `zone` (IANA name, or `UTC+05:45` where only an offset is known) for its local time."""

    at: datetime
    zone: str
    zone_from: ZoneFrom
    doubt: Doubt = Doubt.NONE

    @property
    def local(self) -> datetime:
        """The same moment on the clocks of its zone."""
        return self.at.astimezone(zone_called(self.zone))


class LocalTime(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="local", forbid_unknown_fields=True):
    """What the clocks show at a place whose zone is unknown: `on` and `clock` minutes after midnight."""

    on: date
    clock: Annotated[int, msgspec.Meta(ge=0, lt=24 * 60)]
    zone_from: ZoneFrom = ZoneFrom.UNKNOWN


class Day(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="day", forbid_unknown_fields=True):
    """A day of the calendar at the place, without a time."""

    on: date
    zone_from: ZoneFrom = ZoneFrom.UNKNOWN


Moment = Instant | LocalTime | Day


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where. `code` is an IATA code; `city` and `country` (ISO 3166 code, or as given) may steer a brief and never an assessment."""

    name: str = ""
    code: str = ""
    city: str = ""
    country: str = ""


class Leg(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One stretch of a trip. Of a stay or an event, `departs` and `arrives` are its begin and end, and `destination` is its place.

    `number` stands without the carrier's code. `uid` names the entry of a calendar, so that reading it again finds the same leg.
    An all-day entry that lasts several days has its last day in `arrives`.
    """

    kind: LegKind
    departs: Moment | None = None
    arrives: Moment | None = None
    origin: Place = Place()
    destination: Place = Place()
    title: str = ""
    carrier: str = ""
    carrier_code: str = ""
    number: str = ""
    confirmation: Sealed = ""
    seat: str = ""
    travellers: tuple[Sealed, ...] = ()
    cancelled: bool = False
    uid: str = ""


class Reason(StrEnum):
    """Why something was not read, or was read with a doubt."""

    NO_KIND = "no_kind"
    UNKNOWN_KIND = "unknown_kind"
    NO_TIME = "no_time"
    BROKEN_TIME = "broken_time"
    AMBIGUOUS_DATE = "ambiguous_date"
    UNKNOWN_ZONE = "unknown_zone"
    OFFSET_DIFFERS = "offset_differs"
    ZONE_DIFFERS = "zone_differs"
    ENDS_BEFORE = "ends_before"
    REPEATS_OTHERWISE = "repeats_otherwise"
    REPEATS_ON = "repeats_on"
    TOO_MANY = "too_many"
    BROKEN_PART = "broken_part"
    BROKEN_LINE = "broken_line"
    BROKEN_ROW = "broken_row"
    NO_TRIP = "no_trip"
    SAME_TWICE = "same_twice"
    TOO_LARGE = "too_large"
    UNKNOWN_PLACE = "unknown_place"
    RELEVANT_ONLY = "relevant_only"
    NESTED = "nested"


REASONS: Final[dict[Reason, str]] = {
    Reason.NO_KIND: N_("It doesn't say what kind of booking it is."),
    Reason.UNKNOWN_KIND: N_("It is a “{what}”, which is no kind of booking that can be read."),
    Reason.NO_TIME: N_("It has no date. Please add it by hand."),
    Reason.BROKEN_TIME: N_("“{what}” is no date or time that can be read."),
    Reason.AMBIGUOUS_DATE: N_("“{what}” could be two different days. Please write the date as 2026-11-30."),
    Reason.UNKNOWN_ZONE: N_("The time zone “{what}” is not known, so the time is kept as the local time it says. Please check it."),
    Reason.OFFSET_DIFFERS: N_(
        "The time “{what}” has another offset than the clocks at {place}. The instant it states is kept. Please check it."
    ),
    Reason.ZONE_DIFFERS: N_(
        "The file describes the time zone “{what}” differently from the world's tables; the tables were used. Please check it."
    ),
    Reason.ENDS_BEFORE: N_("It ends before it begins. Both times are kept as given. Please check them."),
    Reason.REPEATS_OTHERWISE: N_("How it repeats (“{what}”) was not read. The first time is listed."),
    Reason.REPEATS_ON: N_("It goes on repeating after {what}. Later times are not listed."),
    Reason.TOO_MANY: N_("There are more than {what} entries. This one and the later ones were not read."),
    Reason.BROKEN_PART: N_("This part is damaged and was not read."),
    Reason.BROKEN_LINE: N_("This line is damaged and was not read."),
    Reason.BROKEN_ROW: N_("This row has other columns than the first row says."),
    Reason.NO_TRIP: N_("There is nothing about a trip in it."),
    Reason.SAME_TWICE: N_("It repeats a booking that was read already."),
    Reason.TOO_LARGE: N_("It is too large and was not read."),
    Reason.UNKNOWN_PLACE: N_("“{what}” is no airport code that is known, so its time zone is not known either."),
    Reason.RELEVANT_ONLY: N_("The pass gives no time of departure. It asks to be shown at {what}, which is not the same."),
    Reason.NESTED: N_("It lies in too many wrappings and was not read."),
}


class NotRead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that was not read, or only in part: `where` in the file, why, and the text itself so that nothing is lost.

    `row` is the row of a table (its first row is 1), 0 elsewhere. The words come from `REASONS`, never from the file.
    """

    where: str
    reason: Reason
    values: dict[str, str] = {}
    row: int = 0
    text: Sealed = ""

    def in_words(self) -> Phrase:
        """The sentence for the reader."""
        return Phrase(text=REASONS[self.reason], values={"what": "", "place": "", **self.values})


class Itinerary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file's legs in order of their times, everybody named in it, and what was not read. `read_as` is the kind of file.

    `headings` are those of a table, so that its unread rows can be written again under them.
    """

    read_as: str
    legs: tuple[Leg, ...] = ()
    travellers: tuple[Sealed, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    headings: tuple[str, ...] = ()


def zone_called(name: str) -> tzinfo:
    """The zone that `Instant.zone` names; raises ValueError or LookupError for one that is none."""
    if name == "UTC":
        return UTC
    if name.startswith(("UTC+", "UTC-")):
        hours, minutes = int(name[4:6]), int(name[7:9])
        ahead = timedelta(hours=hours, minutes=minutes)
        return timezone(ahead if name[3] == "+" else -ahead)
    return ZoneInfo(name)
