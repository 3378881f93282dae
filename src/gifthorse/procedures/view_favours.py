"""The ledger of favours as it is read: per contact by officers, and by everybody what stands there about themselves."""

from collections.abc import Mapping
from typing import Final

import msgspec
from django.db.models import QuerySet

from gifthorse.model.errors import NotFound
from gifthorse.model.favours import Direction
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import NOT_THERE, act, authorise, may
from gifthorse.procedures.keep_contacts import kept_contact
from gifthorse.procedures.keep_favours import FavourCorrection, FavourFacts, facts_of, kept_favour
from gifthorse.procedures.people import names_of
from gifthorse.procedures.reading_reports import sealed_to
from gifthorse.procedures.unsealed_reports import hidden_contacts, is_hidden
from gifthorse.report.favour_policy import packaged_policy, says
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.report import FavourEntry, Report

SHOWN: Final = 200


class FavourRow(msgspec.Struct, frozen=True, kw_only=True):
    """One entry with what the policy says of it (a message id); `contact` is a name as given, empty for staff who may not see it."""

    id: str
    facts: FavourFacts
    year: int
    month: int
    says: str
    person: str
    contact: str
    report: str
    corrections: tuple[FavourCorrection, ...] = ()


class FavourLedger(msgspec.Struct, frozen=True, kw_only=True):
    """The entries, newest first; `received` and `given` count both directions, contracts apart."""

    rows: tuple[FavourRow, ...]
    received: int
    given: int
    more: bool
    may_keep: bool


def favours_of_contact(actor: Actor, contact_id: str) -> FavourLedger:
    """All favours between the contact (and those joined to it) and ours; the look is on record. Raises NotFound or Refused."""
    contact = Contact.objects.filter(pk=contact_id).first()
    if contact is None or is_hidden(actor, contact_id):
        authorise(actor, Procedure.VIEW_FAVOURS, Relation.OTHERS)
        raise NotFound(NOT_THERE)
    with act(actor, Procedure.VIEW_FAVOURS, Relation.OTHERS, subject=contact.pk):
        group = set(Contact.objects.filter(joined_to=contact.joined_to).values_list("pk", flat=True))
        shown = group - hidden_contacts(actor, group)
        hidden = set(Report.objects.filter(is_sealed=True).values_list("pk", flat=True)) - set(sealed_to(actor))
        entries = FavourEntry.objects.filter(contact__in=shown).exclude(report__in=hidden)
    return _ledger(actor, entries, officer=True)


def favour_of(actor: Actor, favour_id: str) -> tuple[str, FavourRow]:
    """The contact's id and one entry of its ledger, to correct it; the look is on record. Raises NotFound or Refused."""
    contact = FavourEntry.objects.filter(pk=favour_id).values_list("contact_id", flat=True).first()
    ledger = favours_of_contact(actor, contact or "")
    row = next((one for one in ledger.rows if one.id == favour_id), None)
    if row is None:
        raise NotFound(NOT_THERE)
    return contact or "", row


def own_favours(actor: Actor) -> FavourLedger:
    """What the ledger holds about the actor. Raises Refused."""
    authorise(actor, Procedure.VIEW_FAVOURS, Relation.OWN)
    return _ledger(actor, FavourEntry.objects.filter(person_id=actor.person), officer=False)


def _ledger(actor: Actor, entries: QuerySet[FavourEntry], *, officer: bool) -> FavourLedger:
    rows = list(entries.select_related("content__key", "contact__content__key").order_by("-month", "-created_at", "pk")[: SHOWN + 1])
    names = names_of({row.person_id for row in rows}) if officer else {}
    shown = tuple(_row(row, names, officer=officer) for row in rows[:SHOWN])
    return FavourLedger(
        rows=shown,
        received=sum(row.facts.direction is Direction.IN for row in shown),
        given=sum(row.facts.direction is Direction.OUT for row in shown),
        more=len(rows) > SHOWN,
        may_keep=may(actor, Procedure.KEEP_FAVOURS, Relation.OTHERS),
    )


def _row(entry: FavourEntry, names: Mapping[str, str], *, officer: bool) -> FavourRow:
    kept = kept_favour(entry)
    facts = facts_of(entry, kept)
    return FavourRow(
        id=entry.pk,
        facts=facts,
        year=entry.month // 12,
        month=entry.month % 12 + 1,
        says=says(facts.kind, facts.band, packaged_policy(), facts.direction),
        person=names.get(entry.person_id, ""),
        contact=_name(entry.contact),
        report=entry.report_id or "",
        corrections=kept.corrections if officer else (),
    )


def _name(contact: Contact | None) -> str:
    kept = None if contact is None else kept_contact(contact)
    if kept is None:
        return ""
    facts = kept.facts
    return next(iter((*facts.names, *facts.mails, *facts.phones, *facts.profiles, *facts.messengers, *facts.employer)), "")
