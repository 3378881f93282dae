"""Trips as their travellers, the officers and research security see them; a look at somebody else's is itself on record."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.db.models import Case, F, Q, QuerySet, When

from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.trips import GOING_AHEAD, WAITING, DutyState, TripContent, TripState, shown_state
from gifthorse.procedures.acting import act, authorise, may, now
from gifthorse.procedures.people import names_of
from gifthorse.procedures.reading_trips import content_of, known_trips, own_trips, people_on, seen_by, taken_along, trip_and_relation
from gifthorse.procedures.view_duties import DutyRow, duty_rows
from gifthorse.procedures.view_know_how import ERASED_ELEMENT, opened
from gifthorse.store import vault
from gifthorse.store.tables.asset import Element
from gifthorse.store.tables.duty import Brief, Duty
from gifthorse.store.tables.report import Letter
from gifthorse.store.tables.trip import Traveller, Trip, TripStep

PAGE_LENGTH: Final = 30
SOON: Final = timedelta(days=7)
RESEARCH_PACKS: Final = ("nspm-33", "phs-sponsored-travel", "sead-3")


class TripRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a list. `packs` are the rule packs whose duties the trip brought; `travellers` are names."""

    id: str
    state: TripState
    title: str
    travellers: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    zone: str
    payer: str
    sponsored: bool
    own_devices: bool
    gaps: bool
    packs: tuple[str, ...] = ()


class TripPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a list; `more` says whether another follows."""

    rows: tuple[TripRow, ...]
    number: int
    more: bool


class StepShown(msgspec.Struct, frozen=True, kw_only=True):
    """A step with its reason, opened."""

    kind: str
    by: str
    reason: str
    created_at: datetime


class LetterShown(msgspec.Struct, frozen=True, kw_only=True):
    """A letter about the trip, opened."""

    author: str
    to_traveller: bool
    text: str
    created_at: datetime


class TravellerShown(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody on the trip: what they take along (titles; for others' eyes the officers' alone) and how their newest brief stands."""

    person: str
    name: str
    carried: tuple[str, ...]
    brief: str
    read_at: datetime | None
    debriefed: bool


class TripView(msgspec.Struct, frozen=True, kw_only=True):
    """All that the actor may see of one trip."""

    trip: Trip
    zone: str
    state: TripState
    own: bool
    content: TripContent
    travellers: tuple[TravellerShown, ...]
    steps: tuple[StepShown, ...]
    duties: tuple[DutyRow, ...]
    letters: tuple[LetterShown, ...]
    may: frozenset[Procedure]


def trips_for(actor: Actor, *, own: bool = False, show: str = "", page: int = 1) -> TripPage:
    """A page of the trips that the actor may see, the next departure first.

    *show* narrows them: "waiting" for an answer, "soon" within 7 days, "away", "back" and not debriefed, "asks" (research security:
    somebody else pays, or own devices go along, and it waits).
    """
    if own or not may(actor, Procedure.VIEW_TRIP, Relation.OTHERS):
        authorise(actor, Procedure.VIEW_TRIP, Relation.OWN)
        rows = own_trips(actor)
    else:
        rows = known_trips(actor)
    rows = _narrowed(rows, show, now()).select_related("content__key")
    start = (max(page, 1) - 1) * PAGE_LENGTH
    found = list(rows[start : start + PAGE_LENGTH + 1])
    return TripPage(rows=tuple(_rows(found[:PAGE_LENGTH])), number=max(page, 1), more=len(found) > PAGE_LENGTH)


def standing(actor: Actor, trip_id: str) -> TripState:
    """Where the trip stands now, without any of its content. Raises NotFound or Refused."""
    trip, relation = trip_and_relation(actor, trip_id)
    authorise(actor, Procedure.VIEW_TRIP, relation)
    return shown_state(TripState(trip.state), trip.ends_at, now())


def trip_for(actor: Actor, trip_id: str) -> TripView:
    """The trip, opened; the look of anybody who isn't on it is written into the ledger. Raises NotFound or Refused."""
    trip, relation = trip_and_relation(actor, trip_id)
    if relation is Relation.OWN:
        authorise(actor, Procedure.VIEW_TRIP, relation)
    else:
        with act(actor, Procedure.VIEW_TRIP, relation, subject=trip.pk):
            pass
    return _view(actor, trip, relation)


def _view(actor: Actor, trip: Trip, relation: Relation) -> TripView:
    content = content_of(trip)
    people = people_on(trip)
    steps = list(TripStep.objects.filter(trip=trip).select_related("reason__key"))
    letters = list(Letter.objects.filter(trip=trip).select_related("body__key"))
    names = names_of({*people, *(step.by_id for step in steps), *(letter.author_id for letter in letters)})
    others = relation is Relation.OTHERS
    duties = Duty.objects.filter(trip=trip).exclude(state=DutyState.VOID.value).select_related("trip")
    return TripView(
        trip=trip,
        zone=trip.zone or "UTC",
        state=shown_state(TripState(trip.state), trip.ends_at, now()),
        own=relation is Relation.OWN,
        content=seen_by(content, actor.person),
        travellers=_travellers(trip, people, names, None if others else actor.person),
        steps=tuple(_step(step, names) for step in steps),
        duties=duty_rows(duties if others else duties.filter(person_id=actor.person)),
        letters=tuple(_letter(letter, names) for letter in letters),
        may=frozenset(procedure for procedure in ON_A_TRIP if may(actor, procedure, relation)),
    )


ON_A_TRIP: Final = (
    Procedure.CHANGE_TRIP,
    Procedure.CANCEL_TRIP,
    Procedure.DEVIATE_FROM_TRIP,
    Procedure.DECIDE_TRIP,
    Procedure.COMPOSE_BRIEF,
    Procedure.READ_BRIEF,
    Procedure.ASK_ABOUT_TRIP,
    Procedure.ANSWER_TRAVELLER,
    Procedure.DISCHARGE_DUTY,
)


def _travellers(trip: Trip, people: tuple[str, ...], names: dict[str, str], only: str | None) -> tuple[TravellerShown, ...]:
    """*only*: the one person whose know-how is told, unless everybody's is."""
    told = {person: elements for person, elements in taken_along(trip).items() if only in {None, person}}
    wanted = {element for elements in told.values() for element in elements}
    titles = {
        row.pk: opened(row.content, ERASED_ELEMENT).title for row in Element.objects.filter(pk__in=wanted).select_related("content__key")
    }
    briefs: dict[str, Brief] = {}
    for brief in Brief.objects.filter(trip=trip).order_by("created_at", "id"):
        briefs[brief.person_id] = brief
    rows = {row.person_id: row for row in Traveller.objects.filter(trip=trip)}
    return tuple(
        TravellerShown(
            person=person,
            name=names.get(person, ""),
            carried=tuple(titles[element] for element in told.get(person, ()) if element in titles),
            brief=briefs[person].pk if person in briefs and only in {None, person} else "",
            read_at=briefs[person].read_at if person in briefs else None,
            debriefed=rows[person].debriefed_at is not None,
        )
        for person in people
    )


def _step(step: TripStep, names: dict[str, str]) -> StepShown:
    reason = "" if step.reason is None else (vault.open_text_or_none(step.reason) or "")
    return StepShown(kind=step.kind, by=names.get(step.by_id, ""), reason=reason, created_at=step.created_at)


def _letter(letter: Letter, names: dict[str, str]) -> LetterShown:
    return LetterShown(
        author=names.get(letter.author_id, ""),
        to_traveller=letter.to_reporter,
        text=vault.open_text_or_none(letter.body) or "",
        created_at=letter.created_at,
    )


def _narrowed(rows: QuerySet[Trip], show: str, moment: datetime) -> QuerySet[Trip]:
    waiting, ahead = [state.value for state in WAITING], [state.value for state in GOING_AHEAD]
    match show:
        case "waiting":
            return rows.filter(state__in=waiting).order_by("starts_at", "id")
        case "soon":
            soon = rows.filter(state__in=[*waiting, *ahead], starts_at__gt=moment, starts_at__lte=moment + SOON)
            return soon.order_by("starts_at", "id")
        case "away":
            return rows.filter(state__in=ahead, starts_at__lte=moment, ends_at__gt=moment).order_by("ends_at", "id")
        case "back":
            back = rows.filter(state__in=ahead, ends_at__lte=moment, travellers__debriefed_at__isnull=True, travellers__ended=False)
            return back.order_by("-ends_at", "id").distinct()
        case "asks":
            own_device = Q(devices__icontains='"laptop"') | Q(devices__icontains='"phone"') | Q(devices__icontains='"tablet"')
            return rows.filter(Q(sponsored=True) | own_device, state__in=waiting).order_by("starts_at", "id")
        case _:
            return _coming_first(rows, moment)


def _coming_first(rows: QuerySet[Trip], moment: datetime) -> QuerySet[Trip]:
    """What is still to come, the next departure first; then what is over, the latest first."""
    coming = Case(When(ends_at__gt=moment, then=F("starts_at")))
    return rows.annotate(coming=coming).order_by(F("coming").asc(nulls_last=True), "-starts_at", "id")


def _rows(trips: list[Trip]) -> Iterable[TripRow]:
    on: dict[str, list[str]] = {}
    rows = Traveller.objects.filter(trip__in=trips, ended=False).order_by("created_at", "id")
    for trip_id, person in rows.values_list("trip_id", "person_id"):
        on.setdefault(trip_id, []).append(person)
    names = names_of({person for people in on.values() for person in people})
    packs: dict[str, set[str]] = {}
    told = Duty.objects.filter(trip__in=trips).exclude(state=DutyState.VOID.value).values_list("trip_id", "pack").distinct()
    for trip_id, pack in told:
        packs.setdefault(trip_id, set()).add(pack)
    moment = now()
    for trip in trips:
        content = content_of(trip)
        yield TripRow(
            id=trip.pk,
            state=shown_state(TripState(trip.state), trip.ends_at, moment),
            title=content.title,
            travellers=tuple(names.get(person, "") for person in on.get(trip.pk, ())),
            starts_at=trip.starts_at,
            ends_at=trip.ends_at,
            zone=trip.zone or "UTC",
            payer=trip.payer,
            sponsored=trip.sponsored,
            own_devices=any(not device.startswith("loaner-") for device in trip.devices),
            gaps=trip.gaps,
            packs=tuple(pack for pack in RESEARCH_PACKS if pack in packs.get(trip.pk, ())),
        )
