"""The two years of the fictional organisation are lived through the same procedures as everybody's, in the order of time."""

from datetime import UTC, datetime, timedelta

import pytest

from gifthorse.demonstration.told import stories
from gifthorse.demonstration.years import live
from gifthorse.model.reports import ReportKind
from gifthorse.procedures.acting import now
from gifthorse.report.answers import Allowed, checked
from gifthorse.report.interview import interview_of
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.report import Report
from gifthorse.store.tables.trip import Traveller, Trip
from gifthorse.store.verify import verify

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 28, 9, tzinfo=UTC)


@pytest.fixture
def lived(actors) -> int:
    return live(TODAY, officers=(actors["officer"],), admin=actors["admin"], people=14, trips=12, reports=10)


def test_a_desk_in_use_is_left_with_trips_reports_and_debriefs(lived):
    assert lived > 60
    assert Person.objects.count() >= 14
    assert Trip.objects.filter(state="approved").exists()
    assert Traveller.objects.filter(debriefed_at__isnull=False).exists()
    assert Report.objects.exclude(kind=ReportKind.DEBRIEF.value).filter(answered_at__isnull=False).exists()


def test_nothing_happens_in_the_future_or_before_the_two_years(lived):
    moments = list(Report.objects.values_list("created_at", flat=True)) + list(Trip.objects.values_list("created_at", flat=True))
    assert max(moments) < TODAY
    assert min(moments) >= TODAY - timedelta(days=730)


def test_every_record_is_known_to_the_ledger_in_order(lived):
    assert verify().damages == ()
    moments = list(LedgerEntry.objects.filter(at__lt=TODAY).order_by("position").values_list("at", flat=True))
    assert moments == sorted(moments)


def test_the_clock_is_the_real_one_again_afterwards(lived):
    assert abs((now() - datetime.now(UTC)).total_seconds()) < 60


def test_every_story_answers_questions_that_are_asked():
    allowed = Allowed(today=TODAY.date())
    for row in stories().ordinary:
        checked(interview_of(row.kind), {**row.answers, "words": row.words[0]}, allowed)
    for known in stories().acquaintances:
        for step in known.steps:
            checked(interview_of(step.kind), {**step.answers, "contact": known.contact(0), "words": step.words}, allowed)
