"""The first figures: who tells us after trips, how soon they hear from us; nobody can be picked out of them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gifthorse.model.errors import Refused
from gifthorse.procedures import write_letter
from gifthorse.procedures.acting import as_of
from gifthorse.procedures.report_figures import report_figures
from tests.samples import reports as samples

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def trips(actors, told: int, silent: int, ended: timedelta = timedelta(days=20)) -> None:
    for number in range(told + silent):
        traveller = samples.a_trip(actors["staff"].person, ended=ended, moment=NOON)
        if number < told:
            type(traveller).objects.filter(pk=traveller.pk).update(debriefed_at=NOON)


def test_the_share_that_told_us_after_a_trip_is_shown_by_unit_and_month(actors):
    trips(actors, told=6, silent=6)
    with as_of(NOON):
        figures = report_figures(actors["officer"])
    assert [(one.people, one.reported, one.share) for one in figures.by_unit.groups] == [(12, 6, 0.5)]
    assert [one.group for one in figures.by_month.groups] == ["2026-11"]


def test_small_numbers_are_left_out(actors):
    trips(actors, told=2, silent=9)
    with as_of(NOON):
        figures = report_figures(actors["officer"])
    assert [(one.people, one.reported) for one in figures.by_unit.groups] == [(None, None)]
    assert figures.by_unit.total.people is None


def test_a_trip_of_yesterday_and_one_that_was_cancelled_do_not_count_yet(actors):
    trips(actors, told=6, silent=6)
    trips(actors, told=0, silent=6, ended=timedelta(days=1))
    cancelled = samples.a_trip(actors["staff"].person, ended=timedelta(days=20), moment=NOON)
    type(cancelled.trip).objects.filter(pk=cancelled.trip_id).update(state="cancelled")
    with as_of(NOON):
        assert report_figures(actors["officer"]).by_unit.groups[0].people == 12


def test_the_time_to_the_first_answer_is_a_median_and_needs_five(actors):
    for hours in (1, 2, 4, 30):
        answered_after(actors, hours)
    with as_of(NOON + timedelta(days=3)):
        assert report_figures(actors["officer"]).median_hours is None
    answered_after(actors, 5)
    with as_of(NOON + timedelta(days=3)):
        figures = report_figures(actors["officer"])
    assert figures.median_hours == 4
    assert [(one.reports, one.hours) for one in figures.answers if one.month == "2026-11"] == [(5, 4)]


def answered_after(actors, hours: int) -> None:
    with as_of(NOON):
        report = samples.odd(actors["staff"])
    with as_of(NOON + timedelta(hours=hours)):
        write_letter.answer(actors["officer"], report.pk, "Thanks.")


def test_thanks_owed_are_counted_and_few_of_them_only_hinted_at(actors):
    with as_of(NOON):
        for _ in range(3):
            samples.odd(actors["staff"])
    with as_of(NOON + timedelta(days=3)):
        assert report_figures(actors["officer"]).owed is None
        with as_of(NOON):
            for _ in range(3):
                samples.odd(actors["staff"])
        assert report_figures(actors["officer"]).owed == 6


@pytest.mark.parametrize("login", ["staff", "custodian", "admin", "board"])
def test_figures_are_for_officers_research_security_and_auditors(actors, login):
    with pytest.raises(Refused):
        report_figures(actors[login])
    for reader in ("officer", "research", "auditor"):
        assert report_figures(actors[reader]).owed == 0


def test_more_trips_and_reports_ask_the_database_no_more_often(actors):
    counts = []
    for number in (1, 9):
        trips(actors, told=number, silent=number)
        for _ in range(number):
            samples.odd(actors["staff"])
        with CaptureQueriesContext(connection) as seen:
            report_figures(actors["officer"])
        counts.append(len(seen))
    assert counts[0] == counts[1]
