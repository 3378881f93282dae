"""What reporter and officers write to each other about a report, and what officers note for themselves; every answer stops the clock."""

from typing import Final

from gifthorse.model.errors import NotAccepted
from gifthorse.model.reports import ReportKind, ReportState, move
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import Deed, act
from gifthorse.procedures.desk_hours import working_days
from gifthorse.procedures.notices import NoticeKind, notify
from gifthorse.procedures.reading_reports import report_and_relation
from gifthorse.procedures.tellers import officers
from gifthorse.report.answering import clock_of, due_at
from gifthorse.store import vault
from gifthorse.store.tables.report import Letter, Report

LONGEST: Final = 8000
REPORTER: Final = "reporter"
OFFICERS: Final = "officers"


def write_about(actor: Actor, report_id: str, untrusted_text: str) -> Letter:
    """The reporter's letter; the officers hear that there is one, and a closed report is open again."""
    report, relation = report_and_relation(actor, report_id)
    with act(actor, Procedure.WRITE_ABOUT_REPORT, relation, subject=report.pk) as deed:
        letter = _kept(deed, report, actor, untrusted_text, audience=REPORTER)
        if report.state == ReportState.CLOSED.value:
            _open_again(deed, report)
        readers = set(report.sealed_to) or officers()
        notify(deed, readers - {actor.person}, NoticeKind.WRITTEN, report.pk, urgent=bool(report.sealed_to))
        return letter


def answer(actor: Actor, report_id: str, untrusted_text: str) -> Letter:
    """The officer's answer, which the reporter sees; the first one stops the report's clock."""
    report, relation = report_and_relation(actor, report_id)
    with act(actor, Procedure.ANSWER_REPORT, relation, subject=report.pk) as deed:
        letter = _kept(deed, report, actor, untrusted_text, audience=REPORTER, to_reporter=True)
        state = ReportState(report.state)
        if state in {ReportState.NEW, ReportState.READ}:  # sealed ones stay sealed, closed ones closed
            report.state = move(state, ReportState.ANSWERED).value
        report.answered_at = report.answered_at or deed.moment
        deed.keep(report)
        notify(deed, [report.reporter_id], NoticeKind.ANSWER, report.pk)
        return letter


def note(actor: Actor, report_id: str, untrusted_text: str) -> Letter:
    """A note among officers; the reporter never sees it, nor that it is there."""
    report, relation = report_and_relation(actor, report_id)
    with act(actor, Procedure.NOTE_REPORT, relation, subject=report.pk) as deed:
        return _kept(deed, report, actor, untrusted_text, audience=OFFICERS)


def _open_again(deed: Deed, report: Report) -> None:
    """Something new came in: the report is open once more, and is not erased on the day that followed from its end."""
    report.state = move(ReportState.CLOSED, ReportState.ANSWERED).value
    report.outcome, report.closed_at, report.erase_on = "", None, None
    if report.answered_at is None:
        report.due_at = due_at(deed.moment, clock_of(ReportKind(report.kind), urgent=False), working_days())
    deed.keep(report)


def _kept(deed: Deed, report: Report, author: Actor, untrusted_text: str, *, audience: str, to_reporter: bool = False) -> Letter:
    text = untrusted_text.strip()
    if not text or len(text) > LONGEST:
        raise NotAccepted(N_("Please write between 1 and 8,000 characters."), field="text")
    body = deed.note(vault.keep(text.encode(), moment=deed.moment))
    return deed.keep(Letter(report=report, author_id=author.person, audience=audience, to_reporter=to_reporter, body=body))
