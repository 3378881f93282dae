"""The ledger of favours between a contact and one of ours, both ways: officers add what was told by word of mouth, and correct."""

from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.model.errors import NotAccepted, NotFound
from gifthorse.model.favours import Direction, FavourKind
from gifthorse.model.observations import FavourBand
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, Deed, act, relation_to
from gifthorse.procedures.reading_reports import report_and_relation
from gifthorse.procedures.unsealed_reports import is_hidden
from gifthorse.store import vault
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.report import FavourEntry
from gifthorse.store.tables.sealed import Sealed

LONGEST: Final = 2000
FIRST_MONTH: Final = 1900 * 12
LAST_MONTH: Final = 2200 * 12


class FavourHandling(StrEnum):
    """What became of something that was given."""

    KEPT = "kept"
    SURRENDERED = "surrendered"  # to the house
    DECLINED = "declined"
    RETURNED = "returned"


class FavourFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A favour as it stands in the ledger. `month` as in `Observation`; `what` says in words what it was, and is sealed."""

    direction: Direction
    kind: FavourKind
    band: FavourBand
    month: int
    handling: FavourHandling | None = None
    what: str = ""


class KeptFavour(msgspec.Struct, frozen=True, kw_only=True):
    """What lies sealed for an entry: its words, and every correction, oldest first."""

    what: str = ""
    corrections: tuple["FavourCorrection", ...] = ()


class FavourCorrection(msgspec.Struct, frozen=True, kw_only=True):
    """Who (an opaque id) corrected an entry, why, and what stood there before."""

    by: str
    reason: str
    before: FavourFacts


def add_favour(actor: Actor, contact_id: str, person_id: str, facts: FavourFacts) -> FavourEntry:
    """The new entry of the ledger. Raises NotFound for a contact or person that isn't there, NotAccepted for what doesn't fit."""
    with act(actor, Procedure.KEEP_FAVOURS, relation_to(actor, person_id)) as deed:
        _require(actor, contact_id)
        if not Person.objects.filter(pk=person_id).exists():
            raise NotAccepted(N_("There is no colleague under this number. Please choose from the list."), field="person")
        _check(facts)
        content = deed.note(vault.keep_json(KeptFavour(what=facts.what.strip()), moment=deed.moment))
        entry = deed.keep(_set(FavourEntry(contact_id=contact_id, person_id=person_id, content=content), facts))
        deed.subject = entry.pk
        return entry


def correct_favour(actor: Actor, favour_id: str, facts: FavourFacts, reason: str) -> FavourEntry:
    """The entry as *facts* say; what stood there before, who changed it and why are kept, sealed."""
    entry = FavourEntry.objects.select_related("content__key").filter(pk=favour_id).first()
    if entry is None:
        raise NotFound(NOT_THERE)
    with act(actor, Procedure.KEEP_FAVOURS, relation_to(actor, entry.person_id), subject=entry.pk) as deed:
        if entry.report_id:
            report_and_relation(actor, entry.report_id)  # raises NotFound for one out of a report that was sealed to others
        if entry.contact_id:
            _require(actor, entry.contact_id)
        _check(facts)
        if not reason.strip() or len(reason) > LONGEST:
            raise NotAccepted(N_("Please say in a line why you correct this."), field="reason")
        kept = kept_favour(entry)
        before = facts_of(entry, kept)
        correction = FavourCorrection(by=actor.person, reason=reason.strip(), before=before)
        entry.content = _anew(deed, entry.content, KeptFavour(what=facts.what.strip(), corrections=(*kept.corrections, correction)))
        return deed.keep(_set(entry, facts))


def kept_favour(entry: FavourEntry) -> KeptFavour:
    """What lies sealed for the entry: nothing when nothing was said, or when it was erased."""
    told = None if entry.content is None else vault.open_json_or_none(entry.content)
    return KeptFavour() if told is None else msgspec.convert(told, KeptFavour)


def facts_of(entry: FavourEntry, kept: KeptFavour) -> FavourFacts:
    """The entry as it stands."""
    return FavourFacts(
        direction=Direction(entry.direction),
        kind=FavourKind(entry.kind),
        band=FavourBand(entry.band),
        month=entry.month,
        handling=FavourHandling(entry.handling) if entry.handling else None,
        what=kept.what,
    )


def _require(actor: Actor, contact_id: str) -> None:
    if is_hidden(actor, contact_id) or not Contact.objects.filter(pk=contact_id).exists():
        raise NotFound(NOT_THERE)


def _check(facts: FavourFacts) -> None:
    if facts.band is FavourBand.NONE:
        raise NotAccepted(N_("Please say roughly what it was worth."), field="band")
    if not FIRST_MONTH <= facts.month <= LAST_MONTH:
        raise NotAccepted(N_("Please choose the month."), field="month")
    if len(facts.what) > LONGEST:
        raise NotAccepted(N_("Please write at most 2,000 characters."), field="what")


def _set(entry: FavourEntry, facts: FavourFacts) -> FavourEntry:
    entry.direction, entry.kind, entry.band = facts.direction.value, facts.kind.value, facts.band.value
    entry.month, entry.handling = facts.month, facts.handling.value if facts.handling else ""
    return entry


def _anew(deed: Deed, old: Sealed | None, value: KeptFavour) -> Sealed:
    fresh = deed.note(vault.keep_json(value, moment=deed.moment))
    if old is not None and not old.erased:
        deed.note(vault.destroy(old))
    return fresh
