"""Reports as their reporters and the officers see them; an officer's look at one is itself on record."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import msgspec
from django.db.models import QuerySet

from gifthorse.model.contacts import ContactFacts
from gifthorse.model.reports import ReportKind, ReportState
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import act, authorise, may
from gifthorse.procedures.inspect_enclosure import CARD
from gifthorse.procedures.keep_contacts import kept_contact
from gifthorse.procedures.kept_forms import form_of_answers
from gifthorse.procedures.people import names_of
from gifthorse.procedures.reading_reports import readable, report_and_relation
from gifthorse.procedures.shown_answers import AnswerShown, element_titles, people_in, shown_answers
from gifthorse.procedures.tell import as_told
from gifthorse.procedures.write_letter import REPORTER
from gifthorse.report.answers import Answers
from gifthorse.store import vault
from gifthorse.store.tables.report import Correction, Enclosure, FavourEntry, Letter, ObservationRow, Report

PAGE_LENGTH: Final = 30
OPEN: Final = (ReportState.NEW.value, ReportState.READ.value, ReportState.SEALED.value)


class ReportRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a list of reports: no content."""

    id: str
    kind: ReportKind
    state: ReportState
    outcome: str
    created_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    sealed: bool
    own: bool


class ReportPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a list; `more` says whether another follows."""

    rows: tuple[ReportRow, ...]
    number: int
    more: bool


class CorrectionShown(msgspec.Struct, frozen=True, kw_only=True):
    """A correction of an observation, with its reason opened."""

    observation: str
    by: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    created_at: datetime


class LetterShown(msgspec.Struct, frozen=True, kw_only=True):
    """A letter, opened."""

    author: str
    to_reporter: bool
    officers_only: bool
    text: str
    created_at: datetime


class EnclosureShown(msgspec.Struct, frozen=True, kw_only=True):
    """What was enclosed; it can be opened once it was inspected."""

    id: str
    untrusted_name: str
    size: int
    state: str
    verdict: str
    has_picture: bool


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """All that the actor may see of one report. `observations`, `corrections` and notes are the officers' alone."""

    row: ReportRow
    reporter: str
    opening: str
    answers: tuple[AnswerShown, ...]
    erased: bool
    contact: ContactFacts | None
    contact_id: str
    trip_id: str
    item_id: str
    event_id: str
    letters: tuple[LetterShown, ...]
    enclosures: tuple[EnclosureShown, ...]
    observations: tuple[ObservationRow, ...]
    corrections: tuple[CorrectionShown, ...]
    elements: dict[str, str]
    favours: tuple[FavourEntry, ...]
    readers: tuple[str, ...]
    may: frozenset[Procedure]


def reports_for(actor: Actor, *, own: bool = False, state: str = "", kind: str = "", page: int = 1) -> ReportPage:
    """The reports that the actor may know of, newest first, narrowed to a state ("open" for those that wait) and a kind."""
    authorise(actor, Procedure.VIEW_REPORT, Relation.OWN)
    rows = Report.objects.filter(reporter_id=actor.person) if own else readable(actor)
    rows = _narrowed(rows, state=state, kind=kind)
    start = (max(page, 1) - 1) * PAGE_LENGTH
    found = [_row(report, actor) for report in rows[start : start + PAGE_LENGTH + 1]]
    return ReportPage(rows=tuple(found[:PAGE_LENGTH]), number=max(page, 1), more=len(found) > PAGE_LENGTH)


def report_for(actor: Actor, report_id: str) -> ReportView:
    """The report, opened. A look by an officer at somebody else's is written into the ledger, and a new report is then read."""
    report, relation = report_and_relation(actor, report_id)
    if relation is Relation.OWN:
        authorise(actor, Procedure.VIEW_REPORT, relation)
        return _view(actor, report, relation)
    with act(actor, Procedure.VIEW_REPORT, relation, subject=report.pk) as deed:
        if report.state == ReportState.NEW.value:
            report.state = ReportState.READ.value
            deed.keep(report)
    return _view(actor, report, relation)


def _narrowed(rows: QuerySet[Report], *, state: str, kind: str) -> QuerySet[Report]:
    if state == "open":
        rows = rows.filter(state__in=OPEN, answered_at__isnull=True)
    elif state:
        rows = rows.filter(state=state)
    return rows.filter(kind=kind) if kind else rows


def _view(actor: Actor, report: Report, relation: Relation) -> ReportView:
    officer = relation is Relation.OTHERS
    answers = as_told(report)
    interview = None if answers is None else form_of_answers(answers)
    letters = [one for one in report.letters.select_related("body__key") if officer or one.audience == REPORTER]
    observations = tuple(report.observations.all()) if officer else ()
    corrections = list(Correction.objects.filter(observation__in=observations).select_related("reason__key")) if observations else []
    names = names_of(_people(report, letters, answers) | {one.by_id for one in corrections})
    return ReportView(
        row=_row(report, actor),
        reporter=names.get(report.reporter_id, ""),
        opening=interview.opening if interview else "",
        answers=shown_answers(interview, answers, names) if interview and answers else (),
        erased=answers is None,
        contact=_contact(report),
        contact_id=report.contact_id or "",
        trip_id=report.trip_id or "",
        item_id=report.item_id or "",
        event_id=report.event_id or "",
        letters=tuple(_letter(one, names) for one in letters),
        enclosures=tuple(_enclosure(one) for one in report.enclosures.exclude(state=CARD).select_related("name__key")),
        observations=observations,
        corrections=tuple(_correction(one, names) for one in corrections),
        elements=element_titles(element for row in observations for element in row.elements),
        favours=tuple(report.favours.all()),
        readers=tuple(names.get(person, "") for person in report.sealed_to),
        may=_what_fits(actor, report, relation),
    )


def _people(report: Report, letters: Iterable[Letter], answers: Answers | None) -> set[str]:
    told = people_in(answers) if answers else set()
    return {report.reporter_id, *report.sealed_to, *(letter.author_id for letter in letters)} | told


def _correction(correction: Correction, names: dict[str, str]) -> CorrectionShown:
    return CorrectionShown(
        observation=correction.observation_id,
        by=names.get(correction.by_id, ""),
        before=correction.before,
        after=correction.after,
        reason=vault.open_text_or_none(correction.reason) or "",
        created_at=correction.created_at,
    )


def _contact(report: Report) -> ContactFacts | None:
    kept = None if report.contact is None else kept_contact(report.contact)
    return None if kept is None else kept.facts


def _letter(letter: Letter, names: dict[str, str]) -> LetterShown:
    return LetterShown(
        author=names.get(letter.author_id, ""),
        to_reporter=letter.to_reporter,
        officers_only=letter.audience != REPORTER,
        text=vault.open_text_or_none(letter.body) or "",
        created_at=letter.created_at,
    )


def _enclosure(enclosure: Enclosure) -> EnclosureShown:
    return EnclosureShown(
        id=enclosure.pk,
        untrusted_name=vault.open_text_or_none(enclosure.name) or "",
        size=enclosure.size,
        state=enclosure.state,
        verdict=enclosure.verdict,
        has_picture=enclosure.picture_id is not None,
    )


def _row(report: Report, actor: Actor) -> ReportRow:
    return ReportRow(
        id=report.pk,
        kind=ReportKind(report.kind),
        state=ReportState(report.state),
        outcome=report.outcome,
        created_at=report.created_at,
        due_at=report.due_at,
        answered_at=report.answered_at,
        sealed=bool(report.sealed_to),
        own=report.reporter_id == actor.person,
    )


_WHILE_OPEN: Final = (
    Procedure.ANSWER_REPORT,
    Procedure.NOTE_REPORT,
    Procedure.CORRECT_OBSERVATION,
    Procedure.CLOSE_REPORT,
    Procedure.HAND_ON_REPORT,
    Procedure.WRITE_ABOUT_REPORT,
    Procedure.ENCLOSE,
)


def _what_fits(actor: Actor, report: Report, relation: Relation) -> frozenset[Procedure]:
    fitting = {Procedure.ANSWER_REPORT, Procedure.WRITE_ABOUT_REPORT} if report.state == ReportState.CLOSED.value else set(_WHILE_OPEN)
    return frozenset(procedure for procedure in fitting if may(actor, procedure, relation))
