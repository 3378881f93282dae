import pytest

from gifthorse.assess.silence import Occasions, gone_silent
from gifthorse.model.observations import Level


def quiet(thread: str = "t", level: Level = Level.WATCH, last: float = 10, occasions: tuple[float, ...] = (11, 12)) -> Occasions:
    return Occasions(thread=thread, level=level, last_report_month=last, occasion_months=occasions)


def test_a_watched_thread_without_reports_despite_occasions_is_silent():
    (silence,) = gone_silent([quiet(occasions=(12, 9, 11, 10))], 13)
    assert (silence.thread, silence.months, silence.missed) == ("t", 3, (11, 12))
    assert silence.sentence.in_english() == "No report for 3 months, although there were occasions to meet. Occasions: 2."


@pytest.mark.parametrize(("level", "silent"), [("none", False), ("watch", True), ("talk", True), ("act", True)])
def test_only_threads_from_watch_on_can_be_silent(level, silent):
    assert bool(gone_silent([quiet(level=Level(level))], 20)) is silent


@pytest.mark.parametrize(("this_month", "silent"), [(12.9, False), (13, True)])
def test_silence_begins_after_three_months(this_month, silent):
    assert bool(gone_silent([quiet(occasions=(11,))], this_month)) is silent


@pytest.mark.parametrize("occasions", [(), (10,), (13.5,)], ids=["none", "the reported one", "one to come"])
def test_without_an_occasion_since_nothing_is_missing(occasions):
    assert gone_silent([quiet(occasions=occasions)], 13) == ()


def test_an_occasion_this_month_counts():
    assert gone_silent([quiet(occasions=(13,))], 13)[0].missed == (13,)


def test_a_new_report_ends_the_silence():
    assert gone_silent([quiet(last=12.5)], 15) == ()


def test_the_longest_silence_comes_first_then_by_thread():
    threads = [quiet("b"), quiet("c", last=8), quiet("a")]
    assert [silence.thread for silence in gone_silent(threads, 14)] == ["c", "a", "b"]
    assert gone_silent(threads[::-1], 14) == gone_silent(threads, 14)


def test_half_months_are_told_as_such():
    assert gone_silent([quiet()], 13.5)[0].sentence.values["months"] == "3.5"
