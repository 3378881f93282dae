from math import log1p

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.assess.favour_balance import BAND_VALUE, balances, imbalance, policy_line, worth
from gifthorse.model.favours import Direction, Favour, FavourKind
from gifthorse.model.observations import AskLevel, FavourBand, Observation

SMALL, MEDIUM, LARGE = 1.414, 3.162, 10.0


def given_in(month: float, band: FavourBand = FavourBand.LARGE, kind: FavourKind = FavourKind.GIFT, thread: str = "t") -> Favour:
    return Favour(month=month, thread=thread, direction=Direction.IN, kind=kind, band=band)


def given_out(month: float, band: FavourBand, direction: Direction = Direction.OUT) -> Favour:
    return Favour(month=month, thread="t", direction=direction, kind=FavourKind.FEE, band=band)


def asked(month: float, level: AskLevel = AskLevel.PERSONAL, thread: str = "t") -> Observation:
    return Observation(month=month, thread=thread, reporter="r", ask_level=level)


def only(favours, observations=()):
    (balance,) = balances(favours, observations)
    return balance


def test_bands_count_as_documented():
    assert BAND_VALUE == {"none": 0.0, "small": SMALL, "medium": MEDIUM, "large": LARGE}


@pytest.mark.parametrize("kind", [FavourKind.CASH, FavourKind.CRYPTO, FavourKind.TRAVEL, FavourKind.FAMILY, FavourKind.CAREER])
def test_what_binds_counts_as_medium_at_least(kind):
    assert [worth(given_in(0, band, kind)) for band in FavourBand] == [MEDIUM, MEDIUM, MEDIUM, LARGE]


@pytest.mark.parametrize("kind", [FavourKind.GIFT, FavourKind.HOSPITALITY, FavourKind.FEE, FavourKind.SERVICE, FavourKind.OTHER])
def test_everything_else_counts_as_its_band(kind):
    assert [worth(given_in(0, band, kind)) for band in FavourBand] == [0.0, SMALL, MEDIUM, LARGE]


def test_an_imbalance_followed_by_an_ask_is_flagged_and_names_the_ask():
    balance = only([given_in(3)], [asked(1), asked(15), asked(10, AskLevel.PUBLIC), asked(4, thread="other")])
    assert balance.flagged
    assert balance.asks == (1,)
    assert not balance.rising
    assert balance.imbalance == log1p(10)
    assert balance.sentence.in_english() == ("The contact gave clearly more than it got, and an ask followed within a year. Asks: 1.")


@pytest.mark.parametrize(("month", "flagged"), [(2.9, False), (3, True), (15, True), (15.1, False)])
def test_the_ask_comes_with_the_favour_or_within_a_year_of_it(month, flagged):
    assert only([given_in(3)], [asked(month)]).flagged is flagged


def test_the_year_counts_from_the_last_favour():
    assert only([given_in(0), given_in(10, FavourBand.SMALL)], [asked(20)]).flagged


def test_an_ask_on_a_small_imbalance_is_nothing():
    balance = only([given_in(0, FavourBand.MEDIUM)], [asked(1)])
    assert (balance.flagged, balance.asks) == (False, ())
    assert balance.sentence.in_english() == "What came in and what went out give no reason to act."


def test_without_the_ask_the_conclusion_goes():
    assert not only([given_in(3)]).flagged


@pytest.mark.parametrize("direction", [Direction.OUT, Direction.CONTRACT])
def test_what_is_given_back_or_covered_by_a_contract_takes_the_flag_away(direction):
    balance = only([given_in(3), given_out(3, FavourBand.MEDIUM, direction)], [asked(4)])
    assert not balance.flagged
    assert balance.imbalance == pytest.approx(log1p(10) - log1p(MEDIUM))


def test_what_is_given_back_only_after_the_ask_is_too_late():
    assert only([given_in(3), given_out(5, FavourBand.LARGE)], [asked(4)]).flagged


def test_the_flag_needs_more_than_two():
    # exp(2) - 1 = 6.389 units: two mediums (6.324) stay below, two mediums and a small one are above
    two = [given_in(0, FavourBand.MEDIUM), given_in(0, FavourBand.MEDIUM)]
    assert not only(two, [asked(1)]).flagged
    more = only([*two, given_out(0, FavourBand.SMALL), given_in(0, FavourBand.LARGE)], [asked(1)])
    assert more.imbalance == pytest.approx(log1p(16.324) - log1p(SMALL))
    assert not more.asks


def test_three_entries_that_each_raise_the_imbalance_are_rising():
    steps = [given_in(month, FavourBand.SMALL) for month in (0, 5, 9)]
    balance = only(steps)
    assert (balance.rising, balance.flagged) == (True, True)
    assert balance.sentence.in_english() == "Three entries on end, the contact gave more and got too little back."
    assert not only(steps[:2]).rising


def test_something_given_back_in_between_breaks_the_rise():
    entries = [given_in(0, FavourBand.SMALL), given_in(1, FavourBand.SMALL), given_out(2, FavourBand.SMALL), given_in(3, FavourBand.SMALL)]
    assert not only(entries).rising


def test_two_rises_after_a_break_are_not_three():
    entries = [given_out(0, FavourBand.SMALL), given_in(1, FavourBand.LARGE), given_in(2, FavourBand.LARGE)]
    assert not only(entries).rising


def test_a_rise_starts_again_after_a_break():
    entries = [given_in(0, FavourBand.SMALL), given_out(1, FavourBand.SMALL)]
    entries += [given_in(month, FavourBand.MEDIUM) for month in (2, 3, 4)]
    assert only(entries).rising


def test_giving_towards_what_is_owed_is_no_rise():
    entries = [given_out(0, FavourBand.LARGE)] + [given_in(month, FavourBand.SMALL) for month in (1, 2, 3)]
    assert only(entries).imbalance < 0
    assert not only(entries).rising


def test_a_favour_worth_nothing_is_no_rise():
    assert not only([given_in(month, FavourBand.NONE) for month in range(4)]).rising


def test_the_series_runs_oldest_first_with_its_sums():
    balance = only(
        [given_in(4), given_out(4, FavourBand.SMALL), given_in(1, FavourBand.MEDIUM), given_out(4, FavourBand.MEDIUM, Direction.CONTRACT)]
    )
    assert [(point.month, point.received, point.returned, point.covered) for point in balance.series] == [
        (1, MEDIUM, 0, 0),
        (4, MEDIUM, 0, MEDIUM),
        (4, MEDIUM, SMALL, MEDIUM),
        (4, MEDIUM + LARGE, SMALL, MEDIUM),
    ]
    assert [point.imbalance for point in balance.series] == [imbalance(p.received, p.returned, p.covered) for p in balance.series]
    assert balance.imbalance == balance.series[-1].imbalance


def test_imbalance_is_in_minus_out_and_contract_on_a_log_scale():
    assert imbalance(0, 0, 0) == 0
    assert imbalance(3, 1, 2) == 0
    assert imbalance(10, 1, 2) == log1p(10) - log1p(3)


@pytest.mark.parametrize("kind", [FavourKind.CASH, FavourKind.CRYPTO, FavourKind.TRAVEL, FavourKind.FAMILY])
def test_policy_asks_always_for_some_kinds(kind):
    assert policy_line(given_in(0, FavourBand.NONE, kind)).in_english().startswith("Cash, crypto, travel and help to relatives: always")


def test_policy_asks_by_band_for_the_others():
    lines = [policy_line(given_in(0, band)).in_english() for band in FavourBand]
    assert [line.split(":")[0] for line in lines] == ["Below 50", "50 to 100", "100 to 250", "Above 250"]


def test_a_balance_lists_the_policy_of_what_came_in_without_repeats():
    entries = [
        given_in(0, FavourBand.LARGE),
        given_in(1, FavourBand.LARGE),
        given_in(2, FavourBand.SMALL),
        given_in(3, FavourBand.MEDIUM, FavourKind.CASH),
        given_out(4, FavourBand.MEDIUM),
    ]
    assert [line.in_english().split(":")[0] for line in only(entries).policy] == [
        "Cash, crypto, travel and help to relatives",
        "50 to 100",
        "Above 250",
    ]
    assert only([given_out(0, FavourBand.LARGE)]).policy == ()
    assert [line.in_english().split(":")[0] for line in only([given_in(0, FavourBand.MEDIUM)]).policy] == ["100 to 250"]
    cash = only([given_in(0, FavourBand.MEDIUM, FavourKind.CASH)]).policy
    assert [line.in_english().split(":")[0] for line in cash] == ["Cash, crypto, travel and help to relatives"]


def test_threads_are_kept_apart():
    found = balances([given_in(0, thread="b"), given_in(0, thread="a")], [asked(1, thread="a")])
    assert [(balance.thread, balance.flagged) for balance in found] == [("a", True), ("b", False)]


FAVOURS = st.lists(
    st.builds(
        Favour,
        month=st.integers(0, 5),
        thread=st.just("t"),
        direction=st.sampled_from(Direction),
        kind=st.sampled_from(FavourKind),
        band=st.sampled_from(FavourBand),
    ),
    min_size=1,
    max_size=8,
)


@given(FAVOURS.flatmap(lambda favours: st.tuples(st.just(favours), st.permutations(favours))))
def test_no_order_of_entries_changes_a_balance(both):
    favours, shuffled = both
    assert balances(favours, [asked(3)]) == balances(shuffled, [asked(3)])


@given(FAVOURS, st.sampled_from([Direction.OUT, Direction.CONTRACT]), st.sampled_from(FavourBand))
def test_giving_back_never_raises_the_imbalance(favours, direction, band):
    assert only([*favours, given_out(9, band, direction)]).imbalance <= only(favours).imbalance


@given(FAVOURS, st.sampled_from(FavourBand), st.sampled_from(FavourKind))
def test_another_favour_never_lowers_the_imbalance(favours, band, kind):
    assert only([*favours, given_in(9, band, kind)]).imbalance >= only(favours).imbalance
