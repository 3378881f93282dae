"""A trip is planned, handed in, changed, called off, or went another way; each step stays on record with its reason."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import msgspec
from django.db import transaction

from gifthorse.brief.trip_facts import situation_of
from gifthorse.model.errors import NotAccepted
from gifthorse.model.roles import Actor, Procedure, Relation, Role
from gifthorse.model.trips import LONGEST_PROSE, DeviceTold, StepKind, TripContent, TripState, after_change, move
from gifthorse.model.words import N_
from gifthorse.procedures.acting import Deed, act, may
from gifthorse.procedures.check_trip import bounds, checked, is_sponsored, payer_of
from gifthorse.procedures.keeping_many import sealed_anew
from gifthorse.procedures.notices import NoticeKind, notify
from gifthorse.procedures.reading_trips import TRIP, content_of, home_zones, people_on, trip_and_relation, with_papers
from gifthorse.procedures.tellers import officers
from gifthorse.procedures.trip_duties import add_deviation, set_duties, void_duties
from gifthorse.procedures.trip_facts import facts_of_way
from gifthorse.store import search_index, vault
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.asset import Holding
from gifthorse.store.tables.event import Event
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.trip import Carried, Traveller, Trip, TripStep

MOST_TRAVELLERS: Final = 40


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Who travels (person ids), which elements each takes along, and to which event of the register (may be empty)."""

    people: tuple[str, ...]
    carried: Mapping[str, tuple[str, ...]] = {}
    event: str = ""


def plan(actor: Actor, content: TripContent, party: Party, *, draft: bool = False) -> Trip:
    """The new trip of the actor, handed in unless it is a *draft*; the officers hear of it. Raises NotAccepted.

    Staff plan for themselves and colleagues who travel with them; only officers plan a trip that they aren't on.
    """
    with act(actor, Procedure.PLAN_TRIP, Relation.NONE) as deed:
        party = _checked_party(actor, party)
        if draft and actor.person not in party.people:
            raise NotAccepted(N_("You can keep a draft of a trip that you are on yourself. Please hand this one in."))
        trip = new_trip(deed, actor, checked(content), party, draft=draft)
        deed.subject = trip.pk
        if not draft:
            _tell_deciders(deed, trip)
        return trip


def new_trip(deed: Deed, actor: Actor, content: TripContent, party: Party, *, draft: bool) -> Trip:
    """The trip with its travellers, duties and first step, within *deed*."""
    organiser = actor.person if actor.person in party.people or not party.people else party.people[0]
    content = with_papers(content, actor.person if actor.person in party.people else organiser, {})
    sealed = deed.note(vault.keep_json(content, moment=deed.moment))
    trip = Trip(organiser_id=organiser, content=sealed, event_id=party.event or None)
    trip.zone = home_zones([organiser])[organiser]
    trip.state = (TripState.DRAFT if draft else TripState.SUBMITTED).value
    _shape(deed, trip, content)
    deed.keep(trip)
    _set_travellers(deed, trip, party)
    note_step(deed, trip, actor, StepKind.DRAFTED if draft else StepKind.SUBMITTED)
    _finish(deed, trip, content)
    return trip


def submit(actor: Actor, trip_id: str) -> Trip:
    """The draft, or a refused trip as it is, is handed in."""
    with changing(actor, Procedure.CHANGE_TRIP, trip_id) as (deed, trip):
        trip.state = move(TripState(trip.state), TripState.SUBMITTED).value
        trip.changed_at = deed.moment
        deed.keep(trip)
        note_step(deed, trip, actor, StepKind.SUBMITTED)
        set_duties(deed, trip, content_of(trip))
        _tell_deciders(deed, trip)
        return trip


def change(actor: Actor, trip_id: str, content: TripContent, party: Party, untrusted_reason: str = "") -> Trip:
    """The trip as *content* says; an approved one is looked at again. Its duties move with it. Raises NotAccepted or WrongState."""
    with changing(actor, Procedure.CHANGE_TRIP, trip_id) as (deed, trip):
        content, party = checked(content), _checked_party(actor, party)
        trip.state = after_change(TripState(trip.state)).value
        content = _with_papers_kept(actor, content_of(trip), content, party)
        trip.content = sealed_anew(deed, trip.content, content)
        trip.event_id, trip.zone = party.event or None, home_zones([trip.organiser_id])[trip.organiser_id]
        _shape(deed, trip, content)
        deed.keep(trip)
        _set_travellers(deed, trip, party)
        draft = trip.state == TripState.DRAFT.value
        note_step(deed, trip, actor, StepKind.DRAFTED if draft else StepKind.CHANGED, untrusted_reason)
        _finish(deed, trip, content)
        if not draft:
            _tell_deciders(deed, trip)
        return trip


def cancel(actor: Actor, trip_id: str, untrusted_reason: str) -> Trip:
    """The trip is called off; what was still due for it is due no more, and whoever else is concerned hears of it."""
    with changing(actor, Procedure.CANCEL_TRIP, trip_id) as (deed, trip):
        trip.state = move(TripState(trip.state), TripState.CANCELLED).value
        trip.changed_at = deed.moment
        deed.keep(trip)
        note_step(deed, trip, actor, StepKind.CANCELLED, untrusted_reason)
        void_duties(deed, trip)
        notify(deed, concerned(trip) - {actor.person}, NoticeKind.TRIP_DECIDED, trip.pk)
        return trip


def deviate(actor: Actor, trip_id: str, untrusted_reason: str) -> Trip:
    """It is on record that the trip went another way, with what the rules ask for then. Raises NotAccepted when nothing is said."""
    with changing(actor, Procedure.DEVIATE_FROM_TRIP, trip_id) as (deed, trip):
        if not untrusted_reason.strip():
            raise NotAccepted(N_("Please say what was different: where, when, with whom."), field="reason")
        trip.state = move(TripState(trip.state), TripState.DEVIATED).value
        trip.changed_at = deed.moment
        deed.keep(trip)
        note_step(deed, trip, actor, StepKind.DEVIATED, untrusted_reason)
        add_deviation(deed, trip, content_of(trip))
        notify(deed, officers() - {actor.person}, NoticeKind.WRITTEN, trip.pk)
        return trip


@contextmanager
def changing(actor: Actor, procedure: Procedure, trip_id: str) -> Iterator[tuple[Deed, Trip]]:
    """A deed on the trip, whose row is locked until it is done. Raises as `act`."""
    with transaction.atomic():
        trip, relation = trip_and_relation(actor, trip_id, to_change=True)
        with act(actor, procedure, relation, subject=trip.pk) as deed:
            yield deed, trip


def note_step(deed: Deed, trip: Trip, actor: Actor, kind: StepKind, untrusted_reason: str = "") -> TripStep:
    """The step is on record, its reason sealed. Raises NotAccepted for a reason that is too long."""
    reason = untrusted_reason.strip()
    if len(reason) > LONGEST_PROSE:
        raise NotAccepted(N_("Please write at most 4,000 characters."), field="reason")
    sealed = deed.note(vault.keep(reason.encode(), moment=deed.moment)) if reason else None
    return deed.keep(TripStep(trip=trip, kind=kind.value, by_id=actor.person, reason=sealed))


def concerned(trip: Trip) -> set[str]:
    """Who planned the trip and who is on it."""
    return {trip.organiser_id, *people_on(trip)}


def deciders() -> frozenset[str]:
    """Who answers sponsored trips beside the officers: the people of research security."""
    found = Account.objects.filter(is_active=True, roles__icontains=Role.RESEARCH_LEAD.value)
    return frozenset(found.values_list("person_id", flat=True))


def _checked_party(actor: Actor, party: Party) -> Party:
    people = tuple(dict.fromkeys(party.people))
    if not people or len(people) > MOST_TRAVELLERS or Person.objects.filter(pk__in=people).count() != len(people):
        raise NotAccepted(N_("Please say who travels: at least one of our people, at most 40."), field="people")
    if actor.person not in people and not may(actor, Procedure.CHANGE_TRIP, Relation.OTHERS):
        raise NotAccepted(
            N_("You can plan trips that you are on yourself. Please ask the officers to plan one for others."), field="people"
        )
    held = set(Holding.objects.filter(person__in=people, ended=False).values_list("person_id", "element_id"))
    if any((person, element) not in held for person, elements in party.carried.items() for element in elements):
        raise NotAccepted(N_("People take along know-how that they hold. Please choose from the list."), field="carried")
    if party.event and not Event.objects.filter(pk=party.event).exists():
        raise NotAccepted(N_("This event is not in the register any more. Please choose again."), field="event")
    return msgspec.structs.replace(party, people=people)


def _shape(deed: Deed, trip: Trip, content: TripContent) -> None:
    """The columns that lists, figures and rules need follow from the content."""
    trip.starts_at, trip.ends_at = bounds(content.legs, trip.zone)
    trip.purpose_kind, trip.venue_kind = next(iter(content.events), ""), next(iter(content.venues), "")
    trip.invitation, trip.payer = content.invitation, payer_of(content.paid).value
    trip.sponsored, trip.fee, trip.social_programme = is_sponsored(content), content.fee, bool(content.social)
    seen = situation_of(facts_of_way(trip, content, trip.organiser_id, trip.zone), deed.moment.date())
    trip.borders, trip.gaps = seen.border_crossings, bool(seen.itinerary_gaps)
    trip.devices = [_device(device) for device in content.devices]
    trip.changed_at = deed.moment


def _device(device: DeviceTold) -> str:
    return f"loaner-{device.kind}" if device.loaner else device.kind


def _finish(deed: Deed, trip: Trip, content: TripContent) -> None:
    """What follows once the travellers are known: duties, and the words that the trip is found by."""
    if trip.state != TripState.DRAFT.value:
        set_duties(deed, trip, content)
    search_index.note(TRIP, trip.pk, trip.organiser_id, *words_of(content))


def words_of(content: TripContent) -> tuple[list[str], list[str]]:
    """The texts and the prose by which a trip is found."""
    places = [place for leg in content.legs for place in (leg.origin.name, leg.origin.city, leg.destination.name, leg.destination.city)]
    return [content.title, *(host.name for host in content.hosts), *dict.fromkeys(places)], [content.purpose, content.sponsor]


def _with_papers_kept(actor: Actor, was: TripContent, content: TripContent, party: Party) -> TripContent:
    """*content* with the papers of everybody who is still on the trip; the actor tells their own alone."""
    kept = {person: papers for person, papers in was.papers.items() if person in party.people}
    if actor.person in party.people:
        return with_papers(content, actor.person, kept)
    return msgspec.structs.replace(content, emergency_contact="", documents="", papers=kept)


def _set_travellers(deed: Deed, trip: Trip, party: Party) -> None:
    """Exactly *party* is on the trip and takes along what it says; whoever and whatever isn't of it any more is ended."""
    rows = {row.person_id: row for row in Traveller.objects.filter(trip=trip)}
    for person in party.people:
        if person not in rows:
            rows[person] = deed.keep(Traveller(trip=trip, person_id=person))
    for person, row in rows.items():
        _end(deed, row, ended=person not in party.people)
    _set_carried(deed, trip, {(rows[person].pk, element) for person in party.people for element in party.carried.get(person, ())})


def _set_carried(deed: Deed, trip: Trip, wanted: set[tuple[str, str]]) -> None:
    """Exactly the *wanted* pairs of traveller's row and element go along."""
    rows = {(row.traveller_id, row.element_id): row for row in Carried.objects.filter(traveller__trip=trip)}
    for traveller, element in sorted(wanted - rows.keys()):
        deed.keep(Carried(traveller_id=traveller, element_id=element))
    for pair, row in rows.items():
        _end(deed, row, ended=pair not in wanted)


def _end(deed: Deed, row: Traveller | Carried, *, ended: bool) -> None:
    if row.ended is not ended:
        row.ended = ended
        deed.keep(row)


def _tell_deciders(deed: Deed, trip: Trip) -> None:
    people = officers() | deciders() if trip.sponsored else officers()
    notify(deed, people - concerned(trip), NoticeKind.TRIP_TO_DECIDE, trip.pk)
