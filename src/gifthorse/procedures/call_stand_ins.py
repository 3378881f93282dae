"""Pressure that nobody has answered at half of its clock: the stand-ins may read it from then on, and hear of it at once."""

from datetime import datetime

from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import DESK_ITSELF, Procedure, Relation
from gifthorse.procedures.acting import act, now
from gifthorse.procedures.notices import NoticeKind, notify
from gifthorse.procedures.tellers import officers
from gifthorse.report.answering import clock_of
from gifthorse.store.tables.placement import Placement
from gifthorse.store.tables.report import Report


def call_stand_ins() -> list[str]:
    """The ids of the reports for which stand-ins were called. The reporter was told beforehand, on the page itself."""
    moment = now()
    waiting = Report.objects.filter(kind=ReportKind.PRESSURE.value, answered_at__isnull=True, due_at__isnull=False).filter(is_sealed=True)
    late = [report for report in waiting if _half_is_over(report, moment)]
    if not late:
        return []
    stand_ins = stand_in_officers()
    return [report.pk for report in late if _called(report, stand_ins - {report.reporter_id, *report.sealed_to})]


def stand_in_officers() -> frozenset[str]:
    """The person ids of the officers who stand in; none who isn't an officer reads a report."""
    standing = set(Placement.objects.filter(stands_in=True).values_list("person_id", flat=True))
    return frozenset(standing & officers())


def _half_is_over(report: Report, moment: datetime) -> bool:
    return report.created_at + clock_of(ReportKind.PRESSURE, urgent=True).stand_in_after <= moment


def _called(report: Report, people: frozenset[str]) -> bool:
    if not people:
        return False
    with act(DESK_ITSELF, Procedure.HAND_ON_REPORT, Relation.OTHERS, told_as=Procedure.SEND_NOTICES) as deed:
        notify(deed, people, NoticeKind.STAND_IN, report.pk, urgent=True)
        deed.subject = next(pk for _table, pk in deed.written)  # a notice, as in every entry about notices: the report would tell
        report.sealed_to = sorted({*report.sealed_to, *people})
        deed.keep(report)
    return True
