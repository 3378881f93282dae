"""Threads are assessed after what touched them, and nothing else is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gifthorse.model.errors import Refused
from gifthorse.model.observations import Level, Thresholds
from gifthorse.model.roles import DESK_ITSELF
from gifthorse.model.threads import ThreadState
from gifthorse.procedures import assess_threads, assessing
from gifthorse.procedures.after_change import touched
from gifthorse.procedures.assess_everything import assess_everything, nothing_stands
from gifthorse.procedures.assess_threads import assess_waiting
from gifthorse.procedures.assessing import week_of
from gifthorse.procedures.correct_observation import correct
from gifthorse.store.tables.awaiting import Awaiting
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.thread import LevelChange, Standing, Thread
from tests.samples import register
from tests.samples.thread_rows import a_story, assessed, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(actors):
    made = a_story(actors["staff"], actors["colleague"])
    assessed()
    return made


def level_of(contact, person):
    return Level(Standing.objects.get(thread__contact=contact, thread__person_id=person).level)


def test_a_report_makes_a_thread_with_its_level_and_one_ledger_entry(actors):
    contact = register.a_contact(actors["staff"])
    told(actors["staff"], contact, "T51", "T33", ask=3, favour="large")
    before = LedgerEntry.objects.count()
    assert assess_waiting(DESK_ITSELF) == 1
    assert LedgerEntry.objects.count() == before + 1
    change = LevelChange.objects.get()
    assert (change.before, change.after) == ("none", level_of(contact, actors["staff"].person).value)
    assert change.after != "none"
    assert not Awaiting.objects.filter(kind="assess").exists()


def test_a_report_that_moves_no_level_leaves_no_ledger_entry(actors):
    contact = register.a_contact(actors["staff"])
    told(actors["staff"], contact, "T06")
    assessed()
    told(actors["staff"], contact, "T06")
    before = LedgerEntry.objects.count()
    assert assessed() == 1
    assert LedgerEntry.objects.count() == before
    assert Standing.objects.get().observations == 2


def test_only_the_threads_that_were_touched_are_assessed_anew(actors, story):
    Standing.objects.update(score=-1)
    told(actors["colleague"], story.second, "T31")
    assessed()
    assert Standing.objects.get(thread__contact=story.first).score == -1
    assert Standing.objects.get(thread__contact=story.second).score > 0


def test_a_disputed_observation_counts_no_more_and_its_level_falls(actors, story):
    person = actors["staff"].person
    assert level_of(story.first, person) is not Level.NONE
    for row in story.rows[:4]:
        correct(actors["officer"], row.pk, {"disputed": True}, "Told by mistake.")
        touched(row.contact_id)
    assessed()
    assert level_of(story.first, person) is Level.NONE
    assert Standing.objects.get(thread__contact=story.first).observations == 0
    assert LevelChange.objects.filter(thread__contact=story.first).last().after == "none"


def test_joined_contacts_carry_one_thread_for_each_person_and_count_as_several_approached(actors, story):
    alone = {row.thread.person_id: row.score for row in Standing.objects.select_related("thread")}
    Contact.objects.filter(pk=story.second.pk).update(joined_to=story.first.pk)
    touched(story.first.pk, story.second.pk)
    assessed()
    joined = {row.thread.person_id: row.score for row in Standing.objects.select_related("thread")}
    assert joined.keys() == alone.keys()
    assert all(joined[person] > alone[person] for person in alone)
    assert Thread.objects.get(contact=story.second).state == ThreadState.MERGED
    assert Thread.objects.filter(contact=story.first, state=ThreadState.OPEN).count() == 2


def test_undoing_a_link_brings_back_what_stood_before(actors, story):
    before = {row.thread_id: row.score for row in Standing.objects.all()}
    for root in (story.first.pk, story.second.pk):
        Contact.objects.filter(pk=story.second.pk).update(joined_to=root)
        touched(story.first.pk, story.second.pk)
        assessed()
    assert {row.thread_id: row.score for row in Standing.objects.exclude(observations=0)} == before
    assert Thread.objects.get(contact=story.second).state == ThreadState.OPEN


def test_everything_from_nothing_gives_the_same_standings_and_no_changes(actors, story):
    def stood():
        return list(Standing.objects.order_by("thread").values_list("thread_id", "score", "level", "state", "observations", "last_month"))

    before, changes = stood(), LevelChange.objects.count()
    Standing.objects.all().delete()
    assert nothing_stands()
    seen = []
    assert assess_everything(DESK_ITSELF, progress=lambda *at: seen.append(at)) == len(before)
    assert stood() == before
    assert LevelChange.objects.count() == changes
    assert seen == [(1, 1)]
    assert not nothing_stands()


def test_other_thresholds_move_levels_and_are_on_record(actors, story, monkeypatch):
    low = Thresholds(watch=0.1, talk=0.2, act=0.3)
    monkeypatch.setattr(assess_threads, "thresholds", lambda: low)
    touched(story.first.pk, story.second.pk)
    assessed()
    assert level_of(story.first, actors["staff"].person) is Level.ACT
    assert LevelChange.objects.filter(after="act").exists()


def test_last_week_is_kept_until_the_next_week_begins(actors, story, monkeypatch):
    standing = Standing.objects.get(thread__contact=story.first)
    assert standing.last_week == {}
    old_state = standing.state
    Standing.objects.update(week=standing.week - 1)
    for tactic in ("T51", "T53"):
        told(actors["staff"], story.first, tactic)
        assessed()
    standing.refresh_from_db()
    assert standing.last_week == old_state
    assert standing.state != old_state


def test_a_hundred_threads_take_as_many_queries_as_ten(actors):
    counts = []
    for number in (10, 100):
        contacts = [register.a_contact(actors["staff"]) for _ in range(number)]
        for contact in contacts:
            told(actors["staff"], contact, "T51", "T33", ask=3, favour="large")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assessed()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_nobody_but_the_desk_assesses(actors):
    for name in ("staff", "officer", "admin", "auditor"):
        with pytest.raises(Refused):
            assess_waiting(actors[name])
        with pytest.raises(Refused):
            assess_everything(actors[name])


def test_a_week_runs_from_monday_to_sunday():
    from datetime import date

    assert week_of(date(2026, 11, 23)) == week_of(date(2026, 11, 29)) == week_of(date(2026, 11, 30)) - 1
    assert assessing.told_state("t", {}) is None
