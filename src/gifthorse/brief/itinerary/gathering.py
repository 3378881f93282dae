"""What the readers have found so far: legs, and notes of what was not read, within bounds."""

from datetime import date
from typing import Final

import msgspec

from gifthorse.brief.itinerary import airports
from gifthorse.brief.itinerary.zones import at_airport, differs_at, is_before, order
from gifthorse.model.itineraries import Instant, Itinerary, Leg, LegKind, Moment, NotRead, Place, Reason

MOST_LEGS: Final = 2_000
MOST_NOTES: Final = 5_000
LONGEST_TEXT: Final = 500
LONGEST_KEPT: Final = 4_000  # of a text that was not read, so that a person can still use it
MOST_TRAVELLERS: Final = 200


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What is known beside the file: the day the trip is near to, and the zone of the organisation (IANA name)."""

    day: date
    home_zone: str


class Gathered:
    """Legs and notes in the order they were found."""

    def __init__(self) -> None:
        self.legs: list[Leg] = []
        self.notes: list[NotRead] = []
        self.left_out = 0
        self.headings: tuple[str, ...] = ()

    def note(self, where: str, reason: Reason, *, text: str = "", row: int = 0, **values: str) -> None:
        """One more thing was not read; beyond `MOST_NOTES` they are only counted."""
        if len(self.notes) >= MOST_NOTES:
            self.left_out += 1
            return
        short = {name: tidy(value)[:120] for name, value in values.items()}
        self.notes.append(NotRead(where=tidy(where)[:120], reason=reason, values=short, row=row, text=kept(text)))

    def add(self, leg: Leg, where: str, *, row: int = 0, text: str = "") -> None:
        """*leg* is listed, told on the clocks of its airports; what is odd about its times is noted."""
        if len(self.legs) >= MOST_LEGS:
            self.note(where, Reason.TOO_MANY, what=str(MOST_LEGS), row=row, text=text)
            return
        leg = self._at_airports(_trimmed(leg), where, row)
        if leg.departs and leg.arrives and is_before(leg.arrives, leg.departs):
            self.note(where, Reason.ENDS_BEFORE, row=row)
        if leg.departs is None and leg.arrives is None:
            self.note(where, Reason.NO_TIME, row=row)
        self.legs.append(leg)

    def _at_airports(self, leg: Leg, where: str, row: int) -> Leg:
        """A flight's times on the clocks of its airports; only flights, since "code" says airport nowhere else."""
        if leg.kind is not LegKind.FLIGHT:
            return leg
        ends = ((leg.departs, leg.origin), (leg.arrives, leg.destination))
        for moment, place in ends:
            if place.code and not airports.is_airport(place.code):
                self.note(where, Reason.UNKNOWN_PLACE, what=place.code, row=row)
            shown = at_airport(moment, place.code)
            if differs_at(shown, place.code):
                assert isinstance(shown, Instant)
                self.note(where, Reason.OFFSET_DIFFERS, what=shown.local.isoformat(), place=place.code, row=row)
        return msgspec.structs.replace(
            leg,
            departs=at_airport(leg.departs, leg.origin.code),
            arrives=at_airport(leg.arrives, leg.destination.code),
            origin=_known(leg.origin),
            destination=_known(leg.destination),
        )

    @property
    def is_full(self) -> bool:
        """Whether neither a leg nor a note can be added any more; what is left should be counted in `left_out`."""
        return len(self.legs) >= MOST_LEGS and len(self.notes) >= MOST_NOTES

    def finished(self, read_as: str) -> Itinerary:
        """The itinerary: legs in order of time, everybody named once."""
        if self.left_out:
            self.notes.append(NotRead(where=f"+{self.left_out}", reason=Reason.TOO_MANY, values={"what": str(MOST_NOTES)}))
        legs = sorted(self.legs, key=lambda leg: order(leg.departs or leg.arrives))
        travellers = dict.fromkeys(name for leg in legs for name in leg.travellers)
        return Itinerary(
            read_as=read_as, legs=tuple(legs), travellers=tuple(travellers), not_read=tuple(self.notes), headings=self.headings
        )


def _known(place: Place) -> Place:
    return airports.place_of(place.code, place) if place.code else place


def _trimmed(leg: Leg) -> Leg:
    names = ("title", "carrier", "carrier_code", "number", "confirmation", "seat")
    texts = {name: tidy(getattr(leg, name))[:LONGEST_TEXT] for name in names}
    people = dict.fromkeys(tidy(name)[:LONGEST_TEXT] for name in leg.travellers if tidy(name))
    return msgspec.structs.replace(
        leg,
        **texts,
        uid=leg.uid[:LONGEST_TEXT],
        travellers=tuple(people)[:MOST_TRAVELLERS],
        origin=_short(leg.origin),
        destination=_short(leg.destination),
    )


def _short(place: Place) -> Place:
    return Place(
        name=tidy(place.name)[:LONGEST_TEXT],
        code=tidy(place.code).upper()[:10],
        city=tidy(place.city)[:LONGEST_TEXT],
        country=tidy(place.country)[:LONGEST_TEXT],
    )


def tidy(text: str) -> str:
    """*text* on one line, without control characters and lone surrogates."""
    sound = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(" " if ord(sign) < 32 or ord(sign) == 127 else sign for sign in sound).split())


def kept(text: str) -> str:
    """*text* as it stands, shortened when it is very long."""
    sound = text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    return sound if len(sound) <= LONGEST_KEPT else sound[:LONGEST_KEPT] + " …"


def same_trip(one: Leg, other: Leg) -> bool:
    """Whether both tell of the same stretch at the same times."""
    return (one.kind, one.departs, one.arrives, one.origin.code, one.destination.code, one.number) == (
        other.kind,
        other.departs,
        other.arrives,
        other.origin.code,
        other.destination.code,
        other.number,
    )


def same_times(one: Leg, other: Leg) -> bool:
    """Whether both begin and end at the same instants."""
    times: tuple[Moment | None, ...] = (one.departs, one.arrives, other.departs, other.arrives)
    if not all(isinstance(moment, Instant) for moment in times):
        return False
    first, last, begin, end = (moment.at for moment in times if isinstance(moment, Instant))
    return (first, last) == (begin, end)
