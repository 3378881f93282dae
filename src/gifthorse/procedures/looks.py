"""Who looked at what is kept about one of ours: out of the ledger, by role and not by name."""

from datetime import datetime
from typing import Final

import msgspec

from gifthorse.model.actors import DESK_ITSELF
from gifthorse.model.roles import PERMISSIONS, Actor, Procedure, Relation, Role
from gifthorse.procedures.acting import authorise
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.report import FavourEntry, Report

SHOWN: Final = 500
COUNTED: Final = frozenset(
    procedure.value
    for procedure in (
        Procedure.VIEW_REPORT,
        Procedure.VIEW_ENCLOSURE,
        Procedure.INSPECT_ENCLOSURE,
        Procedure.ANSWER_REPORT,
        Procedure.NOTE_REPORT,
        Procedure.CORRECT_OBSERVATION,
        Procedure.CLOSE_REPORT,
        Procedure.HAND_ON_REPORT,
        Procedure.ERASE_REPORT,
        Procedure.KEEP_FAVOURS,
        Procedure.RELEASE_IDENTITY,
        Procedure.EXPORT_INSPECTION,
        Procedure.ERASE_ITEM,
        Procedure.EXPORT_OWN_DATA,
    )
)


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody in a role did something with a record of the person; `subject` is its opaque id."""

    at: datetime
    role: Role
    procedure: Procedure
    subject: str


def looks_at_me(actor: Actor) -> tuple[Look, ...]:
    """Who looked at what is kept about the actor, the latest first. Raises Refused."""
    authorise(actor, Procedure.EXPORT_OWN_DATA, Relation.OWN)
    return looks_at(actor.person)


def looks_at(person: str) -> tuple[Look, ...]:
    """As `looks_at_me`, for procedures that have asked for permission."""
    subjects = {person, *Report.objects.filter(reporter_id=person).values_list("pk", flat=True)}
    subjects |= set(Item.objects.filter(reporter_id=person).values_list("pk", flat=True))
    subjects |= set(FavourEntry.objects.filter(person_id=person).values_list("pk", flat=True))
    entries = LedgerEntry.objects.filter(subject__in=subjects, procedure__in=COUNTED).exclude(actor=person).order_by("-position")
    rows = entries.values_list("at", "actor", "procedure", "subject")[:SHOWN]
    return tuple(
        Look(at=at, role=_role(who, Procedure(what)), procedure=_told(Procedure(what)), subject=subject) for at, who, what, subject in rows
    )


def _told(procedure: Procedure) -> Procedure:
    """What was done as the person may hear it: that officers noted something among themselves is told as the look that it was."""
    return Procedure.VIEW_REPORT if procedure is Procedure.NOTE_REPORT else procedure


def _role(who: str, procedure: Procedure) -> Role:
    """The role in which this can be done to somebody else's record; the desk itself says so."""
    if who == DESK_ITSELF.person:
        return Role.DESK
    return next(role for role in Role if role is not Role.DESK and (role, procedure, Relation.OTHERS) in PERMISSIONS)
