"""Threads as officers read and judge them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gifthorse.assess.diagnosticity import Bearing, Hypothesis
from gifthorse.assess.hypotheses import OwnCell
from gifthorse.model.errors import NotAccepted, NotFound, Refused, WrongState
from gifthorse.model.observations import Level
from gifthorse.model.roles import DESK_ITSELF, Actor, Role
from gifthorse.model.threads import JudgementKind
from gifthorse.procedures import (
    compare_hypotheses,
    correct_in_thread,
    judge_thread,
    read_thread,
    sealed_to_me,
    second_judgement,
    view_threads,
)
from gifthorse.procedures.assess_everything import assess_everything
from gifthorse.procedures.keep_accounts import create
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.report import Letter
from gifthorse.store.tables.thread import Judgement, LevelChange, Standing, Thread
from tests.samples import register
from tests.samples.people import PASSWORD
from tests.samples.thread_rows import LEE, a_story, assessed, told

pytestmark = pytest.mark.django_db
NOTE = {hypothesis: f"We looked at {hypothesis.value} with care." for hypothesis in Hypothesis}


@pytest.fixture
def officer(actors):
    return actors["officer"]


@pytest.fixture
def second(actors):
    return create(DESK_ITSELF, "second.officer", PASSWORD, [Role.OFFICER], {"name": "Second Officer"}).as_actor()


@pytest.fixture
def story(actors):
    made = a_story(actors["staff"], actors["colleague"])
    assessed()
    return made


@pytest.fixture
def thread(actors, story):
    return Thread.objects.get(contact=story.first, person=actors["staff"].person)


def test_the_reasons_add_up_to_the_score_and_name_their_observations(officer, story, thread):
    view = read_thread.thread(officer, thread.pk)
    assert abs(sum(one.reason.points for one in view.reasons) - view.score) < 1e-9
    assert {row for one in view.reasons for row in one.rows} <= {row.pk for row in story.rows[:4]}
    assert view.level is view.full is not Level.NONE
    assert all("suspect" not in one.reason.sentence.in_english() for one in view.reasons)


def test_every_look_at_a_thread_is_in_the_ledger(officer, thread):
    read_thread.thread(officer, thread.pk)
    entry = LedgerEntry.objects.order_by("-position")[0]
    assert (entry.procedure, entry.subject, entry.actor) == ("view-thread", thread.pk, officer.person)


def test_leaving_an_observation_out_recomputes_without_changing_anything(officer, story, thread):
    whole = read_thread.thread(officer, thread.pk)
    without = read_thread.thread(officer, thread.pk, [story.rows[2].pk, "observation-of-another-thread"])
    assert without.score < whole.score == without.full_score
    assert [one.row.pk for one in without.seen if one.left_out] == [story.rows[2].pk]
    assert story.rows[2].pk not in {row for one in without.reasons for row in one.rows}
    assert read_thread.thread(officer, thread.pk).score == whole.score


def test_the_level_line_rises_with_reports_and_fades_after_them(officer, thread):
    line = read_thread.thread(officer, thread.pk).line
    assert [point.month for point in line] == list(range(line[0].month, line[-1].month + 1))
    assert max(point.score for point in line) > line[0].score
    assert line[-1].score < line[-2].score


def test_disputing_in_the_thread_moves_it_and_restores(officer, story, thread, django_capture_on_commit_callbacks):
    before = read_thread.thread(officer, thread.pk).score
    with django_capture_on_commit_callbacks(execute=True):
        correct_in_thread.correct_in_thread(officer, thread.pk, story.rows[2].pk, {"disputed": True}, "He paid himself.")
    view = read_thread.thread(officer, thread.pk)
    assert view.score < before
    assert [row.pk for row in view.disputed] == [story.rows[2].pk]
    correct_in_thread.correct_in_thread(officer, thread.pk, story.rows[2].pk, {"disputed": False}, "He didn't.")
    assert read_thread.thread(officer, thread.pk).score == before
    with pytest.raises(NotFound):
        correct_in_thread.correct_in_thread(officer, thread.pk, story.rows[4].pk, {"disputed": True}, "Another thread's.")


def test_what_moved_is_said_in_one_sentence_each_and_at_most_three(officer, story):
    moved = view_threads.threads_moved(officer)
    assert 0 < len(moved) <= 3
    assert moved[0].movement.sentence.in_english().startswith("A contact who paid a trip now ")
    assert moved[0].named.person == "Name of staff"


def test_the_list_shows_what_stands_highest_first_and_can_be_narrowed(officer, story, thread):
    rows = view_threads.threads(officer).rows
    assert [row.standing.score for row in rows] == sorted((row.standing.score for row in rows), reverse=True)
    assert view_threads.threads(officer, level=rows[0].level.value).rows[0].named.thread == rows[0].named.thread
    assert view_threads.threads(officer, state="ordinary").rows == ()


def test_lists_take_as_many_queries_for_many_as_for_few(actors, officer):
    counts = []
    for number in (3, 12):
        for _ in range(number):
            told(actors["staff"], register.a_contact(actors["staff"], LEE), "T51", "T33", ask=3, favour="large")
        assessed()
        with CaptureQueriesContext(connection) as queries:
            view_threads.threads(officer)
            view_threads.threads_moved(officer)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_talking_writes_to_the_one_of_ours_and_ordinary_business_closes(officer, thread):
    judge_thread.judge(officer, thread.pk, JudgementKind.TALK, "Let us help.", "Would you have half an hour for a coffee?")
    assert Letter.objects.get().to_reporter
    judge_thread.judge(officer, thread.pk, JudgementKind.ORDINARY, "A supplier under contract.")
    thread.refresh_from_db()
    assert thread.state == "ordinary"
    assert [one.kind for one in read_thread.thread(officer, thread.pk).judgements] == [JudgementKind.TALK, JudgementKind.ORDINARY]
    with pytest.raises(NotAccepted):
        judge_thread.judge(officer, thread.pk, JudgementKind.CONFIRM, " ")


def test_a_closed_thread_opens_again_when_it_comes_to_more(actors, officer, thread, story):
    for row in story.rows[1:4]:
        correct_in_thread.correct_in_thread(officer, thread.pk, row.pk, {"disputed": True}, "For the test.")
    assessed()
    judge_thread.judge(officer, thread.pk, JudgementKind.ORDINARY, "Nothing in it.")
    told(actors["staff"], story.first, "T06")
    assessed()
    thread.refresh_from_db()
    assert thread.state == "ordinary"
    told(actors["staff"], story.first, "T51", "T53", "T63", ask=4)
    assessed()
    thread.refresh_from_db()
    assert thread.state == "open"


def test_acting_needs_the_line_the_note_and_a_second_officer(actors, officer, second, thread):
    with pytest.raises(WrongState, match="compare the explanations"):
        judge_thread.judge(officer, thread.pk, JudgementKind.ACT, "It is time.")
    compare_hypotheses.write_note(officer, thread.pk, NOTE)
    proposed = judge_thread.judge(officer, thread.pk, JudgementKind.ACT, "It is time.")
    with pytest.raises(WrongState, match="waits for a second"):
        judge_thread.judge(officer, thread.pk, JudgementKind.ACT, "Again.")
    with pytest.raises(WrongState, match="yourself"):
        second_judgement.answer(officer, proposed.pk, "Yes.", agrees=True)
    shown = second_judgement.proposal(second, proposed.pk)
    assert shown.comparison.texts == NOTE
    assert shown.may_answer
    second_judgement.answer(second, proposed.pk, "I see the same.", agrees=True)
    proposed.refresh_from_db()
    assert proposed.second_id == second.person
    with pytest.raises(WrongState, match="answered"):
        second_judgement.answer(second, proposed.pk, "I see the same.", agrees=True)


def test_a_second_officer_may_disagree_and_then_it_can_be_proposed_anew(officer, second, thread):
    compare_hypotheses.write_note(officer, thread.pk, NOTE)
    first = judge_thread.judge(officer, thread.pk, JudgementKind.ACT, "It is time.")
    second_judgement.answer(second, first.pk, "Friendship fits better.", agrees=False)
    assert judge_thread.judge(officer, thread.pk, JudgementKind.ACT, "Since then more came in.").pk != first.pk
    assert Judgement.objects.filter(kind="disagree").count() == 1


def test_nothing_to_act_on_is_no_act_whatever_the_note_says(actors, officer):
    told(actors["staff"], register.a_contact(actors["staff"]), "T06", "T30", favour="medium")
    assessed()
    harmless = Thread.objects.get()
    compare_hypotheses.write_note(officer, harmless.pk, NOTE)
    with pytest.raises(WrongState, match="nothing to act on"):
        judge_thread.judge(officer, harmless.pk, JudgementKind.ACT, "A feeling.")


def test_an_officers_own_cell_overrules_the_table_and_needs_a_reason(officer, thread):
    line = compare_hypotheses.comparison(officer, thread.pk).matrix.lines[0]
    cell = OwnCell(
        evidence=line.evidence, hypothesis=Hypothesis.FRIENDSHIP, bearing=Bearing.INCONSISTENT, reason="They never met in private."
    )
    compare_hypotheses.judge_cell(officer, thread.pk, cell)
    view = compare_hypotheses.comparison(officer, thread.pk)
    judged = [c for one in view.matrix.lines if one.evidence == line.evidence for c in one.cells if c.by_officer]
    assert [(c.hypothesis, c.bearing) for c in judged] == [(Hypothesis.FRIENDSHIP, Bearing.INCONSISTENT)]
    with pytest.raises(NotAccepted):
        compare_hypotheses.judge_cell(
            officer, thread.pk, OwnCell(evidence=line.evidence, hypothesis=Hypothesis.GRUDGE, bearing=Bearing.NEUTRAL, reason=" ")
        )
    with pytest.raises(NotAccepted):
        compare_hypotheses.judge_cell(
            officer, thread.pk, OwnCell(evidence="tactic:T82", hypothesis=Hypothesis.GRUDGE, bearing=Bearing.NEUTRAL, reason="why")
        )


def test_an_officer_doesnt_judge_their_own_thread(officer, actors):
    own = register.a_contact(officer)
    told(officer, own, "T51", "T33", ask=3, favour="large")
    assessed()
    thread = Thread.objects.get(person=officer.person)
    assert not read_thread.thread(officer, thread.pk).may_judge
    with pytest.raises(Refused):
        judge_thread.judge(officer, thread.pk, JudgementKind.ORDINARY, "It is nothing.")


def test_what_was_sealed_to_some_officers_moves_nothing_that_others_see(actors, officer, second, story, thread):
    before = read_thread.thread(officer, thread.pk)
    told(actors["staff"], story.first, "T71", sealed_to=[second.person], given=[("in", "cash", "large")])
    assessed()
    for reader in (officer, second):
        after = read_thread.thread(reader, thread.pk)
        assert (after.score, after.level, len(after.favours)) == (before.score, before.level, len(before.favours))


def test_what_was_sealed_moves_no_level_whoever_is_an_officer_that_day(actors, officer, second, story, thread):
    before = read_thread.thread(officer, thread.pk)
    third = create(DESK_ITSELF, "third.officer", PASSWORD, [Role.OFFICER], {"name": "Third Officer"}).as_actor()
    told(actors["staff"], story.first, "T71", sealed_to=[second.person, third.person], given=[("in", "cash", "large")])
    changes = LevelChange.objects.count()
    Account.objects.filter(person=officer.person).update(is_active=False)  # everybody who is an officer today may read it
    assess_everything(DESK_ITSELF)
    Account.objects.filter(person=officer.person).update(is_active=True)
    for reader in (officer, second):
        after = read_thread.thread(reader, thread.pk)
        assert (after.score, after.level, len(after.favours), after.changes) == (
            before.score,
            before.level,
            len(before.favours),
            before.changes,
        )
    assert LevelChange.objects.count() == changes
    assert Standing.objects.get(pk=thread.pk).observations == 4


def test_whoever_may_read_a_sealed_report_sees_what_the_thread_would_come_to(actors, officer, second, story, thread):
    row = told(actors["staff"], story.first, "T71", sealed_to=[second.person])
    assessed()
    assert read_thread.thread(officer, thread.pk).behind is None
    assert sealed_to_me.sealed_to_me(officer) == ()
    seen = read_thread.thread(second, thread.pk)
    assert (seen.behind.reports, seen.behind.without) == ((row.report_id,), seen.level)
    assert seen.behind.score > seen.score
    assert sealed_to_me.sealed_to_me(second) == (seen.behind,)


def test_nobody_sees_what_a_sealed_report_about_themselves_comes_to(actors, officer, second):
    told(officer, register.a_contact(officer), "T71", sealed_to=[officer.person, second.person])
    assert sealed_to_me.sealed_to_me(officer) == ()
    assert [one.person for one in sealed_to_me.sealed_to_me(second)] == ["Name of officer"]


def test_a_contact_that_only_a_sealed_report_tells_of_has_no_thread_for_anybody_else(actors, officer, second):
    told(actors["staff"], register.a_contact(actors["staff"]), "T71", sealed_to=[second.person])
    assessed()
    assert view_threads.threads(officer).rows == ()
    assert not Thread.objects.exists()


def test_nobody_but_officers_sees_threads(actors, thread):
    for name in ("staff", "colleague", "research", "auditor", "admin", "custodian", "board"):
        with pytest.raises((Refused, NotFound)):
            read_thread.thread(actors[name], thread.pk)
        with pytest.raises(Refused):
            view_threads.threads(actors[name])
    alone = Actor(person=actors["staff"].person, roles=frozenset({Role.STAFF}))
    with pytest.raises((Refused, NotFound)):
        read_thread.thread(alone, thread.pk)
