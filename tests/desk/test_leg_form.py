"""Typing a leg: the zone follows from the place or is asked for, and what a booking said stays as it was."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.desk.forms.leg import LegForm, shown
from gifthorse.model.itineraries import Day, Doubt, Instant, Leg, LegKind, Place, ZoneFrom
from tests.samples import travel as samples

TRAIN = {
    "kind": "train",
    "origin": "Kassel",
    "origin_country": "Germany",
    "destination": "Paris",
    "destination_country": "FR",
    "departs_on": "2027-02-03",
    "departs_at": "09:10",
    "arrives_on": "2027-02-03",
    "arrives_at": "15:00",
}


def leg_of(**changes) -> Leg | None:
    form = LegForm(TRAIN | changes)
    assert form.is_valid(), form.errors
    return form.cleaned_data["leg"]


def errors_of(**changes) -> dict:
    form = LegForm(TRAIN | changes)
    assert not form.is_valid()
    return form.errors


def test_the_country_tells_the_zone():
    leg = leg_of()
    assert (leg.departs.at, leg.departs.zone, leg.departs.zone_from) == (
        datetime(2027, 2, 3, 8, 10, tzinfo=UTC),
        "Europe/Berlin",
        ZoneFrom.AIRPORT,
    )
    assert (leg.origin, leg.destination) == (Place(name="Kassel", country="DE"), Place(name="Paris", country="FR"))


def test_an_airport_code_tells_place_country_and_zone():
    leg = leg_of(kind="flight", destination="Tokyo (NRT)", destination_country="", arrives_at="08:10", arrives_on="2027-02-04")
    assert (leg.destination.code, leg.destination.country, leg.arrives.zone) == ("NRT", "JP", "Asia/Tokyo")
    assert leg.arrives.at == datetime(2027, 2, 3, 23, 10, tzinfo=UTC)


def test_a_zone_that_was_typed_counts_before_any_other():
    assert leg_of(departs_zone="America/New_York").departs.at == datetime(2027, 2, 3, 14, 10, tzinfo=UTC)


def test_an_unsure_zone_is_asked_for_and_never_guessed():
    assert "Which time zone is Springfield in?" in str(errors_of(origin="Springfield", origin_country="US")["departs_zone"])
    assert "no time zone" in str(errors_of(departs_zone="Mars/Olympus")["departs_zone"])
    assert "not known" in str(errors_of(origin_country="Atlantis")["origin_country"])


def test_a_day_without_a_clock_needs_no_zone():
    leg = leg_of(kind="hotel", origin="", origin_country="", departs_at="", arrives_at="", arrives_on="2027-02-05")
    assert (leg.departs, leg.arrives, leg.origin) == (Day(on=date(2027, 2, 3)), Day(on=date(2027, 2, 5)), Place())


def test_an_hour_that_the_clocks_skip_or_repeat_carries_its_doubt():
    assert leg_of(departs_on="2027-03-28", departs_at="02:30", arrives_on="2027-03-28").departs.doubt is Doubt.NEVER
    assert leg_of(departs_on="2027-10-31", departs_at="02:30", arrives_on="2027-10-31").departs.doubt is Doubt.TWICE


def test_an_empty_row_is_no_leg_and_a_place_alone_needs_a_day():
    form = LegForm({"kind": "flight"})
    assert form.is_valid()
    assert form.cleaned_data["leg"] is None
    assert "when" in str(errors_of(departs_on="", departs_at="", arrives_on="", arrives_at="")["departs_on"])


@pytest.mark.parametrize("leg", samples.legs(start=datetime(2027, 1, 1, 12, tzinfo=UTC)), ids=["out", "stay", "back"])
def test_what_a_booking_said_comes_through_the_form_unchanged(leg):
    told = {name: str(value) if value is not None else "" for name, value in shown(leg).items()}
    form = LegForm(told)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["leg"] == leg


@pytest.mark.parametrize("kept", ["{", "[]", '{"kind": "spaceship"}', "null", "x" * 100], ids=["broken", "list", "unknown", "null", "text"])
def test_what_the_page_brought_along_is_not_believed(kept):
    assert leg_of(kept=kept).departs.zone == "Europe/Berlin"


@given(
    at=st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2040, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "UTC", "UTC+05:45", "Pacific/Apia"]),
)
def test_no_instant_of_a_booking_moves_when_its_form_is_sent_unchanged(at, zone):
    moment = Instant(at=at, zone=zone, zone_from=ZoneFrom.STATED)
    leg = Leg(kind=LegKind.TRAIN, departs=moment, origin=Place(name="A"), destination=Place(name="B"))
    told = {name: str(value) if value is not None else "" for name, value in shown(leg).items()}
    form = LegForm(told)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["leg"].departs == moment
