"""The zone of a place by its airport code, by its country where all airports of it share one, or by city and country; else none."""

from collections.abc import Iterable
from functools import cache

import airportsdata

from gifthorse.brief.advice.places import is_place_code, place_code
from gifthorse.brief.itinerary.airports import zone_at
from gifthorse.model.itineraries import Place


def zone_of(place: Place) -> str:
    """The IANA name of the zone at *place*, empty when it isn't sure: a city that exists twice is not guessed at."""
    by_code = zone_at(place.code) if place.code else ""
    if by_code:
        return by_code
    country = country_code(place.country)
    names = [name.casefold() for name in (place.city, place.name) if name]
    for known in (*((country, name) for name in names), (country, "")):
        zones = _zones().get(known, frozenset())
        if len(zones) == 1:
            return next(iter(zones))
    return ""


def country_code(told: str) -> str:
    """The ISO 3166-1 code of a country told by its code or name, empty when it is none."""
    told = told.strip()
    if len(told) == 2 and is_place_code(told):
        return told.upper()
    return place_code([told]) if told else ""


@cache
def _zones() -> dict[tuple[str, str], frozenset[str]]:
    """By country and city (in small letters), by country alone, and by city alone: the zones of their airports."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in airportsdata.load("IATA").values():
        for key in _keys(row["country"], row["city"].casefold()):
            found.setdefault(key, set()).add(row["tz"])
    return {key: frozenset(zones) for key, zones in found.items()}


def _keys(country: str, city: str) -> Iterable[tuple[str, str]]:
    yield country, ""
    if city:
        yield country, city
        yield "", city
