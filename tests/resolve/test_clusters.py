"""Groups are read off what people decided, and a refusal is never overrun in silence."""

from hypothesis import given
from hypothesis import strategies as st

from gifthorse.resolve.clusters import Conflict, Decided, Decision, clusters


def decided(*said: tuple[str, str, Decision]) -> list[Decided]:
    return [Decided(pair=(one, other), decision=decision, order=order) for order, (one, other, decision) in enumerate(said)]


def test_confirmed_links_make_groups_and_suggestions_none() -> None:
    found = clusters(decided(("b", "a", Decision.CONFIRMED), ("b", "c", Decision.CONFIRMED), ("x", "y", Decision.REFUSED)))
    assert [cluster.members for cluster in found] == [("a", "b", "c")]
    assert found[0].links == (("a", "b"), ("b", "c"))
    assert found[0].conflicts == ()


def test_withdrawing_undoes_a_link() -> None:
    assert clusters(decided(("a", "b", Decision.CONFIRMED), ("b", "a", Decision.WITHDRAWN))) == ()


def test_a_chain_that_joins_a_refused_pair_is_shown() -> None:
    found = clusters(
        decided(
            ("a", "d", Decision.REFUSED), ("a", "b", Decision.CONFIRMED), ("b", "c", Decision.CONFIRMED), ("c", "d", Decision.CONFIRMED)
        )
    )
    assert found[0].conflicts == (Conflict(pair=("a", "d"), chain=("a", "b", "c", "d")),)


def test_a_later_refusal_replaces_a_confirmation() -> None:
    assert clusters(decided(("a", "b", Decision.CONFIRMED), ("a", "b", Decision.REFUSED))) == ()


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.sampled_from(Decision)), max_size=25),
    st.randoms(use_true_random=False),
)
def test_the_order_of_reading_is_no_matter_and_no_contact_stands_in_two_groups(said, chance) -> None:
    decisions = decided(*said)
    shuffled = list(decisions)
    chance.shuffle(shuffled)
    found = clusters(decisions)
    assert clusters(shuffled) == found
    members = [member for cluster in found for member in cluster.members]
    assert len(members) == len(set(members))
