"""One field finds all: each kind of record is described by its own describer, which shows only what the actor may see."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from gifthorse.model.errors import NotAccepted
from gifthorse.model.ids import read_id
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures import found_records, found_reports, found_trips
from gifthorse.procedures.acting import authorise, may
from gifthorse.procedures.found_records import Found
from gifthorse.store import search_index

# Describes the records of one kind that the actor may see, in any order; those they may not see are left out.
Describer = Callable[[Actor, Sequence[str]], Iterable[Found]]

# By the kind under which `search_index.note` keeps the record, in the order in which results are shown.
DESCRIBERS: Final[dict[str, Describer]] = {
    "person": found_records.people,
    "contact": found_records.contacts,
    "asset": found_records.assets,
    "element": found_records.elements,
    "party": found_records.parties,
    "event": found_records.events,
    "item": found_records.items,
    "report": found_reports.reports,
    "trip": found_trips.trips,
}
LONGEST_QUERY: Final = 200
SHOWN: Final = 25


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The results of one kind; `more` tells that not all are shown."""

    kind: str
    found: tuple[Found, ...]
    more: bool


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """What a query found, by kind; `query` as it was understood."""

    query: str
    groups: tuple[Group, ...]

    @property
    def number(self) -> int:
        """How many records are shown."""
        return sum(len(group.found) for group in self.groups)


def search(actor: Actor, untrusted_query: str) -> Results:
    """The records that hold all words of the query, or bear it as their number: staff find their own alone. Raises Refused."""
    authorise(actor, Procedure.SEARCH_RECORDS, Relation.NONE)
    query = " ".join(untrusted_query[:LONGEST_QUERY].split())
    if not query:
        return Results(query="", groups=())
    owner = None if may(actor, Procedure.VIEW_CONTACTS, Relation.NONE) else actor.person
    ids: dict[str, list[str]] = {kind: [] for kind in DESCRIBERS}
    for kind, record in (*_by_number(query), *search_index.find_typed(query, kinds=DESCRIBERS, owner=owner)):
        if record not in ids[kind]:
            ids[kind].append(record)
    groups = [_group(actor, kind, records) for kind, records in ids.items() if records]
    return Results(query=query, groups=tuple(group for group in groups if group.found))


def _group(actor: Actor, kind: str, records: list[str]) -> Group:
    described = {found.id: found for found in DESCRIBERS[kind](actor, records)}
    found = [described[record] for record in records if record in described]
    return Group(kind=kind, found=tuple(found[:SHOWN]), more=len(found) > SHOWN)


def _by_number(query: str) -> list[tuple[str, str]]:
    """The record whose opaque id the query is, as on a label."""
    kind = query.partition("-")[0].lower()
    if kind not in DESCRIBERS:
        return []
    try:
        return [(kind, read_id(query, kind))]
    except NotAccepted:
        return []
