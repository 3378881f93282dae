"""How each kind of record looks among the results of a search, to those who may see it."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import may
from gifthorse.procedures.keep_contacts import kept_contact
from gifthorse.procedures.kept_people import kept_by_id
from gifthorse.procedures.unsealed_reports import hidden_contacts
from gifthorse.procedures.view_events import opened_event
from gifthorse.procedures.view_know_how import ERASED_ASSET, ERASED_ELEMENT, ERASED_PARTY, opened
from gifthorse.store import vault
from gifthorse.store.tables.asset import Asset, Element, ThirdParty
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.event import Event
from gifthorse.store.tables.item import Item


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One result. `route` and `named` make its address (id of another record where it has no page of its own).

    `title` came from people; `value` is a value of the model with `words` as the name of its list of words; `more` came from people.
    """

    id: str
    title: str
    route: str
    named: str
    value: str = ""
    words: str = ""
    more: str = ""
    on: date | None = None


def people(actor: Actor, ids: Sequence[str]) -> Iterator[Found]:
    """People of the register."""
    if not may(actor, Procedure.VIEW_PEOPLE, Relation.NONE):
        return
    for kept in kept_by_id(ids).values():
        unit = kept.placement.unit.title if kept.placement and kept.placement.unit else ""
        if not kept.erased:
            yield Found(id=kept.id, title=kept.told("name"), route="person", named=kept.id, more=unit)


def contacts(actor: Actor, ids: Sequence[str]) -> Iterator[Found]:
    """Contacts, but for those out of reports that were sealed to others."""
    if not may(actor, Procedure.VIEW_CONTACTS, Relation.NONE):
        return
    shown = set(ids) - hidden_contacts(actor, ids)
    for row in Contact.objects.filter(pk__in=shown).select_related("content__key"):
        if kept := kept_contact(row):
            facts = kept.facts
            title = next(iter((*facts.names, *facts.mails, *facts.phones, *facts.profiles, *facts.messengers)), "")
            more = ", ".join(facts.employer)
            yield Found(id=row.pk, title=title, route="contact", named=row.pk, value=row.verified, words="verified", more=more)


def assets(actor: Actor, ids: Sequence[str]) -> Iterator[Found]:
    """Assets of the register of know-how."""
    if not may(actor, Procedure.VIEW_KNOW_HOW, Relation.NONE):
        return
    for row in Asset.objects.filter(pk__in=ids).select_related("content__key", "unit"):
        title = opened(row.content, ERASED_ASSET).title
        yield Found(id=row.pk, title=title, route="asset", named=row.pk, more=row.unit.title if row.unit else "")


def elements(actor: Actor, ids: Sequence[str]) -> Iterator[Found]:
    """Elements of know-how."""
    if not may(actor, Procedure.VIEW_KNOW_HOW, Relation.NONE):
        return
    for row in Element.objects.filter(pk__in=ids).select_related("content__key", "asset__content__key"):
        asset = opened(row.asset.content, ERASED_ASSET).title
        title = opened(row.content, ERASED_ELEMENT).title
        yield Found(id=row.pk, title=title, route="asset", named=row.asset_id, value=row.kind, words="element", more=asset)


def parties(actor: Actor, ids: Sequence[str]) -> Iterator[Found]:
    """Houses outside that hold know-how."""
    if not may(actor, Procedure.VIEW_KNOW_HOW, Relation.NONE):
        return
    for row in ThirdParty.objects.filter(pk__in=ids).select_related("content__key"):
        yield Found(id=row.pk, title=opened(row.content, ERASED_PARTY).name, route="party", named=row.pk, value=row.kind, words="party")


def events(actor: Actor, ids: Sequence[str]) -> Iterator[Found]:
    """Events that our people go to."""
    if not may(actor, Procedure.VIEW_EVENTS, Relation.NONE):
        return
    for row in Event.objects.filter(pk__in=ids).select_related("content__key"):
        facts = opened_event(row)
        yield Found(
            id=row.pk, title=facts.title, route="event", named=row.pk, value=row.kind, words="gathering", more=facts.place, on=row.starts_on
        )


def items(actor: Actor, ids: Sequence[str]) -> Iterator[Found]:
    """Items that were handed in: officers see all, staff their own."""
    rows = Item.objects.filter(pk__in=ids).select_related("report__key")
    if not may(actor, Procedure.VIEW_ITEM, Relation.OTHERS):
        rows = rows.filter(reporter_id=actor.person)
    for row in rows:
        told = vault.open_json_or_none(row.report) or {}
        yield Found(
            id=row.pk, title=told.get("what", ""), route="item", named=row.pk, value=row.kind, words="kind", on=row.created_at.date()
        )
