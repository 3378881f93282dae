"""Clocks: by when somebody answers, when a stand-in is called, when a reminder goes out, and when it may ring.

Moments are UTC and aware; hours are hours of real time. Days and quiet hours are those of the zone passed in.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from gifthorse.model.moments import as_utc
from gifthorse.model.reports import ReportKind, ReportState

REMINDER_DAYS: Final = (1, 3, 7)  # after a debrief was asked for
CHECK_IN_AFTER_DAYS: Final = 30
REMINDER_HOUR: Final = 9


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """How soon somebody answers. `around_the_clock` runs through nights and days off; the stand-in is called at half of the time."""

    hours: int
    around_the_clock: bool

    @property
    def stand_in_after(self) -> timedelta:
        """Half of the time: a stand-in needs the other half to answer."""
        return timedelta(hours=self.hours) / 2


WITHIN_THE_HOUR: Final = Clock(hours=1, around_the_clock=True)
WITHIN_FOUR_HOURS: Final = Clock(hours=4, around_the_clock=True)
WITHIN_A_DAY: Final = Clock(hours=24, around_the_clock=False)


class Standing(StrEnum):
    """How a report stands against its clock."""

    ANSWERED = "answered"
    WAITING = "waiting"
    STAND_IN = "stand-in"  # call the stand-in now
    OVERDUE = "overdue"


class WorkingDays(msgspec.Struct, frozen=True, kw_only=True):
    """The desk's days: its zone, its days off in the week (Monday is 0) and its holidays."""

    zone: ZoneInfo
    days_off: frozenset[int] = frozenset({5, 6})
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.days_off >= set(range(7)):
            raise ValueError("a desk that never works answers nobody: leave at least one day of the week")

    def works(self, day: date) -> bool:
        """Whether the desk works on *day*."""
        return day.weekday() not in self.days_off and day not in self.holidays


class QuietHours(msgspec.Struct, frozen=True, kw_only=True):
    """The hours in which nothing rings, in the person's own zone; they may run over midnight. Equal ends: never quiet."""

    zone: ZoneInfo
    begins: time = time(21)
    ends: time = time(7)

    def covers(self, moment: datetime) -> bool:
        """Whether *moment* falls into the quiet hours."""
        here = moment.astimezone(self.zone).time()
        over_midnight = self.begins > self.ends
        return (here >= self.begins or here < self.ends) if over_midnight else self.begins <= here < self.ends


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A report and its clock, without its content. `id` is opaque; `first_answer_at` is None while nobody has answered."""

    id: str
    kind: ReportKind
    state: ReportState
    received_at: datetime
    urgent: bool = False
    first_answer_at: datetime | None = None


def clock_of(kind: ReportKind, *, urgent: bool) -> Clock:
    """The clock of a report: an hour for pressure, four for what is urgent (a lost device, a password asked), else a day."""
    if kind is ReportKind.PRESSURE:
        return WITHIN_THE_HOUR
    return WITHIN_FOUR_HOURS if urgent else WITHIN_A_DAY


def due_at(received_at: datetime, clock: Clock, days: WorkingDays) -> datetime:
    """The moment by which somebody has answered; a clock that keeps working days stands still on the desk's days off."""
    received = as_utc(received_at)
    if clock.around_the_clock:
        return received + timedelta(hours=clock.hours)
    return _add_working(received, timedelta(hours=clock.hours), days)


def standing(report: Waiting, now: datetime, days: WorkingDays) -> Standing:
    """How *report* stands at *now*."""
    if report.first_answer_at is not None:
        return Standing.ANSWERED
    clock = clock_of(report.kind, urgent=report.urgent)
    if as_utc(now) >= due_at(report.received_at, clock, days):
        return Standing.OVERDUE
    called = clock.around_the_clock and as_utc(now) >= as_utc(report.received_at) + clock.stand_in_after
    return Standing.STAND_IN if called else Standing.WAITING


def thanks_owed(reports: Iterable[Waiting], days: WorkingDays) -> tuple[Waiting, ...]:
    """The reports that nobody has answered yet, the one due first in front; a one-tap “nothing to report” is thanked by the form itself."""
    owed = [report for report in reports if report.first_answer_at is None and report.state is not ReportState.CLOSED]
    return tuple(
        sorted(owed, key=lambda report: (due_at(report.received_at, clock_of(report.kind, urgent=report.urgent), days), report.id))
    )


def rings_at(moment: datetime, quiet: QuietHours, *, urgent: bool = False) -> datetime:
    """When a notification that is ready at *moment* goes out: at once outside quiet hours or when urgent, else when they end."""
    ready = as_utc(moment)
    if urgent or not quiet.covers(ready):
        return ready
    here = ready.astimezone(quiet.zone)
    day = here.date() if here.time() < quiet.ends else here.date() + timedelta(days=1)
    return datetime.combine(day, quiet.ends, tzinfo=quiet.zone).astimezone(UTC)


def debrief_reminders(returned_at: datetime, quiet: QuietHours) -> tuple[datetime, ...]:
    """When a debrief is asked for (on return, or when the quiet hours after it end) and reminded of: 1, 3 and 7 mornings after that."""
    asked = rings_at(returned_at, quiet)
    first = asked.astimezone(quiet.zone).date()
    return (asked, *(_morning(first + timedelta(days=days), quiet) for days in REMINDER_DAYS))


def check_in_at(returned_on: date, quiet: QuietHours) -> datetime:
    """When the question of the thirtieth day goes out."""
    return _morning(returned_on + timedelta(days=CHECK_IN_AFTER_DAYS), quiet)


def _morning(day: date, quiet: QuietHours) -> datetime:
    return rings_at(datetime.combine(day, time(REMINDER_HOUR), tzinfo=quiet.zone).astimezone(UTC), quiet)


def _add_working(received: datetime, left: timedelta, days: WorkingDays) -> datetime:
    """*received* plus *left* of real time, not counting the desk's days off: day by day, since a day may have 23 or 25 hours."""
    moment = received
    while True:
        today = moment.astimezone(days.zone).date()
        tomorrow = datetime.combine(today + timedelta(days=1), time(), tzinfo=days.zone).astimezone(UTC)
        if not days.works(today):
            moment = tomorrow
            continue
        if moment + left < tomorrow:
            return moment + left
        left -= tomorrow - moment
        moment = tomorrow
