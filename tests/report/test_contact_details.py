"""What somebody wrote down about a contact is sorted by its form, and nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.report.answers import ContactGiven
from gifthorse.report.contact_details import contact_facts


@pytest.mark.parametrize(
    ("reach", "kind", "value"),
    [
        ("+49 171 2345678", "phones", "+49 171 2345678"),
        ("(030) 123-4567", "phones", "(030) 123-4567"),
        ("ann.lee@example.org", "mails", "ann.lee@example.org"),
        ("https://example.org/in/ann", "profiles", "https://example.org/in/ann"),
        ("example.com/u/ann", "profiles", "example.com/u/ann"),
        ("Signal: ann.77", "messengers", "signal:ann.77"),
        ("WeChat annlee", "messengers", "wechat:annlee"),
    ],
)
def test_a_line_is_sorted_by_its_form(reach, kind, value):
    facts = contact_facts(ContactGiven(name="Ann", reach=reach))
    assert getattr(facts, kind) == (value,)
    assert facts.card_text == ""


def test_several_are_taken_apart_and_the_rest_is_kept_as_a_card():
    facts = contact_facts(ContactGiven(role="Consultant", reach="ann@example.org, +44 20 7946 0000 or room 12 of the tower"))
    assert (facts.mails, facts.phones, facts.card_text) == (("ann@example.org",), ("+44 20 7946 0000",), "Consultant\nroom 12 of the tower")


def test_nothing_told_makes_no_contact():
    assert contact_facts(ContactGiven(known=("contact-1",))) is None


@given(reach=st.text(max_size=200), name=st.text(max_size=20))
def test_every_letter_and_digit_is_kept_somewhere(reach, name):
    facts = contact_facts(ContactGiven(name=name, reach=reach))
    kept = (
        "" if facts is None else "".join([*facts.names, *facts.phones, *facts.mails, *facts.profiles, *facts.messengers, facts.card_text])
    )
    letters = {character.lower() for character in kept}
    joined = {"o", "r", "d", "e", "u", "n", "a"}
    assert all(c.lower() in letters or c.lower() in joined for c in reach if c.isalnum() and c.isascii())
