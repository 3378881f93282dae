"""What the words of a calendar entry say about the kind of leg, by fixed forms only; everything else stays an event."""

import re
from typing import Final

import msgspec

from gifthorse.brief.itinerary.airports import is_airport
from gifthorse.brief.itinerary.calendar_lines import Component
from gifthorse.model.itineraries import Leg, LegKind, Place

_READ: Final = 2_000  # characters of a description that are looked at
_DESIGNATOR: Final = re.compile(r"\b([A-Z][A-Z0-9]|[0-9][A-Z]) ?(\d{1,4}[A-Z]?)\b")
_PAIR: Final = re.compile(r"\b([A-Z]{3}) ?(?:-|–|—|→|➜|->|/|>| to | nach | à | a ) ?([A-Z]{3})\b")
_IN_BRACKETS: Final = re.compile(r"[(\[]([A-Z]{3})[)\]]")
_FLIGHT: Final = re.compile(r"(?:\b(?:flight|flug|vol|volo|vuelo|voo)\b|✈|🛫)", re.IGNORECASE)
_FIRST_WORDS: Final = (
    (LegKind.HOTEL, re.compile(r"(?:hotel|stay at|lodging|check-in:|übernachtung|unterkunft|🏨)\b", re.IGNORECASE)),
    (LegKind.TRAIN, re.compile(r"(?:train|zug|bahnfahrt|rail|🚆|🚄)\b", re.IGNORECASE)),
    (LegKind.BUS, re.compile(r"(?:bus|coach|fernbus|🚌)\b", re.IGNORECASE)),
    (LegKind.BOAT, re.compile(r"(?:ferry|fähre|boat|⛴)\b", re.IGNORECASE)),
    (LegKind.CAR, re.compile(r"(?:rental car|car rental|car hire|mietwagen|🚗)\b", re.IGNORECASE)),
)
_CODE: Final = re.compile(r"(?:confirmation|booking|reservation|record locator|PNR|buchungs|bestätigungs)[^\n:]{0,25}: ?([A-Z0-9]{5,12})\b")


def described(part: Component, leg: Leg) -> Leg:
    """*leg* with the title, place and kind that the words of *part* give it."""
    title, place = part.text("SUMMARY")[:_READ], part.text("LOCATION")[:_READ]
    code = _CODE.search(part.text("DESCRIPTION")[:_READ])
    leg = msgspec.structs.replace(leg, title=title, confirmation=code[1] if code else "")
    flight = _as_flight(leg, title, place)
    if flight:
        return flight
    kind = next((kind for kind, words in _FIRST_WORDS if words.match(title)), leg.kind)
    return msgspec.structs.replace(leg, kind=kind, destination=Place(name=place))


def _as_flight(leg: Leg, title: str, place: str) -> Leg | None:
    """A flight is one with a flight's designator and either the word or two known airports."""
    designator = next((found for found in _DESIGNATOR.finditer(title)), None)
    pair = _airports_in(title)
    if not designator or not (pair or _FLIGHT.search(title)):
        return None
    origin, destination = (Place(code=pair[0]), Place(code=pair[1])) if pair else (Place(name=place), Place())
    return msgspec.structs.replace(
        leg, kind=LegKind.FLIGHT, carrier_code=designator[1], number=designator[2].lstrip("0"), origin=origin, destination=destination
    )


def _airports_in(title: str) -> tuple[str, str] | None:
    """Where from and where to: "FRA - JFK", or two airports' codes in brackets behind their towns."""
    for found in _PAIR.finditer(title):
        if is_airport(found[1]) and is_airport(found[2]):
            return found[1], found[2]
    codes = [code for code in _IN_BRACKETS.findall(title) if is_airport(code)]
    return (codes[0], codes[1]) if len(codes) == 2 else None
