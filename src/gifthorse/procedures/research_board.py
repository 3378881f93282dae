"""The first screen of research security: what to answer and to verify, what is asked about; no reports, and no names of contacts."""

from collections import defaultdict
from datetime import datetime
from typing import Final

import msgspec
from django.db.models import QuerySet

from gifthorse.assess.suppression import suppressed
from gifthorse.assess.triggers import SponsoredTrip
from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.trips import TripState
from gifthorse.procedures.acting import authorise, now
from gifthorse.procedures.know_how_interest import Interest, asks_by_asset, interests
from gifthorse.procedures.people import names_of
from gifthorse.procedures.shared_groups import of_several
from gifthorse.procedures.training_gaps import TrainingGaps, training_gaps
from gifthorse.procedures.trigger_sources import sponsored_trips
from gifthorse.procedures.unsealed_reports import in_parts
from gifthorse.procedures.visible_threads import hidden_groups
from gifthorse.procedures.workload_figures import PERIOD, WorkloadView, figures_since
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.placement import Placement, Unit
from gifthorse.store.tables.report import Report
from gifthorse.store.tables.thread import Thread
from gifthorse.store.tables.trip import Traveller, Trip

MOST: Final = 30
TO_ANSWER: Final = (TripState.SUBMITTED.value, TripState.CHANGED.value, TripState.DEVIATED.value)


class TripToAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A trip that somebody outside pays and nobody answered: who goes, and whether they hold registered know-how."""

    trip: str
    traveller: str
    starts_at: datetime
    payer: str
    elements: int


class SharedContact(msgspec.Struct, frozen=True, kw_only=True):
    """One contact (unnamed here) who is known in several departments."""

    group: str
    units: tuple[str, ...]
    people: int


class ResearchBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The board. `invitations` is the number of invitations that nobody verified; `by_unit` and `gaps` hide small counts."""

    trips: tuple[TripToAnswer, ...]
    invitations: int
    shared: tuple[SharedContact, ...]
    interest: tuple[Interest, ...]
    invitations_by_unit: tuple[tuple[str, int | None], ...]
    gaps: TrainingGaps
    workload: WorkloadView


def research_board(actor: Actor) -> ResearchBoard:
    """The board as it is now. Raises Refused."""
    authorise(actor, Procedure.VIEW_RESEARCH_BOARD, Relation.NONE)
    sealed = hidden_groups(actor)
    unit_of = dict(Placement.objects.filter(unit__isnull=False).values_list("person_id", "unit__title"))
    return ResearchBoard(
        trips=_trips(),
        invitations=_open_invitations().count(),
        shared=_shared(unit_of, sealed),
        interest=interests(asks_by_asset(sealed)),
        invitations_by_unit=_by_unit(unit_of),
        gaps=training_gaps(now()),
        workload=figures_since(actor, now() - PERIOD),
    )


def _trips() -> tuple[TripToAnswer, ...]:
    waiting = {trip.id: trip for trip in sponsored_trips()}
    rows = (
        Traveller.objects.filter(pk__in=waiting, ended=False, trip__state__in=TO_ANSWER)
        .order_by("trip__starts_at")
        .select_related("trip")[:MOST]
    )
    found = list(rows)
    names = names_of({row.person_id for row in found})
    return tuple(_trip(row, row.trip, names, waiting[row.pk]) for row in found)


def _trip(row: Traveller, trip: Trip, names: dict[str, str], told: SponsoredTrip) -> TripToAnswer:
    return TripToAnswer(
        trip=trip.pk, traveller=names.get(row.person_id, ""), starts_at=trip.starts_at, payer=trip.payer, elements=len(told.elements_held)
    )


def _open_invitations() -> QuerySet[Report]:
    return Report.objects.filter(kind=ReportKind.INVITATION.value, is_sealed=False, closed_at__isnull=True)


def _by_unit(unit_of: dict[str, str]) -> tuple[tuple[str, int | None], ...]:
    counted: dict[str, int] = defaultdict(int)
    invitations = Report.objects.filter(kind=ReportKind.INVITATION.value, created_at__gte=now() - PERIOD).order_by()
    for person in invitations.values_list("reporter_id", flat=True):
        counted[unit_of.get(person, "")] += 1
    for title in Unit.objects.values_list("title", flat=True):
        counted.setdefault(title, 0)
    return tuple(suppressed(counted).items()) if len(counted) > 1 else ()


def _shared(unit_of: dict[str, str], sealed: set[str]) -> tuple[SharedContact, ...]:
    people: dict[str, set[str]] = defaultdict(set)
    for some in in_parts(of_several() - sealed):
        met = Thread.objects.filter(contact__in=some, standing__observations__gt=0).order_by()
        told = Contact.objects.filter(joined_to__in=some).order_by()
        for rows in (met.values_list("contact_id", "person_id"), told.values_list("joined_to", "reported_by_id")):
            for group, person in rows:
                people[group].add(person)
    found = [
        SharedContact(group=group, units=units, people=len(told))
        for group, told in people.items()
        if len(units := tuple(sorted({unit_of[person] for person in told if person in unit_of}))) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.units), -one.people, one.group))[:MOST])
