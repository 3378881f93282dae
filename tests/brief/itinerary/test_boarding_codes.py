from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.brief.itinerary.boarding_codes import boarding_code, codes_in, nearest
from tests.brief.itinerary.cases.journeys import flights
from tests.brief.itinerary.cases.passes import code, items


@given(st.dates(date(1990, 1, 1), date(2080, 12, 31)), st.integers(-170, 170))
def test_the_day_of_a_flight_within_half_a_year_is_found_whatever_the_year(day, away):
    number = day.timetuple().tm_yday
    if number == 366:
        return  # has no year but its own, see below
    assert nearest(number, day + timedelta(days=away)) == day


@pytest.mark.parametrize(("near", "day"), [(date(2026, 6, 1), date(2024, 12, 31)), (date(2027, 1, 1), date(2028, 12, 31))])
def test_day_366_is_in_a_leap_year(near, day):
    assert nearest(366, near) == day


@pytest.mark.parametrize("number", [0, 367, 999])
def test_there_is_no_such_day(number):
    assert nearest(number, date(2026, 6, 1)) is None


def test_the_day_of_issue_settles_the_year():
    flight = flights()[12]  # 15 December 2026
    text = code(flight, items=items("6300"))
    assert [boarding_code(text, near).legs[0].departs.on.year for near in (date(2026, 1, 1), date(2027, 12, 1), date(2030, 1, 1))] == [
        2026
    ] * 3


def test_a_day_that_the_year_of_issue_does_not_have_is_no_day():
    text = code(flights()[12], items=items("7001"))  # issued on 1 January 2027
    whole = text.replace(f" {flights()[12].leaves.timetuple().tm_yday:03}Y", " 366Y")
    assert whole != text
    assert boarding_code(whole, date(2027, 2, 1)).legs[0].departs is None


def test_a_code_that_goes_on_in_the_next_line_is_whole():
    text = code(*flights()[:2])
    assert codes_in(["Bordkarte", text[:70], text[70:], "Gute Reise"]) == [text]


def test_a_code_is_found_among_other_text():
    text = code(*flights()[:2])
    assert codes_in(["Bordkarte", f"Code: {text}", "M1 Autobahn", text]) == [text]


@pytest.mark.parametrize("flight", flights(), ids=lambda flight: flight.origin + flight.destination)
def test_a_code_whose_blanks_were_squeezed_says_the_same(flight):
    for legs in ((flight,), (flight, flights()[0]), (flight, flights()[4], flights()[9])):
        for more in ("", items()):
            text = code(*legs, items=more)
            (found,) = codes_in([" ".join(text.split())])
            assert boarding_code(found, flight.leaves.date()).legs == boarding_code(code(*legs), flight.leaves.date()).legs


@pytest.mark.parametrize(
    "text", ["M1 is our street", "M1ABC DEFGHIJ KLMNOP", "M2DOE/JO EABC123 XXXYYYZZ 0834 060J001A0025 100", "M1" + "A " * 900]
)
def test_other_text_is_no_squeezed_code(text):
    assert codes_in([text]) == []


@given(st.text(max_size=300))
def test_any_text_is_a_code_or_none(text):
    for candidate in (text, "M1" + text, code(flights()[0])[:60] + text):
        found = boarding_code(candidate, date(2026, 1, 1))
        assert found is None or found.legs


@pytest.mark.parametrize("near", [date.min, date.max])
def test_the_ends_of_the_calendar_are_no_error(near):
    assert boarding_code(code(flights()[0], items=items()), near) is not None
