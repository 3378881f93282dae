"""Links: suggested by the desk with reasons, decided by officers, always reversible."""

import pytest

from gifthorse.model.contacts import ContactFacts
from gifthorse.model.errors import NotAccepted, NotFound, Refused, WrongState
from gifthorse.model.roles import DESK_ITSELF
from gifthorse.model.threads import LinkState
from gifthorse.procedures import decide_link, keep_contacts, view_links
from gifthorse.procedures.after_change import touched
from gifthorse.procedures.suggest_links import HeldIndex, suggest_all, suggest_waiting
from gifthorse.store.tables.awaiting import Awaiting
from gifthorse.store.tables.contact import Contact, Link
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.report import Report
from gifthorse.store.tables.thread import Standing, Thread
from tests.samples import register
from tests.samples.thread_rows import a_story, assessed

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(actors):
    made = a_story(actors["staff"], actors["colleague"])
    assessed()
    return made


@pytest.fixture
def link(story):
    suggest_waiting(DESK_ITSELF)
    return Link.objects.get()


def root_of(contact):
    return Contact.objects.get(pk=contact.pk).joined_to


def test_contacts_with_one_mailbox_are_suggested_with_reasons_and_one_ledger_entry(actors, story):
    before = LedgerEntry.objects.count()
    assert suggest_waiting(DESK_ITSELF) == 2
    found = Link.objects.get()
    assert LedgerEntry.objects.count() == before + 1
    assert found.state == LinkState.SUGGESTED
    view = view_links.link(actors["officer"], found.pk)
    assert "mail" in {line.comparison for line in view.waterfall.lines}
    assert abs(sum(line.bits for line in view.waterfall.lines) - view.waterfall.total) < 1e-9
    assert root_of(story.first) == story.first.pk != root_of(story.second)
    assert not Awaiting.objects.filter(kind="link").exists()


def test_a_second_look_at_the_same_contacts_writes_nothing(story, link):
    touched(story.first.pk)
    before = LedgerEntry.objects.count()
    assert suggest_waiting(DESK_ITSELF) == 1
    assert LedgerEntry.objects.count() == before


def test_everything_from_nothing_finds_the_same(link):
    assert suggest_all(DESK_ITSELF) == 1
    assert Link.objects.get() == link


def test_a_suggestion_fades_when_a_correction_takes_its_reason_away(actors, story, link):
    kept = keep_contacts.kept_contact(story.second).facts
    other = ContactFacts(names=("Someone Else",), mails=("someone@elsewhere.example",), employer=("Another House",))
    assert kept != other
    keep_contacts.correct_contact(actors["officer"], story.second.pk, other, keep_contacts.Verified.VERIFIED, "Mixed up.")
    touched(story.second.pk)
    suggest_waiting(DESK_ITSELF)
    link.refresh_from_db()
    assert link.state == LinkState.FADED


def test_a_held_index_takes_in_what_is_new_and_lets_go_what_is_gone(actors, story):
    held = HeldIndex()
    held.bring_up_to_date()
    assert len(held.index) == 2
    register.a_contact(actors["staff"])
    held.bring_up_to_date()
    assert len(held.index) == 3


def test_confirming_joins_the_group_and_moves_the_threads(actors, story, link):
    before = {row.thread.person_id: row.score for row in Standing.objects.select_related("thread")}
    decide_link.decide(actors["officer"], link.pk, LinkState.CONFIRMED, "Same mailbox, same man on the photograph.")
    assessed()
    assert root_of(story.second) == root_of(story.first) == story.first.pk
    after = {row.thread.person_id: row.score for row in Standing.objects.select_related("thread")}
    assert all(after[person] > before[person] for person in before)


def test_undoing_separates_them_and_keeps_every_reason(actors, story, link):
    officer = actors["officer"]
    decide_link.decide(officer, link.pk, LinkState.CONFIRMED, "Same mailbox.")
    decide_link.decide(officer, link.pk, LinkState.UNDONE, "A shared mailbox, after all.")
    assessed()
    assert root_of(story.second) == story.second.pk
    assert Thread.objects.filter(state="open").count() == 2
    texts = [decision.text for decision in view_links.link(officer, link.pk).decisions]
    assert texts == ["Same mailbox.", "A shared mailbox, after all."]


def test_a_link_that_would_join_a_refused_pair_says_so_first(actors, story, link):
    officer = actors["officer"]
    third = register.a_contact(actors["staff"], ContactFacts(names=("Third Man",)))
    refused = decide_link.link_by_hand(officer, story.second.pk, third.pk)
    decide_link.decide(officer, refused.pk, LinkState.REFUSED, "I know both.")
    decide_link.decide(officer, decide_link.link_by_hand(officer, story.first.pk, third.pk).pk, LinkState.CONFIRMED, "Told me so.")
    with pytest.raises(decide_link.Contradicts) as stopped:
        decide_link.decide(officer, link.pk, LinkState.CONFIRMED, "Same mailbox.")
    assert stopped.value.conflicts[0].pair == tuple(sorted((story.second.pk, third.pk)))
    assert root_of(story.second) == story.second.pk
    decide_link.decide(officer, link.pk, LinkState.CONFIRMED, "Same mailbox.", even_so=True)
    assert root_of(story.second) == story.first.pk
    assert view_links.link(officer, link.pk).conflicts


def test_a_decision_needs_a_reason_and_isnt_taken_twice(actors, link):
    officer = actors["officer"]
    with pytest.raises(NotAccepted):
        decide_link.decide(officer, link.pk, LinkState.REFUSED, "  ")
    with pytest.raises(WrongState):
        decide_link.decide(officer, link.pk, LinkState.UNDONE, "why")
    decide_link.decide(officer, link.pk, LinkState.REFUSED, "Two people.")
    with pytest.raises(WrongState):
        decide_link.decide(officer, link.pk, LinkState.REFUSED, "Two people.")


def test_a_link_to_a_contact_out_of_a_sealed_report_is_there_for_nobody_else(actors, story):
    Report.objects.filter(contact=story.first).update(sealed_to=["person-somebody"], is_sealed=True)
    suggest_waiting(DESK_ITSELF)
    officer = actors["officer"]
    assert view_links.links(officer).rows == ()
    with pytest.raises(NotFound):
        view_links.link(officer, Link.objects.get().pk)
    with pytest.raises(NotFound):
        decide_link.decide(officer, Link.objects.get().pk, LinkState.CONFIRMED, "Same.")


def test_only_officers_decide_and_only_the_desk_suggests(actors, link):
    for name in ("staff", "auditor", "admin", "research"):
        with pytest.raises((Refused, NotFound)):
            decide_link.decide(actors[name], link.pk, LinkState.CONFIRMED, "Same.")
        with pytest.raises(Refused):
            suggest_waiting(actors[name])
