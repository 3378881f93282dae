"""Every draw of a simulated thread: with numbers instead of chance, what comes out can be said beforehand."""

import random
from math import exp, log

import msgspec
import pytest

from gifthorse.assess.archetypes import Archetype, Encounter, Encounters, Kind, OrdinaryLife
from gifthorse.assess.simulation import goes_on, more_reports, ordinary_thread, years_of_life
from gifthorse.model.observations import AskLevel, FavourBand, Mitigator

BAND = {"tactics": {"T01": 0.5, "T30": 0.25}, "ask": (1.0, 0.0, 2.0, 0.0, 1.0), "favour": (0.0, 3.0, 1.0, 0.0)}
KIND = Archetype(
    id="made_up",
    summary="Made up.",
    kind=Kind.ORDINARY,
    yearly_rate=2.0,
    reason="For these tests.",
    encounters=Encounters(least=1, mean_more=3.0, most=4),
    gap_months=2.0,
    first=Encounter(**BAND),
    later=Encounter(**BAND | {"tactics": {"T53": 0.5}}),
    mitigators={Mitigator.EMPLOYER_PAID: 0.5, Mitigator.OFFICIAL_CHANNEL: 0.5},
    mitigator_said=0.5,
    other_reporter=0.25,
    grade="C3",
)


class Numbers:
    """Gives these numbers, one after the other, and no more."""

    def __init__(self, *numbers):
        self.left = list(numbers)

    def random(self):
        return self.left.pop(0)


def test_one_report_is_drawn_in_a_fixed_order():
    #                 holds: paid, official  T01   T30    ask  favour other said
    numbers = Numbers(0.4999, 0.5, 0.4999, 0.2499, 0.25, 0.75, 0.2499, 0.4999)
    (report,) = ordinary_thread(KIND, numbers, 1)
    assert numbers.left == []
    assert (report.month, report.thread, report.reporter) == (0.0, "", "colleague")
    assert report.tactics == ("T01", "T30")
    assert report.ask_level is AskLevel.PERSONAL
    assert report.favour is FavourBand.MEDIUM
    assert report.mitigators == (Mitigator.EMPLOYER_PAID,)
    assert str(report.grade) == "C3"


def test_what_a_chance_just_misses_is_not_there():
    numbers = Numbers(0.4999, 0.0, 0.5, 0.25, 0.2499, 0.7499, 0.25, 0.5, 0.4999)
    (report,) = ordinary_thread(KIND, numbers, 1)
    assert (report.tactics, report.reporter, report.ask_level) == ((), "target", AskLevel.NONE)
    assert report.favour is FavourBand.NONE  # nothing that is given was told
    assert report.mitigators == (Mitigator.OFFICIAL_CHANNEL,)


def test_irregular_money_is_a_favour_and_a_message_is_none():
    def second(tactic_drawn):
        return ordinary_thread(KIND, Numbers(0.9, 0.9, 0.9, 0.9, 0.9, 0.1, 0.9, 0.0, tactic_drawn, 0.9, 0.1, 0.9), 2)[1]

    assert (second(0.1).tactics, second(0.1).favour) == (("T53",), FavourBand.SMALL)
    assert (second(0.9).tactics, second(0.9).favour) == ((), FavourBand.NONE)
    message = ordinary_thread(KIND, Numbers(0.9, 0.9, 0.1, 0.9, 0.9, 0.1, 0.9), 1)[0]
    assert (message.tactics, message.favour) == (("T01",), FavourBand.NONE)


def test_reports_follow_each_other_by_exponential_gaps():
    plain = msgspec.structs.replace(KIND, mitigators={}, later=Encounter(**BAND | {"tactics": {}}))
    numbers = Numbers(*(0.9,) * 5, 0.5, *(0.9,) * 3, 0.75, *(0.9,) * 3)
    first, second, third = ordinary_thread(plain, numbers, 3)
    assert numbers.left == []
    assert (first.month, second.month) == (0.0, pytest.approx(2 * log(2)))
    assert third.month == pytest.approx(2 * log(2) + 2 * log(4))


@pytest.mark.parametrize(
    ("numbers", "count"),
    [((0.75,), 1), ((0.7499, 0.75), 2), ((0.0, 0.0, 0.0), 4), ((0.0, 0.0, 0.9), 3)],
    ids=["one", "two", "most", "three"],
)
def test_another_report_follows_with_the_chance_that_gives_the_mean(numbers, count):
    assert goes_on(KIND) == 0.75
    given = Numbers(*numbers)
    assert more_reports(KIND, 1, given) == count
    assert given.left == []


def test_a_thread_that_is_given_no_length_draws_it():
    bare = msgspec.structs.replace(
        KIND, mitigators={}, first=Encounter(**BAND | {"tactics": {}}), later=Encounter(**BAND | {"tactics": {}})
    )
    numbers = Numbers(0.1, 0.9, *(0.9,) * 3, *(0.9,) * 4)
    assert len(ordinary_thread(bare, numbers)) == 2
    assert numbers.left == []


def test_what_rounding_leaves_over_falls_on_the_last_that_can_be():
    class Full:
        def random(self):
            return 1.0

    plain = msgspec.structs.replace(KIND, mitigators={}, first=Encounter(**BAND | {"ask": (0.1, 0.2, 0.3, 0.0, 0.0)}))
    assert ordinary_thread(plain, Full(), 1)[0].ask_level is AskLevel.PERSONAL


def life(rate):
    bare = Encounter(tactics={}, ask=(1.0, 0.0, 0.0, 0.0, 0.0), favour=(1.0, 0.0, 0.0, 0.0))
    one = Encounters(least=1, mean_more=0.0, most=1)
    kind = msgspec.structs.replace(KIND, yearly_rate=rate, encounters=one, mitigators={}, first=bare, later=bare)
    return OrdinaryLife(schema="x", note="x", archetypes=(kind,))


def test_threads_begin_as_often_as_a_product_of_draws_stays_above_its_bound():
    report = (0.9, 0.9, 0.9)
    bound = exp(-1.0)  # half a thread for one person in a year, two of them: 0.5 × 2 × 1
    arrivals = (0.9, 0.9, bound / 0.81)  # the third product is the bound itself, and ends it
    numbers = Numbers(*arrivals, *report * 2)
    assert [kind for kind, _ in years_of_life(life(0.5), 2, 1.0, numbers)] == ["made_up"] * 2
    assert numbers.left == []


@pytest.mark.parametrize(("rate", "exposed", "years"), [(0.01, 30, 10), (2.0, 10, 12), (501.0, 1, 1)], ids=["few", "many", "parts"])
def test_arrivals_have_the_mean_and_the_spread_of_chance(rate, exposed, years):
    mean = rate * exposed * years
    rounds = 1500 if mean < 10 else 40
    counts = [len(list(years_of_life(life(rate), exposed, years, random.Random(seed)))) for seed in range(rounds)]
    average = sum(counts) / rounds
    assert average == pytest.approx(mean, abs=4 * (mean / rounds) ** 0.5)
    assert sum((count - average) ** 2 for count in counts) / rounds == pytest.approx(mean, rel=0.75)


def test_a_rate_of_nothing_brings_nothing_and_draws_nothing():
    assert list(years_of_life(life(0.0), 60, 5, Numbers())) == []
