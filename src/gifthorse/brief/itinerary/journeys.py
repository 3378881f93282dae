"""What a booking is for, by schema.org's words for each kind: where from and to, when, with whom."""

import html
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from gifthorse.brief.itinerary.gathering import Gathered
from gifthorse.brief.itinerary.written_dates import Ambiguous, written_date
from gifthorse.model.itineraries import Leg, LegKind, Moment, Place, Reason

_LONGEST: Final = 500
_PREFIXES: Final = ("http://schema.org/", "https://schema.org/", "http://www.schema.org/", "https://www.schema.org/", "schema:")
# A time of day alone: "checkinDate" beside "checkinTime".
_CLOCK_ALONE: Final = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?\Z", re.ASCII | re.IGNORECASE)
# Programs name the stations of one kind of ride as those of another.
_STATIONS: Final = ("Station", "BusStop", "BusStation", "BoatTerminal", "Terminal", "Location")
Thing = dict[str, Any]


def type_of(thing: Thing, known: Iterable[str]) -> str:
    """The type of *thing* without its address: of several the first that is *known*; empty without one."""
    types = thing.get("@type", thing.get("type", ""))
    names = [_bare(text_of(name)) for name in (types if isinstance(types, list) else [types])]
    return next((name for name in names if name in set(known)), next((name for name in names if name), ""))


def _bare(name: str) -> str:
    for prefix in _PREFIXES:
        if name.lower().startswith(prefix):
            return name[len(prefix) :].strip("/#")
    return name


def text_of(value: Any) -> str:
    """*value* as text: the first of several, the name or value of an object, a number as it is written."""
    for _level in range(4):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = value.get("name") or value.get("@value") or value.get("value") or ""
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        try:
            text = str(value)[:_LONGEST].strip()
        except ValueError:  # a number of more digits than Python writes
            return ""
        return html.unescape(text) if "&" in text else text  # some programs escape their data as they do their page
    return ""


def _first(value: Any) -> Thing:
    """The object that *value* is or begins with; a bare text becomes its name."""
    if isinstance(value, list):
        value = value[0] if value else {}
    return value if isinstance(value, dict) else {"name": text_of(value)}


def _moment(thing: Thing, names: tuple[str, ...], gathered: Gathered, where: str) -> Moment | None:
    """The first of the properties *names* that *thing* has, as a moment; one that can't be read is noted."""
    clock = next((text for name in names if _CLOCK_ALONE.match(text := text_of(thing.get(name)))), "")
    for name in names:
        text = text_of(thing.get(name))
        if not text or (text == clock and any(text_of(thing.get(other)) not in {"", clock} for other in names)):
            continue
        try:
            written = written_date(text)
            if written and clock and not written.clock:
                written = written_date(f"{text} {clock}")
            moment = written.moment(_zone_beside(thing.get(name))) if written else None
        except Ambiguous:
            gathered.note(where, Reason.AMBIGUOUS_DATE, what=text)
            return None
        if moment is None:
            gathered.note(where, Reason.BROKEN_TIME, what=text)
        return moment
    return None


def _zone_beside(value: Any) -> str:
    """The zone of a time that is told as an object with its zone beside it, as KDE's programs do."""
    return text_of(value.get("timezone")) if isinstance(value, dict) else ""


def _place(value: Any) -> Place:
    """A place by its name and address; an address is an object or a line."""
    thing = _first(value)
    address = thing.get("address")
    code = text_of(thing.get("iataCode") or thing.get("identifier"))
    code = code if len(code) == 3 and code.isascii() and code.isalpha() else ""
    if not isinstance(address, dict):
        return Place(name=text_of(thing) or text_of(address), code=code)
    city, country = text_of(address.get("addressLocality")), text_of(address.get("addressCountry"))
    return Place(name=text_of(thing) or text_of(address.get("streetAddress")), code=code, city=city, country=country)


def _flight(subject: Thing, _reservation: Thing, gathered: Gathered, where: str) -> Leg:
    airline = _first(subject.get("airline") or subject.get("provider") or subject.get("carrier") or subject.get("seller") or {})
    code = text_of(airline.get("iataCode")).upper()
    number = text_of(subject.get("flightNumber")).replace(" ", "").upper()
    if not code and len(number) > 2 and not number.isdigit() and number[2:3].isdigit():
        code = number[:2]
    departs = _moment(subject, ("departureTime", "departureDate", "departureDay"), gathered, where)
    return Leg(
        kind=LegKind.FLIGHT,
        departs=departs,
        arrives=_moment(subject, ("arrivalTime", "arrivalDate", "arrivalDay"), gathered, where),
        origin=_place(subject.get("departureAirport")),
        destination=_place(subject.get("arrivalAirport")),
        carrier=text_of(airline),
        carrier_code=code,
        number=_without(code, number),
    )


def _without(code: str, number: str) -> str:
    bare = number.removeprefix(code) if code else number
    return bare.lstrip("0") or bare


def _ride(number: tuple[str, ...], company: tuple[str, ...]) -> Callable[[Thing, Thing, Gathered, str], Leg]:
    """A reader for trains, buses and boats, which differ in the names of their numbers."""

    def read(subject: Thing, _reservation: Thing, gathered: Gathered, where: str) -> Leg:
        return Leg(
            kind=LegKind.OTHER,
            departs=_moment(subject, ("departureTime", "departureDate", "departureDay"), gathered, where),
            arrives=_moment(subject, ("arrivalTime", "arrivalDate", "arrivalDay"), gathered, where),
            origin=_end_of(subject, "departure"),
            destination=_end_of(subject, "arrival"),
            title=text_of(subject.get("name") if any(subject.get(name) for name in number) else ""),
            carrier=next((text for name in company if (text := text_of(subject.get(name)))), ""),
            number=next((text for name in (*number, "name") if (text := text_of(subject.get(name)))), ""),
        )

    return read


def _end_of(subject: Thing, end: str) -> Place:
    return _station(next((value for name in _STATIONS if (value := subject.get(end + name))), None))


def _station(value: Any) -> Place:
    """A station has no airport's code, whatever three letters it calls itself."""
    place = _place(value)
    return Place(name=place.name, city=place.city, country=place.country)


def _stay(subject: Thing, reservation: Thing, gathered: Gathered, where: str) -> Leg:
    begins, ends = (
        ("checkinTime", "checkinDate", "checkInTime", "checkInDate"),
        ("checkoutTime", "checkoutDate", "checkOutTime", "checkOutDate"),
    )
    return Leg(
        kind=LegKind.HOTEL,
        departs=_moment(reservation, begins, gathered, where) or _moment(subject, begins, gathered, where),
        arrives=_moment(reservation, ends, gathered, where) or _moment(subject, ends, gathered, where),
        destination=_place(subject),
        title=text_of(subject),
    )


def _event(subject: Thing, _reservation: Thing, gathered: Gathered, where: str) -> Leg:
    return Leg(
        kind=LegKind.EVENT,
        departs=_moment(subject, ("startDate", "startTime"), gathered, where),
        arrives=_moment(subject, ("endDate", "endTime"), gathered, where),
        destination=_place(subject.get("location") or {}),
        title=text_of(subject),
    )


def _car(subject: Thing, reservation: Thing, gathered: Gathered, where: str) -> Leg:
    company = _first(subject.get("rentalCompany") or subject.get("provider") or reservation.get("provider") or {})
    return Leg(
        kind=LegKind.CAR,
        departs=_moment(reservation, ("pickupTime",), gathered, where),
        arrives=_moment(reservation, ("dropoffTime",), gathered, where),
        origin=_station(reservation.get("pickupLocation") or {}),
        destination=_station(reservation.get("dropoffLocation") or {}),
        title=text_of(subject),
        carrier=text_of(company),
    )


def _meal(subject: Thing, reservation: Thing, gathered: Gathered, where: str) -> Leg:
    return Leg(
        kind=LegKind.OTHER,
        departs=_moment(reservation, ("startTime", "startDate"), gathered, where),
        arrives=_moment(reservation, ("endTime", "endDate"), gathered, where),
        destination=_place(subject),
        title=text_of(subject),
    )


STRETCHES: Final[dict[LegKind, Callable[[Thing, Thing, Gathered, str], Leg]]] = {
    LegKind.FLIGHT: _flight,
    LegKind.TRAIN: _ride(("trainNumber",), ("provider", "trainCompany", "carrier")),
    LegKind.BUS: _ride(("busNumber",), ("provider", "busCompany", "carrier")),
    LegKind.BOAT: _ride(("boatNumber",), ("provider", "carrier")),
    LegKind.HOTEL: _stay,
    LegKind.EVENT: _event,
    LegKind.CAR: _car,
    LegKind.OTHER: _meal,
}
