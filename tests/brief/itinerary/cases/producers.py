"""Habits of real programs that are easily missed: changes from one time on, withdrawals, cut letters, pointers, boxes in boxes."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.brief.itinerary.cases.bookings import flight_thing, mail
from tests.brief.itinerary.cases.calendars import calendar, entry, event
from tests.brief.itinerary.cases.journeys import Case, Flight, TrueLeg, When, at, plain_flights, true_flight

ZONE = "Asia/Kathmandu"
TITLE = "Begehung der Messtürme – 測定塔の視察 🗼"


def meeting(day: str, clock: str, title: str = "Rundgang", *, minutes: int = 60, cancelled: bool = False, zone: str = ZONE) -> TrueLeg:
    """The truth: a meeting on *day* at *clock* of the zone."""
    begin = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return event(title, at(begin, zone), at(begin + timedelta(minutes=minutes), zone), cancelled=cancelled)


def lines(day: str, clock: str, *more: str, title: str = "Rundgang") -> tuple[str, ...]:
    begin = f"{day}T{clock}".replace("-", "").replace(":", "")
    return f"DTSTART;TZID={ZONE}:{begin}00", "DURATION:PT1H", f"SUMMARY:{title}", *more


def change(day: str, range_: str = "") -> str:
    return f"RECURRENCE-ID;TZID={ZONE}{range_}:{day.replace('-', '')}T090000"


def of_changes() -> list[Case]:
    """A weekly round of four that is moved, withdrawn and told anew, within one calendar and over several."""
    four = ("2027-02-01", "2027-02-08", "2027-02-15", "2027-02-22")
    weekly = entry("w", *lines(four[0], "09:00", "RRULE:FREQ=WEEKLY;COUNT=4"))
    onward = entry("w", change(four[1], ";RANGE=THISANDFUTURE"), *lines("2027-02-09", "16:30"))
    in_utc = entry("w", "RECURRENCE-ID;RANGE=THISANDFUTURE:20270215T031500Z", *lines(four[2], "07:00"))
    single = entry("w", change(four[2]), *lines("2027-02-17", "12:00"))
    plain = tuple(meeting(day, "09:00") for day in four)
    moved = (plain[0], *(meeting(day, "16:30") for day in ("2027-02-09", "2027-02-16", "2027-02-23")))
    gone = entry("w", change(four[1]), *lines(four[1], "09:00", "SEQUENCE:1"))
    whole = entry("w", *lines(four[0], "09:00", "RRULE:FREQ=WEEKLY;COUNT=4", "SEQUENCE:2"))
    later = entry("w", *lines(four[0], "11:00", "RRULE:FREQ=WEEKLY;COUNT=4", "SEQUENCE:1"))
    cancel = "METHOD:CANCEL\n"
    return [
        Case("onward-moved", calendar(weekly, onward), moved),
        Case("onward-before-its-series", calendar(onward, weekly), moved),
        Case("onward-and-single", calendar(weekly, onward, single), (moved[0], moved[1], meeting("2027-02-17", "12:00"), moved[3])),
        Case("onward-in-utc", calendar(weekly, in_utc), (*plain[:2], meeting(four[2], "07:00"), meeting(four[3], "07:00"))),
        Case("onward-two", calendar(weekly, onward, in_utc), (*moved[:2], meeting(four[2], "07:00"), meeting(four[3], "07:00"))),
        Case("withdrawn-later-in-file", calendar(weekly) + calendar(whole, head=cancel), _cancelled(plain)),
        Case("withdrawn-under-the-same-number", calendar(weekly) + calendar(weekly, head=cancel), _cancelled(plain)),
        Case("one-time-withdrawn", calendar(weekly) + calendar(gone, head=cancel), (plain[0], *_cancelled(plain[1:2]), *plain[2:])),
        Case("told-anew-in-file", calendar(weekly) + calendar(later), tuple(meeting(day, "11:00") for day in four)),
        Case("excepted-by-rule", calendar(_with(weekly, "EXRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2")), (plain[1], plain[3])),
        Case("extra-periods", calendar(_with(weekly, _PERIODS)), (*plain, *_BY_PERIODS)),
    ]


_PERIODS = "RDATE;VALUE=PERIOD:20270301T031500Z/20270301T044500Z,20270302T031500Z/PT30M"
_BY_PERIODS = tuple(
    event("Rundgang", at(begin, "UTC"), at(begin + timedelta(minutes=minutes), "UTC"))
    for begin, minutes in ((datetime(2027, 3, 1, 3, 15, tzinfo=UTC), 90), (datetime(2027, 3, 2, 3, 15, tzinfo=UTC), 30))
)


def _cancelled(legs: tuple[TrueLeg, ...]) -> tuple[TrueLeg, ...]:
    return tuple(TrueLeg(fields=leg.fields | {"cancelled": True}) for leg in legs)


def _with(told: str, line: str) -> str:
    return told.replace("END:VEVENT", f"{line}\nEND:VEVENT")


def of_titles() -> list[Case]:
    """Flights whose airports stand in brackets behind their towns, as airlines write them."""
    cases = []
    for flight in plain_flights()[:6]:
        title = f"Flug {flight.code} {flight.number} Quell an der Au ({flight.origin}) – Unterau ({flight.destination})"
        times = (f"{name}:{moment.strftime('%Y%m%dT%H%M%SZ')}" for name, moment in (("DTSTART", flight.departs), ("DTEND", flight.arrives)))
        truth = true_flight(flight, carrier=None, seat=None, travellers=None, confirmation=None)
        content = calendar(entry("f", *times, f"SUMMARY:{title}"))
        cases.append(Case(f"bracketed-{flight.origin}-{flight.destination}", content, (truth,)))
    return cases


def of_writing() -> list[Case]:
    """Lines cut within letters, of old programs, and without their ends."""
    whole = calendar(entry("w", *lines("2027-02-01", "09:00", title=TITLE)))
    truth = (meeting("2027-02-01", "09:00", TITLE),)
    made = []
    for width in (13, 29, 74):
        for ends in (b"\r\n", b"\n", b"\r"):
            cut = ends.join(_cut(line, width, ends) for line in whole.split(b"\r\n"))
            made.append(Case(f"cut-letters-{width}-{ends.hex()}", cut, truth))
    made.append(Case("cut-letters-mark", b"\xef\xbb\xbf" + b"\r\n".join(_cut(line, 13, b"\r\n") for line in whole.split(b"\r\n")), truth))
    quoted = "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Begehung M=C3=BCh=\nle"
    old = calendar(entry("w", *lines("2027-02-01", "09:00")).replace("SUMMARY:Rundgang", quoted))
    unended = calendar(entry("w", *lines("2027-02-01", "09:00")).replace("END:VEVENT\n", ""), entry("x", *lines("2027-02-02", "09:00")))
    days = (meeting("2027-02-01", "09:00"), meeting("2027-02-02", "09:00"))
    return [*made, Case("vcalendar-1", old, (meeting("2027-02-01", "09:00", "Begehung Mühle"),)), Case("entry-without-end", unended, days)]


def _cut(line: bytes, width: int, ends: bytes) -> bytes:
    return (ends + b" ").join(line[at : at + width] for at in range(0, max(1, len(line)), width))


def of_bookings() -> list[Case]:
    """JSON-LD that says for all what each doesn't, points elsewhere, is escaped, or names things as other programs do."""
    first, second = plain_flights()[:2]
    people = ("Ida Quellwasser",)
    both = tuple(true_flight(flight, confirmation="PAKET7", travellers=people, seat=None) for flight in (first, second))
    bare = [_without(flight_thing(flight), "reservationNumber", "underName", "airplaneSeat") for flight in (first, second)]
    for_all: dict[str, Any] = {"reservationNumber": "PAKET7", "underName": {"@type": "Person", "name": people[0]}}
    package = {"@type": "ReservationPackage", "subReservation": bare, **for_all}
    withdrawn = package | {"subReservation": [_without(thing, "reservationStatus") for thing in bare]}
    withdrawn["reservationStatus"] = {"@id": "https://schema.org/ReservationCancelled"}
    told = flight_thing(first)
    graph = [
        {"@id": "#trip", **told["reservationFor"]},
        {"@id": "#who", **told["underName"]},
        told | {"reservationFor": {"@id": "#trip"}, "underName": {"@id": "#who"}},
    ]
    invited = calendar(entry("w", *lines("2027-02-01", "09:00")), head="METHOD:REQUEST\n")
    one_a_line = "\n".join(json.dumps(flight_thing(flight)) for flight in (first, second)).encode()
    return [
        Case("package-says-it-for-all", mail(package), both),
        Case("package-withdrawn", mail(withdrawn), _cancelled(both)),
        Case("graph-with-pointers", mail({"@graph": graph}), (true_flight(first),)),
        Case("one-object-a-line", one_a_line, (true_flight(first), true_flight(second))),
        Case("invitation-twice", _twice(invited), (meeting("2027-02-01", "09:00"),)),
        Case("page-names-its-letters", _page(first), (true_flight(first, travellers=("王小明",)),)),
        *_of_other_names(),
    ]


def _of_other_names() -> list[Case]:
    bus = {
        "@type": "BusReservation",
        "reservationFor": {
            "@type": "BusTrip",
            "busNumber": "N7",
            "departureStation": {"@type": "BusStation", "name": "Köln ZOB"},
            "arrivalBusStation": {"name": "Gare &amp; Port"},
            "departureTime": "2027-03-28T01:30:00+01:00",
        },
    }
    stay = {
        "@type": "HotelReservation",
        "checkinDate": "2027-03-01",
        "checkinTime": "15:30",
        "checkoutDate": "2027-03-04",
        "reservationFor": {"@type": "Hotel", "name": "Haus &Uuml;bersee"},
    }
    ridden = {"kind": "bus", "number": "N7", "origin_name": "Köln ZOB", "destination_name": "Gare & Port"}
    begin, end = When(local=datetime(2027, 3, 1, 15, 30)), When(day=datetime(2027, 3, 4).date())
    return [
        Case(
            "bus-by-station", mail(bus), (TrueLeg(fields=ridden | {"departs": at(datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "UTC+01:00")}),)
        ),
        Case("stay-in-pieces", mail(stay), (TrueLeg(fields={"kind": "hotel", "title": "Haus Übersee", "departs": begin, "arrives": end}),)),
    ]


def _without(thing: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if name not in names}


def _page(flight: Flight) -> bytes:
    script = json.dumps(flight_thing(flight, person="王小明"), ensure_ascii=False)
    return f'<html><head><meta charset="gb18030"><script type="application/ld+json">{script}</script></head></html>'.encode("gb18030")


def _twice(invited: bytes) -> bytes:
    """*invited* as a part and as a file of the same mail, as most programs send it."""
    head = b"From: a@works.example\r\nDate: Mon, 23 Nov 2026 09:12:00 +0100\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    kinds = (b"text/calendar; method=REQUEST; charset=utf-8", b'application/ics; name="invite.ics"')
    return head + b"".join(b"--b\r\nContent-Type: %b\r\n\r\n%b\r\n" % (kind, invited) for kind in kinds) + b"--b--\r\n"
