"""What the desk holds about somebody, handed out to them: to one of ours about themselves, to somebody outside without a trace of who told.

The rules are those of the room `report` (subject_access); this only gathers the facts and puts the export on record.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import msgspec

from gifthorse.model.errors import NotFound
from gifthorse.model.reports import ReportKind, ReportOutcome
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import NOT_THERE, act
from gifthorse.procedures.keep_contacts import kept_contact
from gifthorse.procedures.keep_favours import kept_favour
from gifthorse.procedures.kept_forms import form_of_answers
from gifthorse.procedures.looks import Look, looks_at
from gifthorse.procedures.shown_answers import AnswerShown, shown_answers
from gifthorse.procedures.tell import as_told
from gifthorse.procedures.write_letter import REPORTER
from gifthorse.report import retention
from gifthorse.report.subject_access import Asker, Export, HeldFact, Topic, export
from gifthorse.store import vault
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.report import Report
from gifthorse.store.tables.trip import Traveller

DESK: Final = "desk"
PAPERS: Final = frozenset(
    {"emergency_contact", "documents"}
)  # of a trip; beside the rest only in contents of an older version, by its planner
COMPANIONS: Final = frozenset({"papers", "left", "carried"})  # what others on the trip told; the last two in an older version
_DETAILS: Final = ("names", "phones", "mails", "profiles", "messengers", "accounts", "employer", "card_text", "first_message")


class OwnData(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is kept about one of ours: who they are, their place in the house, items, trips, reports, who looked."""

    made_at: datetime
    identity: dict[str, Any]
    place: dict[str, Any]
    items: tuple[dict[str, Any], ...]
    trips: tuple[dict[str, Any], ...]
    reports: Export
    looks: tuple[Look, ...]


def export_own(actor: Actor) -> OwnData:
    """What is kept about the actor; that it was asked for is on record. Raises Refused."""
    with act(actor, Procedure.EXPORT_OWN_DATA, Relation.OWN, subject=actor.person) as deed:
        made_at = deed.moment
    person = Person.objects.select_related("identity__key", "placement__unit").get(pk=actor.person)
    return OwnData(
        made_at=made_at,
        identity=vault.open_json_or_none(person.identity) or {},
        place=_place(person),
        items=tuple(_items(actor.person)),
        trips=tuple(_trips(actor.person)),
        reports=export(Asker.REPORTER, actor.person, _facts_of_reporter(actor.person)),
        looks=looks_at(actor.person),
    )


def export_contact(actor: Actor, contact_id: str) -> Export:
    """What somebody outside gets who asks what is held about them; the custodian hands it out, and that is on record."""
    contact = Contact.objects.select_related("content__key").filter(pk=contact_id).first()
    with act(actor, Procedure.EXPORT_OWN_DATA, Relation.OTHERS, subject=contact_id):
        if contact is None:
            raise NotFound(NOT_THERE)
        group = Contact.objects.filter(joined_to=contact.joined_to).select_related("content__key")
        return export(Asker.CONTACT, contact.joined_to, [fact for one in group for fact in _facts_of_contact(one, contact.joined_to)])


def _place(person: Person) -> dict[str, Any]:
    place = getattr(person, "placement", None)
    if place is None:
        return {}
    told = {name: getattr(place, name) for name in ("duty_kind", "signs", "zone", "language", "leaving_on", "stands_in")}
    return {"unit": place.unit.title if place.unit else "", **told}


def _items(person: str) -> Iterator[dict[str, Any]]:
    for item in Item.objects.filter(reporter_id=person).select_related("report__key"):
        told = vault.open_json_or_none(item.report) or {}
        yield {"id": item.pk, "kind": item.kind, "state": item.state, "reported_at": item.created_at, "told": told}


def _trips(person: str) -> Iterator[dict[str, Any]]:
    for row in Traveller.objects.filter(person_id=person).select_related("trip__content__key").prefetch_related("carried"):
        trip = row.trip
        told = {} if row.ended else _own_part(vault.open_json_or_none(trip.content) or {}, person, organised=trip.organiser_id == person)
        dates = {"starts_at": trip.starts_at, "ends_at": trip.ends_at, "debriefed_at": row.debriefed_at, "checked_in_at": row.checked_in_at}
        carried = [{"element": one.element_id, "ended": one.ended} for one in row.carried.all()]
        yield {"id": trip.pk, "state": trip.state, **dates, "left": row.ended, "carried": carried, "told": told}


def _own_part(told: dict[str, Any], person: str, *, organised: bool) -> dict[str, Any]:
    """What lies sealed for a trip, with the person's own papers in place of everybody's."""
    kept_back = COMPANIONS if organised else COMPANIONS | PAPERS
    papers = {name: value for name, value in told.get("papers", {}).get(person, {}).items() if value}
    return {name: value for name, value in told.items() if name not in kept_back and (value or name not in PAPERS)} | papers


def _facts_of_reporter(person: str) -> Iterator[HeldFact]:
    reports = Report.objects.filter(reporter_id=person).select_related("answers__key")
    related = reports.prefetch_related("letters__body__key", "enclosures__name__key", "favours__content__key", "observations")
    for report in related:
        for topic, value, author in _told_in(report):
            yield HeldFact(
                id=report.pk,
                report=report.pk,
                report_kind=ReportKind(report.kind),
                topic=topic,
                value=value,
                author=author,
                about=frozenset({person}),
                sealed=bool(report.sealed_to),
            )


def _told_in(report: Report) -> Iterator[tuple[Topic, str, str]]:
    """Each thing that is kept with the report, as (what it is, its words, who wrote it)."""
    person = report.reporter_id
    yield Topic.KIND, ReportKind(report.kind).label, person
    yield Topic.DAY, report.created_at.date().isoformat(), person
    answers = as_told(report)
    shown = () if answers is None else shown_answers(form_of_answers(answers), answers, {})
    for answer in shown:
        yield from ((topic, value, person) for topic, value in _told_by(answer))
    for letter in report.letters.all():
        text = vault.open_text_or_none(letter.body) or ""
        yield (Topic.MESSAGE if letter.audience == REPORTER else Topic.OFFICER_NOTE), text, letter.author_id
    for enclosure in report.enclosures.all():
        yield Topic.ATTACHMENT, vault.open_text_or_none(enclosure.name) or "", person
    for row in report.observations.all():
        yield Topic.TACTIC, ", ".join(row.tactics), person
    for favour in report.favours.all():
        said = kept_favour(favour).what
        yield Topic.FAVOUR, " · ".join(part for part in (favour.direction, favour.kind, favour.band, said) if part), person
    outcome = ReportOutcome(report.outcome) if report.outcome else ReportOutcome.BENIGN
    keeping = retention.keeping(ReportKind(report.kind), outcome)
    yield Topic.KEEPING, f"{keeping.purpose} {keeping.reason}", DESK


def _told_by(answer: AnswerShown) -> Iterator[tuple[Topic, str]]:
    yield from ((Topic.ANSWER, f"{answer.question} {option}") for option in answer.chosen)
    yield from ((Topic.CONTACT_DETAIL, line) for line in answer.lines)
    yield from ((Topic.ELEMENT, title) for title in answer.elements)
    if answer.text:
        yield Topic.WORDS, f"{answer.question} {answer.text}"
    if answer.day:
        yield Topic.DAY, f"{answer.question} {answer.day}"


def _facts_of_contact(contact: Contact, asker: str) -> Iterator[HeldFact]:
    kept = kept_contact(contact)
    reports = list(Report.objects.filter(contact=contact, answers__erased=False))
    sealed = any(report.sealed_to or report.kind == ReportKind.PRESSURE.value for report in reports)
    kind = ReportKind(reports[0].kind) if reports else ReportKind.SOMETHING_ELSE
    facts = () if kept is None else _details(kept.facts)
    for value in facts:
        yield _held(contact, asker, kind, Topic.CONTACT_DETAIL, value, sealed=sealed)
    for report in reports:
        keeping = retention.keeping(ReportKind(report.kind), ReportOutcome(report.outcome) if report.outcome else ReportOutcome.BENIGN)
        yield _held(contact, asker, kind, Topic.KEEPING, f"{keeping.purpose} {keeping.reason}", sealed=sealed)
        yield _held(contact, asker, kind, Topic.DAY, report.created_at.date().isoformat(), sealed=sealed)
        yield _held(contact, asker, kind, Topic.WORDS, "", sealed=sealed)


def _details(facts: Any) -> Iterator[str]:
    for name in _DETAILS:
        value = getattr(facts, name)
        yield from ((value,) if isinstance(value, str) and value else () if isinstance(value, str) else value)


def _held(contact: Contact, asker: str, kind: ReportKind, topic: Topic, value: str, *, sealed: bool) -> HeldFact:
    return HeldFact(
        id=contact.pk,
        report="",
        report_kind=kind,
        topic=topic,
        value=value,
        author=contact.reported_by_id,
        about=frozenset({asker}),
        sealed=sealed,
    )
