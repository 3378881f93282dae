"""The house's list of people is taken over: shown first, then written in one transaction with one ledger entry."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import msgspec

from gifthorse.model.errors import WrongState
from gifthorse.model.register import StaffEntry, StaffField, StaffList
from gifthorse.model.roles import Actor, Procedure, Relation, Role
from gifthorse.model.words import N_
from gifthorse.procedures.acting import Deed, act, authorise, new_id, now
from gifthorse.procedures.compare_people import IN_IDENTITY, IN_PLACEMENT, ChangedPerson, Comparison, compared, mark_of
from gifthorse.procedures.keeping_many import all_sealed_anew, change_all, keep_all
from gifthorse.procedures.kept_people import KeptPerson, kept_people
from gifthorse.procedures.person_words import PERSON, noted
from gifthorse.store import search_index
from gifthorse.store.sealing_many import keep_many_json
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.placement import Placement, Unit

SUBJECT: Final = "people"
CHANGED_SINCE: Final = N_("The register has changed since you looked. Nothing was written; please look through the list once more.")


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """How many people came in, were changed, and were closed."""

    new: int
    changed: int
    closed: int


def preview(actor: Actor, staff: StaffList) -> Comparison:
    """What taking over *staff* would do; nothing is written. Raises Refused."""
    authorise(actor, Procedure.IMPORT_PEOPLE, Relation.NONE)
    return compared(staff, kept_people(), by=actor.person, today=now().date())


def apply(actor: Actor, staff: StaffList, *, seen: str, close_gone: bool) -> Applied:
    """The register as *staff* has it. *seen* is the digest of the preview; whoever is gone leaves today if *close_gone*.

    Accounts of new people have no password that works: they sign in through the house's own sign-in, or an administrator gives them
    a first password. Raises WrongState when anything would be written that the preview did not show.
    """
    with act(actor, Procedure.IMPORT_PEOPLE, Relation.NONE, subject=SUBJECT) as deed:
        found = compared(staff, kept_people(), by=actor.person, today=deed.moment.date())
        if found.digest != seen:
            raise WrongState(CHANGED_SINCE)
        units = _units(deed, [*found.new, *(one.entry for one in found.changed)])
        _bring_in(deed, found.new, units)
        _change(deed, found.changed, units)
        gone = found.gone if close_gone else ()
        _close(deed, gone)
        return Applied(new=len(found.new), changed=len(found.changed), closed=len(gone))


def _units(deed: Deed, entries: Iterable[StaffEntry]) -> dict[str, Unit]:
    """The units of the entries by title, new ones made."""
    titles = {entry.unit for entry in entries if entry.unit}
    units = {unit.title: unit for unit in Unit.objects.filter(title__in=titles)}
    fresh = keep_all(deed, [Unit(title=title) for title in sorted(titles - units.keys())])
    return units | {unit.title: unit for unit in fresh}


def _bring_in(deed: Deed, entries: Sequence[StaffEntry], units: dict[str, Unit]) -> None:
    identities = [{field.value: str(getattr(entry, field.value)) for field in IN_IDENTITY} for entry in entries]
    sealed = [deed.note(one) for one in keep_many_json(identities, moment=deed.moment)]
    people = keep_all(deed, [Person(id=new_id(Person.PREFIX), identity=identity) for identity in sealed])
    keep_all(deed, [_placed(Placement(person=one), entry, units) for one, entry in zip(people, entries, strict=True)])
    keep_all(deed, [_account(one, entry) for one, entry in zip(people, entries, strict=True) if entry.login])
    search_index.note_many(PERSON, [noted(one.pk, identity) for one, identity in zip(people, identities, strict=True)])


def _placed(placement: Placement, entry: StaffEntry, units: dict[str, Unit]) -> Placement:
    for field in IN_PLACEMENT:
        setattr(placement, field.value, getattr(entry, field.value))
    placement.unit = units.get(entry.unit)
    placement.staff_mark = mark_of(entry.staff_number, entry.mail)
    return placement


def _account(person: Person, entry: StaffEntry) -> Account:
    roles = [role.value for role in Role if role in (entry.roles or (Role.STAFF,))]
    account = Account(username=entry.login, roles=roles, person=person)
    account.set_unusable_password()
    return account


def _change(deed: Deed, people: Sequence[ChangedPerson], units: dict[str, Unit]) -> None:
    renamed = [(one.kept, identity) for one in people if (identity := _identity(one)) != one.kept.identity]
    fresh = all_sealed_anew(deed, [kept.person.identity for kept, _ in renamed], [identity for _, identity in renamed])
    for (kept, _), sealed in zip(renamed, fresh, strict=True):
        kept.person.identity = sealed
    change_all(deed, [kept.person for kept, _ in renamed], "identity")
    search_index.note_many(PERSON, [noted(kept.id, identity) for kept, identity in renamed])
    keep_all(deed, [_moved(Placement(person=one.kept.person), one, units) for one in people if one.kept.placement is None])
    placed = [(one.kept.placement, one.kept.placement.canonical(), one) for one in people if one.kept.placement is not None]
    moved = [placement for placement, before, one in placed if _moved(placement, one, units).canonical() != before]
    change_all(deed, moved, "unit", "staff_mark", *(field.value for field in IN_PLACEMENT))
    keep_all(deed, [_account(one.kept.person, one.entry) for one in people if one.kept.account is None and one.entry.login])
    changed = [account for one in people if (account := _changed_account(one, deed.moment.date())) is not None]
    change_all(deed, changed, "username", "roles", "is_active")


def _identity(one: ChangedPerson) -> dict[str, object]:
    told = {field.value: str(change.after) for change in one.changes for field in IN_IDENTITY if change.field is field}
    number = one.entry.staff_number or one.kept.told("staff_number")
    return {**one.kept.identity, **told, **({"staff_number": number} if number else {})}


def _moved(placement: Placement, one: ChangedPerson, units: dict[str, Unit]) -> Placement:
    after = {change.field: change.after for change in one.changes}
    for field in IN_PLACEMENT:
        if field in after:
            setattr(placement, field.value, after[field])
    if StaffField.UNIT in after:
        placement.unit = units.get(one.entry.unit)
    placement.staff_mark = mark_of(one.entry.staff_number or one.kept.told("staff_number"), one.entry.mail or one.kept.told("mail"))
    return placement


def _changed_account(one: ChangedPerson, today: date) -> Account | None:
    """The account of the person with what the list says about it; None when that is nothing new, or there is no account."""
    account, changed = one.kept.account, {change.field: change for change in one.changes}
    if account is None:
        return None
    before = (account.username, account.roles, account.is_active)
    if StaffField.LOGIN in changed:
        account.username = one.entry.login
    if StaffField.ROLES in changed:
        account.roles = [role.value for role in Role if role in one.entry.roles]
    if leaving := changed.get(StaffField.LEAVING_ON):
        left = one.entry.leaving_on is not None and one.entry.leaving_on <= today
        account.is_active = not left and (account.is_active or leaving.before is not None)
    return account if before != (account.username, account.roles, account.is_active) else None


def _close(deed: Deed, people: Sequence[KeptPerson]) -> None:
    placements = [one.placement for one in people if one.placement is not None]
    for placement in placements:
        placement.leaving_on = deed.moment.date()
    change_all(deed, placements, "leaving_on")
    accounts = [one.account for one in people if one.account is not None and one.account.is_active]
    for account in accounts:
        account.is_active = False
    change_all(deed, accounts, "is_active")
