from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.assess.mosaic import Ask, Coverage, Element, mosaics
from gifthorse.assess.mosaic_chance import Usual, usual_gains
from gifthorse.model.errors import NotAccepted

SEED = 11
ELEMENTS = tuple(Element(id=f"e{n:02}", holders=(f"holder{n % 3}",)) for n in range(12))


def ask(element: str, cluster: str, person: str, month: float = 0) -> Ask:
    return Ask(month=month, element=element, cluster=cluster, person=person)


def crowd() -> list[Ask]:
    """Thirty ordinary contacts who each ask one of six colleagues about the same two well-known elements."""
    return [ask(f"e{n % 2:02}", f"ordinary{n:02}", f"p{n % 6}", n) for n in range(60)] + [
        ask(f"e{(n + 1) % 2:02}", f"ordinary{n:02}", f"p{n % 6}", n + 1) for n in range(60)
    ]


def gatherers() -> list[Ask]:
    """One cluster that asks four colleagues about two elements each, none of them twice."""
    return [ask(f"e{n:02}", "linked", f"p{n % 4}", n) for n in range(8)]


def found(cluster: str, asks: list[Ask], elements: tuple[Element, ...] = ELEMENTS, seed: int = SEED):
    return next(m for m in mosaics(elements, asks, seed) if m.cluster == cluster)


def test_a_cluster_that_gathers_from_several_people_stands_out():
    mosaic = found("linked", crowd() + gatherers())
    assert mosaic.flagged
    assert mosaic.comparable
    assert mosaic.union == 8.0
    assert mosaic.whole == 12.0
    assert mosaic.gain == 6.0
    assert mosaic.usual_gain is not None
    assert mosaic.usual_gain < 6.0
    assert mosaic.p < 0.01
    assert mosaic.coverage[0] == Coverage(person="p0", weight=2.0, elements=("e00", "e04"))
    assert [own.person for own in mosaic.coverage] == ["p0", "p1", "p2", "p3"]
    assert mosaic.sentence.in_english() == "Linked contacts asked 4 colleagues about 8 of 12 elements: together more than chance explains."


def test_flagged_mosaics_come_first_and_the_ordinary_ones_stay_unflagged():
    ranked = mosaics(ELEMENTS, crowd() + gatherers(), SEED)
    assert [mosaic.cluster for mosaic in ranked if mosaic.flagged] == ["linked"]
    assert ranked[0].cluster == "linked"
    assert [mosaic.cluster for mosaic in ranked[1:]] == sorted(mosaic.cluster for mosaic in ranked[1:])


def test_what_was_not_asked_yet_names_the_next_people_to_brief():
    elements = (
        Element(id="a"),
        Element(id="b", weight=1.0, holders=("ann",)),
        Element(id="c", weight=2.5, holders=("bob", "bob", "cleo")),
        Element(id="d", weight=2.0, holders=("ann", "cleo")),
    )
    mosaic = found("k", [ask("a", "k", "p")], elements)
    assert [element.id for element in mosaic.missing] == ["c", "d", "b"]
    assert mosaic.brief_next == ("cleo", "ann", "bob")  # 4.5, 3.0 and 2.5


def test_an_element_asked_twice_is_persistent_and_one_asked_once_is_not():
    mosaic = found("k", [ask("e00", "k", "p", 1), ask("e00", "k", "q", 5), ask("e01", "k", "p", 1)])
    assert mosaic.persistent == ("e00",)


def test_one_person_alone_is_no_mosaic():
    mosaic = found("k", [ask("e00", "k", "p"), ask("e01", "k", "p"), ask("e02", "other", "q")])
    assert (mosaic.gain, mosaic.flagged, mosaic.usual_gain, mosaic.p) == (0.0, False, None, 1.0)
    assert mosaic.sentence.in_english() == "Linked contacts asked one colleague about 2 of 12 elements."


def test_two_people_asked_the_same_give_no_gain():
    mosaic = found("k", [ask("e00", "k", "p"), ask("e00", "k", "q"), ask("e02", "other", "q")])
    assert (mosaic.union, mosaic.gain, mosaic.flagged) == (1.0, 0.0, False)
    assert mosaic.sentence.in_english() == "Linked contacts asked 2 colleagues about 1 of 12 elements: no more than chance explains."


def test_a_gain_that_chance_reaches_as_well_is_not_flagged():
    mosaic = found("k", [ask("e00", "k", "p"), ask("e01", "k", "q"), ask("e02", "m", "p"), ask("e03", "m", "q")])
    assert (mosaic.gain, mosaic.usual_gain, mosaic.flagged) == (1.0, 1.0, False)
    assert mosaic.p == pytest.approx(2 / 3, abs=0.03)  # two of the six possible hands are of one person alone


def test_without_a_gain_nothing_is_tested_and_the_larger_gain_comes_first():
    asks = [ask("e00", "flat", "p"), ask("e00", "flat", "q"), ask("e00", "small", "p"), ask("e01", "small", "q")]
    asks += [ask("e00", "wide", "p"), ask("e01", "wide", "q"), ask("e02", "wide", "r")]
    ranked = mosaics(ELEMENTS, asks, SEED)
    assert [(m.cluster, m.gain, m.usual_gain is None) for m in ranked] == [
        ("wide", 2.0, False),
        ("small", 1.0, False),
        ("flat", 0.0, True),
    ]


def test_the_smallest_gain_is_tested_too():
    elements = (Element(id="a", weight=0.000001), Element(id="b", weight=0.000001))
    mosaic = found("k", [ask("a", "k", "p"), ask("b", "k", "q"), ask("a", "m", "p")], elements)
    assert (mosaic.gain, mosaic.usual_gain) == (0.000001, 0.000001)


def test_a_single_cluster_can_not_be_compared_and_says_so():
    mosaic = found("linked", gatherers())
    assert (mosaic.comparable, mosaic.flagged, mosaic.gain, mosaic.usual_gain) == (False, False, 6.0, None)
    assert mosaic.sentence.in_english() == (
        "Linked contacts asked 4 colleagues about 8 of 12 elements. Nobody else asked, so there is nothing to compare this with: "
        "please judge by eye."
    )


def test_without_the_spread_over_people_the_conclusion_goes():
    asks = [a if a.cluster != "linked" else ask(a.element, "linked", "p0", a.month) for a in crowd() + gatherers()]
    assert not found("linked", asks).flagged


def test_removing_asks_one_by_one_removes_the_conclusion_for_good():
    flags = [found("linked", crowd() + gatherers()[:n]).flagged for n in range(1, 9)]
    assert flags == sorted(flags)
    assert not flags[0]
    assert flags[-1]


def test_heavier_elements_weigh_more():
    light = found("k", [ask("e00", "k", "p"), ask("e01", "k", "q")])
    heavy_elements = (Element(id="e00", weight=3.5), Element(id="e01", weight=0.25))
    heavy = found("k", [ask("e00", "k", "p"), ask("e01", "k", "q")], heavy_elements)
    assert (light.union, light.gain) == (2.0, 1.0)
    assert (heavy.union, heavy.gain) == (3.75, 0.25)


@given(
    st.lists(
        st.builds(ask, st.sampled_from(["e00", "e01", "e02"]), st.sampled_from("klm"), st.sampled_from("pqr"), st.integers(0, 9)),
        max_size=12,
    ).flatmap(lambda asks: st.tuples(st.just(asks), st.permutations(asks))),
    st.integers(0, 2**40),
)
def test_no_order_of_input_changes_anything(both, seed):
    asks, shuffled = both
    assert mosaics(ELEMENTS, asks, seed, shuffles=30) == mosaics(reversed(ELEMENTS), shuffled, seed, shuffles=30)


def test_the_same_seed_gives_the_same_result_and_this_one_on_every_machine():
    asks = [ask(f"e{n % 7:02}", f"k{n % 4}", f"p{n % 3}", n) for n in range(40)]
    first = mosaics(ELEMENTS, asks, 5)
    assert first == mosaics(ELEMENTS, asks, 5)
    assert [(m.cluster, m.usual_gain, round(m.p, 4)) for m in first] == [(f"k{n}", 4.0, 0.1674) for n in range(4)]


def test_an_ask_about_an_unknown_element_is_not_accepted():
    with pytest.raises(
        NotAccepted, match=r"^An ask is about an element that this asset doesn't have\. Please register the element first\.$"
    ) as caught:
        mosaics(ELEMENTS, [ask("nowhere", "k", "p")], SEED)
    assert caught.value.field == "element"


def test_an_element_listed_twice_is_not_accepted():
    with pytest.raises(NotAccepted, match=r"^This element is listed twice\. Please remove one of the two\.$") as caught:
        mosaics((Element(id="a"), Element(id="a")), [], SEED)
    assert caught.value.field == "element"


@pytest.mark.parametrize("weight", [0.0, -1.0, float("inf"), float("nan"), 0.0000009])
def test_a_weight_is_a_number_above_zero(weight):
    with pytest.raises(NotAccepted, match=r"^The weight of an element is a number above zero\. Please correct it\.$") as caught:
        mosaics((Element(id="a", weight=weight),), [], SEED)
    assert caught.value.field == "weight"


def test_the_smallest_weight_is_accepted_and_no_asks_make_no_mosaics():
    assert mosaics((Element(id="a", weight=0.000001),), [], SEED) == ()


def test_the_percentile_is_the_least_gain_that_99_in_100_do_not_exceed():
    assert Usual(gains=tuple(range(2000))).percentile == 1979
    assert Usual(gains=tuple(range(100))).percentile == 98
    assert Usual(gains=(3,)).percentile == 3


def test_the_share_of_shuffles_counts_the_observed_one_and_ties():
    usual = Usual(gains=(0, 1, 1, 2))
    assert [usual.p(gain) for gain in range(4)] == [1.0, 0.8, 0.4, 0.2]


def test_the_shuffles_agree_with_every_possible_deal():
    cards = [("p", 1, "a"), ("p", 2, "b"), ("q", 4, "c"), ("q", 1, "a"), ("r", 2, "b")]

    def gain(hand):
        by_person = {person: {c[2]: c[1] for c in hand if c[0] == person} for person, _, _ in hand}
        union = {c[2]: c[1] for c in hand}
        return sum(union.values()) - max(sum(own.values()) for own in by_person.values())

    sampled = usual_gains(cards, [1, 2, 3, 5], seed=3, shuffles=4000)
    for size in (1, 2, 3, 5):
        exact = [gain(deal[:size]) for deal in permutations(cards)]
        for value in set(exact):
            assert abs(exact.count(value) / len(exact) - sampled[size].gains.count(value) / 4000) < 0.03
        assert set(sampled[size].gains) == set(exact)


def test_sizes_beyond_one_block_of_draws_are_dealt_to_the_end():
    cards = [(f"p{n % 3}", 1, f"e{n}") for n in range(5000)]
    usual = usual_gains(cards, [4999, 5000], seed=1, shuffles=2)
    assert usual[5000].gains == (5000 - 1667,) * 2
    assert set(usual[4999].gains) <= {4999 - 1667, 4999 - 1666}


def test_a_large_deal_is_the_same_on_every_machine():
    cards = [(f"p{n % 7}", 1 + n % 3, f"e{n}") for n in range(9000)]
    assert usual_gains(cards, [4500, 8500], seed=2, shuffles=2) == {4500: Usual(gains=(7633, 7644)), 8500: Usual(gains=(14546, 14554))}


def test_nothing_to_test_draws_nothing():
    assert usual_gains([], [], seed=1, shuffles=10) == {}
