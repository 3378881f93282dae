"""Import truth: made-up files of every kind through odd zones, beside what is true of them."""

from collections import Counter

import pytest

from gifthorse.brief.itinerary.read import read_itinerary
from tests.brief.itinerary.cases.journeys import HOME, Case
from tests.brief.itinerary.cases.scoring import Score, every_case, score

CASES = every_case()


def told(case: Case) -> Score:
    return score(case, read_itinerary(case.content, case.name, reference_day=case.reference, home_zone=HOME))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_field_of_a_file_is_told_as_it_is(case):
    assert told(case).misses == []


def test_of_all_fields_together_98_in_100_are_right_and_no_instant_is_wrong():
    total = Score()
    for case in CASES:
        total.add(told(case))
    assert len(CASES) >= 200
    assert total.share >= 0.98
    assert total.wrong_instants == 0


def test_the_cases_have_names_of_their_own_and_fields_enough():
    assert max(Counter(case.name for case in CASES).values()) == 1
    assert sum(len(leg.fields) for case in CASES for leg in case.legs) > 3000


@pytest.mark.parametrize("home", ["Pacific/Kiritimati", "Pacific/Niue", "UTC"])
def test_the_zone_of_the_organisation_changes_no_time(home):
    for case in CASES[::7]:
        here = read_itinerary(case.content, "", reference_day=case.reference, home_zone=HOME)
        there = read_itinerary(case.content, "", reference_day=case.reference, home_zone=home)
        assert here.legs == there.legs


def test_the_name_of_a_file_changes_nothing_but_where_notes_point():
    for case in CASES[::11]:
        one = read_itinerary(case.content, "trip.ics", reference_day=case.reference, home_zone=HOME)
        other = read_itinerary(case.content, "trip.pkpass", reference_day=case.reference, home_zone=HOME)
        assert (one.legs, one.read_as) == (other.legs, other.read_as)
