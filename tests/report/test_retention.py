import json
from datetime import date
from importlib.resources import files

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.model.reports import ReportKind, ReportOutcome
from gifthorse.report.retention import due, keeping, message_ids, months_later, packaged_schedule, read_schedule

CLOSED = date(2026, 8, 31)
BODY = (files("gifthorse.report") / "data" / "retention.json").read_bytes()


@pytest.mark.parametrize(
    ("kind", "outcome", "months"),
    [
        (ReportKind.GIFT, ReportOutcome.BENIGN, 12),
        (ReportKind.APPROACH, ReportOutcome.WATCH, 24),
        (ReportKind.APPROACH, ReportOutcome.TALK, 24),
        (ReportKind.APPROACH, ReportOutcome.ACT, 60),
        (ReportKind.DEBRIEF, ReportOutcome.NOTHING_TO_REPORT, 12),
        (ReportKind.PRESSURE, ReportOutcome.ACT, 24),
        (ReportKind.IS_THIS_ODD, ReportOutcome.BENIGN, 6),
        (ReportKind.COLLEAGUE_CONCERN, ReportOutcome.SENT_BACK, 6),
    ],
)
def test_each_kind_and_outcome_has_its_months(kind: ReportKind, outcome: ReportOutcome, months: int) -> None:
    assert keeping(kind, outcome).months == months
    assert due(kind, outcome, CLOSED) == months_later(CLOSED, months)


def test_only_pressure_ends_when_its_reporter_says_so() -> None:
    may_end = {kind for kind in ReportKind for outcome in ReportOutcome if keeping(kind, outcome).reporter_may_end}
    assert may_end == {ReportKind.PRESSURE}


@pytest.mark.parametrize("kind", ReportKind)
@pytest.mark.parametrize("outcome", ReportOutcome)
def test_every_report_has_a_purpose_and_a_reason(kind: ReportKind, outcome: ReportOutcome) -> None:
    kept = keeping(kind, outcome)
    assert {kept.purpose, kept.reason} <= set(message_ids(packaged_schedule()))
    assert due(kind, outcome, CLOSED) > CLOSED


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
    ids=str,
)
def test_months_end_on_a_day_that_exists(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@settings(deadline=None)
@given(day=st.dates(max_value=date(2999, 1, 1)), months=st.integers(1, 200))
def test_later_is_that_many_months_later(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


@pytest.mark.parametrize("fault", ["kind", "outcome", "class", "purpose", "zero"])
def test_a_schedule_with_a_hole_is_refused(fault: str) -> None:
    body = json.loads(BODY)
    if fault == "kind":
        del body["kinds"]["gift"]
    elif fault == "outcome":
        body["rules"] = [rule for rule in body["rules"] if rule["class"] != "act"]
    elif fault == "class":
        del body["classes"]["act"]
    elif fault == "purpose":
        del body["purposes"]["care"]
    else:
        body["classes"]["act"]["months"] = 0
    with pytest.raises(msgspec.ValidationError):
        read_schedule(json.dumps(body).encode())
