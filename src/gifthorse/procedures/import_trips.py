"""Many trips out of one table: shown first, then written in one transaction; rows that don't fit come back to be mended.

Rows belong to one trip as long as they are of the same travellers, in the order of their times, and fewer than ten days apart; a trip
also ends where it comes back to the place that it left from.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

import msgspec

from gifthorse.brief.itinerary.broken_rows import as_csv
from gifthorse.model.errors import NotAccepted, WrongState
from gifthorse.model.itineraries import Day, Instant, Itinerary, Leg, LocalTime, Moment
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.trips import LONGEST_LINE, TripContent
from gifthorse.model.words import N_, Phrase, phrase
from gifthorse.procedures.acting import act, authorise, may
from gifthorse.procedures.check_trip import JOURNEYS, bounds
from gifthorse.procedures.finding_people import NobodyCalled, Register
from gifthorse.procedures.plan_trip import Party, new_trip
from gifthorse.procedures.reading_trips import home_zones
from gifthorse.procedures.trip_facts import place_words, town_words
from gifthorse.store.tables.trip import Traveller

APART: Final = timedelta(days=10)
SUBJECT: Final = "trips"
MOST_TRIPS: Final = 500
CHANGED_SINCE: Final = N_("Something has changed since you looked. Nothing was written; please look through the trips once more.")
HEADINGS: Final = (
    "kind", "title", "from", "to", "departure", "departure zone", "arrival", "arrival zone", "country", "carrier", "number", "traveller",
)  # fmt: skip
NO_NAME: Final = N_("The row names no traveller.")


class FoundTrip(msgspec.Struct, frozen=True, kw_only=True):
    """A trip as the table tells it: who (ids and names), when, its legs; `known` when the same trip is here already."""

    people: tuple[str, ...]
    names: tuple[str, ...]
    title: str
    starts_at: datetime
    ends_at: datetime
    legs: tuple[Leg, ...]
    known: bool = False


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """Legs that became no trip, and why."""

    legs: tuple[Leg, ...]
    why: Phrase


class FoundTrips(msgspec.Struct, frozen=True, kw_only=True):
    """What taking the table over would write; `digest` names exactly this."""

    trips: tuple[FoundTrip, ...]
    left_out: tuple[LeftOut, ...]
    digest: str

    @property
    def fresh(self) -> tuple[FoundTrip, ...]:
        """The trips that are not here yet."""
        return tuple(trip for trip in self.trips if not trip.known)


def preview(actor: Actor, itinerary: Itinerary) -> FoundTrips:
    """The trips in the table with their people; nothing is written. Staff find their own alone. Raises Refused."""
    authorise(actor, Procedure.IMPORT_TRIPS, Relation.NONE)
    return _found(actor, itinerary)


def apply(actor: Actor, itinerary: Itinerary, *, seen: str) -> int:
    """How many trips were handed in; those that were here already stay. Raises WrongState unless *seen* is the preview's digest."""
    with act(actor, Procedure.IMPORT_TRIPS, Relation.NONE, subject=SUBJECT) as deed:
        found = _found(actor, itinerary)
        if found.digest != seen:
            raise WrongState(CHANGED_SINCE)
        if not found.fresh or len(found.fresh) > MOST_TRIPS:
            raise NotAccepted(N_("There is no new trip in this table, or more than 500. Please choose another one."), field="file")
        for trip in found.fresh:
            new_trip(deed, actor, TripContent(title=trip.title, legs=trip.legs), Party(people=trip.people), draft=False)
        return len(found.fresh)


def left_out_rows(found: FoundTrips) -> str:
    """The legs that became no trip as a table (CSV), each with why, to be mended and read again. Safe to open in a spreadsheet."""
    rows = [["!", *HEADINGS]]
    for one in found.left_out:
        rows += [[one.why.in_english(), *_cells(leg)] for leg in one.legs]
    return as_csv(rows)


def _cells(leg: Leg) -> list[str]:
    times = [cell for moment in (leg.departs, leg.arrives) for cell in _time_cells(moment)]
    places = [place.code or place_words(place) for place in (leg.origin, leg.destination)]
    number = f"{leg.carrier_code} {leg.number}".strip()
    return [leg.kind.value, leg.title, *places, *times, leg.destination.country, leg.carrier, number, "; ".join(leg.travellers)]


def _time_cells(moment: Moment | None) -> tuple[str, str]:
    match moment:
        case Instant():
            return moment.local.strftime("%Y-%m-%d %H:%M"), moment.zone
        case LocalTime():
            return f"{moment.on.isoformat()} {moment.clock // 60:02}:{moment.clock % 60:02}", ""
        case Day():
            return moment.on.isoformat(), ""
        case _:
            return "", ""


def _found(actor: Actor, itinerary: Itinerary) -> FoundTrips:
    of_all = may(actor, Procedure.CHANGE_TRIP, Relation.OTHERS)
    register = Register() if of_all else None
    trips: list[FoundTrip] = []
    left_out: list[LeftOut] = []
    for names, legs in _grouped(itinerary.legs, itinerary.travellers if not of_all else ()):
        if register and not names:
            left_out.append(LeftOut(legs=legs, why=phrase(NO_NAME)))
            continue
        try:
            people = register.people(names) if register else (actor.person,)
            trips.append(_trip(people, register.names(people) if register else ("",), legs))
        except NotAccepted as error:
            left_out.append(LeftOut(legs=legs, why=phrase(str(error))))
        except NobodyCalled as unknown:
            left_out.append(LeftOut(legs=legs, why=unknown.why))
    marked = _with_known(trips)
    digest = hashlib.sha256(msgspec.json.encode([marked, left_out], order="deterministic")).hexdigest()
    return FoundTrips(trips=tuple(marked), left_out=tuple(left_out), digest=digest)


def _grouped(legs: Iterable[Leg], whoever: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], tuple[Leg, ...]]]:
    """Legs that belong to one trip, by the rule at the top; those without a time each stand alone."""
    by_names: dict[tuple[str, ...], list[Leg]] = {}
    for leg in legs:
        by_names.setdefault(tuple(sorted(leg.travellers or whoever)), []).append(leg)
    for names, own in by_names.items():
        trip: list[Leg] = []
        last: datetime | None = None
        for leg in sorted(own, key=_order):
            times = _times(leg)
            if trip and (times is None or last is None or times[0] - last > APART or _is_home(trip)):
                yield names, tuple(trip)
                trip, last = [], None
            trip.append(leg)
            last = max(last, times[1]) if last and times else (times[1] if times else None)
        if trip:
            yield names, tuple(trip)


def _times(leg: Leg) -> tuple[datetime, datetime] | None:
    try:
        return bounds([leg], "UTC")
    except NotAccepted:
        return None


def _order(leg: Leg) -> tuple[bool, str]:
    times = _times(leg)
    return times is None, times[0].isoformat() if times else ""


def _is_home(trip: list[Leg]) -> bool:
    journeys = [leg for leg in trip if leg.kind in JOURNEYS and place_words(leg.origin)]
    if not journeys:
        return False
    first, last = journeys[0].origin, journeys[-1].destination
    return bool(first.code and first.code == last.code) or place_words(first).casefold() == place_words(last).casefold()


def _trip(people: tuple[str, ...], names: tuple[str, ...], legs: tuple[Leg, ...]) -> FoundTrip:
    starts, ends = bounds(legs, home_zones([people[0]])[people[0]])
    title = next((leg.title for leg in legs if leg.title), "") or next((town_words(leg.destination) for leg in legs), "")
    bare = tuple(msgspec.structs.replace(leg, travellers=()) for leg in legs)
    return FoundTrip(people=people, names=names, title=(title or "?")[:LONGEST_LINE], starts_at=starts, ends_at=ends, legs=bare)


def _with_known(trips: list[FoundTrip]) -> list[FoundTrip]:
    """*trips*, each marked when somebody of it has a trip with the same begin and end already."""
    people = {person for trip in trips for person in trip.people}
    rows = Traveller.objects.filter(person__in=people, ended=False).exclude(trip__state="cancelled")
    kept = set(rows.values_list("person_id", "trip__starts_at", "trip__ends_at"))
    return [
        msgspec.structs.replace(trip, known=any((person, trip.starts_at, trip.ends_at) in kept for person in trip.people)) for trip in trips
    ]
