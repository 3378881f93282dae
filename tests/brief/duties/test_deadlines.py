"""When something is due: over weekends, holidays, the change of clocks and time zones."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.brief.duties.calendar import Deadline, DeadlineKind, OfficeDays, due_at
from gifthorse.brief.duties.events import DutyFacts, EventType
from gifthorse.model.errors import NotAccepted

LISBON, AUCKLAND, ST_JOHNS = "Europe/Lisbon", "Pacific/Auckland", "America/St_Johns"
FIVE_AFTER_RETURN = Deadline(kind=DeadlineKind.BUSINESS_DAYS_AFTER_RETURN, count=5)
OFFICE = OfficeDays()
DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))


def facts(**given_facts) -> DutyFacts:
    return DutyFacts(event=EventType.TRIP_DEBRIEF, **{"home_zone": LISBON, **given_facts})


def local(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("returned", "due"),
    [
        ((2026, 11, 30, 9), (2026, 12, 7, 23, 59)),  # Monday: the next Monday
        ((2026, 12, 4, 23, 30), (2026, 12, 11, 23, 59)),  # late on Friday: the next Friday
        ((2026, 12, 5, 12), (2026, 12, 11, 23, 59)),  # Saturday counts as no day
        ((2026, 12, 6, 12), (2026, 12, 11, 23, 59)),
    ],
    ids=["monday", "friday night", "saturday", "sunday"],
)
def test_five_business_days_skip_the_weekend(returned, due):
    assert due_at(FIVE_AFTER_RETURN, facts(returns=local(LISBON, *returned)), OFFICE) == local(LISBON, *due)


def test_holidays_are_skipped_too():
    office = OfficeDays(holidays=frozenset({date(2026, 12, 1), date(2026, 12, 8)}))
    due = due_at(FIVE_AFTER_RETURN, facts(returns=local(LISBON, 2026, 11, 30, 9)), office)
    assert due == local(LISBON, 2026, 12, 9, 23, 59)


def test_another_weekend_can_be_set():
    office = OfficeDays(weekend=frozenset({4, 5}))
    due = due_at(FIVE_AFTER_RETURN, facts(returns=local(LISBON, 2026, 11, 30, 9)), office)
    assert due == local(LISBON, 2026, 12, 7, 23, 59)
    assert due_at(FIVE_AFTER_RETURN, facts(returns=local(LISBON, 2026, 12, 2, 9)), office) == local(LISBON, 2026, 12, 9, 23, 59)


def test_the_day_of_return_is_that_of_the_clock_at_home():
    # 11:30 on 30 November in UTC is already 1 December in Auckland.
    landed = datetime(2026, 11, 30, 11, 30, tzinfo=UTC)
    in_auckland = due_at(FIVE_AFTER_RETURN, facts(returns=landed, home_zone=AUCKLAND), OFFICE)
    in_st_johns = due_at(FIVE_AFTER_RETURN, facts(returns=landed, home_zone=ST_JOHNS), OFFICE)
    assert in_auckland == local(AUCKLAND, 2026, 12, 8, 23, 59)
    assert in_st_johns == local(ST_JOHNS, 2026, 12, 7, 23, 59)


@pytest.mark.parametrize(
    ("returned", "utc_hour"),
    [((2026, 3, 20, 9), 23), ((2026, 3, 23, 9), 22), ((2026, 10, 16, 9), 22), ((2026, 10, 19, 9), 23)],
    ids=["to the Friday before summer time", "over the start of summer time", "to the Friday before winter time", "over its end"],
)
def test_a_day_ends_at_home_also_when_the_clocks_change(returned, utc_hour):
    due = due_at(FIVE_AFTER_RETURN, facts(returns=local(LISBON, *returned)), OFFICE)
    assert due.astimezone(ZoneInfo(LISBON)).time().isoformat() == "23:59:00"
    assert (due.utcoffset(), due.hour) == (timedelta(0), utc_hour)


def test_seventy_two_hours_are_hours_also_when_the_clocks_change():
    back = local(LISBON, 2026, 10, 24, 20)
    due = due_at(Deadline(kind=DeadlineKind.HOURS_AFTER_RETURN, count=72), facts(returns=back), OFFICE)
    assert due - back.astimezone(UTC) == timedelta(hours=72)
    assert due == local(LISBON, 2026, 10, 27, 19)  # the clock shows an hour less


def test_before_departure_moves_to_the_business_day_before_a_closed_one():
    fourteen = Deadline(kind=DeadlineKind.DAYS_BEFORE_DEPARTURE, count=14)
    assert due_at(fourteen, facts(departs=local(LISBON, 2026, 12, 20, 6)), OFFICE) == local(LISBON, 2026, 12, 4, 23, 59)
    assert due_at(fourteen, facts(departs=local(LISBON, 2026, 12, 22, 6)), OFFICE) == local(LISBON, 2026, 12, 8, 23, 59)


def test_the_same_day_ends_where_it_happened():
    taken = datetime(2026, 12, 1, 11, 30, tzinfo=UTC)
    same_day = Deadline(kind=DeadlineKind.SAME_DAY)
    assert due_at(same_day, facts(happened=taken, event_zone=AUCKLAND), OFFICE) == local(AUCKLAND, 2026, 12, 2, 23, 59)
    assert due_at(same_day, facts(happened=taken), OFFICE) == local(LISBON, 2026, 12, 1, 23, 59)


def test_immediately_is_the_moment_itself():
    moment = local(ST_JOHNS, 2026, 12, 1, 22)
    assert due_at(Deadline(kind=DeadlineKind.IMMEDIATELY), facts(happened=moment), OFFICE) == moment


def test_the_bulk_interval_counts_from_the_last_upload_and_never_exceeds_its_days():
    thirty = Deadline(kind=DeadlineKind.INTERVAL_DAYS, count=30)
    due = due_at(thirty, facts(told_last=local(LISBON, 2026, 11, 5, 9), returns=local(LISBON, 2026, 11, 20, 9)), OFFICE)
    assert due == local(LISBON, 2026, 12, 4, 23, 59)  # 5 December is a Saturday
    assert due_at(thirty, facts(returns=local(LISBON, 2026, 11, 20, 9)), OFFICE) == local(LISBON, 2026, 12, 18, 23, 59)


@pytest.mark.parametrize("kind", [kind for kind in DeadlineKind if kind is not DeadlineKind.ANY_TIME], ids=str)
def test_what_counts_from_an_unknown_moment_has_no_date(kind):
    assert due_at(Deadline(kind=kind, count=3), facts(), OFFICE) is None


def test_any_time_has_no_date():
    assert due_at(Deadline(kind=DeadlineKind.ANY_TIME), facts(happened=local(LISBON, 2026, 1, 1)), OFFICE) is None


def test_a_moment_without_a_zone_and_a_zone_that_is_none_are_refused():
    with pytest.raises(NotAccepted):
        due_at(FIVE_AFTER_RETURN, facts(returns=datetime(2026, 12, 1)), OFFICE)
    for name in ("Mars/Crater", "", "../etc"):
        with pytest.raises(NotAccepted):
            due_at(FIVE_AFTER_RETURN, facts(returns=local(LISBON, 2026, 12, 1), home_zone=name), OFFICE)


def test_a_calendar_without_business_days_is_refused_and_does_not_hang():
    with pytest.raises(NotAccepted, match="no business day"):
        OfficeDays(weekend=frozenset(range(7))).after(date(2026, 12, 1), 5)


@settings(deadline=None)
@given(DAYS, st.integers(1, 30), st.frozensets(DAYS, max_size=30))
def test_between_a_day_and_its_nth_business_day_lie_exactly_n_open_days(day, count, holidays):
    office = OfficeDays(holidays=holidays)
    due = office.after(day, count)
    passed = [day + timedelta(days=number) for number in range(1, (due - day).days + 1)]
    assert sum(office.is_open(one) for one in passed) == count
    assert office.is_open(due)


@settings(deadline=None)
@given(DAYS, st.frozensets(DAYS, max_size=30))
def test_moving_back_never_moves_forward(day, holidays):
    office = OfficeDays(holidays=holidays)
    moved = office.on_or_before(day)
    assert moved <= day
    assert office.is_open(moved)
    assert (moved == day) == office.is_open(day)
