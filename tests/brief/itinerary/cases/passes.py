"""Boarding pass codes of one to four legs, and wallet passes."""

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

from tests.brief.itinerary.cases.journeys import Case, Flight, TrueLeg, When, at, flights, plain_flights, true_flight


def code(*legs: Flight, name: str = "QUELLWASSER/IDA", items: str = "", security: str = "") -> str:
    """The text of a bar code for *legs* (IATA Resolution 792); *items* are the conditional items of the first."""
    text = f"M{len(legs)}{name:<20}E"
    for number, leg in enumerate(legs):
        more = items if number == 0 else "0C012345678901"[: 14 if items else 0]
        day = leg.leaves.timetuple().tm_yday
        text += f"{leg.booking:<7}{leg.origin}{leg.destination}{leg.code:<3}{int(leg.number):04} {day:03}Y{leg.seat:0>4}{number + 21:04} 1{len(more):02X}{more}"
    return text + security


def coded(flight: Flight, **other: object) -> TrueLeg:
    known = {"departs": When(day=flight.leaves.date()), "arrives": None, "carrier": None, "travellers": ("QUELLWASSER/IDA",)}
    return true_flight(flight, **(known | other))


def items(issued: str = "6327") -> str:
    """Version 6: who checked in, where, the day of issue, the airline; then the repeated part."""
    unique = f"0OO{issued}B1N "
    repeated = "0" * 3 + "1234567890" + " " + "0" + "1N " + "1N " + "9876543210123   " + " " + "1PC" + "N"
    return f">6{len(unique):02X}{unique}{len(repeated):02X}{repeated}OWNUSE7"


def _issued(flight: Flight, days_after: int) -> str:
    """The day of issue as the items tell it: last digit of the year, number of the day."""
    day = flight.leaves.date() + timedelta(days=days_after)
    return f"{day.year % 10}{day.timetuple().tm_yday:03}"


def of_codes() -> list[Case]:
    made = flights()
    cases = [
        Case(f"code-{flight.origin}-{flight.destination}", code(flight).encode(), (coded(flight),), reference=flight.leaves.date())
        for flight in made
    ]
    near = made[:1] + made[1:2] + made[10:11] + made[12:13]
    for count in range(2, 5):
        legs = near[:count]
        truth = tuple(coded(leg) for leg in legs)
        cases.append(Case(f"code-{count}-legs", code(*legs).encode(), truth))
        cases.append(Case(f"code-{count}-legs-items", code(*legs, items=items(), security="^164GIWVC5EH7JNT684FVNJ91").encode(), truth))
    new_year = made[7]
    cases += [
        Case("code-next-year", code(new_year).encode(), (coded(new_year),), reference=date(2026, 12, 20)),
        Case("code-last-year", code(made[6]).encode(), (coded(made[6]),), reference=date(2027, 1, 9)),
        Case("code-issued", code(made[12], items=items("6300")).encode(), (coded(made[12]),), reference=date(2028, 1, 2)),
        Case(
            "code-issued-tomorrow",
            code(made[12], items=items(_issued(made[12], 1))).encode(),
            (coded(made[12]),),
            reference=date(2028, 1, 2),
        ),
        Case("code-with-letters", code(made[0], name="ŠŤASTNÁ/ĽUBICA").encode(), (coded(made[0], travellers=("ŠŤASTNÁ/ĽUBICA",)),)),
        Case("code-among-lines", f"Bordkarte\r\n{code(made[0])}\r\nGute Reise\r\n".encode(), (coded(made[0]),)),
        Case("code-cut", code(*near[:2]).encode()[:-20], (coded(near[0]),), 1),
    ]
    return cases


def pdf(*lines: str) -> bytes:
    """A page with *lines* of text, as small as a PDF can be."""
    shown = "".join(f"BT /F 9 Tf 20 {700 - 20 * number} Td ({line}) Tj ET\n" for number, line in enumerate(lines))
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}endstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
    )
    text, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(text))
        text += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return f"{text}xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(text)}\n%%EOF".encode()


def of_pdfs() -> list[Case]:
    """Boarding passes whose code stands in the text of a PDF."""
    return [
        Case(
            f"pdf-{flight.origin}-{flight.destination}",
            pdf("Bordkarte", code(flight), "Gute Reise"),
            (coded(flight),),
            reference=flight.leaves.date(),
        )
        for flight in flights()[:6]
    ]


def wallet(told: dict[str, Any], **strings: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("pass.json", json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        made.writestr("manifest.json", "{}")
        for language, text in strings.items():
            made.writestr(f"{language}.lproj/pass.strings", text.encode("utf-16"))
    return out.getvalue()


def flight_pass(flight: Flight, **other: Any) -> dict[str, Any]:
    """A boarding pass with fields as airlines fill them."""
    fields = {
        "headerFields": [{"key": "gate", "label": "GATE", "value": "B7"}],
        "primaryFields": [{"key": "o", "label": "Von", "value": flight.origin}, {"key": "d", "label": "Nach", "value": flight.destination}],
        "secondaryFields": [
            {"key": "p", "label": "passenger_label", "value": flight.people[0]},
            {"key": "b", "label": "BOARDING BEFORE DEPARTURE", "value": "2026-01-01T05:00+00:00"},
            {"key": "dep", "label": "Departure", "value": flight.leaves.isoformat(), "timeStyle": "PKDateStyleShort"},
        ],
        "auxiliaryFields": [
            {"key": "f", "label": "flight_label", "value": f"{flight.code} {flight.number}"},
            {"key": "s", "label": "Sitz", "value": flight.seat},
            {"key": "c", "label": "Buchungscode", "value": flight.booking},
        ],
        "transitType": "PKTransitTypeAir",
    }
    return {"formatVersion": 1, "organizationName": flight.carrier, "description": "Bordkarte", "boardingPass": fields, **other}


STRINGS = '"passenger_label" = "Passenger";\n"flight_label" = "Flight";\n'


def of_passes() -> list[Case]:
    cases = []
    for flight in plain_flights()[:8]:
        name = f"{flight.origin}-{flight.destination}"
        told = flight_pass(flight)
        cases.append(Case(f"pass-fields-{name}", wallet(told, en=STRINGS), (true_flight(flight, arrives=None),)))
        with_code = flight_pass(
            flight, barcodes=[{"message": code(flight), "format": "PKBarcodeFormatAztec"}], relevantDate=flight.leaves.isoformat()
        )
        cases.append(Case(f"pass-code-{name}", wallet(with_code), (true_flight(flight, arrives=None, travellers=("QUELLWASSER/IDA",)),)))
    one, two = plain_flights()[:2]
    tags = {
        "departureAirportCode": one.origin,
        "destinationAirportCode": one.destination,
        "airlineCode": one.code,
        "flightNumber": int(one.number),
    }
    tags |= {"currentDepartureDate": one.leaves.isoformat(), "currentArrivalDate": one.lands.isoformat(), "confirmationNumber": one.booking}
    tags |= {"passengerName": {"givenName": "Ida", "familyName": "Quellwasser"}, "seats": [{"seatNumber": one.seat}]}
    tagged = {"formatVersion": 1, "organizationName": one.carrier, "semantics": tags, "boardingPass": {"transitType": "PKTransitTypeAir"}}
    bare = flight_pass(two, relevantDate=two.leaves.isoformat())
    bare["boardingPass"]["secondaryFields"] = []
    ticket = {
        "eventTicket": {"primaryFields": [{"key": "e", "label": "EVENT", "value": "Düsentage"}]},
        "relevantDate": "2026-12-07T09:00+05:45",
    }
    ticket["eventTicket"]["auxiliaryFields"] = [{"key": "v", "label": "Ort", "value": "Halle 3"}]
    fair = {
        "kind": "event",
        "title": "Düsentage",
        "destination_name": "Halle 3",
        "departs": at(_moment("2026-12-07T09:00+05:45"), "UTC+05:45"),
    }
    return [
        *cases,
        Case("pass-tags", wallet(tagged), (true_flight(one, travellers=("Ida Quellwasser",)),)),
        Case(
            "pass-relevant-only", wallet(bare), (true_flight(two, departs=When(day=two.leaves.date()), arrives=None, travellers=None),), 1
        ),
        Case("pass-ticket", wallet(ticket), (TrueLeg(fields=fair),)),
        Case("pass-voided", wallet(flight_pass(one, voided=True)), (true_flight(one, arrives=None, travellers=None, cancelled=True),)),
        Case("pass-bundle", bundle(wallet(flight_pass(one)), wallet(flight_pass(two))), (_plain(one), _plain(two))),
        Case("pass-json-alone", json.dumps(flight_pass(one)).encode(), (_plain(one),)),
    ]


def _plain(flight: Flight) -> TrueLeg:
    return true_flight(flight, arrives=None, travellers=None)


def _moment(text: str):
    from datetime import datetime

    return datetime.fromisoformat(text)


def bundle(*passes: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for number, one in enumerate(passes):
            made.writestr(f"{number}.pkpass", one)
    return out.getvalue()
