from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.assess.suppression import suppressed


def hidden(counts):
    return {key for key, shown in suppressed(counts).items() if shown is None}


def test_counts_of_five_and_more_are_shown():
    assert suppressed({"b": 5, "a": 9}) == {"a": 9, "b": 5}
    assert suppressed({}) == {}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"a": 4, "b": 7, "c": 9}, {"a", "b"}),  # one alone would follow from the total
        ({"a": 4, "b": 1, "c": 9, "d": 10}, {"a", "b", "c"}),
        ({"a": 0, "b": 6, "c": 7}, {"a", "b"}),
        ({"a": 4, "b": 5, "c": 6}, {"a", "b"}),
        ({"a": 2, "z": 8, "b": 8, "c": 9}, {"a", "b", "z"}),  # equals hide together
        ({"a": 3, "b": 1}, {"a", "b"}),
        ({"a": 1}, {"a"}),
    ],
)
def test_small_counts_are_left_out_with_what_protects_them(counts, expected):
    assert hidden(counts) == expected


COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=2, max_size=6)


@given(COUNTS)
def test_no_small_count_is_ever_shown_and_shown_ones_are_true(counts):
    for key, shown in suppressed(counts).items():
        assert shown is None or (shown == counts[key] and shown >= 5)


@given(COUNTS)
def test_no_left_out_count_stands_alone(counts):
    assert len(hidden(counts)) != 1


@given(COUNTS, st.randoms(use_true_random=False))
def test_swapping_left_out_counts_leaves_no_trace(counts, random):
    unknown = sorted(hidden(counts))
    swapped = random.sample(unknown, len(unknown))
    assert suppressed(counts | {key: counts[other] for key, other in zip(unknown, swapped, strict=True)}) == suppressed(counts)


@given(COUNTS)
def test_no_order_of_counts_changes_what_is_left_out(counts):
    assert list(suppressed(dict(reversed(counts.items()))).items()) == list(suppressed(counts).items())


def test_even_who_knows_this_rule_can_not_tell_a_left_out_count():
    # every table of three units with up to nine each, grouped by what the auditor would see
    seen: dict[tuple, list[tuple]] = {}
    for cells in product(range(10), repeat=3):
        counts = dict(zip("abc", cells, strict=True))
        seen.setdefault((sum(cells), tuple(suppressed(counts).values())), []).append(cells)
    for (total, shown), tables in seen.items():
        for position, cell in enumerate(shown):
            possible = {table[position] for table in tables}
            assert cell is not None or len(possible) >= 2 or total == 0, (total, shown)
