"""Which pairs are suggested, why, and that nothing but the evidence decides it."""

import random
from itertools import pairwise
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.model.errors import NotAccepted
from gifthorse.resolve.comparing import evidence, total_bits
from gifthorse.resolve.fingerprints import text_fingerprint
from gifthorse.resolve.linking import MOST_IN_A_HARD_BLOCK, ContactIndex, candidates_for, explained, linked
from gifthorse.resolve.prepared import Prepared
from gifthorse.resolve.waterfall import Standing, waterfall
from gifthorse.resolve.weights import posterior, read_weights, weights
from tests.resolve.namings import CULTURES, bearer
from tests.resolve.people import ready

MESSAGE = text_fingerprint(
    "we would like to invite you to a small workshop with all costs paid where you could give a lecture of your choice and meet our partners"
)
HARD = [
    {"phones": ("+49 151 23456789",)},
    {"mails": ("lv.1977@firm.example",)},
    {"profiles": ("linkedin.com/in/lena-vogt-77",)},
    {"messengers": ("telegram:lena_v",)},
    {"accounts": ("DE89370400440532013000",)},
    {"card": "0123456789abcdef0123456789abcdef"},
    {"portrait": "a5a5f00fa5a5f00f"},
]


def standing(one: Prepared, other: Prepared, *more: Prepared) -> Standing:
    return explained((one.id, other.id), ContactIndex([one, other, *more])).standing


@pytest.mark.parametrize("shared", HARD, ids=[next(iter(shared)) for shared in HARD])
def test_any_hard_identifier_suggests_a_link_even_without_names(shared: dict) -> None:
    found = linked(ContactIndex([ready("a", **shared), ready("b", **shared), ready("c", "Anna Berg")]))
    assert [(suggestion.pair, suggestion.standing) for suggestion in found] == [(("a", "b"), Standing.SUGGEST)]


def test_the_same_phone_under_another_name_and_house_is_still_suggested() -> None:
    one = ready("a", "Lena Vogt", phones=("0151 23456789",), employers=("Vogt Consulting",))
    other = ready("b", "Peter Falkenrath", phones=("+4915123456789",), employers=("Falkenrath AG",))
    assert standing(one, other) is Standing.SUGGEST


@pytest.mark.parametrize("culture", CULTURES)
def test_a_name_alone_is_never_suggested(culture: str) -> None:
    chance = random.Random(culture)
    names = [bearer(culture, chance).written(1) for _ in range(40)]
    reports = [ready(f"{report}{number}", name) for number, name in enumerate(names) for report in "ab"]
    assert all(suggestion.standing is not Standing.SUGGEST for suggestion in linked(ContactIndex(reports)))


def test_circumstances_without_a_name_never_even_queue() -> None:
    same = {"employers": ("Odd House",), "events": ("event-1",), "introducers": ("c",), "first_message": MESSAGE}
    assert standing(ready("a", **same), ready("b", **same)) is Standing.BELOW


def test_a_rare_name_at_the_same_house_is_suggested_and_a_common_one_is_not() -> None:
    same = {"employers": ("Odd House",)}
    assert standing(ready("a", "Ottokar Falkenrath", **same), ready("b", "Falkenrath Ottokar", **same)) is Standing.SUGGEST
    for common in ("Nguyen Van Anh", "Kim Min-jun", "Singh Kumar", "Mohammed Ahmed"):
        assert standing(ready("a", common, **same), ready("b", common, **same)) is not Standing.SUGGEST


def test_a_switchboard_that_many_names_give_links_nobody() -> None:
    chance = random.Random(4)
    names = {bearer("german", chance).written(1) for _ in range(60)}
    index = ContactIndex(ready(f"c{number}", name, phones=("030 1234567",)) for number, name in enumerate(sorted(names)))
    touched = {contact for suggestion in linked(index) if suggestion.standing is Standing.SUGGEST for contact in suggestion.pair}
    assert len(touched) <= len(index) * 0.1


def test_a_crowded_identifier_of_one_person_still_joins_all_reports() -> None:
    count = MOST_IN_A_HARD_BLOCK * 2
    index = ContactIndex(ready(f"c{number:04}", "Lena Vogt", phones=("0151 23456789",)) for number in range(count))
    pairs = {suggestion.pair for suggestion in linked(index) if suggestion.standing is Standing.SUGGEST}
    assert all((f"c{number:04}", f"c{number + 1:04}") in pairs for number in range(count - 1))


def test_whoever_introduced_a_contact_is_not_that_contact() -> None:
    one = ready("a", "Lena Vogt", phones=("0151 23456789",))
    other = ready("b", "Lena Vogt", phones=("0151 23456789",), introducers=("a",))
    lines = explained(("a", "b"), ContactIndex([one, other])).lines
    assert any(line.level == "introduced_the_other" and line.bits < -5 for line in lines)


def test_another_phone_or_portrait_is_no_contradiction() -> None:
    alone = ready("a", "Lena Vogt"), ready("b", "Lena Vogt")
    apart = (
        ready("a", "Lena Vogt", phones=("0151 23456789",), portrait="a5a5f00fa5a5f00f"),
        ready("b", "Lena Vogt", phones=("0160 98765432",), portrait="5a5a0ff05a5a0ff0"),
    )
    assert explained(("a", "b"), ContactIndex(alone)).total == explained(("a", "b"), ContactIndex(apart)).total


contacts = st.builds(
    lambda number, culture, seed, spelling, phone, house, event, portrait: ready(
        f"c{number}",
        bearer(culture, random.Random(seed)).written(spelling),
        phones=(f"+4915123456{phone:03}",) if phone else (),
        employers=(f"House {house}",) if house else (),
        events=(f"event-{event}",) if event else (),
        portrait=portrait,
    ),
    st.integers(0, 30),
    st.sampled_from(sorted(CULTURES)),
    st.integers(0, 12),
    st.integers(0, 2),
    st.integers(0, 5),
    st.integers(0, 3),
    st.integers(0, 3),
    st.sampled_from(["", "a5a5f00fa5a5f00f", "a5a5f00fa5a5f00e", "5a5a0ff05a5a0ff0"]),
)
pools = st.lists(contacts, min_size=2, max_size=14, unique_by=lambda contact: contact.id)


@settings(max_examples=60, deadline=None)
@given(pools, st.randoms(use_true_random=False))
def test_the_order_of_contacts_changes_nothing(pool: list[Prepared], chance) -> None:
    shuffled = list(pool)
    chance.shuffle(shuffled)
    assert linked(ContactIndex(pool)) == linked(ContactIndex(shuffled))


@settings(max_examples=60, deadline=None)
@given(pools)
def test_every_waterfall_adds_up_and_is_the_same_from_both_sides(pool: list[Prepared]) -> None:
    population = ContactIndex(pool).population
    for one, other in pairwise(pool):
        found = waterfall(one, other, population)
        assert abs(fsum(line.bits for line in found.lines) - found.total) < 1e-9
        assert abs(found.posterior - posterior(found.total)) < 1e-12
        assert found == waterfall(other, one, population)
        assert all(line.sentence.in_english() for line in found.lines)


@settings(max_examples=40, deadline=None)
@given(pools)
def test_blocks_lose_no_pair_that_a_comparison_of_all_would_suggest(pool: list[Prepared]) -> None:
    index = ContactIndex(pool)
    everything = {
        tuple(sorted((one.id, other.id)))
        for place, one in enumerate(pool)
        for other in pool[place + 1 :]
        if posterior(total_bits(evidence(one, other, index.population))) >= weights().suggest.posterior
    }
    assert everything == {suggestion.pair for suggestion in linked(index) if suggestion.standing is Standing.SUGGEST}


@settings(max_examples=40, deadline=None)
@given(pools)
def test_one_new_contact_gets_what_linking_everything_would_give(pool: list[Prepared]) -> None:
    *known, new = pool
    index = ContactIndex(known)
    before = linked(index)
    expected = [suggestion for suggestion in linked(ContactIndex(pool)) if new.id in suggestion.pair]
    assert candidates_for(new, index) == expected
    assert linked(index) == before


def test_a_contact_with_too_many_entries_is_refused_with_the_field() -> None:
    with pytest.raises(NotAccepted) as refused:
        ready("a", events=tuple(map(str, range(1000))))
    assert refused.value.field == "events"
    with pytest.raises(NotAccepted):
        ready("")


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=60))
def test_any_text_in_any_field_is_compared_or_left_out(one: str, other: str, third: str) -> None:
    fields = dict.fromkeys(("phones", "mails", "profiles", "messengers", "accounts", "employers", "events", "introducers"), (one, other))
    pair = ready("a", one, other, portrait=third, card=third, **fields), ready("b", other, third, portrait=one, **fields)
    assert 0.0 <= explained(("a", "b"), ContactIndex(pair)).posterior <= 1.0


def test_weights_that_let_a_name_suggest_are_refused() -> None:
    import msgspec

    loose = msgspec.structs.replace(weights(), names_at_most=msgspec.structs.replace(weights().names_at_most, bits=18.0))
    with pytest.raises(msgspec.ValidationError, match="name alone"):
        read_weights(msgspec.json.encode(loose))
