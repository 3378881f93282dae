"""The budget: every level counts, a bomb ends its own level, and what is dropped is given back."""

import gc

import pytest

from gifthorse.inspect.unpack.budgets import MEBIBYTE, Budget, BudgetExceeded, Limit, Limits, Meter, TooMuchHeld, in_words
from gifthorse.inspect.unpack.members import IN_MEMORY, gathered

SMALL = Limits(total=1000, ratio=10, ratio_from=100, members=3, depth=2, held=500)


def test_output_out_of_proportion_is_the_ratio():
    budget = Budget(SMALL)
    budget.opening(20)
    budget.spend(200)
    with pytest.raises(BudgetExceeded) as over:
        budget.spend(1)
    assert (over.value.limit, over.value.level) == (Limit.RATIO, 0)


def test_a_high_ratio_below_its_threshold_is_no_alarm():
    budget = Budget(Limits())
    budget.opening(10_000)
    budget.spend(10 * MEBIBYTE)  # sparse zeros at 1,000 to 1


def test_an_ordinary_large_archive_reaches_the_total_and_not_the_ratio():
    budget = Budget(Limits())
    budget.opening(40 * MEBIBYTE)
    budget.spend(1024 * MEBIBYTE)
    with pytest.raises(BudgetExceeded) as over:
        budget.spend(1)
    assert over.value.limit is Limit.TOTAL
    assert str(1024 * MEBIBYTE) in in_words(over.value)


def test_what_a_member_spends_is_spent_by_all_around_it():
    outer = Budget(SMALL)
    outer.opening(20)
    for _ in range(2):
        inner = outer.child()
        inner.opening(1000)
        inner.spend(100)
    with pytest.raises(BudgetExceeded) as over:
        outer.child().spend(1)
    assert over.value.level == 0


def test_stored_bytes_count_to_the_total_and_not_to_the_ratio():
    budget = Budget(SMALL)
    budget.opening(10)
    budget.pass_on(1000)
    with pytest.raises(BudgetExceeded) as over:
        budget.pass_on(1)
    assert over.value.limit is Limit.TOTAL


def test_members_are_counted_over_all_levels():
    outer = Budget(SMALL)
    outer.member()
    outer.child().member()
    outer.child().member()
    with pytest.raises(BudgetExceeded) as over:
        outer.child().member()
    assert over.value.limit is Limit.MEMBERS


def test_too_deep_a_level_is_not_opened():
    with pytest.raises(BudgetExceeded) as over:
        Budget(SMALL).child().child().opening(10)
    assert (over.value.limit, over.value.seen) == (Limit.DEPTH, 3)


def test_passwords_and_limits_reach_every_level():
    inner = Budget(SMALL, passwords=("gift",)).child().child()
    assert inner.passwords == ("gift",)
    assert inner.limits is SMALL


def test_a_stream_may_be_a_bomb_beside_much_else():
    budget = Budget(Limits(stream_from=1000))
    budget.opening(10**9)
    meter = Meter(budget)
    list(meter.taking([b"x" * 5]))
    meter.give(1000)
    with pytest.raises(BudgetExceeded) as over:
        meter.give(1)
    assert over.value.limit is Limit.RATIO


def test_what_is_held_is_given_back_when_the_content_is_dropped():
    budget = Budget(SMALL)
    budget.opening(1000)
    content, damage = gathered([b"a" * 400], budget)
    assert damage == ""
    with pytest.raises(TooMuchHeld):
        gathered([b"a" * 400], budget)
    del content
    gc.collect()
    assert gathered([b"a" * 400], budget)[0].size == 400


def test_a_large_member_goes_to_a_spool_and_reads_the_same():
    budget = Budget()
    budget.opening(10**9)
    piece = bytes(range(256)) * 4096
    content, _damage = gathered([piece] * 20, budget)
    assert content.size == 20 * len(piece) > IN_MEMORY
    assert content.read(len(piece) - 2, 4) == b"\xfe\xff\x00\x01"


def test_a_stream_that_only_says_one_byte_again_ends_before_others_would():
    limits = Limits(ratio=100, stream_from=10_000, ratio_from=10**9, extreme=1000, extreme_from=2000)
    for taken, given, ends in ((1, 1500, False), (1, 2500, True), (3, 2500, False), (3, 9000, True), (20, 9000, False)):
        budget = Budget(limits)
        budget.opening(10**9)
        meter = Meter(budget)
        list(meter.taking([bytes(taken)]))
        if not ends:
            meter.give(given)
            continue
        with pytest.raises(BudgetExceeded) as over:
            meter.give(given)
        assert (over.value.limit, over.value.allowed) == (Limit.RATIO, 1000)
