"""Names of colleagues, opened from the vault for those who may see them."""

from collections.abc import Iterable

from gifthorse.model.errors import KeyMissing
from gifthorse.model.roles import Actor, Procedure, Relation, Role
from gifthorse.model.words import N_
from gifthorse.procedures.acting import authorise
from gifthorse.store import vault
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.person import Person

ERASED = N_("(erased)")


def names_of(person_ids: Iterable[str]) -> dict[str, str]:
    """The name of each person, in one query; an erased identity is said to be erased."""
    people = Person.objects.filter(pk__in=set(person_ids)).select_related("identity__key")
    return {person.pk: _name(person) for person in people}


def _name(person: Person) -> str:
    try:
        return str(vault.open_json(person.identity)["name"])
    except KeyMissing:
        return ERASED


def colleagues(actor: Actor) -> dict[str, str]:
    """Who may receive an item: the officers, by person id and name. Raises Refused."""
    authorise(actor, Procedure.HAND_OVER, Relation.OTHERS)
    officers = Account.objects.filter(is_active=True, roles__icontains=Role.OFFICER.value).values_list("person_id", flat=True)
    return names_of(officers)
