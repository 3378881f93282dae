import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.assess.passing_along import Spell, chains, follows


def spell(contact: str, first: float, last: float, **more) -> Spell:
    return Spell(**{"thread": f"t-{contact}", "person": "p", "contact": contact, "first_month": first, "last_month": last} | more)


def test_a_reported_handover_makes_a_chain():
    (chain,) = chains([spell("b", 7, 9, observations=(4, 2)), spell("a", 1, 6, handed_over=True, observations=(2, 0))])
    assert (chain.person, chain.threads, chain.contacts) == ("p", ("t-a", "t-b"), ("a", "b"))
    assert chain.observations == (0, 2, 4)
    assert chain.reported
    assert chain.sentence.in_english() == "A colleague was passed on from one contact to the next. Contacts: 2."


def test_a_handover_told_by_the_second_counts_as_well():
    assert chains([spell("a", 1, 6), spell("b", 7, 9, handed_over=True)])[0].reported


def test_a_confirmed_link_makes_a_chain_that_nobody_told():
    (chain,) = chains([spell("a", 1, 6, cluster="k"), spell("b", 7, 9, cluster="k"), spell("c", 9, 9, cluster="k")])
    assert not chain.reported
    assert chain.contacts == ("a", "b", "c")
    assert chain.sentence.in_english() == "Linked contacts came one after the other to the same colleague. Contacts: 3."


def test_one_after_the_other_alone_is_ordinary_life():
    assert chains([spell("a", 1, 6), spell("b", 7, 9)]) == ()
    assert chains([spell("a", 1, 6, cluster="k"), spell("b", 7, 9, cluster="m")]) == ()


@pytest.mark.parametrize(("first", "linked"), [(5.9, False), (6, True), (18, True), (18.1, False)])
def test_the_next_starts_after_the_end_and_within_a_year(first, linked):
    assert follows(spell("a", 1, 6, handed_over=True), spell("b", first, 30)) is linked


def test_the_same_contact_takes_over_from_nobody():
    assert not follows(spell("a", 1, 6, handed_over=True), spell("a", 7, 9))


def test_people_are_kept_apart():
    assert chains([spell("a", 1, 6, handed_over=True), spell("b", 7, 9, person="q")]) == ()


def test_a_spell_joins_the_chain_that_ended_last():
    told = [spell("a", 1, 3, handed_over=True), spell("b", 1, 6, handed_over=True), spell("c", 7, 9)]
    assert [chain.contacts for chain in chains(told)] == [("b", "c")]


def test_longer_chains_come_first_then_by_person():
    told = [spell(c, n * 2, n * 2 + 1, cluster="k", person="z") for n, c in enumerate("abc")]
    told += [spell(c, n * 2, n * 2 + 1, cluster="m", person=p) for p in "qp" for n, c in enumerate("de")]
    assert [(chain.person, len(chain.contacts)) for chain in chains(told)] == [("z", 3), ("p", 2), ("q", 2)]


@given(
    st.lists(
        st.builds(
            lambda n, c, f, d, h: spell(c, f, f + d, thread=f"t{n}", handed_over=h),
            st.integers(0, 99),
            st.sampled_from("abc"),
            st.integers(0, 20),
            st.integers(0, 5),
            st.booleans(),
        ),
        max_size=6,
        unique_by=lambda s: s.thread,
    ).flatmap(lambda spells: st.tuples(st.just(spells), st.permutations(spells)))
)
def test_no_order_of_input_changes_a_chain_and_no_thread_is_in_two(both):
    spells, shuffled = both
    found = chains(spells)
    assert chains(shuffled) == found
    threads = [thread for chain in found for thread in chain.threads]
    assert len(threads) == len(set(threads))
