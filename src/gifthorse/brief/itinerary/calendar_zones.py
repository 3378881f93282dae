"""Time zones as a calendar file defines them itself (VTIMEZONE, RFC 5545, 3.6.5), for names that the world's tables don't know."""

import re
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from gifthorse.brief.itinerary.calendar_lines import Component
from gifthorse.brief.itinerary.recurrences import Budget, Rule, days, rule_in
from gifthorse.brief.itinerary.zones import offset_zone, zone_named
from gifthorse.model.itineraries import Doubt

MOST_OBSERVANCES: Final = 60
_OFFSET: Final = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?\Z", re.ASCII)
_LOCAL: Final = re.compile(r"\d{8}T\d{6}", re.ASCII)


class Observance(msgspec.Struct, frozen=True, kw_only=True):
    """From `begins` (on the clocks before the change), and as `rule` repeats it, clocks go from `before` to `after`."""

    begins: datetime
    before: timedelta
    after: timedelta
    rule: Rule | None = None
    more: tuple[datetime, ...] = ()


class Zones:
    """The zones of one calendar by their names in it."""

    def __init__(self, calendar: Component, budget: Budget) -> None:
        self._budget = budget
        self._found: dict[tuple[int, int], list[datetime]] = {}
        self._defined: dict[str, tuple[Observance, ...]] = {}
        self._named: dict[str, str] = {}
        for zone in [inner for inner in calendar.inner if inner.name == "VTIMEZONE"][:500]:
            name = zone.text("TZID").strip('"')
            self._named[name] = zone_named(name) or zone_named(zone.text("X-LIC-LOCATION"))
            self._defined[name] = _observances(zone)

    def name(self, tzid: str) -> str:
        """The zone of the world's tables that *tzid* means in this calendar, empty when none."""
        tzid = tzid.strip('"')
        return self._named.get(tzid) or zone_named(tzid)

    def offset(self, tzid: str, local: datetime) -> tuple[timedelta, Doubt] | None:
        """What clocks are ahead of UTC by the file's own definition of *tzid* when they show *local*; None without a usable one."""
        changes = [change for one in self._defined.get(tzid.strip('"'), ()) if (change := self._last_change(one, local))]
        if not changes:
            return self._before_all(tzid, local)
        begins, before, after = max(changes, key=lambda change: change[0])
        if after > before and local < begins + (after - before):
            return before, Doubt.NEVER
        return after, Doubt.TWICE if self._repeated(tzid, local) else Doubt.NONE

    def _repeated(self, tzid: str, local: datetime) -> bool:
        """Whether a change that sets clocks back within the next hours shows *local* a second time."""
        later = local + timedelta(hours=3)
        for one in self._defined[tzid.strip('"')]:
            if one.after < one.before and (change := self._last_change(one, later)):
                begins = change[0]
                if begins + (one.after - one.before) <= local < begins:
                    return True
        return False

    def _before_all(self, tzid: str, local: datetime) -> tuple[timedelta, Doubt] | None:
        """Before the first change that the file knows, the offset it changed from."""
        later = [one for one in self._defined.get(tzid.strip('"'), ()) if one.begins > local]
        return (min(later, key=lambda one: one.begins).before, Doubt.NONE) if later else None

    def _last_change(self, one: Observance, local: datetime) -> tuple[datetime, timedelta, timedelta] | None:
        """The latest time at or before *local* when *one* began."""
        begun = [moment for moment in (one.begins, *one.more) if moment <= local]
        if one.rule and one.begins <= local:
            begun += [moment for moment in self._by_rule(one, one.rule, local.year) if moment <= local]
        return (max(begun), one.before, one.after) if begun else None

    def _by_rule(self, one: Observance, rule: Rule, year: int) -> list[datetime]:
        """The beginnings in *year* and the one before, which is enough for a yearly rule; found once for each year."""
        known = self._found.get((id(one), year))
        if known is not None:
            return known
        begins = one.begins.date()
        first = _in_year(begins, year - 2) if not rule.count and year - begins.year > 2 else begins
        found = days(rule, first, date(year, 12, 31), self._budget)
        if first != begins:
            next(found)  # our own first day, which the rule did not choose
        times = [datetime.combine(day, one.begins.time()) for day in found]
        end = rule.until[:15] if _LOCAL.match(rule.until) else rule.until[:8] + "T235959" if rule.until else ""
        shift = one.before if rule.until.endswith("Z") else timedelta(0)
        self._found[id(one), year] = kept = [time for time in times if not end or (time - shift).strftime("%Y%m%dT%H%M%S") <= end]
        return kept


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day


def _observances(zone: Component) -> tuple[Observance, ...]:
    found = [_observance(inner) for inner in zone.inner[:MOST_OBSERVANCES] if inner.name in {"STANDARD", "DAYLIGHT"}]
    return () if None in found else tuple(one for one in found if one)


def _observance(part: Component) -> Observance | None:
    """None when it is broken: then the whole definition is not used."""
    begins = _local(part.text("DTSTART"))
    before, after = _offset(part.text("TZOFFSETFROM")), _offset(part.text("TZOFFSETTO"))
    if begins is None or before is None or after is None:
        return None
    stated = part.text("RRULE")
    rule = rule_in(stated) if stated else None
    if stated and (rule is None or rule.frequency != "YEARLY"):
        return None
    more = [_local(text) for line in part.all("RDATE")[:200] for text in line.value.split(",")[:200]]
    return Observance(begins=begins, before=before, after=after, rule=rule, more=tuple(moment for moment in more if moment))


def _local(text: str) -> datetime | None:
    found = _LOCAL.match(text)
    try:
        return datetime.strptime(found[0], "%Y%m%dT%H%M%S") if found else None  # noqa: DTZ007 - local by definition
    except ValueError:
        return None


def _offset(text: str) -> timedelta | None:
    found = _OFFSET.match(text)
    if not found:
        return None
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))  # its seconds belong to times before 1972
    return (-ahead if found[1] == "-" else ahead) if offset_zone(ahead) else None
