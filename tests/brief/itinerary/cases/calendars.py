"""Calendars of many makers' habits."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.brief.itinerary.cases.journeys import Case, TrueLeg, When, at, flights, is_unambiguous, plain_flights, true_flight

WINDOWS = {"Asia/Kathmandu": "Nepal Standard Time", "Europe/Berlin": "W. Europe Standard Time", "Asia/Tehran": "Iran Standard Time"}
WINDOWS |= {
    "America/St_Johns": "Newfoundland Standard Time",
    "Asia/Singapore": "Singapore Standard Time",
    "Pacific/Apia": "Samoa Standard Time",
}
WINDOWS |= {"Pacific/Auckland": "New Zealand Standard Time", "Asia/Tokyo": "Tokyo Standard Time", "Europe/London": "GMT Standard Time"}
# A zone that only its file knows: two hours and twenty-five minutes ahead, three and twenty-five in summer.
OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Werkszeit
BEGIN:STANDARD
DTSTART:20001029T030000
TZOFFSETFROM:+0325
TZOFFSETTO:+0225
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20000326T020000
TZOFFSETFROM:+0225
TZOFFSETTO:+0325
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
"""


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S")


def calendar(*entries: str, head: str = "", ends: str = "\r\n", encoding: str = "utf-8") -> bytes:
    text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//made//EN\n" + head + "".join(entries) + "END:VCALENDAR\n"
    return text.replace("\n", ends).encode(encoding)


def entry(uid: str, *lines: str) -> str:
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT", ""))


def event(title: str, departs: When | None, arrives: When | None, **other: object) -> TrueLeg:
    fields: dict[str, object] = {"kind": "event", "title": title, "cancelled": False}
    if departs:
        fields["departs"] = departs
    if arrives:
        fields["arrives"] = arrives
    return TrueLeg(fields=fields | other)


def by_zone() -> list[Case]:
    """One meeting in every zone, its zone told in another way each time."""
    cases = []
    for flight in plain_flights():
        begin, zone = flight.leaves, flight.zone
        end = (flight.departs + timedelta(minutes=90)).astimezone(ZoneInfo(zone))
        truth = (event("Werksbesuch", at(flight.departs, zone), at(flight.departs + timedelta(minutes=90), zone)),)
        ways = {"plain": zone, "quoted": f'"{zone}"', "mozilla": f"/mozilla.org/20050126_1/{zone}", "lower": zone.lower()}
        ways |= {"evolution": f"/freeassociation.sourceforge.net/Tzfile/{zone}"}
        ways |= {"windows": WINDOWS[zone]} if zone in WINDOWS else {}
        for way, name in ways.items():
            lines = f"DTSTART;TZID={name}:{stamp(begin)}", f"DTEND;TZID={name}:{stamp(end)}", "SUMMARY:Werksbesuch"
            cases.append(Case(f"zone-{way}-{flight.origin}-{flight.destination}", calendar(entry("a", *lines)), truth))
    return cases


def of_flights() -> list[Case]:
    """Flights as airlines send them: each end in its own zone, in UTC, by duration, and floating at airports."""
    cases = []
    for flight in flights():
        title = f"SUMMARY:Flight {flight.code} {flight.number} {flight.origin} → {flight.destination}"
        bare = {"carrier": None, "seat": None, "travellers": None, "confirmation": None}
        truth = (true_flight(flight, **bare),)
        utc = f"DTSTART:{stamp(flight.departs)}Z", f"DTEND:{stamp(flight.arrives)}Z", title
        minutes = int((flight.arrives - flight.departs).total_seconds() // 60)
        lasting = f"DTSTART:{stamp(flight.departs)}Z", f"DURATION:PT{minutes // 60}H{minutes % 60}M", title
        name = f"{flight.origin}-{flight.destination}"
        cases += [Case(f"utc-{name}", calendar(entry("a", *utc)), truth), Case(f"lasting-{name}", calendar(entry("a", *lasting)), truth)]
        if is_unambiguous(flight):
            zoned = f"DTSTART;TZID={flight.zone}:{stamp(flight.leaves)}", f"DTEND;TZID={flight.end_zone}:{stamp(flight.lands)}", title
            float_ = f"DTSTART:{stamp(flight.leaves)}", f"DTEND:{stamp(flight.lands)}", title
            cases += [
                Case(f"zoned-{name}", calendar(entry("a", *zoned)), truth),
                Case(f"floating-{name}", calendar(entry("a", *float_)), truth),
            ]
    return cases


def of_days() -> list[Case]:
    """All-day entries, floating times and the calendar's own zone."""
    one, three = "DTSTART;VALUE=DATE:20261207", "DTEND;VALUE=DATE:20261210"
    day, last = When(day=date(2026, 12, 7)), When(day=date(2026, 12, 9))
    local = When(local=datetime(2026, 12, 7, 9, 30)), When(local=datetime(2026, 12, 7, 11, 0))
    begin = datetime(2026, 12, 7, 9, 30, tzinfo=ZoneInfo("Australia/Eucla"))
    clock = "DTSTART:20261207T093000", "DTEND:20261207T110000", "SUMMARY:Messe"
    return [
        Case("day-alone", calendar(entry("a", one, "SUMMARY:Messe")), (event("Messe", day, day),)),
        Case("days-three", calendar(entry("a", one, three, "SUMMARY:Messe")), (event("Messe", day, last),)),
        Case("days-lasting", calendar(entry("a", one, "DURATION:P3D", "SUMMARY:Messe")), (event("Messe", day, last),)),
        Case("days-untyped", calendar(entry("a", "DTSTART:20261207", "DTEND:20261210", "SUMMARY:Messe")), (event("Messe", day, last),)),
        Case("floating", calendar(entry("a", *clock)), (event("Messe", *local),)),
        Case(
            "own-zone",
            calendar(entry("a", *clock), head="X-WR-TIMEZONE:Australia/Eucla\n"),
            (event("Messe", at(begin, "Australia/Eucla"), at(begin + timedelta(minutes=90), "Australia/Eucla")),),
        ),
        Case(
            "unknown-zone",
            calendar(entry("a", "DTSTART;TZID=Mondzeit:20261207T093000", "SUMMARY:Messe")),
            (event("Messe", local[0], None),),
            1,
        ),
        Case(
            "ambiguous-zone",
            calendar(entry("a", "DTSTART;TZID=IST:20261207T093000", "SUMMARY:Messe")),
            (event("Messe", local[0], None),),
            1,
        ),
    ]


def of_own_zones() -> list[Case]:
    """Times in a zone that the file defines, on both sides of its changes of clocks."""
    cases = []
    for day, offset in (("20260115", 145), ("20260701", 205), ("20260328", 145), ("20260330", 205), ("20261024", 205), ("20261026", 145)):
        utc = datetime.strptime(day + "1200 +0000", "%Y%m%d%H%M %z") - timedelta(minutes=offset)
        zone = f"UTC+{offset // 60:02}:{offset % 60:02}"
        lines = f"DTSTART;TZID=Werkszeit:{day}T120000", "DURATION:PT1H", "SUMMARY:Schicht"
        truth = (event("Schicht", at(utc, zone), at(utc + timedelta(hours=1), zone)),)
        cases.append(Case(f"defined-{day}", calendar(entry("a", *lines), head=OWN_ZONE), truth))
    return cases


def of_writing() -> list[Case]:
    """Folded lines, old encodings, odd line ends, cancelled calendars, a missing last line."""
    lines = "DTSTART:20261207T083000Z", "DTEND:20261207T100000Z", "SUMMARY:Gespräch über\n  Prüfstände\\, Düsen\\nund mehr"
    begin, end = datetime.fromisoformat("2026-12-07T08:30+00:00"), datetime.fromisoformat("2026-12-07T10:00+00:00")
    title = "Gespräch über Prüfstände, Düsen und mehr"
    truth = (event(title, at(begin, "UTC"), at(end, "UTC")),)
    gone = (event(title, at(begin, "UTC"), at(end, "UTC"), cancelled=True),)
    body = entry("a", *lines)
    cut = calendar(body).replace(b"END:VEVENT\r\nEND:VCALENDAR\r\n", b"")
    cases = [Case(f"ends-{number}", calendar(body, ends=ends), truth) for number, ends in enumerate(("\r\n", "\n", "\r"))]
    cases += [Case(f"written-{name}", calendar(body, encoding=name), truth) for name in ("utf-8-sig", "utf-16", "cp1252")]
    return [
        *cases,
        Case("cancelled-calendar", calendar(body, head="METHOD:CANCEL\n"), gone),
        Case("cancelled-entry", calendar(entry("a", *lines, "STATUS:CANCELLED")), gone),
        Case("cut-off", cut, truth),
        Case("broken-line", calendar(entry("a", *lines, "???")), truth, 1),
        Case("broken-time", calendar(body, entry("b", "DTSTART:2026-Dezember", "SUMMARY:x")), (*truth, event("x", None, None)), 2),
        Case("two-calendars", calendar(body) + calendar(entry("b", *lines)), truth * 2),
    ]
