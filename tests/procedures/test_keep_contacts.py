"""Contacts: kept as they were given, corrected with what stood there before, and known to nobody whom the report was sealed from."""

import pytest

from gifthorse.model.contacts import ContactFacts, Verified
from gifthorse.model.errors import NotAccepted, NotFound, Refused
from gifthorse.model.roles import Actor, Role
from gifthorse.procedures import keep_contacts, search_records, view_contacts
from gifthorse.resolve.contact import Contact as Compared
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.verify import verify
from tests.samples import register as samples
from tests.samples.sealed_report import sealed_report

CORRECTED = ContactFacts(names=("Zhang Wei",), employer=("Bluewave",))


@pytest.fixture
def contact(actors):
    return samples.a_contact(actors["staff"])


def test_names_keep_their_script_and_spelling(actors, contact):
    view = view_contacts.contact(actors["officer"], contact.pk)
    assert [(name.text, name.script) for name in view.names] == [("Zhāng Wěi", "latin"), ("张伟", "han"), ("Leo", "latin")]
    assert (view.reported_by, view.contact.verified, view.contact.joined_to) == ("Name of staff", "unverified", contact.pk)


def test_each_look_is_recorded_with_who_looked(actors, contact):
    before = LedgerEntry.objects.count()
    view_contacts.contact(actors["officer"], contact.pk)
    last = LedgerEntry.objects.order_by("-position").first()
    assert LedgerEntry.objects.count() == before + 1
    assert (last.actor, last.procedure, last.subject) == (actors["officer"].person, "view-contact", contact.pk)


def test_a_correction_keeps_what_stood_there_before(actors, contact):
    keep_contacts.correct_contact(actors["officer"], contact.pk, CORRECTED, Verified.VERIFIED, "The firm knows him.")
    later = ContactFacts(names=("Zhang Wei",), employer=("Bluewave Ltd",))
    keep_contacts.correct_contact(actors["officer"], contact.pk, later, Verified.REFUTED, "It was another one.")
    view = view_contacts.contact(actors["officer"], contact.pk)
    assert (view.kept.facts, view.contact.verified) == (later, "refuted")
    first, second = view.corrections
    assert (first.by, first.correction.reason, first.correction.before) == ("Name of officer", "The firm knows him.", samples.KNOWN)
    assert second.before == (("employer", "Bluewave"),)
    assert dict(first.before)["names"] == "Zhāng Wěi, 张伟, Leo"
    assert not verify().damages


def test_a_correction_needs_its_reason(actors, contact):
    with pytest.raises(NotAccepted) as caught:
        keep_contacts.correct_contact(actors["officer"], contact.pk, CORRECTED, Verified.VERIFIED, " ")
    assert caught.value.field == "reason"


@pytest.mark.parametrize(
    "facts",
    [
        ContactFacts(),
        ContactFacts(names=("n",) * 13),
        ContactFacts(phones=("",)),
        ContactFacts(mails=("m" * 501,)),
        ContactFacts(card_text="c" * 4001),
    ],
    ids=["nothing", "too many", "empty", "long", "a long card"],
)
def test_what_no_contact_can_have_is_refused(actors, facts):
    with pytest.raises(NotAccepted):
        samples.a_contact(actors["staff"], facts)


def test_what_is_compared_holds_no_text_of_card_or_message(actors, contact):
    compared = keep_contacts.as_compared(contact)
    assert isinstance(compared, Compared)
    assert compared.phones == samples.KNOWN.phones
    assert [name.text for name in compared.names] == list(samples.KNOWN.names)
    assert len(compared.card) == 32
    assert len(compared.first_message) == 16
    assert "Harbour" not in repr(compared)
    assert "honorarium" not in repr(compared)


def test_staff_see_no_contact_not_even_the_one_they_reported(actors, contact):
    for look in (lambda: view_contacts.contacts(actors["staff"]), lambda: view_contacts.contact(actors["staff"], contact.pk)):
        with pytest.raises((Refused, NotFound)):
            look()


def test_a_contact_out_of_a_sealed_report_is_known_to_the_chosen_officer_alone(actors, contact):
    chosen = Actor(person=actors["board"].person, roles=frozenset({Role.OFFICER}))
    sealed_report(actors["staff"], contact, [chosen.person])
    other = actors["officer"]
    assert view_contacts.contacts(other).rows == ()
    assert search_records.search(other, "Bluewave").groups == ()
    assert search_records.search(other, contact.pk).groups == ()
    with pytest.raises(NotFound):
        view_contacts.contact(other, contact.pk)
    with pytest.raises(NotFound):
        keep_contacts.correct_contact(other, contact.pk, CORRECTED, Verified.VERIFIED, "why")
    assert view_contacts.contact(chosen, contact.pk).names[0].text == "Zhāng Wěi"
    assert [group.kind for group in search_records.search(chosen, "Bluewave").groups] == ["contact"]


def test_a_contact_that_is_known_openly_does_not_vanish_by_a_sealed_report(actors, contact):
    sealed_report(actors["colleague"], contact, [])
    sealed_report(actors["staff"], contact, [actors["board"].person])
    assert [row.contact.pk for row in view_contacts.contacts(actors["officer"]).rows] == [contact.pk]
