"""Tables of trips as people keep them, in English and German."""

import csv
import io
from datetime import date, datetime, timedelta

from tests.brief.itinerary.cases.journeys import PEOPLE, Case, TrueLeg, When, at, plain_flights, true_flight

ENGLISH = ("Type", "From", "To", "Departure", "Arrival", "Airline", "Flight No.", "Confirmation code", "Seat", "Travellers")
GERMAN = ("Art", "Von", "Nach", "Abflug", "Ankunft", "Fluggesellschaft", "Flugnummer", "Buchungscode", "Sitzplatz", "Reisende")


def written(rows: list[tuple[str, ...]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def of_flights() -> list[Case]:
    cases = []
    made = plain_flights()
    languages = (
        (ENGLISH, "flight", "%Y-%m-%d %H:%M"),
        (GERMAN, "Flug", "%d.%m.%Y %H:%M"),
        (ENGLISH, "Flight", "%d %b %Y, %I:%M %p"),
        (GERMAN, "FLUG", "%Y-%m-%dT%H:%M:%S"),
    )
    ways = ((",", "utf-8"), (";", "cp1252"), ("\t", "utf-16"), ("|", "utf-8-sig"), (";", "utf-16-le"))
    for number, (delimiter, encoding) in enumerate(ways):
        for form, (headings, kind, shape) in enumerate(languages):
            part = [flight for flight in made[form :: len(languages)] if _fits(flight.carrier + flight.people[0], encoding)]
            rows = [headings]
            for flight in part:
                times = flight.leaves.strftime(shape), flight.lands.strftime(shape)
                rows.append(
                    (
                        kind,
                        flight.origin,
                        flight.destination,
                        *times,
                        flight.carrier,
                        flight.code + flight.number,
                        flight.booking,
                        flight.seat,
                        *flight.people,
                    )
                )
            cases.append(Case(f"table-{number}-{form}", written(rows, delimiter, encoding), tuple(true_flight(flight) for flight in part)))
    return cases


def of_habits() -> list[Case]:
    begin = datetime.fromisoformat("2026-12-07T14:20+05:45")
    both = TrueLeg(fields={"kind": "train", "departs": at(begin, "Asia/Kathmandu"), "travellers": PEOPLE[:2], "title": "Werk"})
    zoned = [
        ("Art", "Anlass", "Datum", "Uhrzeit", "Zeitzone", "Teilnehmer"),
        ("Zug", "Werk", "07.12.2026", "14:20", "Asia/Kathmandu", "; ".join(PEOPLE[:2])),
    ]
    local = When(local=datetime(2026, 12, 7, 14, 20))
    stay = [("Hotel", "City", "Check-in", "Check-out"), ("Gasthof Krug", "Unterau", "2026-12-07", "2026-12-09")]
    days = When(day=begin.date()), When(day=begin.date() + timedelta(days=2))
    inn = TrueLeg(fields={"kind": "hotel", "destination_name": "Gasthof Krug", "city": "Unterau", "departs": days[0], "arrives": days[1]})
    slashed = [("From", "To", "Date"), ("Unterau", "Quell", "07/12/2026"), ("Quell", "Unterau", "25/12/2026")]
    slashed_truth = tuple(TrueLeg(fields={"departs": When(day=day)}) for day in (begin.date(), begin.date() + timedelta(days=18)))
    bad = [
        ("From", "To", "Departure"),
        ("A", "B", "2026-12-07 14:20"),
        ("A", "B", "07/08/2026"),
        ("A", "B", "=1+1"),
        ("A", "B", ""),
        ("A", "B", "1.2.2026", "x"),
    ]
    offset = [("from", "to", "departure"), ("A", "B", "2026-12-07T14:20+05:45")]
    formula = [("from", "to", "departure", "title"), ("A", "B", "2026-12-07 14:20", "'=HYPERLINK(1)")]
    return [
        Case("table-zoned", written(zoned, ";"), (both,)),
        Case("table-stay", written(stay), (inn,)),
        Case("table-slashed", written(slashed), slashed_truth),
        Case("table-bad-rows", written(bad), (TrueLeg(fields={"kind": "other", "departs": local}),), 4),
        Case("table-offset", written(offset), (TrueLeg(fields={"departs": at(begin, "UTC+05:45")}),)),
        Case("table-formula", written(formula), (TrueLeg(fields={"title": "=HYPERLINK(1)"}),)),
        Case("table-other-headings", written([("Passenger name", "Depart", "Arrive", "Flight_number"), _ROW]), (_OTHER,)),
        Case("table-excel", b"sep=;\r\n" + written(slashed, ";"), slashed_truth),
    ]


_ROW = (PEOPLE[0], "2026-12-07", "2026-12-09", "ZQ 17")
_OTHER = TrueLeg(
    fields={"travellers": PEOPLE[:1], "departs": When(day=date(2026, 12, 7)), "arrives": When(day=date(2026, 12, 9)), "number": "17"}
)


def _fits(text: str, encoding: str) -> bool:
    return text.encode(encoding, "replace").decode(encoding).removeprefix("\ufeff") == text
