from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.model.errors import NotAccepted
from gifthorse.model.reports import ReportKind, ReportState
from gifthorse.report.answering import (
    QuietHours,
    Standing,
    Waiting,
    WorkingDays,
    check_in_at,
    clock_of,
    debrief_reminders,
    due_at,
    rings_at,
    standing,
    thanks_owed,
)

BERLIN = ZoneInfo("Europe/Berlin")
DESK = WorkingDays(zone=BERLIN, holidays=frozenset({date(2026, 12, 25)}))
ZONES = [
    ZoneInfo(name)
    for name in ("Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca", "UTC")
]
FRIDAY = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)  # 15:30 in Berlin
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))
times = st.times().map(lambda one: one.replace(second=0, microsecond=0))


def local(*parts: int, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime(*parts, tzinfo=zone).astimezone(UTC)


def waiting(kind: ReportKind = ReportKind.GIFT, **changes: object) -> Waiting:
    return Waiting(**{"id": "report-1", "kind": kind, "state": ReportState.NEW, "received_at": FRIDAY, **changes})


def test_each_report_has_its_hours() -> None:
    assert clock_of(ReportKind.PRESSURE, urgent=False).hours == 1
    assert clock_of(ReportKind.PRESSURE, urgent=True).hours == 1
    assert clock_of(ReportKind.DEVICE_OUT_OF_SIGHT, urgent=True).hours == 4
    assert {clock_of(kind, urgent=False).hours for kind in ReportKind if kind is not ReportKind.PRESSURE} == {24}


def test_pressure_does_not_wait_for_monday() -> None:
    saturday_night = local(2026, 11, 21, 23, 30)
    assert due_at(saturday_night, clock_of(ReportKind.PRESSURE, urgent=False), DESK) == saturday_night + timedelta(hours=1)


def test_an_ordinary_answer_due_over_a_weekend_is_due_on_monday() -> None:
    assert due_at(FRIDAY, clock_of(ReportKind.GIFT, urgent=False), DESK) == local(2026, 11, 23, 15, 30)


def test_what_came_in_on_a_day_off_counts_from_the_next_working_day() -> None:
    assert due_at(local(2026, 11, 21, 12, 0), clock_of(ReportKind.GIFT, urgent=False), DESK) == local(2026, 11, 24, 0, 0)


def test_a_holiday_is_a_day_off() -> None:
    assert due_at(local(2026, 12, 24, 15, 0), clock_of(ReportKind.GIFT, urgent=False), DESK) == local(2026, 12, 28, 15, 0)


def test_twenty_four_hours_are_real_hours_when_the_clocks_change() -> None:
    every_day = WorkingDays(zone=BERLIN, days_off=frozenset())
    before_the_change = local(2026, 10, 24, 12, 0)
    assert due_at(before_the_change, clock_of(ReportKind.GIFT, urgent=False), every_day) == before_the_change + timedelta(hours=24)


def test_a_desk_that_never_works_is_refused() -> None:
    with pytest.raises(ValueError, match="never works"):
        WorkingDays(zone=BERLIN, days_off=frozenset(range(7)))


@settings(deadline=None)
@given(received=moments, zone=st.sampled_from(ZONES), off=st.frozensets(st.integers(0, 6), max_size=6))
def test_an_answer_is_due_a_day_later_at_the_earliest_and_on_a_working_day(received: datetime, zone: ZoneInfo, off: frozenset[int]) -> None:
    days = WorkingDays(zone=zone, days_off=off)
    due = due_at(received, clock_of(ReportKind.GIFT, urgent=False), days)
    assert due >= received + timedelta(hours=24)
    assert days.works(due.astimezone(zone).date())


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, Standing.WAITING), (29, Standing.WAITING), (30, Standing.STAND_IN), (59, Standing.STAND_IN), (60, Standing.OVERDUE)],
)
def test_the_stand_in_is_called_while_there_is_time_to_answer(minutes: int, expected: Standing) -> None:
    assert standing(waiting(ReportKind.PRESSURE), FRIDAY + timedelta(minutes=minutes), DESK) is expected


def test_an_ordinary_report_calls_nobody_at_night() -> None:
    assert standing(waiting(), FRIDAY + timedelta(hours=20), DESK) is Standing.WAITING
    assert standing(waiting(), local(2026, 11, 23, 15, 30), DESK) is Standing.OVERDUE


def test_an_answered_report_owes_nothing() -> None:
    answered = waiting(first_answer_at=FRIDAY)
    assert standing(answered, FRIDAY + timedelta(days=90), DESK) is Standing.ANSWERED
    assert thanks_owed([answered, waiting(state=ReportState.CLOSED)], DESK) == ()


def test_the_most_pressing_answer_stands_first() -> None:
    gift, lost, pressed = (
        waiting(id="a"),
        waiting(ReportKind.DEVICE_OUT_OF_SIGHT, id="b", urgent=True),
        waiting(ReportKind.PRESSURE, id="c"),
    )
    assert [report.id for report in thanks_owed([gift, lost, pressed], DESK)] == ["c", "b", "a"]


def test_nothing_rings_at_night_but_what_is_urgent() -> None:
    quiet = QuietHours(zone=ZoneInfo("Asia/Tokyo"))
    night = local(2026, 11, 22, 23, 0, zone=quiet.zone)
    assert rings_at(night, quiet) == local(2026, 11, 23, 7, 0, zone=quiet.zone)
    assert rings_at(night, quiet, urgent=True) == night
    assert rings_at(local(2026, 11, 22, 3, 0, zone=quiet.zone), quiet) == local(2026, 11, 22, 7, 0, zone=quiet.zone)


@settings(deadline=None)
@given(moment=moments, zone=st.sampled_from(ZONES), begins=times, ends=times)
def test_what_rings_rings_later_never_earlier_and_outside_quiet_hours(moment: datetime, zone: ZoneInfo, begins: time, ends: time) -> None:
    quiet = QuietHours(zone=zone, begins=begins, ends=ends)
    rings = rings_at(moment, quiet)
    assert moment <= rings <= moment + timedelta(hours=26)
    here = rings.astimezone(zone)
    # where a clock change skips the end of the quiet hours, it rings when that hour would have been
    assert (
        not quiet.covers(rings)
        or here.utcoffset() != (here - timedelta(hours=3)).utcoffset()
        or here.utcoffset() != (here + timedelta(hours=3)).utcoffset()
    )


def test_a_debrief_is_asked_for_on_return_and_reminded_of_three_times() -> None:
    quiet = QuietHours(zone=BERLIN)
    asked, *reminded = debrief_reminders(local(2026, 11, 20, 18, 0), quiet)
    assert asked == local(2026, 11, 20, 18, 0)
    assert reminded == [local(2026, 11, day, 9, 0) for day in (21, 23, 27)]


def test_who_lands_at_night_is_asked_in_the_morning() -> None:
    asked, first, *_ = debrief_reminders(local(2026, 11, 20, 23, 30), QuietHours(zone=BERLIN))
    assert (asked, first) == (local(2026, 11, 21, 7, 0), local(2026, 11, 22, 9, 0))


def test_the_question_of_the_thirtieth_day_comes_in_the_morning_of_that_day() -> None:
    assert check_in_at(date(2026, 11, 20), QuietHours(zone=BERLIN)) == local(2026, 12, 20, 9, 0)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(NotAccepted):
        due_at(datetime(2026, 11, 20, 12), clock_of(ReportKind.GIFT, urgent=False), DESK)
