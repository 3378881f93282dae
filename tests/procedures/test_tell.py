"""Telling: answers are sealed and bound to their questions, become observations and favours, and reach those who may read them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from gifthorse.model.errors import NotAccepted, NotFound, Refused
from gifthorse.model.reports import ReportKind, ReportOutcome, ReportState
from gifthorse.model.roles import Actor, Role
from gifthorse.procedures.acting import as_of
from gifthorse.procedures.keep_contacts import kept_contact
from gifthorse.procedures.tell import About, AlreadyTold, SentBack, as_told, tell
from gifthorse.store import search_index
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.notice import Notice
from gifthorse.store.tables.report import FavourEntry, ObservationRow, Report
from gifthorse.store.tables.setting import HouseSetting
from tests.samples import reports as samples

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_what_was_told_comes_back_word_for_word(actors):
    report = samples.approach(actors["staff"])
    told = as_told(Report.objects.get(pk=report.pk))
    assert told.to("words").text == samples.WORDS
    assert told.to("contact").contact.name == "Lee Wendt"
    assert told.digest == report.form_digest
    assert HouseSetting.objects.filter(title__startswith="interview ").count() == 1


def test_the_taps_become_one_observation_and_the_favours(actors):
    report = samples.approach(actors["staff"])
    row = ObservationRow.objects.get(report=report)
    assert (row.tactics, row.ask_level, row.favour, row.grade) == (["T06", "T33", "T61"], 3, "medium", "B2")
    assert row.subject_id == actors["staff"].person
    entries = FavourEntry.objects.filter(report=report)
    assert {(one.kind, one.band, one.direction) for one in entries} == {("hospitality", "medium", "in"), ("travel", "medium", "in")}
    assert {one.contact_id for one in entries} == {report.contact_id}


def test_the_contact_goes_into_the_register_as_it_was_given(actors):
    facts = kept_contact(samples.approach(actors["staff"]).contact).facts
    assert facts.names == ("Lee Wendt",)
    assert facts.mails == ("lee@bluewave.example",)
    assert facts.phones == ("+49 170 5550199",)


def test_a_contact_of_before_is_taken_again_and_somebody_elses_is_not(actors):
    first = samples.approach(actors["staff"])
    again = samples.approach(actors["staff"], contact={"known": [first.contact_id]})
    assert again.contact_id == first.contact_id
    with pytest.raises(NotAccepted) as refused:
        samples.approach(actors["colleague"], contact={"known": [first.contact_id]})
    assert refused.value.field == "contact"


def test_telling_is_one_entry_in_the_ledger_and_every_other_officer_hears_of_it(actors):
    before = LedgerEntry.objects.count()
    report = samples.approach(actors["officer"])
    assert LedgerEntry.objects.count() == before + 1
    assert not Notice.objects.exists()  # the only officer told it herself
    report = samples.approach(actors["staff"])
    assert [(one.person_id, one.kind, one.subject) for one in Notice.objects.all()] == [(actors["officer"].person, "new-report", report.pk)]


def test_nothing_to_report_is_closed_at_once_and_nobody_is_disturbed(actors):
    traveller = samples.a_trip(actors["staff"].person)
    report = samples.debrief(actors["staff"], traveller.trip_id)
    assert (report.state, report.outcome, report.due_at) == ("closed", ReportOutcome.NOTHING_TO_REPORT.value, None)
    assert report.erase_on is not None
    assert not Notice.objects.exists()
    assert not ObservationRow.objects.exists()
    traveller.refresh_from_db()
    assert traveller.debriefed_at is not None


def test_the_clock_is_an_hour_for_pressure_four_for_what_is_urgent_and_else_a_working_day(actors):
    friday = datetime(2026, 11, 27, 15, tzinfo=UTC)
    with as_of(friday):
        assert samples.pressure(actors["staff"]).due_at == friday + timedelta(hours=1)
        assert samples.gift(actors["staff"], now=["used"]).due_at == friday + timedelta(hours=4)
        assert samples.approach(actors["staff"]).due_at == datetime(2026, 11, 30, 15, tzinfo=UTC)


def test_pressure_is_sealed_to_the_officers_who_were_chosen(actors):
    report = samples.pressure(actors["staff"], (actors["officer"].person,))
    assert (report.state, report.sealed_to) == (ReportState.SEALED.value, [actors["officer"].person])
    assert [one.kind for one in Notice.objects.all()] == ["sealed-report"]


def test_pressure_can_be_sent_empty_and_reaches_every_officer_but_the_reporter(actors):
    report = tell(actors["staff"], ReportKind.PRESSURE, {})
    assert report.sealed_to == [actors["officer"].person]
    own = tell(actors["officer"], ReportKind.PRESSURE, {})
    assert own.sealed_to == [actors["officer"].person]  # nobody else is there: sealed all the same


def test_a_person_who_is_no_officer_can_not_be_chosen_as_reader(actors):
    with pytest.raises(NotAccepted) as refused:
        samples.pressure(actors["staff"], (actors["colleague"].person,))
    assert refused.value.field == "who-reads"


def test_a_worry_that_says_what_somebody_is_goes_back_with_its_passages_and_nothing_is_kept(actors):
    before = LedgerEntry.objects.count()
    with pytest.raises(SentBack) as back:
        tell(actors["staff"], ReportKind.COLLEAGUE_CONCERN, {"saw": ["saw"], "words": "She is Muslim and copied a folder"})
    assert [passage.quote.casefold() for passage in back.value.why.passages] == ["muslim"]
    assert not Report.objects.exists()
    assert LedgerEntry.objects.count() == before


def test_an_essential_question_without_an_answer_is_named(actors):
    with pytest.raises(NotAccepted) as refused:
        samples.gift(actors["staff"], what=[])
    assert refused.value.field == "what"


@pytest.mark.parametrize("about", [About(trip="trip-0000000000000"), About(item="item-0000000000000"), About(event="event-0000000000000")])
def test_what_is_not_there_can_not_be_told_about(actors, about):
    with pytest.raises(NotFound):
        tell(actors["staff"], ReportKind.APPROACH, samples.APPROACH, about)


def test_somebody_elses_trip_can_not_be_debriefed(actors):
    traveller = samples.a_trip(actors["staff"].person)
    with pytest.raises(NotFound):
        samples.debrief(actors["colleague"], traveller.trip_id)


def test_a_sealed_report_from_a_phone_comes_in_once(actors):
    about = About(offline=True, arrival="a" * 64, written_at=MONDAY)
    first = tell(actors["staff"], ReportKind.APPROACH, samples.APPROACH, about)
    with pytest.raises(AlreadyTold) as twice:
        tell(actors["staff"], ReportKind.APPROACH, samples.APPROACH, about)
    assert twice.value.report.pk == first.pk
    assert Report.objects.count() == 1
    assert ObservationRow.objects.get().month == 2026 * 12 + 10


def test_only_staff_tell(actors):
    with pytest.raises(Refused):
        tell(Actor(person=actors["auditor"].person, roles=frozenset({Role.AUDITOR})), ReportKind.IS_THIS_ODD, {"words": "x"})


def test_own_words_are_found_by_whole_words_and_belong_to_the_reporter(actors):
    report = samples.approach(actors["staff"])
    assert search_index.find("glaze furnace", kinds=["report"], owner=actors["staff"].person) == [("report", report.pk)]
    assert search_index.find("glaze", kinds=["report"], owner=actors["colleague"].person) == []


def test_no_word_of_a_report_lies_open_in_the_tables(actors):
    samples.approach(actors["staff"])
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert not any("glaze" in str(row) or "Wendt" in str(row) for row in cursor.fetchall()), table
