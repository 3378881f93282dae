"""Contacts as officers read them: the list, and one of them, where each look is recorded."""

from collections.abc import Iterator
from typing import Final

import msgspec

from gifthorse.model.contacts import ContactCorrection, ContactFacts, KeptContact, Verified
from gifthorse.model.errors import NotFound
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import NOT_THERE, act, authorise, may, relation_to
from gifthorse.procedures.keep_contacts import CONTACT, kept_contact
from gifthorse.procedures.links_apart import reached_by
from gifthorse.procedures.people import names_of
from gifthorse.procedures.unsealed_reports import hidden_contacts, is_hidden
from gifthorse.resolve.names.scripts import script_of
from gifthorse.store import search_index
from gifthorse.store.tables.contact import Contact

PAGE_LENGTH: Final = 50


class ContactRow(msgspec.Struct, frozen=True, kw_only=True):
    """One contact of the list; `facts` is None when it was erased."""

    contact: Contact
    facts: ContactFacts | None


class ContactPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of contacts, latest first."""

    rows: tuple[ContactRow, ...]
    number: int
    more: bool


class SpelledName(msgspec.Struct, frozen=True, kw_only=True):
    """A name as given, with its script."""

    text: str
    script: str


class CorrectionView(msgspec.Struct, frozen=True, kw_only=True):
    """A correction with the name of who made it, and what stood before in the fields that it changed (name of the field, text)."""

    correction: ContactCorrection
    by: str
    before: tuple[tuple[str, str], ...]


class ContactView(msgspec.Struct, frozen=True, kw_only=True):
    """All that is kept about a contact, and who told us."""

    contact: Contact
    kept: KeptContact | None
    names: tuple[SpelledName, ...]
    reported_by: str
    corrections: tuple[CorrectionView, ...]
    introducers: tuple[ContactRow, ...]
    joined: tuple[ContactRow, ...]
    may_correct: bool


def contacts(actor: Actor, *, search: str = "", verified: str = "", page: int = 1) -> ContactPage:
    """A page of the contacts that the actor may know of, latest first. Raises Refused."""
    authorise(actor, Procedure.VIEW_CONTACTS, Relation.NONE)
    found = Contact.objects.exclude(pk__in=hidden_contacts(actor)).select_related("content__key")
    if search.strip():
        found = found.filter(pk__in=[record for _kind, record in search_index.find_typed(search, kinds=[CONTACT])])
    if verified in set(Verified):
        found = found.filter(verified=verified)
    start = (max(page, 1) - 1) * PAGE_LENGTH
    rows = [_row(contact) for contact in found[start : start + PAGE_LENGTH + 1]]
    return ContactPage(rows=tuple(rows[:PAGE_LENGTH]), number=max(page, 1), more=len(rows) > PAGE_LENGTH)


def contact(actor: Actor, contact_id: str) -> ContactView:
    """The contact; that the actor looked is in the ledger. Raises NotFound or Refused."""
    row = Contact.objects.select_related("content__key").filter(pk=contact_id).first()
    if row is None or is_hidden(actor, contact_id):
        raise NotFound(NOT_THERE)
    relation = relation_to(actor, row.reported_by_id)
    with act(actor, Procedure.VIEW_CONTACT, relation, subject=row.pk):
        kept = kept_contact(row)
    corrections = kept.corrections if kept else ()
    names = names_of({row.reported_by_id, *(correction.by for correction in corrections)})
    introduced_by = kept.facts.introduced_by if kept else ()
    return ContactView(
        contact=row,
        kept=kept,
        names=tuple(SpelledName(text=name, script=script_of(name).value) for name in kept.facts.names) if kept else (),
        reported_by=names.get(row.reported_by_id, ""),
        corrections=_corrections(kept, names),
        introducers=_others(actor, list(introduced_by)),
        joined=_others(actor, sorted(reached_by(actor, [row.pk]) - {row.pk})),
        may_correct=kept is not None and may(actor, Procedure.CORRECT_CONTACT, relation),
    )


def _row(row: Contact) -> ContactRow:
    kept = kept_contact(row)
    return ContactRow(contact=row, facts=None if kept is None else kept.facts)


def _others(actor: Actor, ids: list[str]) -> tuple[ContactRow, ...]:
    if not ids:
        return ()
    shown = set(ids) - hidden_contacts(actor, ids)
    return tuple(_row(one) for one in Contact.objects.filter(pk__in=shown).select_related("content__key"))


def _corrections(kept: KeptContact | None, names: dict[str, str]) -> tuple[CorrectionView, ...]:
    if kept is None or not kept.corrections:
        return ()
    after = [*(correction.before for correction in kept.corrections[1:]), kept.facts]
    return tuple(
        CorrectionView(
            correction=correction,
            by=names.get(correction.by, ""),
            before=tuple(_differing(correction.before, then)),
        )
        for correction, then in zip(kept.corrections, after, strict=True)
    )


def _differing(before: ContactFacts, after: ContactFacts) -> Iterator[tuple[str, str]]:
    for field in ContactFacts.__struct_fields__:
        value = getattr(before, field)
        if value != getattr(after, field):
            yield field, value if isinstance(value, str) else ", ".join(value)
