"""Which trips somebody may know of, and what lies sealed in them."""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec
from django.db.models import Q, QuerySet

from gifthorse.model.errors import KeyMissing, NotFound
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.trips import Papers, TripContent, TripState
from gifthorse.procedures.acting import NOT_THERE, may
from gifthorse.procedures.desk_hours import working_days
from gifthorse.procedures.people import ERASED
from gifthorse.store import vault
from gifthorse.store.tables.placement import Placement
from gifthorse.store.tables.trip import Carried, Traveller, Trip

TRIP: Final = "trip"


def trip_and_relation(actor: Actor, trip_id: str, *, to_change: bool = False) -> tuple[Trip, Relation]:
    """The trip and how the actor stands to it: own for its organiser and its travellers, no more for those who were taken off it.

    Raises NotFound, also for a draft of somebody else: it is nobody's business before it is handed in.

    *to_change* locks its row until the transaction ends.
    """
    rows = Trip.objects.select_for_update(of=("self",)) if to_change else Trip.objects.all()
    trip = rows.select_related("content__key").filter(pk=trip_id).first()
    if trip is None:
        raise NotFound(NOT_THERE)
    own = trip.organiser_id == actor.person or is_on(trip.pk, actor.person)
    if not own and trip.state == TripState.DRAFT.value:
        raise NotFound(NOT_THERE)
    return trip, Relation.OWN if own else Relation.OTHERS


def is_on(trip_id: str, person_id: str) -> bool:
    """Whether the person travels; no more once they have left the trip."""
    return Traveller.objects.filter(trip_id=trip_id, person_id=person_id, ended=False).exists()


def people_on(trip: Trip) -> tuple[str, ...]:
    """Who travels (person ids): whoever planned it first, the others in the order in which they were put down."""
    rows = Traveller.objects.filter(trip=trip, ended=False).order_by("created_at", "id").values_list("person_id", flat=True)
    return tuple(sorted(rows, key=lambda person: person != trip.organiser_id))


def taken_along(trip: Trip) -> dict[str, tuple[str, ...]]:
    """The elements that each traveller takes along, by person id."""
    rows = Carried.objects.filter(traveller__trip=trip, traveller__ended=False, ended=False).order_by("created_at", "id")
    found: dict[str, tuple[str, ...]] = {}
    for person, element in rows.values_list("traveller__person_id", "element_id"):
        found[person] = (*found.get(person, ()), element)
    return found


def own_trips(actor: Actor) -> QuerySet[Trip]:
    """The trips that the actor planned or is on."""
    rows = Traveller.objects.filter(person_id=actor.person, ended=False)
    return Trip.objects.filter(Q(organiser_id=actor.person) | Q(pk__in=rows.values("trip")))


def known_trips(actor: Actor) -> QuerySet[Trip]:
    """All trips for those who see others' trips, but for others' drafts; for everybody else their own."""
    own = own_trips(actor)
    if not may(actor, Procedure.VIEW_TRIP, Relation.OTHERS):
        return own
    return Trip.objects.filter(~Q(state=TripState.DRAFT.value) | Q(pk__in=own.values("pk")))


def content_of(trip: Trip) -> TripContent:
    """What lies sealed for the trip (its `content__key` fetched with it); one that was erased says so."""
    try:
        content = msgspec.convert(vault.open_json(trip.content), TripContent)
    except KeyMissing:
        return TripContent(title=ERASED)
    # an older version kept those of whoever planned it beside the rest
    return with_papers(content, trip.organiser_id, {}) if content.emergency_contact or content.documents else content


def with_papers(content: TripContent, person_id: str, others: Mapping[str, Papers]) -> TripContent:
    """*content* with what it tells of the person's own papers put under their name, beside those of *others*."""
    told = Papers(emergency_contact=content.emergency_contact, documents=content.documents)
    return msgspec.structs.replace(content, emergency_contact="", documents="", papers={**others, person_id: told})


def seen_by(content: TripContent, person_id: str) -> TripContent:
    """*content* with the person's own papers, and nobody else's."""
    own = content.papers.get(person_id, Papers())
    return msgspec.structs.replace(content, emergency_contact=own.emergency_contact, documents=own.documents, papers={})


def home_zones(people: Iterable[str]) -> dict[str, str]:
    """The zone of each person (IANA name): their own, else the desk's."""
    told = dict(Placement.objects.filter(person_id__in=set(people)).values_list("person_id", "zone"))
    desk = working_days().zone.key
    return {person: told.get(person) or desk for person in people}
