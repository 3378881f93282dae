"""Bookings as schema.org tells them (Reservation and its kinds), as JSON-LD or microdata, as legs.

What mails write differs from what schema.org says: single things where lists are meant and the other way round, types with and without
an address, names where objects are meant. All of it is taken; what has no type, or another one, is noted.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from gifthorse.brief.itinerary.gathering import Gathered, same_trip, tidy
from gifthorse.brief.itinerary.journeys import STRETCHES, text_of, type_of
from gifthorse.brief.itinerary.linked_data import linked
from gifthorse.model.itineraries import Leg, LegKind, Reason

_KINDS: Final = {
    "FlightReservation": LegKind.FLIGHT,
    "TrainReservation": LegKind.TRAIN,
    "BusReservation": LegKind.BUS,
    "BoatReservation": LegKind.BOAT,
    "LodgingReservation": LegKind.HOTEL,
    "HotelReservation": LegKind.HOTEL,  # not schema.org's word, but some houses'
    "EventReservation": LegKind.EVENT,
    "RentalCarReservation": LegKind.CAR,
    "TaxiReservation": LegKind.CAR,
    "FoodEstablishmentReservation": LegKind.OTHER,
}
# Things that are no reservation but tell of a stretch by themselves.
_BARE: Final = {
    "Flight": LegKind.FLIGHT,
    "TrainTrip": LegKind.TRAIN,
    "BusTrip": LegKind.BUS,
    "BoatTrip": LegKind.BOAT,
    "Event": LegKind.EVENT,
    "BusinessEvent": LegKind.EVENT,
}
# Objects around bookings; they are opened and not noted themselves.
_WRAPPINGS: Final = {
    "ReservationPackage": ("subReservation",),
    "Trip": ("subTrip", "itinerary"),
    "TouristTrip": ("subTrip", "itinerary"),
    "Order": ("acceptedOffer", "orderedItem", "partOfInvoice"),
    "ItemList": ("itemListElement",),
    "ListItem": ("item",),
    "EmailMessage": ("about", "mainEntity"),
}
# What a package or a main booking says for the bookings in it, where they don't say it themselves.
_FOR_ALL: Final = ("reservationNumber", "reservationId", "confirmationNumber", "underName", "reservationStatus")
_DEEPEST: Final = 12
_MOST_OBJECTS: Final = 5_000


def gather_reservations(untrusted_objects: list[Any], gathered: Gathered, where: str) -> None:
    """Every booking in the decoded *untrusted_objects* is gathered: the same stretch for several people once, with all their names."""
    legs: list[Leg] = []
    budget = [_MOST_OBJECTS]
    for thing in linked(untrusted_objects):
        legs += _legs(thing, gathered, where, budget, 0)
    for leg in _together(legs):
        gathered.add(leg, where)


def _legs(thing: Any, gathered: Gathered, where: str, budget: list[int], depth: int) -> Iterator[Leg]:
    """The legs of one decoded value, whatever it is."""
    budget[0] -= 1
    if budget[0] < 0 or depth > _DEEPEST:
        if budget[0] in {-1, _MOST_OBJECTS} or depth > _DEEPEST:
            gathered.note(where, Reason.NESTED)
        return
    if isinstance(thing, list):
        for one in thing:
            yield from _legs(one, gathered, where, budget, depth + 1)
    elif not isinstance(thing, dict):
        gathered.note(where, Reason.NO_KIND, text=str(thing)[:200])
    elif "@graph" in thing:
        yield from _legs(thing["@graph"], gathered, where, budget, depth + 1)
    else:
        yield from _legs_of(thing, gathered, where, budget, depth)


def _legs_of(thing: dict[str, Any], gathered: Gathered, where: str, budget: list[int], depth: int) -> Iterator[Leg]:
    kind = type_of(thing, (*_KINDS, *_BARE, *_WRAPPINGS))
    if kind in _KINDS:
        yield from _reservation(thing, _KINDS[kind], gathered, where)
    elif kind in _BARE:
        yield from _stretches(thing, {}, _BARE[kind], gathered, where)
    elif kind in _WRAPPINGS:
        inner = [thing[name] for name in _WRAPPINGS[kind] if isinstance(thing.get(name), (dict, list))]
        if not inner:
            gathered.note(where, Reason.NO_TRIP, text=kind)
        for one in inner:
            yield from _legs(_with_what_is_for_all(one, thing), gathered, where, budget, depth + 1)
    elif kind:
        gathered.note(where, Reason.UNKNOWN_KIND, what=kind, text=_as_text(thing))
    else:
        gathered.note(where, Reason.NO_KIND, text=_as_text(thing))
    if kind in _KINDS and isinstance(thing.get("subReservation"), (dict, list)):
        yield from _legs(_with_what_is_for_all(thing["subReservation"], thing), gathered, where, budget, depth + 1)


def _with_what_is_for_all(inner: Any, around: dict[str, Any]) -> Any:
    """*inner*, a booking or several, with what the booking *around* it says for all."""
    given = {name: around[name] for name in _FOR_ALL if around.get(name)}
    if isinstance(inner, list):
        return [{**given, **one} if isinstance(one, dict) else one for one in inner]
    return {**given, **inner} if isinstance(inner, dict) else inner


def _as_text(thing: dict[str, Any]) -> str:
    try:
        return msgspec.json.encode(thing).decode()
    except (TypeError, ValueError, RecursionError, UnicodeEncodeError):
        return str(list(thing)[:50])


def _reservation(thing: dict[str, Any], kind: LegKind, gathered: Gathered, where: str) -> Iterator[Leg]:
    """The legs of one reservation; it may be for several stretches."""
    subjects = _each(thing.get("reservationFor"))
    if not subjects and "subReservation" not in thing:
        subjects = [{}]
    for subject in subjects:
        if not isinstance(subject, dict):
            subject = {"name": text_of(subject)}  # noqa: PLW2901 - a bare name stands for the object
        yield from _stretches(subject, thing, kind, gathered, where)


def _stretches(subject: dict[str, Any], reservation: dict[str, Any], kind: LegKind, gathered: Gathered, where: str) -> Iterator[Leg]:
    leg = STRETCHES[kind](subject, reservation, gathered, where)
    yield msgspec.structs.replace(
        leg,
        kind=kind,
        confirmation=text_of(
            reservation.get("reservationNumber") or reservation.get("reservationId") or reservation.get("confirmationNumber")
        ),
        seat=_seat(reservation),
        travellers=tuple(_people(reservation)),
        cancelled=_is_cancelled(reservation, subject),
    )


def _each(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _people(reservation: dict[str, Any]) -> list[str]:
    """Whom it is for, as given: `underName`, the names on the tickets, passengers."""
    found: dict[str, None] = {}
    tickets = [ticket for ticket in _each(reservation.get("reservedTicket")) if isinstance(ticket, dict)]
    holders = [reservation.get("underName"), reservation.get("passenger"), *(ticket.get("underName") for ticket in tickets)]
    for holder in [one for many in holders for one in _each(many)]:
        name = tidy(_person(holder))
        if name:
            found.setdefault(name)
    return list(found)


def _person(holder: Any) -> str:
    if isinstance(holder, dict) and not holder.get("name"):
        return f"{text_of(holder.get('givenName'))} {text_of(holder.get('familyName'))}"
    return text_of(holder)


def _seat(reservation: dict[str, Any]) -> str:
    seats: dict[str, None] = {}
    direct = reservation.get("airplaneSeat") or reservation.get("seatNumber") or reservation.get("venueSeat")
    for value in _each(direct):
        seats.setdefault(text_of(value))
    for ticket in _each(reservation.get("reservedTicket")):
        for seat in _each(ticket.get("ticketedSeat")) if isinstance(ticket, dict) else []:
            seats.setdefault(_seat_written(seat))
    return ", ".join(seat for seat in seats if seat)


def _seat_written(seat: Any) -> str:
    if not isinstance(seat, dict):
        return text_of(seat)
    parts = [text_of(seat.get(name)) for name in ("seatSection", "seatRow", "seatNumber")]
    return " ".join(part for part in parts if part)


def _is_cancelled(reservation: dict[str, Any], subject: dict[str, Any]) -> bool:
    states = (reservation.get("reservationStatus"), subject.get("eventStatus"))
    words = [text_of(state.get("@id") if isinstance(state, dict) and "@id" in state else state).lower() for state in states]
    return any("cancelled" in word or "canceled" in word for word in words)


def _together(legs: list[Leg]) -> list[Leg]:
    """Legs of the same stretch under the same booking code as one, with everybody's names and seats."""
    joined: dict[tuple[Any, ...], Leg] = {}
    for leg in legs:
        key: tuple[Any, ...] = (
            leg.kind,
            leg.departs,
            leg.arrives,
            leg.origin,
            leg.destination,
            leg.carrier_code,
            leg.number,
            leg.title,
            leg.cancelled,
            leg.confirmation,
        )
        held = joined.get(key)
        if held is None or not same_trip(held, leg):
            joined[key] = leg
            continue
        seats = dict.fromkeys(seat for seat in (*held.seat.split(", "), *leg.seat.split(", ")) if seat)
        travellers = tuple(dict.fromkeys((*held.travellers, *leg.travellers)))
        joined[key] = msgspec.structs.replace(held, travellers=travellers, seat=", ".join(seats))
    return list(joined.values())
