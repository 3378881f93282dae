from collections import Counter
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.report.rates import LEAST, Counted, median_of_hours, rate_table, shown_count


def counted(people: int, reported: int) -> Counted:
    return Counted(people=people, reported=reported)


counts = st.integers(0, 60).flatmap(lambda people: st.integers(0, people).map(lambda reported: counted(people, reported)))
tables = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), counts, max_size=8)


def test_large_groups_are_shown_with_their_share() -> None:
    table = rate_table({"Sales": counted(40, 12), "Works": counted(30, 9)})
    assert [(one.group, one.share) for one in table.groups] == [("Sales", 0.3), ("Works", 0.3)]
    assert table.total.reported == 21


def test_a_small_number_is_hidden_and_cannot_be_subtracted() -> None:
    table = rate_table({"Sales": counted(40, 12), "Works": counted(30, 9), "Board": counted(12, 3)})
    assert [one.reported for one in table.groups] == [12, None, None]
    assert table.total.reported == 24


def test_a_group_in_which_everyone_reported_is_hidden() -> None:
    table = rate_table({"Sales": counted(40, 12), "Works": counted(30, 9), "Board": counted(12, 12)})
    assert table.groups[2].reported is None
    assert table.groups[2].share is None


def test_a_total_that_is_small_itself_is_hidden() -> None:
    assert rate_table({"Sales": counted(40, 4)}).total.reported is None
    assert rate_table({}).total.share is None


@settings(deadline=None)
@given(groups=tables)
def test_no_shown_number_is_small_and_none_follows_by_subtraction(groups: dict[str, Counted]) -> None:
    table = rate_table(groups)
    for shown in (*table.groups, table.total):
        if shown.reported is not None and shown.people is not None:
            assert shown.reported >= LEAST
            assert shown.people - shown.reported >= LEAST
    hidden = [one.group for one in table.groups if one.reported is None]
    if hidden and table.total.reported is not None and table.total.people is not None:
        left = table.total.reported - sum(one.reported or 0 for one in table.groups)
        people_left = table.total.people - sum(one.people or 0 for one in table.groups)
        assert len(hidden) > 1 or len(groups) == 1
        assert left >= LEAST
        assert people_left - left >= LEAST


def test_the_groups_keep_their_order() -> None:
    assert [one.group for one in rate_table({"b": counted(20, 9), "a": counted(20, 9)}).groups] == ["b", "a"]


def test_more_reports_than_people_is_an_error() -> None:
    with pytest.raises(ValueError, match="among the people"):
        counted(3, 4)


@pytest.mark.parametrize(
    ("hours", "shown"), [([1, 2, 3, 4], None), ([1, 2, 3, 4, 50], 3), ([0, 0, 0, 0, 0], 1)], ids=["too few", "five", "at once"]
)
def test_the_median_time_is_told_from_five_answers_on(hours: list[int], shown: int | None) -> None:
    assert median_of_hours(Counter(hours)) == shown


def test_a_small_count_is_hidden_and_none_is_not() -> None:
    assert [shown_count(count) for count in (0, 1, 4, 5)] == [0, None, None, 5]


@given(st.lists(st.integers(0, 400), min_size=5, max_size=60))
def test_the_median_of_counted_hours_is_that_of_the_hours_one_by_one(hours):
    assert median_of_hours(Counter(hours)) == max(1, round(median(hours)))
