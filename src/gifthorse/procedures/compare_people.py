"""The house's list of people against the register: who is new, what changes field by field, who is gone, what doesn't fit."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from gifthorse.model.register import BrokenRow, StaffEntry, StaffField, StaffList
from gifthorse.model.roles import Role
from gifthorse.model.words import N_, Phrase, phrase
from gifthorse.procedures.kept_people import KeptPerson
from gifthorse.store import search_index

IN_IDENTITY = (StaffField.NAME, StaffField.MAIL, StaffField.STAFF_NUMBER)
IN_PLACEMENT = (StaffField.DUTY_KIND, StaffField.SIGNS, StaffField.ZONE, StaffField.LANGUAGE, StaffField.LEAVING_ON)

Value = str | bool | date | None | tuple[Role, ...]


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """One field that another value comes into."""

    field: StaffField
    before: Value
    after: Value


class ChangedPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of whom the list says something else than the register."""

    kept: KeptPerson
    entry: StaffEntry
    changes: tuple[FieldChange, ...]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What taking over the list would do. `digest` changes with the list and with the register, so that nothing else is taken over."""

    columns: frozenset[StaffField]
    new: tuple[StaffEntry, ...]
    changed: tuple[ChangedPerson, ...]
    gone: tuple[KeptPerson, ...]
    unchanged: int
    broken: tuple[BrokenRow, ...]
    digest: str

    @property
    def listed(self) -> int:
        """How many people the register has from such lists so far."""
        return len(self.changed) + len(self.gone) + self.unchanged


def mark_of(staff_number: str, mail: str) -> str:
    """The keyed digest by which a person of the list is known again."""
    return search_index.mark(staff_number or mail)


def compared(staff: StaffList, kept: Iterable[KeptPerson], *, by: str, today: date) -> Comparison:
    """*staff* against *kept*. *by* is the person who takes the list over: nobody changes their own roles, or leaves by their own list."""
    known = [one for one in kept if not one.erased]
    finder = _Finder(known, today)
    new: list[StaffEntry] = []
    changed: list[ChangedPerson] = []
    broken = list(staff.broken)
    met: dict[str, int] = {}
    for entry in staff.entries:
        found = finder.find(entry)
        reason = finder.fault(entry, found, met, by=by, staff=staff)
        if reason is not None:
            broken.append(BrokenRow(row=entry.row, reason=reason))
        elif found is None:
            new.append(entry)
        else:
            changed.append(ChangedPerson(kept=found, entry=entry, changes=changes(found, entry, staff.columns, today)))
        if found is not None:
            met.setdefault(found.id, entry.row)
    listed = [one for one in known if one.placement is not None and one.placement.staff_mark]
    gone = tuple(one for one in listed if one.id not in met and one.id != by and not has_left(one, today))
    different = tuple(one for one in changed if one.changes)
    return Comparison(
        columns=staff.columns,
        new=tuple(new),
        changed=different,
        gone=gone,
        unchanged=len(changed) - len(different),
        broken=tuple(sorted(broken, key=lambda one: one.row)),
        digest=_digest(new, different, gone),
    )


def has_left(one: KeptPerson, today: date) -> bool:
    """Whether the person's last day is over."""
    return one.placement is not None and one.placement.leaving_on is not None and one.placement.leaving_on <= today


def changes(kept: KeptPerson, entry: StaffEntry, columns: frozenset[StaffField], today: date) -> tuple[FieldChange, ...]:
    """Field by field what the list says otherwise. What the list lacks, and empty roles or login, change nothing."""
    after: dict[StaffField, Value] = {field: getattr(entry, field.value) for field in StaffField if field in columns}
    before = as_kept(kept)
    if not entry.roles or kept.account is None:
        after.pop(StaffField.ROLES, None)
    if not entry.login:
        after.pop(StaffField.LOGIN, None)
    if StaffField.LEAVING_ON not in columns and has_left(kept, today):
        after[StaffField.LEAVING_ON] = None  # back on the list
    found = tuple(FieldChange(field=field, before=before[field], after=value) for field, value in after.items() if before[field] != value)
    if found or (kept.placement is not None and kept.placement.staff_mark):
        return found
    # made by hand so far: from now on the list is in charge
    return (FieldChange(field=StaffField.STAFF_NUMBER, before="", after=entry.staff_number or entry.mail),)


def as_kept(kept: KeptPerson) -> Mapping[StaffField, Value]:
    """What the register says, by column."""
    values: dict[StaffField, Value] = {field: kept.told(field.value) for field in IN_IDENTITY}
    place = kept.placement
    values |= {field: getattr(place, field.value) if place else None if field is StaffField.LEAVING_ON else "" for field in IN_PLACEMENT}
    values[StaffField.SIGNS] = bool(place and place.signs)
    values[StaffField.UNIT] = place.unit.title if place and place.unit else ""
    values[StaffField.ROLES] = tuple(Role(role) for role in kept.account.roles) if kept.account else ()
    values[StaffField.LOGIN] = kept.account.username if kept.account else ""
    return values


class _Finder:
    """Knows people again: by staff number, then mail address, then (made by hand, never on a list) by login name."""

    def __init__(self, known: Iterable[KeptPerson], today: date) -> None:
        self.today = today
        self.by_number: dict[str, KeptPerson] = {}
        self.by_mail: dict[str, KeptPerson] = {}
        self.by_login: dict[str, KeptPerson] = {}
        for one in known:
            if number := one.told("staff_number").casefold():
                self.by_number[number] = one
            if mail := one.told("mail").casefold():
                self.by_mail[mail] = one
            if one.account is not None:
                self.by_login[one.account.username.casefold()] = one

    def find(self, entry: StaffEntry) -> KeptPerson | None:
        if found := self.by_number.get(entry.staff_number.casefold()):
            return found
        found = self.by_mail.get(entry.mail.casefold())
        if found is not None and not (entry.staff_number and found.told("staff_number")):
            return found
        found = self.by_login.get(entry.login)
        by_hand = found is not None and (found.placement is None or not found.placement.staff_mark)
        return found if by_hand and not (entry.mail and found and found.told("mail")) else None

    def fault(self, entry: StaffEntry, found: KeptPerson | None, met: Mapping[str, int], *, by: str, staff: StaffList) -> Phrase | None:
        """Why the row can't be taken, if it can't."""
        if found is not None and found.id in met:
            return phrase(N_("This is the same person as in row {row}. Please keep one of the two."), row=met[found.id])
        if entry.login and not _same(self.by_login.get(entry.login), found):
            return phrase(N_("The login name “{login}” belongs to somebody else. Please choose another."), login=entry.login)
        if entry.mail and not _same(self.by_mail.get(entry.mail.casefold()), found):
            return phrase(N_("Somebody else has this mail address already. Each person needs their own."))
        if found is not None and found.id == by:
            return _own_fault(entry, found, staff, self.today)
        return None


def _same(one: KeptPerson | None, other: KeptPerson | None) -> bool:
    return one is None or (other is not None and one.id == other.id)


def _own_fault(entry: StaffEntry, own: KeptPerson, staff: StaffList, today: date) -> Phrase | None:
    changed = {change.field for change in changes(own, entry, staff.columns, today)}
    if StaffField.ROLES in changed:
        return phrase(N_("This is you, with other roles. Nobody changes their own: please ask another administrator."))
    if entry.leaving_on is not None and entry.leaving_on <= today:
        return phrase(N_("This is you, as somebody who has left. Another administrator has to take this row over."))
    return None


def _digest(new: list[StaffEntry], changed: tuple[ChangedPerson, ...], gone: tuple[KeptPerson, ...]) -> str:
    said = [new, [(one.kept.id, one.entry, one.changes) for one in changed], [one.id for one in gone]]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()
