"""Who is in the house and where, for officers and administrators; and choosing people for a list."""

from datetime import date
from enum import StrEnum
from typing import Final

import msgspec
from django.db.models import Count, F, QuerySet

from gifthorse.model.errors import NotFound
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import NOT_THERE, authorise, may, now
from gifthorse.procedures.kept_people import KeptPerson, kept_by_id, kept_people
from gifthorse.procedures.person_words import PERSON
from gifthorse.procedures.view_know_how import HeldElement, held_by
from gifthorse.store import search_index
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.asset import Holding
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.placement import Unit

PAGE_LENGTH: Final = 50
OFFERED: Final = 12


class Standing(StrEnum):
    """Whether somebody is in the house."""

    HERE = "here"
    LEAVING = "leaving"
    LEFT = "left"


class PersonRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list; `elements` is how many elements of know-how they hold."""

    kept: KeptPerson
    standing: Standing
    elements: int
    account_open: bool


class PeoplePage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of people, the units to narrow by, and how many accounts of leavers are still open."""

    rows: tuple[PersonRow, ...]
    number: int
    more: bool
    units: tuple[Unit, ...]
    open_accounts_of_leavers: int


class PersonView(msgspec.Struct, frozen=True, kw_only=True):
    """All that officers and administrators may see of a person in the register."""

    row: PersonRow
    held: tuple[HeldElement, ...]
    may: frozenset[Procedure]


def people(actor: Actor, *, search: str = "", unit: str = "", standing: str = "", page: int = 1) -> PeoplePage:
    """A page of people by unit; *search* finds by name, staff number or mail. Raises Refused."""
    authorise(actor, Procedure.VIEW_PEOPLE, Relation.NONE)
    today = now().date()
    found = _narrowed(Person.objects.all(), search.strip(), unit, standing, today)
    start = (max(page, 1) - 1) * PAGE_LENGTH
    rows = kept_people(found.order_by(F("placement__unit__title").asc(nulls_last=True), "id")[start : start + PAGE_LENGTH + 1])
    shown = sorted(rows[:PAGE_LENGTH], key=lambda kept: (_unit_title(kept).casefold(), kept.told("name").casefold()))
    counts = _elements_held([kept.id for kept in shown])
    return PeoplePage(
        rows=tuple(_row(kept, counts.get(kept.id, 0), today) for kept in shown),
        number=max(page, 1),
        more=len(rows) > PAGE_LENGTH,
        units=tuple(Unit.objects.all()),
        open_accounts_of_leavers=Account.objects.filter(is_active=True, person__placement__leaving_on__lte=today).count(),
    )


def person(actor: Actor, person_id: str) -> PersonView:
    """The person with what they hold. Raises NotFound or Refused."""
    authorise(actor, Procedure.VIEW_PEOPLE, Relation.NONE)
    kept = kept_by_id([person_id]).get(person_id)
    if kept is None:
        raise NotFound(NOT_THERE)
    knows = may(actor, Procedure.VIEW_KNOW_HOW, Relation.NONE)
    held = held_by(actor, person_id) if knows else ()
    counts = {person_id: len(held)} if knows else _elements_held([person_id])
    allowed = {Procedure.KEEP_PEOPLE} if may(actor, Procedure.KEEP_PEOPLE, Relation.OTHERS) else set()
    return PersonView(row=_row(kept, counts.get(person_id, 0), now().date()), held=held, may=frozenset(allowed))


def offered(actor: Actor, words: str, procedure: Procedure) -> list[KeptPerson]:
    """The first dozen people whom *words* find, to choose from for *procedure* (keeping know-how or events). Raises Refused."""
    authorise(actor, procedure, Relation.NONE)
    ids = [record for _kind, record in search_index.find_typed(words, kinds=[PERSON], most=OFFERED * 4)]
    today = now().date()
    found = [kept for kept in kept_by_id(ids).values() if not kept.erased and _standing(kept, today) is not Standing.LEFT]
    return sorted(found, key=lambda kept: kept.told("name").casefold())[:OFFERED]


def _narrowed(found: QuerySet[Person], search: str, unit: str, standing: str, today: date) -> QuerySet[Person]:
    if search:
        found = found.filter(pk__in=[record for _kind, record in search_index.find_typed(search, kinds=[PERSON])])
    if unit:
        found = found.filter(placement__unit_id=unit)
    match standing:
        case Standing.LEFT:
            return found.filter(placement__leaving_on__lte=today)
        case Standing.LEAVING:
            return found.filter(placement__leaving_on__gt=today)
        case Standing.HERE:
            return found.exclude(pk__in=Person.objects.filter(placement__leaving_on__isnull=False).values("pk"))
    return found


def _row(kept: KeptPerson, elements: int, today: date) -> PersonRow:
    account_open = kept.account is not None and kept.account.is_active
    return PersonRow(kept=kept, standing=_standing(kept, today), elements=elements, account_open=account_open)


def _standing(kept: KeptPerson, today: date) -> Standing:
    if kept.placement is None or kept.placement.leaving_on is None:
        return Standing.HERE
    return Standing.LEFT if kept.placement.leaving_on <= today else Standing.LEAVING


def _unit_title(kept: KeptPerson) -> str:
    return kept.placement.unit.title if kept.placement and kept.placement.unit else "\uffff"


def _elements_held(ids: list[str]) -> dict[str, int]:
    counted = Holding.objects.filter(person__in=ids, ended=False, element__retired=False, element__asset__retired=False)
    return dict(counted.values_list("person").annotate(number=Count("pk")))
