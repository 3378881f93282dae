"""The trips of the fictional organisation, and the events that its people go to."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from gifthorse.model.itineraries import Instant, Leg, LegKind, Place, ZoneFrom
from gifthorse.model.register import EventFacts, GatheringKind
from gifthorse.model.trips import DeviceTold, HostTold, PaidFor, TripContent
from gifthorse.procedures.keep_events import EventShape

# city, country, airport, zone
PLACES: Final = (
    ("Hannover", "DE", "HAJ", "Europe/Berlin"),
    ("Lyon", "FR", "LYS", "Europe/Paris"),
    ("Chicago", "US", "ORD", "America/Chicago"),
    ("Singapore", "SG", "SIN", "Asia/Singapore"),
    ("Shanghai", "CN", "PVG", "Asia/Shanghai"),
    ("Istanbul", "TR", "IST", "Europe/Istanbul"),
    ("São Paulo", "BR", "GRU", "America/Sao_Paulo"),
    ("Tel Aviv", "IL", "TLV", "Asia/Jerusalem"),
    ("Toronto", "CA", "YYZ", "America/Toronto"),
    ("Osaka", "JP", "KIX", "Asia/Tokyo"),
    ("Warszawa", "PL", "WAW", "Europe/Warsaw"),
    ("Dubai", "AE", "DXB", "Asia/Dubai"),
)
HOME: Final = Place(name="Berlin", code="BER", city="Berlin", country="DE")
# title, venue, event, who pays, invitation, evenings, how often
OCCASIONS: Final = (
    ("Customer visit", "customer-site", "visit", "own-house", "none", ("dinner",), 30),
    ("Trade fair, our stand", "trade-fair", "stand", "own-house", "none", ("dinner", "drinks"), 18),
    ("Conference talk", "conference", "lecture", "own-house", "organiser", ("dinner",), 14),
    ("Installation at a customer", "customer-site", "installation", "own-house", "known-host", (), 14),
    ("Negotiation", "hotel-meeting", "negotiation", "own-house", "known-host", ("dinner",), 8),
    ("Guest lecture", "university", "lecture", "host", "introduction", ("dinner", "excursion"), 8),
    ("Workshop of an institute", "hotel-meeting", "lecture", "third-party", "cold-mail", ("dinner", "drinks", "excursion"), 4),
    ("Supplier audit", "customer-site", "visit", "own-house", "known-host", (), 4),
)
FAIRS: Final = (
    ("Measure & Test", GatheringKind.FAIR, 3),
    ("Sensor Days", GatheringKind.CONFERENCE, 2),
    ("Vacuum Expo", GatheringKind.FAIR, 4),
    ("Partners' visit to our works", GatheringKind.DELEGATION, 1),
    ("Cold Physics Meeting", GatheringKind.CONFERENCE, 3),
)


def trip(draw: random.Random, starts_on: date) -> TripContent:
    """A trip that begins on *starts_on*."""
    title, venue, event, payer, invitation, social, _ = draw.choices(OCCASIONS, weights=[row[-1] for row in OCCASIONS])[0]
    city, country, airport, zone = draw.choice(PLACES)
    away = Place(name=city, code=airport, city=city, country=country)
    nights = draw.choice((1, 2, 2, 3, 4, 6))
    number = draw.randrange(100, 999)
    out = _flight(HOME, away, datetime.combine(starts_on, time(9, 10), UTC), ("Europe/Berlin", zone), number)
    back = _flight(away, HOME, datetime.combine(starts_on + timedelta(days=nights), time(15, 10), UTC), (zone, "Europe/Berlin"), number + 1)
    return TripContent(
        title=f"{title}, {city}",
        purpose=title,
        legs=(out, back),
        hosts=(HostTold(name=f"{title} host", kind="customer" if venue == "customer-site" else "organiser"),),
        venues=(venue,),
        events=(event,),
        social=social,
        data=("slides",),
        devices=(DeviceTold(kind="laptop", loaner=draw.random() < 0.6), DeviceTold(kind="phone")),
        paid=tuple(PaidFor(what=what, by=payer) for what in ("travel", "lodging")),
        sponsor="An institute" if payer != "own-house" else "",
        fee=payer == "third-party",
        invitation=invitation,
    )


def _flight(origin: Place, destination: Place, departs: datetime, zones: tuple[str, str], number: int) -> Leg:
    hours = 2 + len(destination.city) % 9
    return Leg(
        kind=LegKind.FLIGHT,
        departs=Instant(at=departs, zone=zones[0], zone_from=ZoneFrom.AIRPORT),
        arrives=Instant(at=departs + timedelta(hours=hours), zone=zones[1], zone_from=ZoneFrom.AIRPORT),
        origin=origin,
        destination=destination,
        carrier="Halcyon Air",
        carrier_code="H2",
        number=str(number),
    )


def gatherings(first: date, years: int) -> list[tuple[EventShape, EventFacts]]:
    """The events of the years, oldest first."""
    found = []
    for year in range(years):
        for number, (title, kind, days) in enumerate(FAIRS):
            starts = first + timedelta(days=365 * year + 40 + 62 * number)
            city = PLACES[(number + year) % len(PLACES)][0]
            shape = EventShape(kind=kind, starts_on=starts, ends_on=starts + timedelta(days=days))
            found.append((shape, EventFacts(title=f"{title} {starts.year}", place=city, organiser="")))
    return sorted(found, key=lambda one: one[0].starts_on)
