"""The times of an entry that repeats: by its rules, its extra dates, without its exceptions and what was changed singly."""

from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from gifthorse.brief.itinerary.calendar_lines import Component, Line
from gifthorse.brief.itinerary.calendar_times import Clock, Stated, duration_in, stated_in
from gifthorse.brief.itinerary.gathering import Around
from gifthorse.brief.itinerary.recurrences import Budget, Rule, Spent, days, rule_in
from gifthorse.model.itineraries import Instant

BACK: Final = timedelta(days=400)
AHEAD: Final = timedelta(days=800)
MOST_TIMES: Final = 400  # of one entry
_LONGEST: Final = timedelta(days=40 * 366)  # a series that ends later is cut there
_MOST_DATES: Final = 2_000
_OF_A_TIME: Final = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXRULE", "EXDATE"})
_MARGIN: Final = timedelta(days=2)  # the end may be told in another zone


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that repeats, where it first begins, and the times that other entries of its UID replace."""

    part: Component
    begin: Stated
    changed: tuple[Stated, ...]
    around: Around


class Times(msgspec.Struct, kw_only=True):
    """When it begins, each time; what of its repeating was not followed; the day after which it goes on unlisted (empty if it ends).

    `periods` are times with an end of their own, each told as an entry.
    """

    times: list[Stated] = []
    periods: list[Component] = []
    not_followed: list[str] = []
    goes_on_after: str = ""


def repeated(series: Series, clock: Clock, budget: Budget) -> Times:
    """Every time of *series*: all of them when there are at most `MOST_TIMES`, else those from 400 days before the day to 800 after it."""
    found = Times()
    stated = {_key(series.begin): series.begin}
    for line in series.part.all("RRULE"):
        rule = rule_in(line.value)
        if rule is None:
            found.not_followed.append(line.value)
            continue
        try:
            for time in _by_rule(rule, series, clock, budget, found):
                stated[_key(time)] = time
        except Spent:
            found.not_followed.append(line.value)
    for time in _dates(series.part.all("RDATE"), found):
        stated[_key(time)] = time
    gone = _Gone([*_dates(series.part.all("EXDATE"), found), *series.changed, *_excepted(series, clock, budget, found)], clock)
    for begin, own in _periods(series.part, found):
        stated.pop(_key(begin), None)
        found.periods += [] if gone.has(begin) else [own]
    found.times = [stated[key] for key in sorted(stated) if not gone.has(stated[key])]
    return found


def _excepted(series: Series, clock: Clock, budget: Budget, found: Times) -> list[Stated]:
    """The times that the exception rules take out (EXRULE, of RFC 2445; old programs still write it)."""
    gone: list[Stated] = []
    for line in series.part.all("EXRULE"):
        rule = rule_in(line.value)
        try:
            gone += _by_rule(rule, series, clock, budget, Times()) if rule else []
        except Spent:
            rule = None
        found.not_followed += [] if rule else [line.value]
    return gone


def _periods(part: Component, found: Times) -> list[tuple[Stated, Component]]:
    """The RDATEs that are periods (RFC 5545, 3.3.9): when each begins, and the entry with this begin and end alone."""
    periods: list[tuple[Stated, Component]] = []
    for line in part.all("RDATE"):
        parameters = {name: value for name, value in line.parameters.items() if name == "TZID"}
        tzid = parameters.get("TZID", "")
        for text in line.value.split(",")[: _MOST_DATES - len(periods)]:
            begin, slash, end = text.strip().partition("/")
            stated, is_time = stated_in(begin, tzid), stated_in(end, tzid) is not None
            if slash and stated and (is_time or duration_in(end)):
                own = Component(part.name)
                own.lines = [one for one in part.lines if one.name not in _OF_A_TIME]
                own.lines += [Line("DTSTART", parameters, begin), Line("DTEND" if is_time else "DURATION", parameters, end)]
                periods.append((stated, own))
            elif slash:
                found.not_followed.append(text)
    return periods


def _by_rule(rule: Rule, series: Series, clock: Clock, budget: Budget, found: Times) -> list[Stated]:
    """The times of one rule; `found.goes_on_after` is set when there are later ones."""
    begin, day = series.begin, series.around.day
    until = _Until(rule.until, begin, clock)
    ends = bool(rule.count or rule.until)
    far = max(day, begin.local.date()) + AHEAD
    last = min(until.latest or date.max, far + _LONGEST if ends else far)
    times: list[Stated] = []
    for on in days(rule, begin.local.date(), last, budget):
        time = msgspec.structs.replace(begin, local=datetime.combine(on, begin.local.time()))
        if not until.allows(time) or (on > far and len(times) > MOST_TIMES):
            break
        budget.spend()
        times.append(time)
    if ends and len(times) <= MOST_TIMES:
        return times
    near = [time for time in times if day - BACK <= time.local.date() <= day + AHEAD][:MOST_TIMES] or times[:1]
    if len(times) > 1 and (not ends or near[-1] is not times[-1]):
        found.goes_on_after = near[-1].local.date().isoformat()
    return near


class _Until:
    """The end of a rule: a day, a local time or a time in UTC; a broken one ends it at once, since nothing else is sure."""

    def __init__(self, text: str, begin: Stated, clock: Clock) -> None:
        self._clock = clock
        self._end = stated_in(text, begin.tzid) if text else None
        self._broken = bool(text) and self._end is None
        self._begin = begin
        self.latest: date | None = self._end.local.date() + _MARGIN if self._end and self._end.local.year < 9999 else None

    def allows(self, time: Stated) -> bool:
        """Whether *time* is not after the end."""
        if self._end is None:
            return not self._broken or time == self._begin
        if self._end.is_day or time.is_day:
            return time.local.date() <= self._end.local.date()
        here, end = self._clock.moment(time), self._clock.moment(self._end)
        if isinstance(here, Instant) and isinstance(end, Instant):
            return here.at <= end.at
        return time.local <= self._end.local


def _dates(lines: list[Line], found: Times) -> list[Stated]:
    """The single dates that *lines* list; those with an end of their own are `_periods`."""
    times = []
    for line in lines:
        for text in line.value.split(",")[:_MOST_DATES]:
            stated = stated_in(text, line.parameters.get("TZID", ""))
            if stated is None and "/" in text:
                continue
            if stated is None:
                found.not_followed.append(text)
            else:
                times.append(stated)
    return times[:_MOST_DATES]


class _Gone:
    """Times that are taken out: on their day, at their instant or at their local time."""

    def __init__(self, gone: list[Stated], clock: Clock) -> None:
        self._clock = clock
        self._days = {time.local.date() for time in gone if time.is_day}
        moments = [clock.moment(time) for time in gone if not time.is_day]
        self._instants = {moment.at for moment in moments if isinstance(moment, Instant)}
        self._locals = {time.local for time in gone if not time.is_day and not time.is_utc and not time.tzid}

    def has(self, time: Stated) -> bool:
        """Whether *time* is taken out."""
        moment = self._clock.moment(time)
        if time.local.date() in self._days or (isinstance(moment, Instant) and moment.at in self._instants):
            return True
        return time.local in self._locals


def _key(time: Stated) -> tuple[datetime, bool, bool, str]:
    return time.local, time.is_day, time.is_utc, time.tzid
