"""Harmless threads in strata: how often each comes, what is drawn of it, and how high it got."""

import random

import pytest

from gifthorse.assess.archetypes import ordinary_life
from gifthorse.assess.levels import allows_act
from gifthorse.assess.sampling import LONG, Peak, Sample, Stratum, peak, sampled, strata_of
from gifthorse.assess.scale import standard_scale
from gifthorse.assess.score import steps
from gifthorse.assess.simulation import goes_on, ordinary_thread, years_of_life
from tests.samples.small_life import PUSHY, laboratory, made_up
from tests.samples.threads import seen


def split(kind, yearly):
    return [(stratum.count, stratum.or_more, stratum.yearly) for stratum in strata_of(kind, yearly)]


def test_a_kind_is_split_by_length_as_often_as_each_length_comes():
    assert split(made_up("a", 1, mean_more=1.0, most=3), 8.0) == [(1, False, 4.0), (2, False, 2.0), (3, True, 2.0)]
    assert split(made_up("a", 1, least=2, mean_more=1.0, most=3), 8.0) == [(2, False, 4.0), (3, True, 4.0)]


def test_long_threads_are_one_stratum():
    found = split(made_up("a", 1, mean_more=1.0, most=40), 64.0)
    assert found == [(1, False, 32.0), (2, False, 16.0), (3, False, 8.0), (4, False, 4.0), (5, False, 2.0), (LONG, True, 2.0)]
    assert split(made_up("a", 1, least=9, mean_more=1.0, most=40), 8.0) == [(9, True, 8.0)]


def test_lengths_and_kinds_that_cannot_come_are_left_out():
    assert split(made_up("a", 1, mean_more=0.0, most=9), 8.0) == [(1, False, 8.0)]
    assert split(made_up("a", 0), 0.0) == []


@pytest.mark.parametrize("kind", ordinary_life().archetypes, ids=lambda kind: kind.id)
def test_the_strata_of_a_kind_are_all_of_its_threads(kind):
    strata = list(strata_of(kind, 100.0))
    assert sum(stratum.yearly for stratum in strata) == pytest.approx(100.0)
    assert len({stratum.key for stratum in strata}) == len(strata)
    assert all(stratum.key == f"{kind.id}/{stratum.count}" for stratum in strata)


def test_each_stratum_draws_from_a_generator_of_its_own():
    kind = made_up("pushy", 2.0, mean_more=1.0, most=3, first=PUSHY)
    strata = list(strata_of(kind, 8.0))
    told = []
    samples = sampled(strata, [5, 0, 7], "part", laboratory(3, lambda *progress: told.append(progress)))
    assert told == [("part", 5, 12), ("part", 5, 12), ("part", 12, 12)]
    assert [len(sample.peaks) for sample in samples] == [5, 0, 7]
    alone = sampled(strata[2:], [7], "part", laboratory(3))
    assert alone[0].peaks == samples[2].peaks
    generator = random.Random("3/part/pushy/1")
    assert samples[0].peaks == [peak(ordinary_thread(kind, generator, 1), standard_scale()) for _ in range(5)]
    with pytest.raises(ValueError, match="shorter"):
        sampled(strata, [1], "part", laboratory(3))


def test_the_last_stratum_goes_on_as_long_as_chance_has_it():
    kind = made_up("long", 1.0, mean_more=9.0, most=30, first=PUSHY)
    (*short, long) = strata_of(kind, 1.0)
    lengths = []

    class Counting(random.Random):
        def random(self):
            lengths.append(1)
            return super().random()

    lab = laboratory(1)
    for stratum in (short[-1], long):
        before = len(lengths)
        sampled([stratum], [40], "x", type(lab)(lab.scale, Counting, lab.progress))
        stratum_draws = len(lengths) - before
        assert (stratum_draws > 40 * 30 * 3) is stratum.or_more  # 9 draws a report: up to 5 reports, or about 13
    assert goes_on(kind) == pytest.approx(0.9)


def test_each_thread_of_a_sample_stands_for_its_part_of_the_year():
    stratum = Stratum(kind=made_up("a", 1), count=1, or_more=False, yearly=6.0)
    assert Sample(stratum=stratum, peaks=[Peak(0.0, 0.0)] * 4).weight == 1.5


def test_a_peak_is_the_highest_of_all_steps_and_of_those_that_allowed_act():
    allowed = 0
    for _, thread in years_of_life(ordinary_life(), 20, 1, random.Random(3)):
        scored = steps(thread)
        expected = max(one.score for one in scored), max((one.score for one in scored if allows_act(one)), default=0.0)
        assert peak(thread, standard_scale()) == Peak(*expected)
        allowed += expected[1] > 0
    assert allowed > 10


def test_a_thread_that_calmed_down_keeps_its_peak():
    high = [seen(0, "T53", ask=4, favour="large")]
    calm = [*high, seen(500)]
    assert peak(calm, standard_scale()) == peak(high, standard_scale())
    assert peak(calm, standard_scale()).score == peak(calm, standard_scale()).score_for_act > 2
    assert peak([seen(0, "T30"), seen(1, "T31")], standard_scale()).score_for_act == 0
