"""Somebody tells what happened: the answers are checked, sealed and bound to the words that were asked, and become observations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from gifthorse.model.errors import NotAccepted, NotFound
from gifthorse.model.observations import FavourBand
from gifthorse.model.reports import ReportKind, ReportOutcome, ReportState, first_state
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, Deed, act
from gifthorse.procedures.after_change import only_compare, touched
from gifthorse.procedures.desk_hours import working_days
from gifthorse.procedures.house_interviews import house_interview
from gifthorse.procedures.keep_contacts import note_contact
from gifthorse.procedures.kept_forms import keep_form
from gifthorse.procedures.links_apart import open_up
from gifthorse.procedures.notices import notify_officers, notify_sealed
from gifthorse.procedures.tellers import allowed_for, officers
from gifthorse.procedures.trip_duties import discharge_by_debrief, duties_of_report
from gifthorse.procedures.unsealed_reports import apart_contacts
from gifthorse.report import colleague_concern, retention
from gifthorse.report.answering import clock_of, due_at
from gifthorse.report.answers import Answers, checked
from gifthorse.report.contact_details import contact_facts
from gifthorse.report.observing import Draft, draft
from gifthorse.report.questions import Interview
from gifthorse.store import search_index, vault
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.event import Event
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.report import FavourEntry, ObservationRow, Report
from gifthorse.store.tables.trip import Traveller

REPORT: Final = "report"
READERS: Final = "who-reads"


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a report belongs to; all may be empty. `arrival` is the digest of a sealed report from a phone, by which it comes in once."""

    trip: str = ""
    event: str = ""
    item: str = ""
    offline: bool = False
    arrival: str = ""
    written_at: datetime | None = None


NOTHING: Final = About()


def tell(actor: Actor, kind: ReportKind, untrusted_answers: Mapping[str, object], about: About = NOTHING) -> Report:
    """The new report of the actor, with what it comes to.

    Raises NotAccepted with the question as field for answers that don't fit, NotFound for a trip or item that isn't the actor's. A
    report that came sealed from a phone is taken as it is, and comes in once however often it is sent.
    """
    with act(actor, Procedure.TELL, Relation.NONE) as deed:
        if about.arrival and (known := Report.objects.filter(arrival=about.arrival).first()):
            raise AlreadyTold(known)
        interview = house_interview(kind)
        today = (about.written_at or deed.moment).date()
        answers = checked(interview, untrusted_answers, allowed_for(actor, kind, today), complete=not about.offline)
        _require_behaviour(interview, answers, offline=about.offline)
        observed = draft(interview, answers, today)
        report = keep_report(deed, actor, about, interview=interview, answers=answers, observed=observed)
        _note_traveller(deed, actor, kind, about)
        return report


def keep_report(deed: Deed, actor: Actor, about: About, *, interview: Interview, answers: Answers, observed: Draft) -> Report:
    """The report with what was observed and given, within *deed*, whose subject it becomes; the officers hear of it."""
    report = _kept(deed, actor, about, interview=interview, answers=answers, observed=observed)
    deed.subject = report.pk
    _note_observations(deed, actor, report, observed)
    if report.sealed_to:
        only_compare(apart_contacts([report.contact_id or ""]))
    else:
        touched(report.contact_id)
    if report.state != ReportState.CLOSED.value and not report.sealed_to:  # a duty would tell others that a sealed report is there
        duties_of_report(deed, actor.person, interview.kind, deed.moment, report.trip)
    _tell_the_desk(deed, report)
    return report


class AlreadyTold(NotAccepted):
    """A sealed report that was taken in before; `report` is what it became."""

    def __init__(self, report: Report) -> None:
        super().__init__(N_("This report has been taken in already. There is nothing more to do."))
        self.report = report


def _require_behaviour(interview: Interview, answers: Answers, *, offline: bool) -> None:
    """A worry about a colleague says what was done; what says who somebody is goes back. From a phone it can't: an officer sees to it."""
    if interview.kind is not ReportKind.COLLEAGUE_CONCERN or offline:
        return
    if back := colleague_concern.sent_back(interview, answers):
        raise SentBack(back)


class SentBack(NotAccepted):
    """A report that needs another wording; `why` holds the explanation, the passages, and the person's text."""

    def __init__(self, why: colleague_concern.SentBack) -> None:
        super().__init__(why.explanation)
        self.why = why


def _kept(deed: Deed, actor: Actor, about: About, *, interview: Interview, answers: Answers, observed: Draft) -> Report:
    kind = interview.kind
    nothing = _is_nothing(interview, answers)
    contact = _contact(deed, actor, answers)
    readers = _readers(actor, kind, answers)
    if contact is not None and not readers:
        open_up(deed, contact)
    report = Report(
        reporter_id=actor.person,
        kind=kind.value,
        state=(ReportState.CLOSED if nothing else first_state(kind)).value,
        outcome=ReportOutcome.NOTHING_TO_REPORT.value if nothing else "",
        interview=f"{kind.value}/{answers.version}",
        form_digest=keep_form(deed, interview),
        answers=deed.note(vault.keep_json(msgspec.to_builtins(answers), moment=deed.moment)),
        trip_id=_own_trip(actor, about.trip),
        event_id=_known_event(about.event),
        item_id=_own_item(actor, about.item),
        contact=contact,
        happened_on=next((answer.day for answer in answers.given if answer.day is not None), None),
        sealed_to=readers,
        offline=about.offline,
        arrival=about.arrival,
        due_at=None if nothing else due_at(deed.moment, clock_of(kind, urgent=observed.urgent), working_days()),
        closed_at=deed.moment if nothing else None,
        erase_on=retention.due(kind, ReportOutcome.NOTHING_TO_REPORT, deed.moment.date()) if nothing else None,
    )
    deed.keep(report)
    search_index.note(REPORT, report.pk, actor.person, (), prose=prose_of(answers))
    return report


def _is_nothing(interview: Interview, answers: Answers) -> bool:
    """Whether the one tap was chosen that says that there is nothing."""
    chosen = answers.chosen()
    return any(option.sends and option.id in chosen.get(question.id, ()) for question in interview.questions for option in question.options)


def _contact(deed: Deed, actor: Actor, answers: Answers) -> Contact | None:
    given = next((answer.contact for answer in answers.given if answer.contact is not None), None)
    if given is None:
        return None
    if given.known:
        return Contact.objects.get(pk=given.known[0])
    facts = contact_facts(given)
    return None if facts is None else note_contact(deed, facts, actor.person)


def _readers(actor: Actor, kind: ReportKind, answers: Answers) -> list[str]:
    """The officers who alone may read it; for pressure those whom the reporter chose, or every officer of today when none was chosen."""
    if kind is not ReportKind.PRESSURE:
        return []
    chosen = answers.to(READERS)
    readers = set(chosen.chosen if chosen and chosen.chosen else officers() - {actor.person})
    return sorted(readers or {actor.person})  # where nobody else is an officer it still stays sealed


def prose_of(answers: Answers) -> list[str]:
    """The words that a report is found by, whole."""
    return [answer.text for answer in answers.given if answer.text]


def _own_trip(actor: Actor, trip: str) -> str | None:
    if not trip:
        return None
    # also whoever has left it since: a report that was written on the road is never turned away
    if not Traveller.objects.filter(trip_id=trip, person_id=actor.person).exists():
        raise NotFound(NOT_THERE)
    return trip


def _known_event(event: str) -> str | None:
    if event and not Event.objects.filter(pk=event).exists():
        raise NotFound(NOT_THERE)
    return event or None


def _own_item(actor: Actor, item: str) -> str | None:
    if not item:
        return None
    if not Item.objects.filter(pk=item, reporter_id=actor.person).exists():
        raise NotFound(NOT_THERE)
    return item


def _note_observations(deed: Deed, actor: Actor, report: Report, observed: Draft) -> None:
    if not observed.is_empty:
        deed.keep(
            ObservationRow(
                report=report,
                contact=report.contact,
                subject_id=actor.person,
                month=observed.month,
                tactics=list(observed.tactics),
                ask_level=int(observed.ask_level),
                elements=list(observed.elements),
                favour=observed.favour.value,
                grade=str(observed.grade),
                mitigators=[one.value for one in observed.mitigators],
            )
        )
    for one in observed.favours:
        if one.band is not FavourBand.NONE:
            deed.keep(
                FavourEntry(
                    report=report,
                    contact=report.contact,
                    person_id=actor.person,
                    direction=one.direction.value,
                    kind=one.kind.value,
                    band=one.band.value,
                    month=observed.month,
                )
            )


def _note_traveller(deed: Deed, actor: Actor, kind: ReportKind, about: About) -> None:
    if not about.trip or not kind.opened_by_trip:
        return
    traveller = Traveller.objects.select_related("trip").get(trip_id=about.trip, person_id=actor.person)
    if kind is ReportKind.DEBRIEF:
        traveller.debriefed_at = traveller.debriefed_at or deed.moment
        discharge_by_debrief(deed, traveller.trip, actor.person)
    else:
        traveller.checked_in_at = traveller.checked_in_at or deed.moment
    deed.keep(traveller)


def _tell_the_desk(deed: Deed, report: Report) -> None:
    if report.state == ReportState.CLOSED.value:
        return
    if report.sealed_to:
        notify_sealed(deed, report)
    else:
        notify_officers(deed, report)


def as_told(report: Report) -> Answers | None:
    """The answers as they were given, None when they were erased. Fetch the report with `answers__key` where many are opened."""
    told: Any = vault.open_json_or_none(report.answers)
    return None if told is None else msgspec.convert(told, Answers)
