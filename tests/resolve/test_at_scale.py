"""Splink on DuckDB gives what the own route gives."""

import pytest

from bench.linking import contacts
from gifthorse.resolve.at_scale import linked_at_scale, splink_settings
from gifthorse.resolve.fingerprints import text_fingerprint
from gifthorse.resolve.linking import ContactIndex, linked
from gifthorse.resolve.prepared import prepared
from gifthorse.resolve.weights import levels
from tests.resolve.people import ready

MESSAGE = text_fingerprint(
    "we would like to invite you to a small workshop with all costs paid where you could give a lecture of your choice and meet our partners"
)


@pytest.mark.slow
def test_both_routes_give_the_same_pairs_with_the_same_bits() -> None:
    made, _ = contacts(3000, seed=77)
    same = {"first_message": MESSAGE, "introducers": ("z",), "mails": ("office@house.example",), "portrait": "f5a5f00fa5a5f00f"}
    index = ContactIndex(
        [*(prepared(contact, "DE") for contact in made), ready("x", "Lena Vogt", **same), ready("y", "Vogt, Lena", **same)]
    )
    found = linked_at_scale(index)
    assert len(found) > 100
    assert found == linked(index)


def test_the_settings_hold_every_reviewed_probability() -> None:
    held = {
        (level["m_probability"], level["u_probability"])
        for comparison in splink_settings()["comparisons"]
        for level in comparison["comparison_levels"]
        if "m_probability" in level
    }
    wanted = {
        (level.m, level.u) for (comparison, _), level in levels().items() if comparison != "name" and level.id != "introduced_the_other"
    }
    assert wanted <= held


def test_an_empty_pool_links_nothing() -> None:
    assert linked_at_scale(ContactIndex()) == []
