"""The zone of a place is known by code, country, or city and country, and otherwise asked for."""

import pytest

from gifthorse.brief.itinerary.zone_by_place import country_code, zone_of
from gifthorse.model.itineraries import Place


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        (Place(code="NRT"), "Asia/Tokyo"),
        (Place(name="Wuppertal", country="DE"), "Europe/Berlin"),
        (Place(name="Anywhere", country="Japan"), "Asia/Tokyo"),
        (Place(name="Seattle", country="US"), "America/Los_Angeles"),
        (Place(name="Madrid", country="ES"), "Europe/Madrid"),
    ],
    ids=["code", "country-of-one-zone", "country-by-name", "city-and-country", "city-in-country-of-two-zones"],
)
def test_what_is_sure_is_known(place, zone):
    assert zone_of(place) == zone


@pytest.mark.parametrize(
    "place",
    [Place(), Place(name="Smallville", country="US"), Place(name="London"), Place(code="QQQ", name="?"), Place(country="Atlantis")],
    ids=["nothing", "unknown-city-of-many-zones", "city-that-exists-twice", "unknown-code", "unknown-country"],
)
def test_what_is_not_sure_is_not_guessed(place):
    assert zone_of(place) == ""


def test_a_country_is_told_by_name_or_letters():
    assert (country_code("fr"), country_code("United Kingdom"), country_code("Nowhere"), country_code("")) == ("FR", "GB", "", "")
