"""Who is called so: for officers alone, a dozen at most, and nobody by words that say nothing."""

import pytest

from gifthorse.model.contacts import ContactFacts
from gifthorse.model.errors import Refused
from gifthorse.model.roles import DESK_ITSELF, Role
from gifthorse.procedures import choosing_by_name, keep_accounts
from tests.samples.people import PASSWORD
from tests.samples.register import a_contact

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("login", ["staff", "colleague", "auditor", "custodian"])
def test_nobody_but_officers_looks_people_up(actors, login):
    contact = a_contact(actors["staff"])
    for ask in (
        lambda: choosing_by_name.people_called(actors[login], "a"),
        lambda: choosing_by_name.people_called(actors[login], actors["staff"].person),
        lambda: choosing_by_name.contacts_called(actors[login], contact.pk),
        lambda: choosing_by_name.contacts_called(actors[login], "lee"),
        lambda: choosing_by_name.written_contact(actors[login], contact.pk),
    ):
        with pytest.raises(Refused):
            ask()


def test_a_dozen_at_most_and_nobody_for_empty_words(actors):
    for number in range(choosing_by_name.OFFERED + 3):
        keep_accounts.create(DESK_ITSELF, f"q{number}", PASSWORD, [Role.STAFF], {"name": f"Quillfeather {number}"})
        a_contact(actors["staff"], ContactFacts(names=(f"Quillfeather {number}",)))
    for called in (choosing_by_name.people_called, choosing_by_name.contacts_called):
        assert len(called(actors["officer"], "quillfeather")) == choosing_by_name.OFFERED
        assert called(actors["officer"], " ") == {}
        assert called(actors["officer"], "contact-0000000000000") == {}


def test_a_contact_is_named_with_the_employer_and_known_again_by_its_own_words(actors):
    contact = a_contact(actors["staff"], ContactFacts(names=("Odile Brandt",), employer=("Fjord Analytics",)))
    written = choosing_by_name.written_contact(actors["officer"], contact.pk)
    assert written == {contact.pk: "Odile Brandt · Fjord Analytics"}
    assert choosing_by_name.contacts_called(actors["officer"], f"{written[contact.pk]} ({contact.pk})") == written
