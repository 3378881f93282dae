"""All people with their identity, place and account, opened together: for comparing lists and for showing a few of them."""

from collections.abc import Iterable, Mapping

import msgspec
from django.db.models import QuerySet

from gifthorse.model.errors import KeyMissing
from gifthorse.store import vault
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.placement import Placement

NOBODY: Mapping[str, str] = {}


class KeptPerson(msgspec.Struct, frozen=True, kw_only=True):
    """A person as kept: the identity as opened (empty when it was erased), the place in the house, the account."""

    person: Person
    identity: Mapping[str, str]
    placement: Placement | None
    account: Account | None
    erased: bool = False

    @property
    def id(self) -> str:
        """The opaque id."""
        return self.person.pk

    def told(self, field: str) -> str:
        """What the identity says under *field*, or nothing."""
        return str(self.identity.get(field, ""))


def kept_people(people: QuerySet[Person] | None = None) -> list[KeptPerson]:
    """*people* (everybody, unless given), in one query."""
    rows = (Person.objects.all() if people is None else people).select_related("identity__key", "placement__unit", "account")
    return [_kept(person) for person in rows]


def kept_by_id(ids: Iterable[str]) -> dict[str, KeptPerson]:
    """The people of these ids, in one query."""
    return {kept.id: kept for kept in kept_people(Person.objects.filter(pk__in=set(ids)))}


def _kept(person: Person) -> KeptPerson:
    placement, account = getattr(person, "placement", None), getattr(person, "account", None)
    try:
        identity = vault.open_json(person.identity)
    except KeyMissing:
        return KeptPerson(person=person, identity=NOBODY, placement=placement, account=account, erased=True)
    return KeptPerson(person=person, identity=identity, placement=placement, account=account)
