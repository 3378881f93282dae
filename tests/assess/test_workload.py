import pytest

from gifthorse.assess.workload import Counts, Outcome, Raised, UnitFigures, workload
from gifthorse.model.errors import NotAccepted
from gifthorse.model.observations import Level


def raised(
    unit: str = "u", outcome: Outcome = Outcome.OPEN, by: str | None = None, days: float | None = None, level: Level = Level.WATCH
) -> Raised:
    return Raised(id="x", unit=unit, level=level, outcome=outcome, decided_by=by, days=days)


def dismissed(unit: str = "u", by: str = "o1", days: float = 2, level: Level = Level.WATCH) -> Raised:
    return raised(unit, Outcome.DISMISSED, by, days, level)


def confirmed(unit: str = "u", by: str = "o1", days: float = 2, level: Level = Level.WATCH) -> Raised:
    return raised(unit, Outcome.CONFIRMED, by, days, level)


def test_the_figures_say_what_became_of_what_was_raised():
    figures = workload([dismissed(days=1), dismissed(days=9), confirmed(days=4), raised(), raised()], {"u": 20})
    assert figures.overall == Counts(raised=5, confirmed=1, dismissed=2, open=2, median_days=4, longest_days=9)
    assert (figures.reports, figures.alerts_per_report) == (20, 0.25)


def test_figures_by_level_leave_out_levels_that_were_not_raised():
    figures = workload([dismissed(level=Level.TALK), confirmed(level=Level.ACT), raised(level=Level.TALK)], {})
    assert figures.by_level == {
        Level.TALK: Counts(raised=2, confirmed=0, dismissed=1, open=1, median_days=2, longest_days=2),
        Level.ACT: Counts(raised=1, confirmed=1, dismissed=0, open=0, median_days=2, longest_days=2),
    }


def test_figures_by_officer_count_what_each_decided():
    figures = workload([dismissed(by="o2", days=3), confirmed(by="o1"), confirmed(by="o2", days=0), raised()], {})
    assert list(figures.by_officer) == ["o1", "o2"]
    assert figures.by_officer["o2"] == Counts(raised=2, confirmed=1, dismissed=1, open=0, median_days=1.5, longest_days=3)


def test_nothing_raised_and_nothing_reported_are_zeros_and_no_ratio():
    figures = workload([], {})
    assert figures.overall == Counts(raised=0, confirmed=0, dismissed=0, open=0, median_days=None, longest_days=None)
    assert (figures.reports, figures.alerts_per_report, figures.by_unit, figures.by_officer, figures.by_level) == (0, None, (), {}, {})


def test_units_are_compared_by_alerts_per_report():
    entries = [raised("a")] * 5 + [raised("b")] * 8
    assert workload(entries, {"b": 16, "a": 50}).by_unit == (
        UnitFigures(unit="a", reports=50, alerts=5, alerts_per_report=0.1),
        UnitFigures(unit="b", reports=16, alerts=8, alerts_per_report=0.5),
    )


def test_small_counts_of_a_unit_are_left_out_with_one_that_protects_them():
    entries = [raised("a")] * 4 + [raised("b")] * 6 + [raised("c")] * 9
    assert workload(entries, {"a": 40, "b": 30, "c": 18}).by_unit == (
        UnitFigures(unit="a", reports=40, alerts=None, alerts_per_report=None),
        UnitFigures(unit="b", reports=30, alerts=None, alerts_per_report=None),
        UnitFigures(unit="c", reports=18, alerts=9, alerts_per_report=0.5),
    )


def test_without_enough_reports_there_is_no_ratio_even_if_alerts_are_shown():
    entries = [raised("a")] * 5 + [raised("b")] * 5
    assert workload(entries, {"b": 9}).by_unit == (
        UnitFigures(unit="a", reports=None, alerts=5, alerts_per_report=None),
        UnitFigures(unit="b", reports=None, alerts=5, alerts_per_report=None),
    )


def test_a_unit_without_reports_counts_as_none_not_as_one():
    figures = workload([raised("a")] * 5 + [raised("b")] * 5, {"a": 0, "b": 9})
    assert figures.reports == 9
    assert [unit.reports for unit in figures.by_unit] == [None, None]


def test_few_reports_altogether_are_not_told_and_no_ratio_gives_them_back():
    figures = workload([raised("a")] * 6 + [raised("b")] * 7, {"a": 3, "b": 1})
    assert (figures.reports, figures.alerts_per_report, figures.by_unit) == (None, None, ())
    assert workload([raised("a")] * 6 + [raised("b")] * 7, {"a": 3, "b": 2}).reports == 5


def test_a_single_unit_is_not_listed_since_the_total_would_give_it_away():
    assert workload([raised("a")], {"a": 3}).by_unit == ()


@pytest.mark.parametrize(
    ("outcome", "by", "days"),
    [
        (Outcome.CONFIRMED, None, 1.0),
        (Outcome.DISMISSED, "o", None),
        (Outcome.OPEN, "o", None),
        (Outcome.OPEN, None, 1.0),
    ],
)
def test_a_decision_has_who_and_how_long_and_an_open_entry_has_neither(outcome, by, days):
    with pytest.raises(NotAccepted, match=r"^A decision needs who decided and after how many days; an open entry has neither\.$") as caught:
        workload([raised("u", outcome, by, days)], {})
    assert caught.value.field == "outcome"


def test_a_decision_before_the_alert_is_not_accepted_and_one_at_once_is():
    with pytest.raises(NotAccepted, match=r"^A decision can't come before the alert\. Please check the dates\.$") as caught:
        workload([dismissed(days=-0.1)], {})
    assert caught.value.field == "days"
    assert workload([dismissed(days=0)], {}).overall.longest_days == 0


def test_a_negative_number_of_reports_is_not_accepted():
    with pytest.raises(NotAccepted, match=r"^The number of reports can't be negative\. Please correct it\.$") as caught:
        workload([], {"u": -1})
    assert caught.value.field == "reports"


def test_no_order_of_entries_changes_a_figure():
    entries = [dismissed("a", "o2", 5), confirmed("b"), raised("c"), dismissed("a", "o1", 7, Level.ACT)]
    assert workload(entries[::-1], {"b": 6, "a": 7}) == workload(entries, {"a": 7, "b": 6})
