"""Booking mails with schema.org data, in the habits of many senders."""

import json
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from tests.brief.itinerary.cases.calendars import calendar, entry, stamp
from tests.brief.itinerary.cases.journeys import PEOPLE, Case, Flight, TrueLeg, When, at, flights, plain_flights, true_flight


def mail(*things: Any, html: str = "", cte: str = "quoted-printable", attach: tuple[bytes, str, str, str] | None = None) -> bytes:
    """A mail whose HTML holds *things* as JSON-LD."""
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(thing, ensure_ascii=False)}</script>' for thing in things)
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "booking@airline.example", "ida@works.example", "Ihre Buchung – Grüße"
    message["Date"] = "Mon, 23 Nov 2026 09:12:00 +0100"
    message.set_content("Ihre Buchung")
    message.add_alternative(f"<html><head>{scripts}</head><body>{html}<p>Grüße</p></body></html>", subtype="html", cte=cte)
    if attach:
        content, main, sub, name = attach
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def flight_thing(flight: Flight, *, offsets: bool = True, person: str = "", prefix: str = "http://schema.org") -> dict[str, Any]:
    """*flight* as a FlightReservation; its times with offsets or, floating, without."""
    begin, end = flight.leaves, flight.lands
    if not offsets:
        begin, end = begin.replace(tzinfo=None), end.replace(tzinfo=None)
    return {
        "@context": prefix,
        "@type": "FlightReservation",
        "reservationNumber": flight.booking,
        "reservationStatus": f"{prefix}/Confirmed",
        "underName": {"@type": "Person", "name": person or flight.people[0]},
        "airplaneSeat": flight.seat,
        "reservationFor": {
            "@type": "Flight",
            "flightNumber": flight.number,
            "airline": {"@type": "Airline", "name": flight.carrier, "iataCode": flight.code},
            "departureAirport": {"@type": "Airport", "name": "", "iataCode": flight.origin},
            "departureTime": begin.isoformat(),
            "arrivalAirport": {"@type": "Airport", "iataCode": flight.destination},
            "arrivalTime": end.isoformat(),
        },
    }


def of_flights() -> list[Case]:
    """Every flight with offsets; those whose local times are sure also without."""
    cases = []
    for number, flight in enumerate(flights()):
        prefix = ("http://schema.org", "https://schema.org")[number % 2]
        cte = ("quoted-printable", "base64", "8bit")[number % 3]
        name = f"{flight.origin}-{flight.destination}"
        cases.append(Case(f"offset-{name}", mail(flight_thing(flight, prefix=prefix), cte=cte), (true_flight(flight),)))
    for flight in plain_flights():
        thing = flight_thing(flight, offsets=False)
        cases.append(Case(f"bare-{flight.origin}-{flight.destination}", mail(thing), (true_flight(flight),)))
    return cases


def of_shapes() -> list[Case]:
    """The same bookings nested, repeated, escaped, for several people, with things that are no bookings."""
    one, two, three, *_rest = plain_flights()
    a, b, c = (flight_thing(flight) for flight in (one, two, three))
    truth = true_flight(one), true_flight(two), true_flight(three)
    everybody = true_flight(one, travellers=PEOPLE[:3])
    persons = [flight_thing(one, person=person) for person in PEOPLE[:3]]
    listed = a | {"underName": [{"name": person} for person in PEOPLE[:3]]}
    both = a | {"reservationFor": [a["reservationFor"], b["reservationFor"]]}
    both_truth = truth[0], true_flight(two, confirmation=one.booking, seat=one.seat, travellers=one.people, carrier=two.carrier)
    joined = a | {"reservationFor": a["reservationFor"] | {"flightNumber": f"{one.code} {one.number}", "airline": {"name": one.carrier}}}
    typed = a | {"@type": ["http://schema.org/Thing", "http://schema.org/FlightReservation"]}
    gone = a | {"reservationStatus": "http://schema.org/ReservationCancelled"}
    ticket = a | {"airplaneSeat": None, "reservedTicket": [{"@type": "Ticket", "ticketedSeat": {"seatRow": "7", "seatNumber": "B"}}]}
    untyped = {key: value for key, value in a.items() if key != "@type"}
    comma = mail(html=f'<script type="application/ld+json">{json.dumps(a)[:-1]},}}</script>')
    escaped = mail(html=f'<script type="application/ld+json">{json.dumps(a).replace(chr(34), "&quot;")}</script>')
    return [
        Case("graph", mail({"@context": "https://schema.org", "@graph": [a, b, c]}), truth),
        Case("nested", mail([[a], [[b, c]]]), truth),
        Case("three-scripts", mail(a, b, c), truth),
        Case("three-people", mail(persons), (everybody,)),
        Case("three-names", mail(listed), (everybody,)),
        Case("two-flights", mail(both), both_truth),
        Case("joined-number", mail(joined), truth[:1]),
        Case("two-types", mail(typed), truth[:1]),
        Case("cancelled", mail(gone), (true_flight(one, cancelled=True),)),
        Case("ticket-seat", mail(ticket), (true_flight(one, seat="7 B"),)),
        Case("no-type", mail(untyped, b), truth[1:2], 1),
        Case("other-type", mail({"@type": "Organization", "name": "x"}, b), truth[1:2], 1),
        Case("comma-too-many", comma, truth[:1]),
        Case("escaped", escaped, truth[:1]),
        Case("broken-json", mail(b, html='<script type="application/ld+json">{"@type": "Flight</script>'), truth[1:2], 1),
        Case(
            "broken-date",
            mail(a | {"reservationFor": a["reservationFor"] | {"departureTime": "soon"}}),
            (true_flight(one, departs=None),),
            1,
        ),
        Case("package", mail({"@type": "ReservationPackage", "subReservation": [a, b]}), truth[:2]),
        Case("microdata", mail(html=microdata(three)), (true_flight(three, seat=None),)),
        Case("calendar-beside", beside(one), truth[:1], 1),
        Case("calendar-alone", mail(attach=(event_of(one), "text", "calendar", "reise.ics")), (TrueLeg(fields=_event_fields(one)),)),
        Case("forwarded", forwarded(mail(a, b)), truth[:2]),
        Case("zone-beside", mail(beside_zone(a, one)), truth[:1]),
        Case("page", mail(a).partition(b"\n\n")[0] and b"<!DOCTYPE html><html>" + script(a) + b"</html>", truth[:1]),
        Case("bare-json", json.dumps([a, b]).encode(), truth[:2]),
    ]


def beside_zone(thing: dict[str, Any], flight: Flight) -> dict[str, Any]:
    """Times as objects that hold the local time and its zone."""
    times = {"departureTime": (flight.leaves, flight.zone), "arrivalTime": (flight.lands, flight.end_zone)}
    told = {
        name: {"@type": "QDateTime", "@value": clock.replace(tzinfo=None).isoformat(), "timezone": zone}
        for name, (clock, zone) in times.items()
    }
    return thing | {"reservationFor": thing["reservationFor"] | told}


def script(thing: Any) -> bytes:
    return f'<script data-x="1" type="application/ld+json">{json.dumps(thing)}</script>'.encode()


def microdata(flight: Flight) -> str:
    kind = "itemscope itemtype"
    return f"""<div {kind}="http://schema.org/FlightReservation"><meta itemprop="reservationNumber" content="{flight.booking}"/>
<div itemprop="underName" {kind}="http://schema.org/Person"><span itemprop="name">{flight.people[0]}</span></div>
<div itemprop="reservationFor" {kind}="http://schema.org/Flight"><meta itemprop="flightNumber" content="{flight.number}">
<div itemprop="airline" {kind}="http://schema.org/Airline"><meta itemprop="name" content="{flight.carrier}"><meta itemprop="iataCode" content="{flight.code}"></div>
<div itemprop="departureAirport" {kind}="http://schema.org/Airport"><b itemprop="iataCode">{flight.origin}</b></div>
<time itemprop="departureTime" datetime="{flight.leaves.isoformat()}">früh</time>
<div itemprop="arrivalAirport" {kind}="http://schema.org/Airport"><b itemprop="iataCode">{flight.destination}</b></div>
<meta itemprop="arrivalTime" content="{flight.lands.isoformat()}"></div></div>"""


def event_of(flight: Flight) -> bytes:
    times = f"DTSTART:{stamp(flight.departs)}Z", f"DTEND:{stamp(flight.arrives)}Z"
    return calendar(entry("f", *times, "SUMMARY:Reise"))


def _event_fields(flight: Flight) -> dict[str, object]:
    return {"kind": "event", "title": "Reise", "departs": at(flight.departs, "UTC"), "arrives": at(flight.arrives, "UTC")}


def beside(flight: Flight) -> bytes:
    return mail(flight_thing(flight), attach=(event_of(flight), "text", "calendar", "reise.ics"))


def forwarded(inner: bytes) -> bytes:
    from email import message_from_bytes, policy

    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ida@works.example", "desk@works.example", "Fwd: Buchung"
    message["Date"] = "Tue, 24 Nov 2026 09:12:00 +0100"
    message.set_content("siehe unten")
    message.add_attachment(message_from_bytes(inner, policy=policy.default))
    return message.as_bytes()


def other_kinds() -> list[Case]:
    """Trains, buses, boats, hotels, events, cars and tables, with and without offsets."""
    made = []
    for offset, sure in (("", False), ("+05:45", True)):
        begin, end = f"2026-12-07T14:20:00{offset}", f"2026-12-07T18:05:00{offset}"
        when = tuple(_when(text, sure) for text in (begin, end))
        times = {"departureTime": begin, "arrivalTime": end}
        booked = {"@context": "http://schema.org", "reservationNumber": "ZUG778", "underName": {"@type": "Person", "name": PEOPLE[0]}}
        fields = {"confirmation": "ZUG778", "travellers": PEOPLE[:1], "departs": when[0], "arrives": when[1], "cancelled": False}
        way = "offset" if sure else "bare"
        for kind, stop, number in (
            ("Train", "Station", "trainNumber"),
            ("Bus", "BusStop", "busNumber"),
            ("Boat", "BoatTerminal", "boatNumber"),
        ):
            ends = {f"departure{stop}": {"@type": "Place", "name": "Quellstadt Nord"}, f"arrival{stop}": {"name": "Unterau"}}
            trip = {"@type": f"{kind}Trip", **ends, **times, number: "RX 17", "provider": {"name": "Talbahn"}}
            truth = fields | {"kind": kind.lower(), "origin_name": "Quellstadt Nord", "destination_name": "Unterau", "number": "RX 17"}
            made.append(
                (f"{kind.lower()}-{way}", booked | {"@type": f"{kind}Reservation", "reservationFor": trip}, truth | {"carrier": "Talbahn"})
            )
        inn = {"@type": "LodgingBusiness", "name": "Gasthof Krug", "address": {"addressLocality": "Unterau", "addressCountry": "AT"}}
        stay = booked | {"@type": "LodgingReservation", "reservationFor": inn, "checkinTime": begin, "checkoutTime": end}
        made.append(
            (f"hotel-{way}", stay, fields | {"kind": "hotel", "destination_name": "Gasthof Krug", "city": "Unterau", "country": "AT"})
        )
        fair = {"@type": "Event", "name": "Düsentage", "startDate": begin, "endDate": end, "location": {"name": "Halle 3"}}
        made.append(
            (
                f"event-{way}",
                booked | {"@type": "EventReservation", "reservationFor": fair},
                fields | {"kind": "event", "title": "Düsentage"},
            )
        )
        car = booked | {"@type": "RentalCarReservation", "reservationFor": {"name": "Kleinwagen", "rentalCompany": {"name": "Rollfix"}}}
        car |= {"pickupTime": begin, "dropoffTime": end, "pickupLocation": {"name": "Unterau"}, "dropoffLocation": {"name": "Quellstadt"}}
        made.append((f"car-{way}", car, fields | {"kind": "car", "carrier": "Rollfix", "origin_name": "Unterau"}))
        meal = booked | {
            "@type": "FoodEstablishmentReservation",
            "reservationFor": {"name": "Zur Kelle"},
            "startTime": begin,
            "endTime": end,
        }
        made.append((f"meal-{way}", meal, fields | {"kind": "other", "destination_name": "Zur Kelle"}))
    return [Case(f"kind-{name}", mail(thing), (TrueLeg(fields=truth),)) for name, thing, truth in made]


def _when(text: str, sure: bool) -> When:
    moment = datetime.fromisoformat(text)
    return at(moment, "UTC+05:45") if sure else When(local=moment)
