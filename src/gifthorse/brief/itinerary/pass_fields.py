"""What the front of a wallet pass shows, and the tags that say what it means (Apple's "Semantic tags")."""

import re
from typing import Any, Final

import msgspec

from gifthorse.brief.itinerary.airports import is_airport
from gifthorse.brief.itinerary.gathering import Gathered, tidy
from gifthorse.brief.itinerary.journeys import text_of
from gifthorse.brief.itinerary.written_dates import Ambiguous, written_date
from gifthorse.model.itineraries import Leg, LegKind, Moment, Place, Reason

_PLACES: Final = ("headerFields", "primaryFields", "secondaryFields", "auxiliaryFields", "backFields")
_MOST_FIELDS: Final = 100
# Words in labels and keys, English and German. "boarding" and "gate closes" are no departures and are looked for first.
_NOT_DEPARTURE: Final = re.compile(r"boarding|gate|einsteigen|doors|einlass|check.?in", re.IGNORECASE)
_DEPARTURE: Final = re.compile(r"\b(depart\w*|dep\.?|abflug|abfahrt|leaves)\b", re.IGNORECASE)
_ARRIVAL: Final = re.compile(r"\b(arriv\w*|arr\.?|ankunft)\b", re.IGNORECASE)
_BEGIN: Final = re.compile(r"\b(starts?|begins?|beginn|date|datum|when|wann)\b", re.IGNORECASE)
_PASSENGER: Final = re.compile(r"passenger|passagier|fluggast|traveller|traveler|reisende|^name$", re.IGNORECASE)
_SEAT: Final = re.compile(r"\b(seat|sitz\w*|platz)\b", re.IGNORECASE)
_FLIGHT: Final = re.compile(r"\b(flight|flug|flugnr\.?|flugnummer)\b", re.IGNORECASE)
_RIDE: Final = re.compile(r"\b(train|zug|zugnummer|bus|linie|service)\b", re.IGNORECASE)
_BOOKING: Final = re.compile(r"\b(pnr|confirmation\w*|booking\w*|buchung\w*|reference|locator|reservation)\b", re.IGNORECASE)
_VENUE: Final = re.compile(r"\b(venue|location|ort|veranstaltungsort|place)\b", re.IGNORECASE)
_DESIGNATOR: Final = re.compile(r"([A-Z][A-Z0-9]|[0-9][A-Z]) ?(\d{1,4}[A-Z]?)\Z")


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A field of the pass: where it stands, its key, its label and value in a language we know."""

    place: str
    key: str
    label: str
    value: str

    @property
    def name(self) -> str:
        """The label as words; keys that no language file explains have underscores."""
        return self.label.replace("_", " ")


class Fields(msgspec.Struct, frozen=True, kw_only=True):
    """The fields in reading order, the semantic tags, and who gave the pass out."""

    shown: tuple[Field, ...]
    tags: dict[str, Any]
    organisation: str
    description: str

    def value(self, words: "re.Pattern[str]") -> str:
        """The value of the first field whose label or key holds *words*."""
        return next((field.value for field in self.shown if words.search(field.name) or words.search(field.key)), "")

    def as_text(self) -> str:
        """The fields as lines, for a person."""
        return "\n".join(f"{field.label}: {field.value}" for field in self.shown)


def fields_of(told: dict[str, Any], style: str, strings: list[dict[str, str]]) -> Fields:
    """The fields of the pass that pass.json *told* about, with the words of *strings* put in for their keys."""
    shown = []
    tags = dict(told["semantics"]) if isinstance(told.get("semantics"), dict) else {}
    for place in _PLACES:
        listed = told[style].get(place)
        for field in listed[:_MOST_FIELDS] if isinstance(listed, list) else []:
            if isinstance(field, dict):
                tags |= field["semantics"] if isinstance(field.get("semantics"), dict) else {}
                shown.append(_field(place, field, strings))
    organisation, description = (_worded(text_of(told.get(name)), strings) for name in ("organizationName", "description"))
    return Fields(shown=tuple(shown), tags=tags, organisation=organisation, description=description)


def _field(place: str, field: dict[str, Any], strings: list[dict[str, str]]) -> Field:
    value = field.get("attributedValue") if not field.get("value") else field["value"]
    return Field(
        place=place,
        key=text_of(field.get("key")),
        label=_worded(text_of(field.get("label")), strings),
        value=_worded(text_of(value), strings),
    )


def _worded(text: str, strings: list[dict[str, str]]) -> str:
    return tidy(next((words[text] for words in strings if text in words), text))


def journey_of(kind: LegKind, fields: Fields, gathered: Gathered, where: str) -> Leg:
    """The leg that the front of the pass and its tags tell; the tags come first."""
    origin, destination = _ends(kind, fields)
    carrier_code, number = _number(kind, fields)
    if kind is LegKind.EVENT:
        main = next((field.value for field in fields.shown if field.place == "primaryFields"), "")
        title = text_of(fields.tags.get("eventName")) or main or fields.description
        origin, destination = Place(), Place(name=text_of(fields.tags.get("venueName")) or fields.value(_VENUE))
    else:
        title = ""
    return Leg(
        kind=kind,
        departs=_time(fields, _departure_tags(kind), _BEGIN if kind is LegKind.EVENT else _DEPARTURE, gathered, where),
        arrives=_time(fields, ("currentArrivalDate", "originalArrivalDate", "eventEndDate"), _ARRIVAL, gathered, where),
        origin=origin,
        destination=destination,
        title=title,
        carrier=text_of(fields.tags.get("transitProvider")) or fields.organisation,
        carrier_code=carrier_code,
        number=number,
        confirmation=text_of(fields.tags.get("confirmationNumber")) or fields.value(_BOOKING),
        seat=_seat(fields),
        travellers=_travellers(fields),
    )


def _departure_tags(kind: LegKind) -> tuple[str, ...]:
    return ("eventStartDate",) if kind is LegKind.EVENT else ("currentDepartureDate", "originalDepartureDate")


def _time(fields: Fields, tags: tuple[str, ...], words: "re.Pattern[str]", gathered: Gathered, where: str) -> Moment | None:
    """The first time under one of the *tags*, or in a field whose label says *words*; a time without a date is none."""
    texts = [text_of(fields.tags.get(tag)) for tag in tags]
    for field in fields.shown:
        named = field.name or field.key
        if words.search(named) and not _NOT_DEPARTURE.search(named) and field.place != "backFields":
            texts.append(field.value)
    for text in filter(None, texts):
        try:
            written = written_date(text)
        except Ambiguous:
            gathered.note(where, Reason.AMBIGUOUS_DATE, what=text)
            continue
        if written:
            return written.moment()
    return None


def _ends(kind: LegKind, fields: Fields) -> tuple[Place, Place]:
    """From and to: the tags, else the two large fields on the front."""
    main = [field for field in fields.shown if field.place == "primaryFields"][:2]
    given = [_place(kind, field) for field in main] if len(main) == 2 else [Place(), Place()]
    for number, tag in enumerate(("departure", "destination")):
        code = text_of(fields.tags.get(f"{tag}AirportCode")).upper()
        name = text_of(
            fields.tags.get(f"{tag}AirportName") or fields.tags.get(f"{tag}StationName") or fields.tags.get(f"{tag}LocationDescription")
        )
        if code or name:
            given[number] = Place(code=code or given[number].code, name=name or given[number].name)
    return given[0], given[1]


def _place(kind: LegKind, field: Field) -> Place:
    """Of a flight the code may be the value and the city the label, or the other way round."""
    if kind is LegKind.FLIGHT:
        for code, name in ((field.value, field.label), (field.label, field.value)):
            if len(code) == 3 and code.isupper() and is_airport(code):
                return Place(code=code, city=name if not _generic(name) else "")
    return Place(name=field.value)


def _generic(label: str) -> bool:
    return bool(re.fullmatch(r"from|to|von|nach|origin|destination|start|ziel|depart\w*|arriv\w*|abflug|ankunft|", label, re.IGNORECASE))


def _number(kind: LegKind, fields: Fields) -> tuple[str, str]:
    code, number = (
        text_of(fields.tags.get("airlineCode")).upper(),
        text_of(fields.tags.get("flightNumber") or fields.tags.get("vehicleNumber")),
    )
    if number:
        return code, number
    shown = fields.value(_FLIGHT if kind is LegKind.FLIGHT else _RIDE) if kind is not LegKind.EVENT else ""
    found = _DESIGNATOR.match(shown) if kind is LegKind.FLIGHT else None
    return (found[1], found[2].lstrip("0")) if found else (code, shown)


def _seat(fields: Fields) -> str:
    seats = fields.tags.get("seats")
    for seat in seats if isinstance(seats, list) else []:
        if isinstance(seat, dict):
            return " ".join(filter(None, (text_of(seat.get(name)) for name in ("seatSection", "seatRow", "seatNumber"))))
    return fields.value(_SEAT)


def _travellers(fields: Fields) -> tuple[str, ...]:
    name = fields.tags.get("passengerName")
    if isinstance(name, dict):
        joined = " ".join(filter(None, (text_of(name.get(part)) for part in ("givenName", "middleName", "familyName"))))
        return (joined,) if joined else ()
    shown = text_of(name) or fields.value(_PASSENGER)
    return (shown,) if shown else ()
