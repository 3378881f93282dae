"""Conditions hold, fail, or can't be told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.brief.conditions import Condition, all_hold, holds, undecided

FACTS = {"payer": frozenset({"host"}), "venue": frozenset({"university", "online"}), "nights": 3, "fee": None, "social": frozenset()}


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        (Condition(fact="payer", any_of=("host", "mixed")), True),
        (Condition(fact="payer", any_of=("mixed",)), False),
        (Condition(fact="payer", none_of=("host",)), False),
        (Condition(fact="venue", any_of=("online",), none_of=("university",)), False),
        (Condition(fact="social", none_of=("dinner",)), True),
        (Condition(fact="social", any_of=("dinner",)), False),
        (Condition(fact="nights", at_least=3), True),
        (Condition(fact="nights", at_least=4), False),
        (Condition(fact="nights", at_most=2), False),
        (Condition(fact="nights", at_least=1, at_most=3), True),
        (Condition(fact="fee", any_of=("yes",)), None),
    ],
    ids=lambda value: "" if isinstance(value, Condition) else str(value),
)
def test_a_condition_holds_or_not_or_cannot_be_told(condition, answer):
    assert holds(condition, FACTS) is answer


def test_one_false_settles_all_and_one_unknown_leaves_it_open():
    yes, no, unknown = (
        Condition(fact="nights", at_least=1), Condition(fact="nights", at_least=9), Condition(fact="fee", any_of=("yes",)),
    )  # fmt: skip
    assert all_hold((yes, yes), FACTS) is True
    assert all_hold((yes, unknown, no), FACTS) is False
    assert all_hold((yes, unknown), FACTS) is None
    assert all_hold((), FACTS) is True
    assert undecided((yes, unknown, no, unknown), FACTS) == ("fee",)


def test_a_fact_that_does_not_exist_is_an_error_and_not_a_no():
    with pytest.raises(KeyError):
        holds(Condition(fact="weather", any_of=("rain",)), FACTS)


@settings(deadline=None)
@given(st.frozensets(st.sampled_from("abcd")), st.frozensets(st.sampled_from("abcd"), min_size=1))
def test_any_and_none_are_opposites(value, words):
    facts = {"x": value}
    assert holds(Condition(fact="x", any_of=tuple(words)), facts) is not holds(Condition(fact="x", none_of=tuple(words)), facts)
