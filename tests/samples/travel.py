"""Trips for tests: a fair with a host who pays, made through the procedures, and files of bookings made here."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from gifthorse.model.itineraries import Day, Instant, Leg, LegKind, Place, ZoneFrom
from gifthorse.model.roles import Actor, Role
from gifthorse.model.trips import DeviceTold, HostTold, PaidFor, TripContent
from gifthorse.procedures import decide_trip, plan_trip
from gifthorse.store.tables.trip import Trip

MUNICH = Place(name="Munich", code="MUC", city="Munich", country="DE")
LYON = Place(name="Lyon", code="LYS", city="Lyon", country="FR")
REASON = "The host pays, so take the public slides only."
HOST = "Atelier Grès & Fils"
PURPOSE = "Show the new crucible on the stand"


def at(days: float, zone: str = "Europe/Berlin", start: datetime | None = None) -> Instant:
    """The instant *days* from now (or from *start*), to the minute, on the clocks of *zone*."""
    moment = (start or datetime.now(UTC)) + timedelta(days=days)
    return Instant(at=moment.replace(second=0, microsecond=0), zone=zone, zone_from=ZoneFrom.STATED)


def legs(days: float = 20, nights: int = 3, start: datetime | None = None, *, stay: bool = True) -> tuple[Leg, ...]:
    """A flight out, a stay, and a flight back."""
    out, back = at(days, start=start), at(days + nights, start=start)
    first = out.at.astimezone(ZoneInfo("Europe/Paris")).date()
    flights = (
        Leg(
            kind=LegKind.FLIGHT, departs=out, arrives=at(days + 0.1, "Europe/Paris", start), origin=MUNICH, destination=LYON, number="2246"
        ),
        Leg(kind=LegKind.FLIGHT, departs=back, arrives=at(days + nights + 0.1, start=start), origin=LYON, destination=MUNICH),
    )
    room = Leg(
        kind=LegKind.HOTEL,
        departs=Day(on=first),
        arrives=Day(on=first + timedelta(days=nights)),
        destination=Place(name="Hôtel des Fours", city="Lyon", country="FR"),
    )
    return (flights[0], room, flights[1]) if stay else flights


def a_content(**changes) -> TripContent:
    """A fair to which the host invites and for which it pays the nights."""
    told = TripContent(
        title="Fair in Lyon",
        purpose=PURPOSE,
        legs=legs(),
        hosts=(HostTold(name=HOST, kind="customer", country="FR"),),
        venues=("trade-fair",),
        events=("stand",),
        social=("dinner",),
        data=("slides",),
        devices=(DeviceTold(kind="laptop", loaner=True), DeviceTold(kind="phone")),
        paid=(PaidFor(what="travel", by="own-house"), PaidFor(what="lodging", by="host")),
        sponsor=HOST,
        invitation="cold-mail",
    )
    return msgspec.structs.replace(told, **changes)


def a_trip(traveller: Actor, content: TripContent | None = None, *, draft: bool = False, people=(), carried=(), event="") -> Trip:
    """A trip that *traveller* planned, handed in unless a *draft*."""
    staff = Actor(person=traveller.person, roles=frozenset({Role.STAFF}))
    party = plan_trip.Party(people=(traveller.person, *people), carried={traveller.person: tuple(carried)} if carried else {}, event=event)
    return plan_trip.plan(staff, content or a_content(), party, draft=draft)


def approved(officer: Actor, trip: Trip, reason: str = REASON) -> Trip:
    """The trip, approved by *officer*, with its briefs."""
    return decide_trip.approve(Actor(person=officer.person, roles=frozenset({Role.OFFICER})), trip.pk, reason)


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:9b1-lyon@example.org
DTSTAMP:20261101T080000Z
DTSTART;TZID=Europe/Paris:20270310T093000
DTEND;TZID=Europe/Paris:20270310T173000
SUMMARY:Kiln fair
LOCATION:Lyon
END:VEVENT
BEGIN:VEVENT
UID:broken@example.org
DTSTAMP:20261101T080000Z
DTSTART:nonsense
SUMMARY:Broken entry
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()

TABLE = """traveller,kind,from,to,departure,arrival
{name},flight,MUC,NRT,2027-02-01 12:00,2027-02-02 08:10
{name},flight,NRT,MUC,2027-02-06 11:00,2027-02-06 16:20
Nobody Known,train,Bern,Basel,2027-02-01 12:00,2027-02-01 13:00
{name},flight,MUC,LYS,someday,2027-02-06 16:20
"""
