"""What waits for an officer among the reports: unanswered ones by their clock, letters nobody has answered, thanks that are owed."""

from datetime import datetime

import msgspec
from django.db.models import QuerySet

from gifthorse.model.reports import ReportKind, ReportState
from gifthorse.model.roles import Actor, Procedure, Relation, require
from gifthorse.procedures.acting import now
from gifthorse.procedures.reading_reports import readable, sealed_to
from gifthorse.procedures.unsealed_reports import in_parts
from gifthorse.procedures.write_letter import REPORTER
from gifthorse.store.tables.report import Letter, Report

SHOWN = 20

ANSWERED_ONCE = (ReportState.ANSWERED.value, ReportState.SEALED.value)


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
    # "not closed" and not "one of the other states": those would be looked up by state, and sorted
    others = readable(actor).exclude(reporter_id=actor.person).exclude(state=ReportState.CLOSED.value)
    waiting = others.filter(answered_at__isnull=True, due_at__isnull=False)
    common = waiting.filter(is_sealed=False)
    return ReportBoard(
        pressing=_waiting(waiting.filter(pk__in=sealed_to(actor)), moment),
        unanswered=_waiting(common.filter(due_at__gt=moment), moment),
        overdue=_waiting(common.filter(due_at__lte=moment), moment),
        written=_waiting(others.filter(pk__in=_written(), answered_at__isnull=False), moment),
    )


def _written() -> list[str]:
    """The open reports that were answered once, whose reporter then wrote again and has heard nothing since.

    A letter opens what was closed.
    """
    open_ones = Report.objects.filter(state__in=ANSWERED_ONCE).order_by().values("pk")
    theirs = Letter.objects.filter(to_reporter=False, audience=REPORTER, report__in=open_ones)
    wrote = set(theirs.order_by().values_list("report_id", flat=True))
    last: dict[str, bool] = {}
    for some in in_parts(one for one in wrote if one):
        letters = Letter.objects.filter(report__in=some, audience=REPORTER).order_by("created_at", "pk")
        last |= {report or "": to_reporter for report, to_reporter in letters.values_list("report_id", "to_reporter")}
    return [report for report, to_reporter in last.items() if not to_reporter]


def _waiting(reports: QuerySet[Report], moment: datetime) -> WaitingReports:
    soonest = list(reports.order_by("due_at", "pk").values_list("pk", flat=True)[:SHOWN])  # out of the index alone
    found = Report.objects.in_bulk(soonest)
    rows = tuple(_row(found[pk], moment) for pk in soonest)
    return WaitingReports(rows=rows, total=len(rows) if len(rows) < SHOWN else reports.order_by().count())


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
