"""Airports and cities by IATA code, from the packaged tables of `airportsdata`."""

from functools import cache

import airportsdata
import msgspec

from gifthorse.model.itineraries import Place


class _Known(msgspec.Struct, frozen=True):
    name: str
    city: str
    country: str
    zone: str


@cache
def _table() -> dict[str, _Known]:
    airports = airportsdata.load("IATA")
    known = {code: _Known(row["name"], row["city"], row["country"], row["tz"]) for code, row in airports.items()}
    for code, city in airportsdata.load_iata_macs().items():
        zones = {row["tz"] for row in city["airports"].values()}
        if len(zones) == 1:  # true of all of them today
            known.setdefault(code, _Known("", city["name"], city["country"], zones.pop()))
    return known


def is_airport(code: str) -> bool:
    """Whether *code* is the IATA code of an airport or a city with several."""
    return code.upper() in _table()


def zone_at(code: str) -> str:
    """The zone of the airport *code*, empty when it is not known."""
    found = _table().get(code.upper())
    return found.zone if found else ""


def place_of(code: str, given: Place | None = None) -> Place:
    """The airport *code*; what *given* says itself comes first."""
    given = given or Place()
    found = _table().get(code.upper(), _Known("", "", "", ""))
    return Place(name=given.name or found.name, code=code.upper(), city=given.city or found.city, country=given.country or found.country)
