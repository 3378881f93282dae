"""The steps of a calibration by themselves: the line through the tail, how samples are allotted, what counts as an alert."""

from math import log, sqrt
from statistics import linear_regression

import msgspec
import pytest

from gifthorse.assess.calibration import (
    BUDGETS,
    FEWEST,
    LEAST,
    PILOT,
    SCHEMA,
    Alerts,
    Size,
    _alerts,
    _allotted,
    _check,
    _expected_shares,
    _least_within,
    _shares,
    _thresholds,
    calibrate,
)
from gifthorse.assess.sampling import Peak, Sample, Stratum
from gifthorse.model.errors import NotAccepted
from gifthorse.model.observations import Level, Thresholds
from tests.samples.small_life import LIFE, laboratory, made_up

BUDGET = {Level.WATCH: 24.0, Level.TALK: 4.0, Level.ACT: 0.5}
RISING = Thresholds(watch=1.0, talk=2.0, act=3.0)


def sample(*peaks, yearly=1.0, count=1):
    return Sample(stratum=Stratum(kind=made_up("a", 1), count=count, or_more=False, yearly=yearly), peaks=[Peak(*peak) for peak in peaks])


def test_the_budget_is_what_the_documentation_says():
    assert {level.value: alerts for level, alerts in BUDGETS.items()} == {"watch": 24, "talk": 4, "act": 0.5}
    assert Thresholds(watch=1.0, talk=1.75, act=2.5) == LEAST


def test_a_threshold_is_where_the_line_through_the_tail_meets_the_budget():
    tail = [(9.0 - sqrt(place), 1.0) for place in range(1, 200)]
    inside = [(log(place / 20), 9.0 - sqrt(place)) for place in range(10, 41)]  # from half to twice the budget, both included
    line = linear_regression(*zip(*inside, strict=True))
    found = _least_within(tail, 20.0)
    assert line.intercept <= found < line.intercept + 0.0001
    assert found == round(found, 4)


def test_only_what_is_near_the_budget_decides_a_threshold():
    tail = [(9.0 - sqrt(place), 1.0) for place in range(1, 200)]
    wild = [(99.0, 1.0)] * 9 + tail[9:40] + [(0.001, 1.0)] * 90
    assert _least_within(wild, 20.0) == _least_within(tail, 20.0)


def test_a_thread_that_stands_for_several_counts_as_several():
    single = [(9.0 - 0.1 * (place // 2), 1.0) for place in range(400)]
    double = [(9.0 - 0.1 * place, 2.0) for place in range(200)]
    assert _least_within(double, 50.0) == pytest.approx(_least_within(single, 50.0), abs=0.05)


@pytest.mark.parametrize(("threads", "settled"), [(8, False), (9, True)], ids=["budget", "one more"])
def test_where_even_all_threads_stay_within_the_budget_nothing_is_needed(threads, settled):
    falling = [(5.0 - place / 100, 1.0) for place in range(threads * 20)]
    assert (_least_within(falling, 160.0) > 0) is settled


@pytest.mark.parametrize(("weight", "settled"), [(1.0, True), (1.01, False)], ids=["ten", "nine"])
def test_a_line_takes_ten_points(weight, settled):
    """A budget of 6 and weights of 1: sums of 3 to 12 are near, ten of them; a little heavier, and the first or the last falls out."""
    falling = [(5.0 - place / 10, weight) for place in range(100)]
    assert (_least_within(falling, 6.0) > 0) is settled


def test_levels_rise_whatever_the_samples_say():
    low = _thresholds([sample((0.0, 0.0))], BUDGET)
    assert low == LEAST
    many = sample(*((6.0 - place / 400, 0.0) for place in range(2000)), yearly=2000.0)
    found = _thresholds([many], BUDGET)
    scores = [(peak.score, 1.0) for peak in many.peaks]
    assert found.watch == _least_within(scores, 24.0)
    assert found.talk == found.act == max(_least_within(scores, 4.0), found.watch)  # nothing allowed act: it is where talk is
    assert found.watch > LEAST.watch


def test_act_is_set_by_the_moments_that_allowed_it():
    apart = sample(*((5.0 - place / 400, 9.0 - place / 300) for place in range(2000)), yearly=60.0)
    found = _thresholds([apart], BUDGET)
    assert found.act == _least_within([(peak.score_for_act, apart.weight) for peak in apart.peaks], 0.5)
    assert found.talk == _least_within([(peak.score, apart.weight) for peak in apart.peaks], 4.0) < found.act


def test_a_score_at_the_threshold_is_an_alert():
    found = _shares(sample((1.0, 0.0), (0.99, 0.0), (2.0, 0.0), (3.0, 2.99), (3.0, 3.0)), RISING)
    assert found == {Level.WATCH: 0.8, Level.TALK: 0.6, Level.ACT: 0.2}


def test_alerts_are_counted_in_threads_a_year():
    samples = [sample((1.0, 0.0), (0.0, 0.0), yearly=30.0), sample((5.0, 5.0), (2.0, 0.0), (0.0, 0.0), yearly=2.0)]
    assert _alerts(samples, RISING) == Alerts(watch=round(15 + 4 / 3, 4), talk=1.3333, act=0.6667)


def test_what_comes_near_a_level_lets_some_reach_it():
    peaks = [*[(0.86, 2.6)] * 2, *[(0.71, 0.0)] * 3, *[(0.56, 0.0)] * 5, *[(0.0, 0.0)] * 10]
    found = _expected_shares(sample(*peaks), RISING)
    assert found[Level.WATCH] == pytest.approx(max(0.4 * 0.1, 0.12 * 0.25, 0.03 * 0.5))
    assert found[Level.TALK] == pytest.approx(0.005 / 20)
    assert found[Level.ACT] == pytest.approx(0.4 * 0.1)
    reached = _expected_shares(sample((1.0, 0.0), (0.0, 0.0)), RISING)
    assert reached[Level.WATCH] == 0.5
    assert reached[Level.TALK] == pytest.approx(0.005 / 2)
    half = _expected_shares(sample((1.12, 2.12), (0.0, 0.0)), RISING)
    assert half[Level.TALK] == pytest.approx(0.03 / 2)
    assert half[Level.ACT] == pytest.approx(0.12 / 2)


def test_more_threads_are_sampled_where_they_leave_more_doubt():
    still = [(0.0, 0.0)] * PILOT
    equal = _allotted([sample(*still), sample(*still)], BUDGET, 1000)
    assert equal == [500, 500]
    assert _allotted([sample(*still, yearly=3.0), sample(*still)], BUDGET, 1000) == [750, 250]
    assert _allotted([sample(*still), sample(*still, count=4)], BUDGET, 900) == [600, 300]
    assert _allotted([sample(*still, yearly=1000.0), sample(*still)], BUDGET, 1000) == [999, PILOT // 2]
    alarming = [(LEAST.act, LEAST.act), *still[1:]]
    doubts = [
        sqrt(sum(1 / PILOT / alerts**2 for alerts in BUDGET.values())),
        sqrt(sum(0.005 / PILOT / alerts**2 for alerts in BUDGET.values())),
    ]
    expected = [round(10_000 * doubt / sum(doubts)) for doubt in doubts]
    assert _allotted([sample(*alarming), sample(*still)], BUDGET, 10_000) == expected


@pytest.mark.parametrize(
    ("size", "years"),
    [(Size(staff=1, exposed=1), 1), (Size(staff=10_000_000, exposed=10_000_000), 1000)],
    ids=["smallest", "largest"],
)
def test_the_smallest_and_the_largest_house_are_accepted(size, years):
    assert _check(size, LIFE, years) is None
    for field, change in (("staff", size.staff * 10_000_001), ("exposed", size.staff + 1), ("exposed", 0)):
        with pytest.raises(NotAccepted) as refused:
            _check(msgspec.structs.replace(size, **{field: change}), LIFE, years)
        assert refused.value.field == field


def test_a_life_without_contacts_is_refused_with_its_field():
    with pytest.raises(NotAccepted) as refused:
        _check(Size(staff=1, exposed=1), LIFE.with_rates({"quiet": 0.0, "pushy": 0.0}), 1)
    assert refused.value.field == "rates"
    assert _check(Size(staff=1, exposed=1), LIFE.with_rates({"quiet": 1e-9, "pushy": 0.0}), 1) is None


def test_more_years_simulate_more_threads():
    told = {}
    calibrate(Size(staff=400, exposed=80), LIFE, 1, 10, laboratory(1, lambda part, _, whole: told.update({part: whole})))
    assert told == {"pilot": 4 * PILOT, "thresholds": 10_000, "check": 10_000}


def test_a_small_life_is_calibrated_to_these_figures_on_every_machine():
    told = []
    found = calibrate(Size(staff=400, exposed=80), LIFE, 1, 1, laboratory(1, lambda *progress: told.append(progress)))
    assert (found.schema, found.staff, found.exposed, found.seed, found.years) == (SCHEMA, 400, 80, 1, 1)
    assert SCHEMA == "gifthorse.calibration/1"
    assert found.budget_per_year == Alerts(watch=48, talk=8, act=1)
    assert found.threads_per_year == 220.099
    assert found.rates == {"quiet": 0.7512345, "pushy": 2.0, "never": 0.0}
    assert list(found.by_archetype) == ["quiet", "pushy"]
    assert found.by_archetype["quiet"] == Alerts(watch=0, talk=0, act=0)
    assert found.by_archetype["pushy"] == found.false_alerts_per_year
    assert [part for part, done, whole in told if done == whole] == ["pilot", "thresholds", "check"]
    counts = {part: whole for part, _, whole in told}
    assert counts["pilot"] == 4 * PILOT
    assert counts["thresholds"] == counts["check"] == pytest.approx(FEWEST, abs=4 * PILOT)
    assert found.threads_simulated == sum(counts.values())
    assert found.false_alerts_per_year == Alerts(watch=46.4481, talk=7.6154, act=0.9688)  # near the budget
    assert found.thresholds == Thresholds(watch=1.5815, talk=3.3436, act=4.8055)
