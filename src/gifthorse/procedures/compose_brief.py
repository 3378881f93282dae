"""Each traveller's brief is composed from the facts of the trip, and kept sealed as it was composed."""

import hashlib
from datetime import date
from functools import cache
from typing import Any, Final

import msgspec

from gifthorse.brief.advice.reading import for_places
from gifthorse.brief.blocks import library
from gifthorse.brief.composed import Brief as Composed
from gifthorse.brief.composing import DeskContact, compose
from gifthorse.brief.place import PlaceBlock
from gifthorse.brief.trip_facts import places_of, situation_of
from gifthorse.model.errors import NotFound, WrongState
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.trips import TripContent, TripState
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, Deed, act, relation_to
from gifthorse.procedures.house_settings import WHOM_TO_CALL, setting
from gifthorse.procedures.kept_advice import blocks_about
from gifthorse.procedures.notices import NoticeKind, notify
from gifthorse.procedures.reading_trips import content_of, people_on, trip_and_relation
from gifthorse.procedures.trip_facts import facts_of_trip
from gifthorse.store import vault
from gifthorse.store.tables.duty import Brief
from gifthorse.store.tables.trip import Trip

AT_NIGHT: Final = ("night", "nacht", "24")


def compose_for(actor: Actor, trip_id: str, person_id: str) -> Brief:
    """A new brief for the traveller *person_id*, beside the older ones. Raises NotFound, or WrongState for a trip that is called off."""
    with act(actor, Procedure.COMPOSE_BRIEF, relation_to(actor, person_id), subject=trip_id) as deed:
        trip, _relation = trip_and_relation(actor, trip_id)
        content = content_of(trip)
        if person_id not in people_on(trip):
            raise NotFound(NOT_THERE)
        if trip.state == TripState.CANCELLED.value:
            raise WrongState(N_("This trip was called off, so there is nothing to brief for."))
        return _kept(deed, trip, content, person_id)


def compose_all(deed: Deed, trip: Trip, content: TripContent) -> list[Brief]:
    """Every traveller's brief, within the deed that approves the trip; each of them hears that it is there."""
    return [_kept(deed, trip, content, person) for person in people_on(trip)]


def composed_for(trip: Trip, content: TripContent, person_id: str, today: date) -> Composed:
    """The brief as it would be composed on *today*; nothing is written."""
    facts = facts_of_trip(trip, content, person_id)
    places = places_of(facts)
    return compose(situation_of(facts, today), for_places(place_blocks(places), places), library(), today, desk=desk_contact())


def place_blocks(places: tuple[str, ...]) -> tuple[PlaceBlock, ...]:
    """What the desk holds about *places* (ISO 3166-1 codes)."""
    return blocks_about(places)


def desk_contact() -> DeskContact:
    """Whom to call, out of the house's settings: the first number, and the first that answers at night."""
    told: list[dict[str, Any]] = setting(WHOM_TO_CALL)
    if not told:
        return DeskContact()
    night = next((one for one in told if any(word in one["what"].casefold() for word in AT_NIGHT)), None)
    return DeskContact(desk=told[0]["what"], phone=told[0]["number"], phone_at_night=night["number"] if night else "")


@cache
def library_digest() -> str:
    """Which advice a brief was made of: a digest of all blocks of this version."""
    return hashlib.sha256(msgspec.json.encode(library().blocks, order="deterministic")).hexdigest()


def _kept(deed: Deed, trip: Trip, content: TripContent, person_id: str) -> Brief:
    composed = composed_for(trip, content, person_id, deed.moment.date())
    sealed = deed.note(vault.keep_json(composed, moment=deed.moment))
    brief = deed.keep(Brief(trip=trip, person_id=person_id, content=sealed, library=library_digest()))
    notify(deed, [person_id], NoticeKind.BRIEF_READY, brief.pk)
    return brief
