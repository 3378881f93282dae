"""A report between its reporter and the officers: who sees what, who writes what, how it ends, and what is corrected."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gifthorse.model.errors import NotAccepted, NotFound, Refused, WrongState
from gifthorse.model.reports import ReportKind, ReportOutcome
from gifthorse.model.roles import DESK_ITSELF, Actor, Procedure, Role
from gifthorse.procedures import close_report, keep_accounts, write_letter
from gifthorse.procedures.acting import as_of, now
from gifthorse.procedures.ask_erasure import ask, asked, is_asked
from gifthorse.procedures.choosing_officers import other_officers
from gifthorse.procedures.correct_observation import correct
from gifthorse.procedures.hand_in import hand_in
from gifthorse.procedures.report_board import report_board
from gifthorse.procedures.thanks import thanks_for
from gifthorse.procedures.view_item import item_for
from gifthorse.procedures.view_report import report_for, reports_for
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.notice import Notice
from gifthorse.store.tables.report import ObservationRow, Report
from tests.samples import reports as samples
from tests.samples.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(actors) -> Actor:
    """A second officer."""
    account = keep_accounts.create(DESK_ITSELF, "second", PASSWORD, [Role.OFFICER, Role.STAFF], {"name": "Second Officer"})
    return account.as_actor()


def test_an_officers_look_is_on_record_and_reads_the_report_while_ones_own_is_not(actors):
    report = samples.approach(actors["staff"])
    before = LedgerEntry.objects.count()
    own = report_for(actors["staff"], report.pk)
    assert LedgerEntry.objects.count() == before
    seen = report_for(actors["officer"], report.pk)
    entry = LedgerEntry.objects.order_by("-position").first()
    assert (entry.procedure, entry.subject, entry.actor) == ("view-report", report.pk, actors["officer"].person)
    assert own.observations == ()
    assert len(seen.observations) == 1
    assert Report.objects.get(pk=report.pk).state == "read"


def test_answers_stand_under_the_words_that_were_asked(actors):
    view = report_for(actors["officer"], samples.approach(actors["staff"]).pk)
    told = {one.question: one for one in view.answers}
    assert told["How did they get in touch?"].chosen == ("At a fair, conference or reception",)
    assert told["Who was it?"].lines == ("Lee Wendt", "Bluewave Consulting", "Adviser", "lee@bluewave.example, +49 170 5550199")
    assert view.contact.names == ("Lee Wendt",)


def test_what_was_told_before_an_answer_changed_is_shown_and_marked(actors):
    report = samples.approach(actors["staff"], offered=["nothing"], worth=["large"])
    shown = [one for one in report_for(actors["officer"], report.pk).answers if one.passed_over]
    assert [one.question for one in shown] == ["About how much was it worth?"]


@pytest.mark.parametrize("login", ["colleague", "custodian", "auditor", "admin", "board", "research"])
def test_nobody_else_learns_that_a_report_is_there(actors, login):
    report = samples.approach(actors["staff"])
    with pytest.raises((NotFound, Refused)):
        report_for(actors[login], report.pk)


def test_a_sealed_report_is_there_for_its_chosen_officers_alone(actors, second):
    report = samples.pressure(actors["staff"], (actors["officer"].person,))
    assert report_for(actors["officer"], report.pk).row.sealed
    with pytest.raises(NotFound):
        report_for(second, report.pk)
    assert [row.id for row in reports_for(actors["officer"]).rows] == [report.pk]
    assert reports_for(second).rows == ()
    assert report_board(second).pressing.total == 0
    assert report_board(actors["officer"]).pressing.total == 1


def test_a_sealed_report_is_handed_on_by_name(actors, second):
    report = samples.pressure(actors["staff"], (actors["officer"].person,))
    assert other_officers(actors["officer"], report.pk) == {second.person: "Second Officer"}
    close_report.hand_on(actors["officer"], report.pk, second.person)
    assert report_for(second, report.pk).row.sealed
    with pytest.raises(NotAccepted):
        close_report.hand_on(actors["officer"], report.pk, actors["colleague"].person)


def test_a_report_that_every_officer_reads_is_not_handed_on(actors, second):
    with pytest.raises(WrongState, match="already"):
        close_report.hand_on(actors["officer"], samples.approach(actors["staff"]).pk, second.person)


def test_the_first_answer_stops_the_clock_and_the_reporter_hears_of_it(actors):
    report = samples.approach(actors["staff"])
    write_letter.answer(actors["officer"], report.pk, "Thank you, please call me.")
    write_letter.answer(actors["officer"], report.pk, "One more thing.")
    report.refresh_from_db()
    assert report.state == "answered"
    assert report.answered_at == report.letters.first().created_at
    assert Notice.objects.filter(person=actors["staff"].person, kind="answer").count() == 2
    assert [letter.text for letter in report_for(actors["staff"], report.pk).letters] == ["Thank you, please call me.", "One more thing."]


def test_the_reporter_never_sees_what_officers_note_for_themselves(actors):
    report = samples.approach(actors["staff"])
    write_letter.note(actors["officer"], report.pk, "Seen before at the spring fair.")
    assert report_for(actors["staff"], report.pk).letters == ()
    assert [letter.officers_only for letter in report_for(actors["officer"], report.pk).letters] == [True]


def test_an_officer_does_not_answer_their_own_report(actors):
    report = samples.approach(actors["officer"])
    with pytest.raises(Refused):
        write_letter.answer(actors["officer"], report.pk, "All good.")


@pytest.mark.parametrize("text", ["", "  \n", "x" * 8001])
def test_a_letter_has_between_one_and_8000_characters(actors, text):
    report = samples.approach(actors["staff"])
    with pytest.raises(NotAccepted):
        write_letter.write_about(actors["staff"], report.pk, text)


def test_a_report_is_closed_after_its_answer_and_kept_as_long_as_its_outcome_says(actors):
    report = samples.approach(actors["staff"])
    with pytest.raises(WrongState, match="answer the reporter first"):
        close_report.close(actors["officer"], report.pk, ReportOutcome.BENIGN)
    write_letter.answer(actors["officer"], report.pk, "Ordinary business.")
    closed = close_report.close(actors["officer"], report.pk, ReportOutcome.BENIGN)
    assert (closed.erase_on.year, closed.erase_on.month) == (closed.closed_at.year + 1, closed.closed_at.month)


def test_a_letter_on_a_closed_report_opens_it_again_and_it_is_not_erased(actors):
    report = samples.approach(actors["staff"])
    write_letter.answer(actors["officer"], report.pk, "Ordinary business.")
    close_report.close(actors["officer"], report.pk, ReportOutcome.BENIGN)
    write_letter.answer(actors["officer"], report.pk, "And thank you again.")
    report.refresh_from_db()
    assert report.state == "closed"
    write_letter.write_about(actors["staff"], report.pk, "They wrote again.")
    report.refresh_from_db()
    assert (report.state, report.outcome, report.erase_on, report.closed_at) == ("answered", "", None, None)
    assert report_board(actors["officer"]).written.total == 1


def test_nothing_to_report_that_is_written_about_gets_a_clock(actors):
    report = samples.debrief(actors["staff"])
    write_letter.write_about(actors["staff"], report.pk, "One thing after all.")
    report.refresh_from_db()
    assert report.due_at is not None
    assert report_board(actors["officer"]).unanswered.total == 1


def test_the_board_tells_thanks_owed_from_what_is_still_in_time(actors):
    with as_of(now() - timedelta(days=9)):
        late = samples.approach(actors["staff"])
    fresh = samples.odd(actors["staff"])
    board = report_board(actors["officer"])
    assert [row.id for row in board.overdue.rows] == [late.pk]
    assert [row.id for row in board.unanswered.rows] == [fresh.pk]
    with pytest.raises(Refused):
        report_board(actors["staff"])


def test_a_gift_that_was_told_is_handed_in_without_being_described_twice(actors):
    report = samples.gift(actors["staff"])
    assert thanks_for(actors["staff"], report.pk).can_hand_in
    item = hand_in(actors["staff"], report.pk)
    report.refresh_from_db()
    assert report.item_id == item.pk
    told = item_for(actors["staff"], item.pk).report
    assert (told.kind, told.said, told.plugged_in) == ("memory-stick", "Brochures, he said", False)
    assert told.giver.startswith("Lee Wendt")
    assert not thanks_for(actors["staff"], report.pk).can_hand_in
    with pytest.raises(WrongState):
        hand_in(actors["staff"], report.pk)


@pytest.mark.parametrize("where", ["declined", "gone"])
def test_what_nobody_has_can_not_be_handed_in(actors, where):
    report = samples.gift(actors["staff"], now=[where])
    assert not thanks_for(actors["staff"], report.pk).can_hand_in
    with pytest.raises(WrongState):
        hand_in(actors["staff"], report.pk)


def test_thanks_are_for_the_reporter_alone(actors):
    report = samples.approach(actors["staff"])
    assert thanks_for(actors["staff"], report.pk).due_at == report.due_at
    for login in ("colleague", "officer"):
        with pytest.raises((NotFound, Refused)):
            thanks_for(actors[login], report.pk)


def test_a_reporter_asks_for_erasure_once_and_the_custodian_learns_the_number(actors):
    report = samples.approach(actors["staff"])
    ask(actors["staff"], report.pk)
    assert is_asked(report.pk)
    assert asked(actors["custodian"]) == [report.pk]
    with pytest.raises(WrongState, match="asked already"):
        ask(actors["staff"], report.pk)
    with pytest.raises((NotFound, Refused)):
        asked(actors["officer"])


def test_lists_narrow_by_state_and_kind_and_come_in_pages(actors):
    with as_of(now() - timedelta(hours=1)):
        report = samples.approach(actors["staff"])
        write_letter.answer(actors["officer"], report.pk, "Thanks.")
    fresh = [samples.odd(actors["staff"]).pk for _ in range(31)]
    assert [row.id for row in reports_for(actors["officer"], state="answered").rows] == [report.pk]
    assert reports_for(actors["officer"], kind=ReportKind.APPROACH.value).rows[0].id == report.pk
    page = reports_for(actors["officer"], state="open")
    assert (len(page.rows), page.more) == (30, True)
    assert len(reports_for(actors["officer"], state="open", page=2).rows) == 1
    assert set(fresh) > {row.id for row in page.rows}


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
def test_a_list_and_a_board_ask_the_database_the_same_number_of_times(actors, many):
    for _ in range(12 if many else 3):
        samples.approach(actors["staff"])
    with CaptureQueriesContext(connection) as seen:
        reports_for(actors["officer"])
        report_board(actors["officer"])
    assert len(seen) == 8


def test_a_report_page_asks_the_same_number_of_times_however_much_is_written(actors):
    counts = []
    report = samples.approach(actors["staff"])
    row = ObservationRow.objects.get(report=report)
    report_for(actors["officer"], report.pk)
    for turn in range(2):
        for number in range(1 + turn * 9):
            write_letter.note(actors["officer"], report.pk, "A note.")
            samples.enclosed(actors["staff"], report)
            correct(actors["officer"], row.pk, {"ask_level": (number + turn) % 2}, "Back and forth.")
        with CaptureQueriesContext(connection) as seen:
            report_for(actors["officer"], report.pk)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_every_procedure_of_a_report_that_fits_is_offered(actors):
    report = samples.approach(actors["staff"])
    assert report_for(actors["staff"], report.pk).may == {Procedure.WRITE_ABOUT_REPORT, Procedure.ENCLOSE}
    assert Procedure.CLOSE_REPORT in report_for(actors["officer"], report.pk).may
