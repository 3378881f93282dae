"""The search index is made anew from the sealed texts, which a backup holds, while the index itself is in none."""

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

import msgspec
from django.db.models import QuerySet

from gifthorse.model.errors import KeyMissing
from gifthorse.model.register import AssetFacts, ElementFacts, EventFacts, PartyFacts
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.trips import TripContent
from gifthorse.procedures.acting import act
from gifthorse.procedures.keep_contacts import contact_words, kept_contact
from gifthorse.procedures.person_words import Entry, noted
from gifthorse.procedures.plan_trip import words_of
from gifthorse.procedures.report_gift import item_words
from gifthorse.procedures.tell import prose_of
from gifthorse.report.answers import Answers
from gifthorse.report.gift import GiftReport
from gifthorse.store import search_index, vault
from gifthorse.store.tables.asset import Asset, Element, ThirdParty
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.event import Event
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.report import Report
from gifthorse.store.tables.sealed import Sealed
from gifthorse.store.tables.search_word import SearchWord
from gifthorse.store.tables.trip import Trip

SUBJECT: Final = "search-index"
AT_ONCE: Final = 400
Kept = TypeVar("Kept", bound=Record)


def rebuild(actor: Actor) -> int:
    """How many records can be found in the index made anew. Raises Refused."""
    with act(actor, Procedure.REBUILD_INDEX, Relation.NONE, subject=SUBJECT):
        return made_anew()


def made_anew() -> int:
    """As `rebuild`, as a part of another deed: a restore, which has its own entry."""
    SearchWord.objects.all().delete()
    return sum(search_index.note_many(kind, entries()) for kind, entries in INDEXED.items())


def _people() -> Iterator[Entry]:
    for row in _each(Person.objects.select_related("identity__key")):
        if (told := _told(row.identity)) is not None:
            yield noted(row.pk, told)


def _contacts() -> Iterator[Entry]:
    for row in _each(Contact.objects.select_related("content__key")):
        try:
            kept = kept_contact(row)
        except KeyMissing:
            continue
        if kept is not None:
            yield row.pk, row.reported_by_id, *contact_words(kept.facts)


def _assets() -> Iterator[Entry]:
    for row in _each(Asset.objects.select_related("content__key")):
        if (told := _told(row.content)) is not None:
            facts = msgspec.convert(told, AssetFacts)
            yield row.pk, "", [facts.title], [facts.what]


def _elements() -> Iterator[Entry]:
    for row in _each(Element.objects.select_related("content__key")):
        if (told := _told(row.content)) is not None:
            facts = msgspec.convert(told, ElementFacts)
            yield row.pk, "", [facts.title, facts.export_reference], [facts.line]


def _parties() -> Iterator[Entry]:
    for row in _each(ThirdParty.objects.select_related("content__key")):
        if (told := _told(row.content)) is not None:
            facts = msgspec.convert(told, PartyFacts)
            yield row.pk, "", [facts.name], [facts.note]


def _events() -> Iterator[Entry]:
    for row in _each(Event.objects.select_related("content__key")):
        if (told := _told(row.content)) is not None:
            facts = msgspec.convert(told, EventFacts)
            yield row.pk, "", [facts.title, facts.place, facts.organiser], []


def _items() -> Iterator[Entry]:
    for row in _each(Item.objects.select_related("report__key")):
        if (told := _told(row.report)) is not None:
            yield row.pk, row.reporter_id, *item_words(msgspec.convert(told, GiftReport))


def _trips() -> Iterator[Entry]:
    for row in _each(Trip.objects.select_related("content__key")):
        if (told := _told(row.content)) is not None:
            yield row.pk, row.organiser_id, *words_of(msgspec.convert(told, TripContent))


def _reports() -> Iterator[Entry]:
    for row in _each(Report.objects.select_related("answers__key")):
        if (told := _told(row.answers)) is not None:
            yield row.pk, row.reporter_id, [], prose_of(msgspec.convert(told, Answers))


def _each(rows: QuerySet[Kept]) -> Iterator[Kept]:
    return rows.order_by("pk").iterator(chunk_size=AT_ONCE)


def _told(sealed: Sealed) -> Any:
    """What lies sealed; None when it was erased, or its key is lost: then `verify` tells, and the rest is found all the same."""
    try:
        return vault.open_json(sealed)
    except KeyMissing:
        return None


# By the kind under which procedures note their records; each gives (id, owner, texts, prose) of all records that aren't erased.
INDEXED: Final[dict[str, Callable[[], Iterator[Entry]]]] = {
    "person": _people,
    "contact": _contacts,
    "asset": _assets,
    "element": _elements,
    "party": _parties,
    "event": _events,
    "item": _items,
    "trip": _trips,
    "report": _reports,
}
