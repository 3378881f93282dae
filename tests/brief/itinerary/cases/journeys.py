"""Made-up trips through odd zones, with the truth of every field. Times are made as instants first and told on local clocks after.

So the truth owes nothing to the reader: it goes from the instant to the clock, the reader goes back.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

REFERENCE = date(2026, 11, 28)
HOME = "Europe/Berlin"
# Airport, zone: written down by hand, so that a wrong table of airports would be seen.
AIRPORTS = {
    "FRA": "Europe/Berlin",
    "KTM": "Asia/Kathmandu",
    "LDH": "Australia/Lord_Howe",
    "SYD": "Australia/Sydney",
    "YYT": "America/St_Johns",
    "LHR": "Europe/London",
    "APW": "Pacific/Apia",
    "PPG": "Pacific/Pago_Pago",
    "CXI": "Pacific/Kiritimati",
    "HNL": "Pacific/Honolulu",
    "CHT": "Pacific/Chatham",
    "AKL": "Pacific/Auckland",
    "THR": "Asia/Tehran",
    "ADL": "Australia/Adelaide",
    "SIN": "Asia/Singapore",
    "DEL": "Asia/Kolkata",
    "LAX": "America/Los_Angeles",
    "NRT": "Asia/Tokyo",
    "RGN": "Asia/Yangon",
    "KEF": "Atlantic/Reykjavik",
    "JFK": "America/New_York",
    "GRU": "America/Sao_Paulo",
}
# From, to, departure in UTC, minutes on the way.
ROUTES = (
    ("FRA", "KTM", "2026-12-03T08:25", 590),
    ("KTM", "DEL", "2026-12-07T07:40", 105),
    ("SYD", "LDH", "2026-04-04T13:20", 110),  # clocks go back while it flies, by half an hour at one end
    ("LDH", "SYD", "2026-10-03T15:05", 115),
    ("LHR", "YYT", "2026-10-25T00:40", 315),  # the hour that London has twice
    ("YYT", "LHR", "2027-03-14T05:35", 300),
    ("APW", "PPG", "2026-12-30T23:10", 35),  # arrives the day before
    ("PPG", "APW", "2027-01-01T01:15", 35),
    ("CXI", "HNL", "2026-12-31T09:50", 185),
    ("AKL", "CHT", "2026-09-26T13:45", 130),
    ("THR", "FRA", "2026-12-10T03:30", 355),
    ("ADL", "SIN", "2027-02-11T00:15", 440),
    ("NRT", "LAX", "2026-12-15T08:00", 600),  # arrives before it departs, by the clocks
    ("LAX", "NRT", "2027-01-20T20:05", 720),
    ("RGN", "DEL", "2027-02-02T05:10", 200),
    ("JFK", "KEF", "2026-11-01T05:30", 330),  # the hour that New York has twice
    ("FRA", "GRU", "2027-03-27T21:55", 725),
    ("GRU", "JFK", "2027-03-13T23:50", 590),
    ("HNL", "AKL", "2027-04-03T00:25", 545),
    ("DEL", "KTM", "2026-06-17T04:20", 110),
)
CARRIERS = (("Zephyra Air", "ZQ"), ("Nordlicht Wings", "1N"), ("Aerolínea Sur Ficticia", "Y7"), ("東風航空", "QX"))
PEOPLE = ("Ida Quellwasser", "Bao Nguyễn-Falk", "Ömer Täschner", "Siobhán O'Hare")


@dataclass(frozen=True)
class When:
    """An instant with its zone, a local time, or a day."""

    instant: datetime | None = None
    zone: str = ""
    local: datetime | None = None
    day: date | None = None


@dataclass(frozen=True)
class TrueLeg:
    """What a perfect reader would say; fields that the file doesn't hold are left out of `fields`."""

    fields: dict[str, object]


@dataclass(frozen=True)
class Case:
    """A file and its truth. `notes` is how many things it must say it did not read, None for any number."""

    name: str
    content: bytes
    legs: tuple[TrueLeg, ...]
    notes: int | None = 0
    reference: date = REFERENCE
    clues: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Flight:
    """One flight of the made-up airlines."""

    origin: str
    destination: str
    departs: datetime
    arrives: datetime
    carrier: str
    code: str
    number: str
    booking: str
    seat: str
    people: tuple[str, ...]

    @property
    def zone(self) -> str:
        return AIRPORTS[self.origin]

    @property
    def end_zone(self) -> str:
        return AIRPORTS[self.destination]

    @property
    def leaves(self) -> datetime:
        """On the clocks of the airport it leaves."""
        return self.departs.astimezone(ZoneInfo(self.zone))

    @property
    def lands(self) -> datetime:
        """On the clocks of the airport it reaches."""
        return self.arrives.astimezone(ZoneInfo(self.end_zone))


def flights() -> list[Flight]:
    """One flight on every route."""
    made = []
    for number, (origin, destination, departs, minutes) in enumerate(ROUTES):
        begin = datetime.fromisoformat(departs).replace(tzinfo=UTC)
        carrier, code = CARRIERS[number % len(CARRIERS)]
        made.append(
            Flight(
                origin=origin,
                destination=destination,
                departs=begin,
                arrives=begin + timedelta(minutes=minutes),
                carrier=carrier,
                code=code,
                number=str(17 + number * 83),
                booking=f"K{number:02}XQ{number % 7}",
                seat=f"{3 + number}{'ACDF'[number % 4]}",
                people=(PEOPLE[number % len(PEOPLE)],),
            )
        )
    return made


def at(moment: datetime, zone: str) -> When:
    """The instant *moment* shown in *zone*."""
    return When(instant=moment.astimezone(UTC), zone=zone)


def true_flight(flight: Flight, **other: object) -> TrueLeg:
    """Everything about *flight*, with the fields in *other* changed; None takes a field out."""
    fields: dict[str, object] = {
        "kind": "flight",
        "departs": at(flight.departs, flight.zone),
        "arrives": at(flight.arrives, flight.end_zone),
        "origin": flight.origin,
        "destination": flight.destination,
        "carrier": flight.carrier,
        "carrier_code": flight.code,
        "number": flight.number,
        "confirmation": flight.booking,
        "seat": flight.seat,
        "travellers": flight.people,
        "cancelled": False,
    }
    fields |= other
    return TrueLeg(fields={name: value for name, value in fields.items() if value is not None})


def is_unambiguous(flight: Flight) -> bool:
    """Whether its local times without offset can only mean one instant."""
    clocks = (flight.leaves, flight.lands)
    return all(clock.replace(fold=0).utcoffset() == clock.replace(fold=1).utcoffset() for clock in clocks)


def plain_flights() -> list[Flight]:
    """The flights whose local times occur once."""
    return [flight for flight in flights() if is_unambiguous(flight)]


def with_people(flight: Flight, *people: str) -> Flight:
    """*flight* for these people."""
    return replace(flight, people=people)
