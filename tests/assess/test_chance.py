from math import comb, fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.assess.chance import Rate, base_rates, binomial_tail, discoveries, predictive_tail
from gifthorse.model.errors import NotAccepted


@pytest.mark.parametrize(
    ("attendees", "rate", "seen", "expected"),
    [(12, 0.03, 3, 0.0048), (12, 0.03, 2, 0.0486), (12, 0.1, 4, 0.0256), (30, 0.1, 5, 0.1755), (1, 0.25, 1, 0.25)],
)
def test_tails_are_the_published_examples(attendees, rate, seen, expected):
    assert binomial_tail(attendees, seen, rate) == pytest.approx(expected, abs=6e-5)


def test_the_ends_of_a_tail():
    assert binomial_tail(5, 0, 0.3) == pytest.approx(1.0)
    assert binomial_tail(5, -1, 0.3) == pytest.approx(1.0)
    assert binomial_tail(5, 6, 0.3) == 0.0
    assert predictive_tail(5, 0, Rate(alpha=1, beta=9)) == 1.0
    assert predictive_tail(5, 6, Rate(alpha=1, beta=9)) == 0.0


def test_a_tail_is_never_above_one_even_by_rounding():
    assert binomial_tail(11, 0, 0.22) == 1.0
    assert predictive_tail(15, 1, Rate(alpha=76, beta=0.1)) == 1.0


def test_a_flat_rate_makes_every_count_equally_likely():
    flat = Rate(alpha=1, beta=1)
    assert [predictive_tail(3, seen, flat) for seen in range(1, 4)] == pytest.approx([0.75, 0.5, 0.25])


def test_a_rate_of_one_approach_in_three_by_hand():
    # beta-binomial with n=2, alpha=1, beta=2: P(0)=1/2, P(1)=1/3, P(2)=1/6
    assert [predictive_tail(2, seen, Rate(alpha=1, beta=2)) for seen in (1, 2)] == pytest.approx([1 / 2, 1 / 6])


def test_with_much_history_both_tails_agree_and_with_little_the_second_is_more_careful():
    assert predictive_tail(12, 3, Rate(alpha=3e6, beta=97e6)) == pytest.approx(binomial_tail(12, 3, 0.03), rel=1e-3)
    assert predictive_tail(12, 3, Rate(alpha=0.6, beta=19.4)) > 2 * binomial_tail(12, 3, 0.03)


@given(st.integers(1, 60), st.integers(1, 60), st.floats(0.1, 50), st.floats(0.1, 50))
def test_more_approaches_are_never_likelier(attendees, seen, alpha, beta):
    rate = Rate(alpha=alpha, beta=beta)
    tail = predictive_tail(attendees, seen, rate)
    assert 0.0 <= tail <= predictive_tail(attendees, seen - 1, rate) <= 1.0


def test_without_history_one_in_twenty_is_expected():
    rates = base_rates([])
    assert rates.kinds == {}
    assert rates.of("fair") == Rate(alpha=1.0, beta=19.0)
    assert rates.of("fair").mean == pytest.approx(0.05)


def test_a_kind_with_history_moves_towards_what_it_showed():
    rates = base_rates([("fair", 50, 5), ("fair", 30, 5)])
    mean = (1 + 10) / (20 + 80)
    assert rates.other == Rate(alpha=pytest.approx(mean * 20), beta=pytest.approx((1 - mean) * 20))
    assert rates.of("fair") == Rate(alpha=pytest.approx(mean * 20 + 10), beta=pytest.approx((1 - mean) * 20 + 70))
    assert rates.other.mean < rates.of("fair").mean < 10 / 80
    assert rates.of("dinner") == rates.other


def test_kinds_that_are_alike_lend_each_other_the_most_strength():
    rates = base_rates([("a", 100, 5), ("b", 100, 5), ("c", 100, 5)])
    assert rates.other.alpha + rates.other.beta == pytest.approx(200)


def test_kinds_that_differ_widely_lend_each_other_little():
    rates = base_rates([("a", 100, 0), ("b", 100, 50), ("c", 100, 99)])
    assert rates.other.alpha + rates.other.beta == pytest.approx(5)


def test_kinds_that_differ_somewhat_lend_what_the_moments_say():
    history = [("a", 200, 4), ("b", 200, 20), ("c", 200, 32)]
    mean = (1 + 56) / 620
    spread = fsum(200 * (k / 200 - mean) ** 2 for k in (4, 20, 32))
    excess = (spread - 2 * mean * (1 - mean)) / (600 - 200)
    expected = mean * (1 - mean) / excess - 1
    rates = base_rates(history)
    assert 5 < expected < 200
    assert rates.other.alpha + rates.other.beta == pytest.approx(expected)


def test_two_kinds_or_empty_events_tell_no_spread():
    for history in ([("a", 100, 0), ("b", 100, 90)], [("a", 100, 0), ("b", 100, 90), ("c", 0, 0)]):
        rates = base_rates(history)
        assert rates.other.alpha + rates.other.beta == pytest.approx(20)


@pytest.mark.parametrize(("attendees", "approached"), [(3, 4), (3, -1)])
def test_more_approached_than_attended_is_not_accepted(attendees, approached):
    with pytest.raises(NotAccepted, match=r"^More people were approached than attended\. Please check the two numbers\.$") as caught:
        base_rates([("fair", attendees, approached)])
    assert caught.value.field == "attendees"


def test_everybody_approached_is_accepted():
    assert base_rates([("fair", 3, 3)]).of("fair").mean > 0.05


def test_discoveries_step_up_to_the_last_that_holds():
    chances = {"a": 0.01, "b": 0.045, "c": 0.06, "d": 0.5}
    # limits are .025, .05, .075, .1: c holds at its rank
    assert discoveries(chances) == {"a", "b", "c"}
    assert discoveries({"a": 0.03, "b": 0.045, "c": 0.2, "d": 0.5}) == {"a", "b"}  # b holds and lifts a
    assert discoveries({"a": 0.1}) == {"a"}
    assert discoveries({"a": 0.1000001}) == frozenset()
    assert discoveries({}) == frozenset()
    assert discoveries({"a": 0.04, "b": 0.9}, share=0.05) == frozenset()


def test_one_more_ordinary_event_never_adds_a_discovery():
    chances = {"a": 0.04, "b": 0.3}
    assert discoveries(chances) == {"a"}
    assert discoveries(chances | {"c": 0.9}) == frozenset()


def test_under_chance_alone_few_quarters_have_a_discovery():
    # 200 quarters of 10 events of 12 people at 10 %, enumerated by quantiles of the exact distribution
    from gifthorse.assess.draws import draws

    chances = [comb(12, k) * 0.1**k * 0.9 ** (12 - k) for k in range(13)]
    numbers = iter(draws(1, "quarters", 2000))
    wrong = 0
    for _ in range(200):
        quarter = {}
        for event in range(10):
            left, k = next(numbers) / 2**32, 0
            while left > chances[k]:
                left, k = left - chances[k], k + 1
            quarter[str(event)] = binomial_tail(12, k, 0.1)
        wrong += bool(discoveries(quarter))
    assert wrong <= 20
