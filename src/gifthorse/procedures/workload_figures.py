"""The auditor's figures about assessment: how often levels were raised, what came of it, and alerts per report by unit."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.db.models import Count

from gifthorse.assess.workload import Outcome, Raised, Workload, workload
from gifthorse.model.observations import Level
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.threads import JudgementKind
from gifthorse.procedures.acting import authorise, now
from gifthorse.procedures.people import names_of
from gifthorse.procedures.reading_reports import counted_for
from gifthorse.store.tables.placement import Placement, Unit
from gifthorse.store.tables.thread import Judgement, LevelChange

PERIOD: Final = timedelta(days=365)
NO_UNIT: Final = "none"
CONFIRMS: Final = frozenset({JudgementKind.CONFIRM, JudgementKind.TALK, JudgementKind.AGREE})


class WorkloadView(msgspec.Struct, frozen=True, kw_only=True):
    """The figures since a moment, with the names of officers and titles of units by id."""

    figures: Workload
    since: datetime
    officers: dict[str, str]
    units: dict[str, str]


def workload_figures(actor: Actor) -> WorkloadView:
    """The figures of the last year. Raises Refused."""
    authorise(actor, Procedure.VIEW_WORKLOAD, Relation.NONE)
    return figures_since(actor, now() - PERIOD)


def figures_since(actor: Actor, since: datetime) -> WorkloadView:
    """As `workload_figures`, for procedures that asked for permission.

    It counts the reports that the actor's other figures count: from two numbers that differ somebody could take the sealed ones.
    """
    units = dict(Placement.objects.filter(unit__isnull=False).values_list("person_id", "unit_id"))
    told = counted_for(actor).filter(created_at__gte=since).order_by().values_list("reporter_id").annotate(number=Count("*"))
    reports: Counter[str] = Counter()
    for person, number in told:
        reports[units.get(person, NO_UNIT)] += number
    figures = workload(_raised(since, units), reports)
    return WorkloadView(
        figures=figures,
        since=since,
        officers=names_of(figures.by_officer),
        units=dict(Unit.objects.values_list("pk", "title")),
    )


def _raised(since: datetime, units: dict[str, str]) -> list[Raised]:
    changes = LevelChange.objects.filter(created_at__gte=since).order_by("created_at", "id")
    told = changes.values_list("pk", "thread_id", "thread__person_id", "before", "after", "created_at")
    rises = [row for row in told if Level(row[4]).rank > Level(row[3]).rank]
    decisions = _decisions({row[1] for row in rises})
    found = []
    for pk, thread, person, _, after, at in rises:
        decided = next((one for one in decisions.get(thread, ()) if one[0] >= at), None)
        found.append(
            Raised(
                id=pk,
                unit=units.get(person, NO_UNIT),
                level=Level(after),
                outcome=Outcome.OPEN if decided is None else decided[2],
                decided_by=None if decided is None else decided[1],
                days=None if decided is None else (decided[0] - at) / timedelta(days=1),
            )
        )
    return found


def _decisions(threads: set[str]) -> dict[str, list[tuple[datetime, str, Outcome]]]:
    """What was decided about each thread, in order of time: a question decides nothing."""
    kinds = {**dict.fromkeys(CONFIRMS, Outcome.CONFIRMED), JudgementKind.ORDINARY: Outcome.DISMISSED}
    rows = Judgement.objects.filter(thread__in=threads, kind__in=[kind.value for kind in kinds]).order_by("created_at", "id")
    found: dict[str, list[tuple[datetime, str, Outcome]]] = {}
    for thread, at, by, kind in rows.values_list("thread_id", "created_at", "by_id", "kind"):
        found.setdefault(thread, []).append((at, by, kinds[JudgementKind(kind)]))
    return found
