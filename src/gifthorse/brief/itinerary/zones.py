"""From a local time and what is known about its zone to a moment, without guessing."""

import re
import zoneinfo
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from gifthorse.brief.itinerary.airports import zone_at
from gifthorse.model.itineraries import Day, Doubt, Instant, LocalTime, Moment, ZoneFrom, zone_called

# "GMT+0100", "UTC+05:45", "+0545", "UTC-3"; "Etc/GMT+5", whose sign is turned round, is an IANA name and is found before.
_OFFSET: Final = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2}):?([0-5]\d)?\Z", re.ASCII | re.IGNORECASE)
_SAME_AS_UTC: Final = frozenset({"z", "utc", "gmt", "zulu", "universal", "etc/utc", "coordinated universal time", "utc+00:00", "utc-00:00"})
_LONGEST_NAME: Final = 200
_FURTHEST_OFFSET: Final = timedelta(hours=15)

# Unicode's table of Windows zones keeps names that the time zone database has given up; today's are those the airports have.
_RENAMED: Final = {
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "America/Godthab": "America/Nuuk",
    "America/Indianapolis": "America/Indiana/Indianapolis",
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Etc/UTC": "UTC",
    "Europe/Kiev": "Europe/Kyiv",
}


@cache
def _names() -> dict[str, str]:
    """Every zone name in lower case to the name as the tables spell it."""
    return {name.lower(): name for name in zoneinfo.available_timezones() if name not in {"Factory", "localtime", "posixrules"}}


@cache
def _windows_names() -> dict[str, str]:
    return {name.lower(): _RENAMED.get(zone, zone) for name, zone in WINDOWS_TO_OLSON.items()}


def zone_named(untrusted_name: str) -> str:
    """The zone that *untrusted_name* means: IANA (also behind a vendor's prefix), Windows, UTC or an offset; empty when it is none.

    Abbreviations that several countries use ("IST", "CST") are no zones here.
    """
    name = untrusted_name[:_LONGEST_NAME].strip().strip('"').lower()
    if name in _SAME_AS_UTC:
        return "UTC"
    parts = name.strip("/").split("/")
    for begin in range(len(parts)):
        found = _names().get("/".join(parts[begin:]).replace(" ", "_"))
        if found and (begin == 0 or "/" in found or found == "UTC"):
            return "UTC" if found in {"Etc/UTC", "GMT", "UTC"} else found
    return _windows_names().get(name, "") or _offset_named(name)


def _offset_named(name: str) -> str:
    found = _OFFSET.match(name)
    if not found:
        return ""
    sign, hours, minutes = found.groups()
    return offset_zone(timedelta(hours=int(hours), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1))


def offset_zone(offset: timedelta) -> str:
    """`UTC+05:45` for *offset*; empty for one that no clock on Earth has."""
    minutes = round(offset.total_seconds() / 60)
    if abs(offset) > _FURTHEST_OFFSET:
        return ""
    return "UTC" if minutes == 0 else f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def in_zone(local: datetime, zone: str, zone_from: ZoneFrom) -> Instant:
    """The instant when the clocks of *zone* (as `zone_named` gives it) show *local*, with a word on changes of clocks."""
    place = zone_called(zone)
    first, second = local.replace(tzinfo=place, fold=0), local.replace(tzinfo=place, fold=1)
    doubt = Doubt.NONE
    if first.utcoffset() != second.utcoffset():
        doubt = Doubt.TWICE if first.astimezone(UTC).astimezone(place).replace(tzinfo=None) == local else Doubt.NEVER
    return Instant(at=first.astimezone(UTC), zone=zone, zone_from=zone_from, doubt=doubt)


def at_offset(local: datetime, offset: timedelta, zone_from: ZoneFrom = ZoneFrom.STATED) -> Instant:
    """The instant of *local* at *offset* from UTC."""
    return Instant(at=local.replace(tzinfo=timezone(offset)).astimezone(UTC), zone=offset_zone(offset), zone_from=zone_from)


def floating(local: datetime) -> LocalTime:
    """*local* on clocks of which nothing is known."""
    return LocalTime(on=local.date(), clock=local.hour * 60 + local.minute)


def at_airport(moment: Moment | None, code: str) -> Moment | None:
    """*moment* told on the clocks of the airport *code*: a local time gets its zone, an instant is shown there if the offsets agree.

    A time in UTC is shown on the airport's clocks, since UTC is only a way of writing it.
    """
    zone = zone_at(code)
    if not zone or moment is None or isinstance(moment, Day):
        return moment
    if isinstance(moment, LocalTime):
        return in_zone(as_local(moment), zone, ZoneFrom.AIRPORT)
    if moment.zone == "UTC" or (
        moment.zone.startswith("UTC") and moment.local.utcoffset() == moment.at.astimezone(ZoneInfo(zone)).utcoffset()
    ):
        return Instant(at=moment.at, zone=zone, zone_from=moment.zone_from)
    return moment


def differs_at(moment: Moment | None, code: str) -> bool:
    """Whether *moment* states an offset that the clocks at the airport *code* don't have then.

    A zone's name is another matter: calendars tell whole trips on the clocks of one place.
    """
    zone = zone_at(code)
    if not zone or not isinstance(moment, Instant) or not moment.zone.startswith("UTC"):
        return False
    return moment.local.utcoffset() != moment.at.astimezone(ZoneInfo(zone)).utcoffset()


def as_local(moment: LocalTime) -> datetime:
    """*moment* as a date and time without a zone."""
    return datetime(moment.on.year, moment.on.month, moment.on.day, moment.clock // 60, moment.clock % 60)  # noqa: DTZ001 - it has none


def as_day(moment: Moment) -> date:
    """The day on the calendar of the place."""
    return moment.local.date() if isinstance(moment, Instant) else moment.on


def is_before(one: Moment, other: Moment) -> bool:
    """Whether *one* is surely before *other*: instants by instant, days by day, anything else only when more than a day apart."""
    if isinstance(one, Instant) and isinstance(other, Instant):
        return one.at < other.at
    if isinstance(one, Day) and isinstance(other, Day):
        return one.on < other.on
    return (as_day(other) - as_day(one)).days > 1


def order(moment: Moment | None) -> tuple[str, str]:
    """A key that sorts moments as well as their kinds allow: by day of the place, then by the instant or clock."""
    if moment is None:
        return ("9999", "")
    if isinstance(moment, Instant):
        return (moment.at.date().isoformat(), moment.at.time().isoformat())
    return (moment.on.isoformat(), f"{moment.clock // 60:02}:{moment.clock % 60:02}" if isinstance(moment, LocalTime) else "")
