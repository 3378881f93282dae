from datetime import date, datetime, timedelta

import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from gifthorse.brief.itinerary.recurrences import Budget, Spent, days, rule_in
from tests.brief.itinerary.cases import repeating

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NTH = [f"{which}{day}" for which in (1, 2, -1, -2, 5) for day in WEEKDAYS]


@st.composite
def rules(draw):
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    if draw(st.booleans()):
        # the other program drops plain weekdays beside numbered ones, so they are not mixed here
        choice = NTH if frequency in {"MONTHLY", "YEARLY"} and draw(st.booleans()) else list(WEEKDAYS)
        parts.append("BYDAY=" + ",".join(draw(st.lists(st.sampled_from(choice), min_size=1, max_size=3, unique=True))))
    elif frequency != "WEEKLY" and draw(st.booleans()):
        numbers = st.integers(1, 31) | st.integers(-31, -1)
        parts.append("BYMONTHDAY=" + ",".join(map(str, draw(st.lists(numbers, min_size=1, max_size=3, unique=True)))))
    if draw(st.booleans()):
        parts.append("BYMONTH=" + ",".join(map(str, draw(st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True)))))
    # by weeks the other program counts positions from the first day on, not in the whole week
    if len(parts) > 2 and frequency in {"MONTHLY", "YEARLY"} and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1]))}")
    parts.append(f"WKST={draw(st.sampled_from(['MO', 'SU']))}")
    return ";".join(parts)


@settings(max_examples=150, deadline=None)
@given(rules(), st.dates(date(2015, 1, 1), date(2030, 12, 31)))
def test_a_rule_gives_the_days_that_another_program_gives(text, first):
    last = first + timedelta(days=1500)
    rule = rule_in(text)
    assert rule is not None
    ours = list(days(rule, first, last, Budget()))
    start = datetime(first.year, first.month, first.day)
    end = datetime(last.year, last.month, last.day)
    theirs = [moment.date() for moment in rrulestr(text, dtstart=start).between(start, end, inc=True)]
    assert ours[0] == first  # the first day is one whatever the rule says (RFC 5545, 3.8.5.3); theirs leaves it out
    assert ours[1:] == [day for day in theirs if day != first]


@pytest.mark.parametrize(
    "case", [case for case in repeating.cases() if case.name.startswith(("rule-", "without", "extra"))], ids=lambda case: case.name
)
def test_repeating_entries_come_when_another_program_says(case):
    events = recurring_ical_events.of(Calendar.from_ical(case.content)).between(date(2023, 1, 1), date(2029, 1, 1))
    theirs = sorted(event["DTSTART"].dt.timestamp() for event in events)
    assert theirs == sorted(leg.fields["departs"].instant.timestamp() for leg in case.legs)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY;COUNT=2",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;BYYEARDAY=100",
        "FREQ=DAILY;BYHOUR=9",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=-4",
        "FREQ=MONTHLY;BYMONTHDAY=99",
        "INTERVAL=2",
        "",
        "FREQ=DAILY;INTERVAL=²",
    ],
)
def test_a_rule_that_is_not_followed_is_no_rule(text):
    assert rule_in(text) is None


@pytest.mark.parametrize(
    "text", ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"]
)
def test_a_rule_that_never_matches_ends(text):
    budget = Budget(50_000)
    with pytest.raises(Spent):
        list(days(rule_in(text), date(2020, 1, 1), date.max, budget))
    assert budget.left < 0


def test_the_last_days_of_the_calendar_are_no_error():
    for text in ("FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY;BYDAY=-1FR"):
        assert list(days(rule_in(text), date(9999, 12, 30), date.max, Budget()))[:1] == [date(9999, 12, 30)]
