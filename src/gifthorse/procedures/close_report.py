"""An officer closes a report with its outcome, from which follows how long it is kept; or hands a sealed one on to a colleague."""

from gifthorse.model.errors import NotAccepted, WrongState
from gifthorse.model.reports import ReportKind, ReportOutcome, ReportState, move
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act
from gifthorse.procedures.notices import NoticeKind, notify
from gifthorse.procedures.reading_reports import report_and_relation
from gifthorse.procedures.tellers import officers
from gifthorse.report import retention
from gifthorse.store.tables.report import Report

NEED_ANSWER = N_("Please answer the reporter first. Everybody who tells us something hears from us.")


def close(actor: Actor, report_id: str, outcome: ReportOutcome) -> Report:
    """The report, closed, with the day on which it is erased. Raises WrongState before it was answered."""
    report, relation = report_and_relation(actor, report_id)
    with act(actor, Procedure.CLOSE_REPORT, relation, subject=report.pk) as deed:
        if report.answered_at is None:
            raise WrongState(NEED_ANSWER)
        report.state = move(ReportState(report.state), ReportState.CLOSED).value
        report.outcome = outcome.value
        report.closed_at = deed.moment
        report.erase_on = retention.due(ReportKind(report.kind), outcome, deed.moment.date())
        return deed.keep(report)


def hand_on(actor: Actor, report_id: str, officer: str) -> Report:
    """A sealed report that *officer* (a person id) may read as well from now on; they hear of it at once."""
    report, relation = report_and_relation(actor, report_id)
    with act(actor, Procedure.HAND_ON_REPORT, relation, subject=report.pk, told_as=Procedure.NOTE_REPORT) as deed:
        if not report.sealed_to:
            raise WrongState(N_("Every officer may read this report already."))
        if officer not in officers() or officer == report.reporter_id:
            raise NotAccepted(N_("Please choose an officer from the list."), field="officer")
        report.sealed_to = sorted({*report.sealed_to, officer})
        notify(deed, [officer], NoticeKind.SEALED_REPORT, report.pk, urgent=True)
        return deed.keep(report)
