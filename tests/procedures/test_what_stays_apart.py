"""What is sealed to some officers, noted among officers, left by a traveller or only drafted shows nowhere else."""

from datetime import UTC, datetime, timedelta

import pytest

from gifthorse.model.errors import NotFound
from gifthorse.model.reports import ReportOutcome
from gifthorse.model.roles import Actor, Procedure, Role
from gifthorse.procedures import close_report, compose_brief, plan_trip, view_brief, view_trip, write_letter
from gifthorse.procedures.acting import as_of
from gifthorse.procedures.erase_reports import erase
from gifthorse.procedures.keep_favours import correct_favour, facts_of, kept_favour
from gifthorse.procedures.looks import looks_at_me
from gifthorse.procedures.plan_trip import Party
from gifthorse.procedures.report_figures import report_figures
from gifthorse.procedures.search_records import search
from gifthorse.procedures.subject_access import export_own
from gifthorse.procedures.view_contacts import contact, contacts
from gifthorse.store.tables.report import FavourEntry, Report
from tests.samples import register, travel
from tests.samples import reports as samples

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def second(actors) -> Actor:
    """An officer to whom nothing was sealed."""
    return Actor(person=actors["board"].person, roles=frozenset({Role.OFFICER}))


def test_an_officers_figures_count_no_report_that_was_sealed_to_others(actors, second):
    with as_of(NOON):
        for _ in range(6):
            samples.odd(actors["staff"])
        samples.pressure(actors["staff"], (actors["officer"].person,))
    with as_of(NOON + timedelta(days=30)):
        told = {name: report_figures(who) for name, who in {**actors, "second": second}.items() if name in {"officer", "second", "auditor"}}
    assert {name: figures.owed for name, figures in told.items()} == {"officer": 7, "second": 6, "auditor": 7}
    months = {name: next(one.reports for one in figures.answers if one.month == "2026-11") for name, figures in told.items()}
    assert months == {"officer": 7, "second": 6, "auditor": 7}


def test_the_contact_of_an_erased_sealed_report_comes_up_nowhere(actors, second):
    report = samples.pressure(actors["staff"], (actors["officer"].person,))
    write_letter.answer(actors["officer"], report.pk, "We are here.")
    close_report.close(actors["officer"], report.pk, ReportOutcome.BENIGN)
    erase(actors["custodian"], report.pk, "Past its time.")
    assert Report.objects.get(pk=report.pk).answers.erased
    assert contacts(second).rows == ()
    with pytest.raises(NotFound):
        contact(second, report.contact_id)


def test_a_favour_out_of_a_report_that_was_sealed_to_others_is_not_theirs_to_correct(actors, second):
    known = samples.approach(actors["staff"]).contact_id
    report = samples.pressure(actors["staff"], (actors["officer"].person,), contact={"known": [known]})
    entry = FavourEntry.objects.filter(contact=known).exclude(report=report).first()
    entry.report = report
    entry.save()
    facts = facts_of(entry, kept_favour(entry))
    with pytest.raises(NotFound):
        correct_favour(second, entry.pk, facts, "Looked closer.")
    assert correct_favour(actors["officer"], entry.pk, facts, "Looked closer.").pk == entry.pk


def test_a_reporter_hears_of_no_note_among_officers(actors):
    report = samples.approach(actors["staff"])
    write_letter.note(actors["officer"], report.pk, "Known to us.")
    assert [look.procedure for look in looks_at_me(actors["staff"])] == [Procedure.VIEW_REPORT]


def test_whoever_was_taken_off_a_trip_sees_and_changes_it_no_more(actors):
    staff, colleague = actors["staff"], actors["colleague"]
    trip = travel.a_trip(staff, people=[colleague.person])
    assert [row.id for row in view_trip.trips_for(colleague).rows] == [trip.pk]
    plan_trip.change(staff, trip.pk, travel.a_content(), Party(people=(staff.person,)))
    assert view_trip.trips_for(colleague).rows == ()
    assert search(colleague, "lyon").groups == ()
    for attempt in (
        lambda: view_trip.trip_for(colleague, trip.pk),
        lambda: plan_trip.cancel(colleague, trip.pk, "No."),
        lambda: plan_trip.change(colleague, trip.pk, travel.a_content(), Party(people=(staff.person, colleague.person))),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert [row.id for row in view_trip.trips_for(staff).rows] == [trip.pk]
    assert [one["told"] for one in export_own(colleague).trips] == [{}]


def test_what_a_companion_carries_is_not_in_ones_own_data(actors):
    known = register.know_how(Actor(person=actors["officer"].person, roles=frozenset({Role.OFFICER})), actors["staff"].person)
    content = travel.a_content(documents="C01X0006H", emergency_contact="Robin, 030 5550123")
    travel.a_trip(actors["staff"], content, people=[actors["colleague"].person], carried=[known.curve.pk])
    (mine,), (theirs,) = export_own(actors["staff"]).trips, export_own(actors["colleague"]).trips
    own, companions = mine["told"], theirs["told"]
    assert mine["carried"] == [{"element": known.curve.pk, "ended": False}]
    assert (own["documents"], own["emergency_contact"]) == ("C01X0006H", "Robin, 030 5550123")
    assert theirs["carried"] == []
    assert not {"documents", "emergency_contact", "papers"} & set(companions)
    assert companions["title"] == own["title"]


def test_no_officer_composes_or_reads_the_brief_of_somebody_elses_draft(actors):
    staff = actors["staff"]
    trip = travel.a_trip(staff, draft=True)
    with pytest.raises(NotFound):
        compose_brief.compose_for(actors["officer"], trip.pk, staff.person)
    compose_brief.compose_for(staff, trip.pk, staff.person)
    with pytest.raises(NotFound):
        view_brief.brief_of(actors["officer"], trip.pk, staff.person)
    assert view_brief.brief_of(staff, trip.pk).own
