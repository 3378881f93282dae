"""What waits for an officer among the reports: unanswered ones by their clock, letters nobody has answered, thanks that are owed."""

from datetime import datetime

import msgspec
from django.db.models import F, OuterRef, QuerySet, Subquery

from gifthorse.model.reports import ReportKind, ReportState
from gifthorse.model.roles import Actor, Procedure, Relation, require
from gifthorse.procedures.acting import now
from gifthorse.procedures.reading_reports import readable
from gifthorse.store.tables.report import Letter, Report

SHOWN = 20
NOT_CLOSED = tuple(state.value for state in ReportState if state is not ReportState.CLOSED)  # few among many: the index finds them


class WaitingReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report that waits, without content: its clock runs out at `due_at`."""

    id: str
    kind: ReportKind
    state: str
    created_at: datetime
    due_at: datetime | None
    sealed: bool
    overdue: bool


class WaitingReports(msgspec.Struct, frozen=True, kw_only=True):
    """Those that wait for one kind of step: `total` counts all, `rows` holds the most urgent."""

    rows: tuple[WaitingReport, ...]
    total: int


class ReportBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The reports' part of the officer's first screen. `overdue` are thanks owed: answers past their time."""

    pressing: WaitingReports
    unanswered: WaitingReports
    overdue: WaitingReports
    written: WaitingReports


def report_board(actor: Actor) -> ReportBoard:
    """What waits for the officer among reports of others that they may read. Raises Refused."""
    require(actor, Procedure.VIEW_REPORT, Relation.OTHERS)
    moment = now()
    others = readable(actor).exclude(reporter_id=actor.person).filter(state__in=NOT_CLOSED)
    waiting = others.filter(answered_at__isnull=True, due_at__isnull=False)
    common = waiting.filter(is_sealed=False)
    return ReportBoard(
        pressing=_waiting(waiting.filter(is_sealed=True), moment),
        unanswered=_waiting(common.filter(due_at__gt=moment), moment),
        overdue=_waiting(common.filter(due_at__lte=moment), moment),
        written=_waiting(_written(others), moment),
    )


def _written(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Reports that were answered once, whose reporter then wrote again and has heard nothing since. A letter opens what was closed."""
    letters = Letter.objects.filter(report=OuterRef("pk"), audience="reporter").order_by("-created_at", "-pk")
    open_ones = reports.filter(answered_at__isnull=False, state__in=(ReportState.ANSWERED.value, ReportState.SEALED.value))
    return open_ones.annotate(heard=Subquery(letters.values("to_reporter")[:1])).filter(heard=False)


def _waiting(reports: QuerySet[Report], moment: datetime) -> WaitingReports:
    soonest = reports.order_by(F("due_at").asc(nulls_last=True), "pk")
    rows = tuple(_row(report, moment) for report in soonest[:SHOWN])
    return WaitingReports(rows=rows, total=len(rows) if len(rows) < SHOWN else soonest.count())


def _row(report: Report, moment: datetime) -> WaitingReport:
    return WaitingReport(
        id=report.pk,
        kind=ReportKind(report.kind),
        state=report.state,
        created_at=report.created_at,
        due_at=report.due_at,
        sealed=bool(report.sealed_to),
        overdue=report.answered_at is None and report.due_at is not None and report.due_at <= moment,
    )
