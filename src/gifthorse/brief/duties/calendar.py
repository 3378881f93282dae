"""Deadlines: from a moment and a rule to the moment at which something is due, by the clock of the place where it is due."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from gifthorse.brief.duties.events import DutyFacts
from gifthorse.model.errors import NotAccepted
from gifthorse.model.moments import as_utc
from gifthorse.model.words import N_

SATURDAY_AND_SUNDAY: Final = frozenset({5, 6})
_LAST_MINUTE: Final = time(23, 59)
_LONGEST_RUN_OF_HOLIDAYS: Final = 60


class OfficeDays(msgspec.Struct, frozen=True, kw_only=True):
    """When the office works: its holidays, and its weekend as numbers of days (Monday is 0)."""

    holidays: frozenset[date] = frozenset()
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY

    def is_open(self, day: date) -> bool:
        """Whether *day* is a business day."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def after(self, day: date, count: int) -> date:
        """The *count*-th business day after *day*; *day* itself is never counted."""
        for _ in range(count):
            day = self._next(day, timedelta(days=1))
        return day

    def on_or_before(self, day: date) -> date:
        """*day*, or the last business day before it."""
        return day if self.is_open(day) else self._next(day, timedelta(days=-1))

    def _next(self, day: date, step: timedelta) -> date:
        for _ in range(_LONGEST_RUN_OF_HOLIDAYS):
            day += step
            if self.is_open(day):
                return day
        raise NotAccepted(
            N_("The calendar has no business day within two months. Please correct its holidays and weekend."), field="holidays"
        )


class DeadlineKind(StrEnum):
    """From what a deadline is counted."""

    DAYS_BEFORE_DEPARTURE = "days-before-departure"
    BUSINESS_DAYS_AFTER_RETURN = "business-days-after-return"
    HOURS_AFTER_RETURN = "hours-after-return"
    DAYS_AFTER_RETURN = "days-after-return"
    BUSINESS_DAYS_AFTER_EVENT = "business-days-after-event"
    DAYS_AFTER_EVENT = "days-after-event"
    SAME_DAY = "same-day"
    IMMEDIATELY = "immediately"
    INTERVAL_DAYS = "interval-days"
    ANY_TIME = "any-time"


class Deadline(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By when: *kind* and, where it counts something, *count*."""

    kind: DeadlineKind
    count: int = 0


_NEEDS: Final = {
    DeadlineKind.DAYS_BEFORE_DEPARTURE: "departs",
    DeadlineKind.BUSINESS_DAYS_AFTER_RETURN: "returns",
    DeadlineKind.HOURS_AFTER_RETURN: "returns",
    DeadlineKind.DAYS_AFTER_RETURN: "returns",
    DeadlineKind.BUSINESS_DAYS_AFTER_EVENT: "happened",
    DeadlineKind.DAYS_AFTER_EVENT: "happened",
    DeadlineKind.SAME_DAY: "happened",
    DeadlineKind.IMMEDIATELY: "happened",
}


def due_at(deadline: Deadline, facts: DutyFacts, office: OfficeDays) -> datetime | None:
    """The moment (UTC) at which *deadline* ends; None when it has no end or the moment it counts from isn't known.

    Days end at 23:59 by the clock at home; "the same day" by the clock of the place where it happened. A deadline before the
    departure that falls on a day when the office is closed moves to the business day before, since somebody must be there to read it.
    """
    start = _start(deadline, facts)
    if start is None:
        return None
    if deadline.kind is DeadlineKind.IMMEDIATELY:
        return as_utc(start)
    if deadline.kind is DeadlineKind.HOURS_AFTER_RETURN:
        return as_utc(start) + timedelta(hours=deadline.count)
    home = zone(facts.home_zone)
    if deadline.kind is DeadlineKind.SAME_DAY:
        there = zone(facts.event_zone) if facts.event_zone else home
        return end_of_day(as_utc(start).astimezone(there).date(), there)
    return end_of_day(_due_day(deadline, as_utc(start).astimezone(home).date(), office), home)


def end_of_day(day: date, where: ZoneInfo) -> datetime:
    """The last minute of *day* by the clock of *where*, in UTC."""
    return datetime.combine(day, _LAST_MINUTE, where).astimezone(UTC)


def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name; raises NotAccepted for one that doesn't exist."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise NotAccepted(N_("This time zone is not known. Please choose one from the list."), field="zone") from error


def _start(deadline: Deadline, facts: DutyFacts) -> datetime | None:
    if deadline.kind is DeadlineKind.INTERVAL_DAYS:
        return facts.told_last or facts.returns
    if deadline.kind is DeadlineKind.ANY_TIME:
        return None
    moment = getattr(facts, _NEEDS[deadline.kind])
    assert moment is None or isinstance(moment, datetime)
    return moment


def _due_day(deadline: Deadline, day: date, office: OfficeDays) -> date:
    count = deadline.count
    match deadline.kind:
        case DeadlineKind.DAYS_BEFORE_DEPARTURE:
            return office.on_or_before(day - timedelta(days=count))
        case DeadlineKind.INTERVAL_DAYS:
            return office.on_or_before(day + timedelta(days=count))
        case DeadlineKind.BUSINESS_DAYS_AFTER_RETURN | DeadlineKind.BUSINESS_DAYS_AFTER_EVENT:
            return office.after(day, count)
        case _:
            return day + timedelta(days=count)
