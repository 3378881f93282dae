"""A case goes out as paper or as data for other systems, marked, and without names unless an officer chose them."""

from collections.abc import Callable
from typing import Final

from gifthorse import __version__
from gifthorse.model.contacts import ContactFacts
from gifthorse.model.errors import NotFound
from gifthorse.model.roles import Actor, Procedure
from gifthorse.procedures.acting import NOT_THERE, act, now
from gifthorse.procedures.keep_cases import MARKINGS, case_and_relation
from gifthorse.procedures.people import names_of
from gifthorse.procedures.thread_facts import facts_for, scored_without
from gifthorse.procedures.view_cases import CaseThreadView, note_view, threads_of, title_of
from gifthorse.report import case_misp, case_paper, case_stix
from gifthorse.report.case_facts import CaseEntry, CaseFacts, CaseThreadFacts, Identity, Observed
from gifthorse.store.tables.case import Case, CaseNote
from gifthorse.store.tables.thread import Thread

FORMS: Final = ("pdf", "stix.json", "misp.json")
Translate = Callable[[str], str]


def export(actor: Actor, case_id: str, form: str, *, with_names: bool = False, translate: Translate = str, language: str = "en") -> bytes:
    """The case in *form* (of FORMS); that it went out, and whether with names, is in the ledger. Raises NotFound or Refused."""
    row, relation = case_and_relation(actor, case_id)
    if form not in FORMS:
        raise NotFound(NOT_THERE)
    with act(actor, Procedure.EXPORT_CASE, relation, subject=row.pk):
        facts = case_facts(row, with_names=with_names)
    if form == "pdf":
        return case_paper.render(facts, translate, language)
    return case_stix.render(facts) if form == "stix.json" else case_misp.render(facts)


def case_facts(row: Case, *, with_names: bool) -> CaseFacts:
    """What the case says to others. For procedures: asks for no permission."""
    threads = [one for one in threads_of(row) if not one.removed]
    people, contacts = _labels(threads)
    return CaseFacts(
        key=row.pk,
        title=title_of(row) if with_names else row.pk,
        marking=MARKINGS[row.marking],
        opened_at=row.created_at,
        written_at=now(),
        version=__version__,
        with_names=with_names,
        identities=tuple(_identities(threads, people, contacts, with_names=with_names)),
        threads=tuple(_thread(one.named.thread) for one in threads),
        entries=_entries(row) if with_names else (),
    )


def _labels(threads: list[CaseThreadView]) -> tuple[dict[str, str], dict[str, str]]:
    people = dict.fromkeys(one.named.thread.person_id for one in threads)
    contacts = dict.fromkeys(one.named.thread.contact_id for one in threads)
    return (
        {person: f"Person {number}" for number, person in enumerate(people, 1)},
        {contact: f"Contact {number}" for number, contact in enumerate(contacts, 1)},
    )


def _identities(threads: list[CaseThreadView], people: dict[str, str], contacts: dict[str, str], *, with_names: bool) -> list[Identity]:
    names = {one.named.thread.person_id: one.named.person for one in threads}
    facts = {one.named.thread.contact_id: one.named.contact.facts for one in threads}
    ours = [Identity(key=key, label=label, ours=True, names=(names[key],) if with_names else ()) for key, label in people.items()]
    return ours + [_contact(key, label, facts[key] if with_names else None) for key, label in contacts.items()]


def _contact(key: str, label: str, facts: ContactFacts | None) -> Identity:
    if facts is None:
        return Identity(key=key, label=label, ours=False)
    return Identity(
        key=key, label=label, ours=False, names=facts.names, mails=facts.mails, phones=facts.phones, profiles=facts.profiles,
        employers=facts.employer,
    )  # fmt: skip


def _thread(row: Thread) -> CaseThreadFacts:
    facts = facts_for(row)
    scored = scored_without(facts)
    standing = getattr(row, "standing", None)
    return CaseThreadFacts(
        key=row.pk,
        person=row.person_id,
        contact=row.contact_id,
        level=standing.level if standing else "none",
        score=round(scored.score, 4),
        sentences=tuple(reason.sentence for reason in scored.reasons),
        observations=tuple(
            Observed(
                key=row_id,
                month=f"{int(one.month) // 12:04d}-{int(one.month) % 12 + 1:02d}",
                tactics=one.tactics,
                ask_level=int(one.ask_level),
                favour=one.favour.value,
                grade=str(one.grade),
            )
            for row_id, one in zip(facts.ids, facts.observations, strict=True)
        ),
    )


def _entries(row: Case) -> tuple[CaseEntry, ...]:
    """Notes are free text, which may name anybody: they go along only with names."""
    notes = list(CaseNote.objects.filter(case=row).select_related("body__key"))
    names = names_of({note.by_id for note in notes})
    views = [note_view(note, names) for note in notes]
    return tuple(
        CaseEntry(
            kind=note.kind.value, at=note.created_at, text=note.text, by=note.by,
            due=note.due_on.isoformat() if note.due_on else "", done=note.done_at is not None,
        )
        for note in views
    )  # fmt: skip
