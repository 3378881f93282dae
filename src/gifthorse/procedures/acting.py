"""The wall that every change goes through: permission, one transaction, one ledger entry."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final, TypeVar

from django.db import transaction

from gifthorse.model import moments
from gifthorse.model.errors import NotFound, Refused
from gifthorse.model.ids import opaque_id
from gifthorse.model.roles import Actor, Procedure, Relation, permission, require
from gifthorse.model.words import N_
from gifthorse.store import ledger
from gifthorse.store.tables.record import Record

Kept = TypeVar("Kept", bound=Record)

NOT_THERE: Final = N_("There is nothing under this number. Please compare it with the label or the list once more.")


_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present moment, in UTC."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Within, it is *moment*: for the demonstration, which plays two years of an organisation's life. No door calls this."""
    token = _told.set(moments.as_utc(moment))
    try:
        yield
    finally:
        _told.reset(token)


def new_id(prefix: str) -> str:
    """A fresh opaque id."""
    return opaque_id(prefix, secrets.token_bytes)


def relation_to(actor: Actor, owner: str) -> Relation:
    """Whether a record that belongs to the person *owner* is the actor's own."""
    return Relation.OWN if actor.person == owner else Relation.OTHERS


def authorise(actor: Actor, procedure: Procedure, relation: Relation) -> str:
    """The reason why the actor may.

    Raises Refused; or NotFound when the actor may do this with their own records only, so that trying numbers tells nothing.
    """
    if relation is Relation.OTHERS and permission(actor.roles, procedure, relation) is None:
        _deny_knowledge(actor, procedure)
    return require(actor, procedure, relation)


def _deny_knowledge(actor: Actor, procedure: Procedure) -> None:
    if permission(actor.roles, procedure, Relation.OWN) is not None:
        raise NotFound(NOT_THERE)


def may(actor: Actor, procedure: Procedure, relation: Relation) -> bool:
    """Whether the actor may, without raising."""
    return permission(actor.roles, procedure, relation) is not None


class Deed:
    """One change under way: gathers the records that it wrote, for the one ledger entry at its end."""

    def __init__(self, subject: str, moment: datetime) -> None:
        self.subject = subject
        self.moment = moment
        self.written: dict[tuple[str, str], Record] = {}

    def keep(self, record: Kept) -> Kept:
        """*record*, saved and noted for the ledger; a new one gets its id and time."""
        if not record.pk:
            record.pk = new_id(record.PREFIX)
        if record._state.adding:
            record.created_at = record.created_at or self.moment
            record.save(force_insert=True)
        else:
            record.save(force_update=True)
        return self.note(record)

    def note(self, record: Kept) -> Kept:
        """*record*, which another part of the store saved within this deed, noted for the ledger."""
        self.written[record.table_name(), record.pk] = record
        return record


@contextmanager
def act(actor: Actor, procedure: Procedure, relation: Relation, *, subject: str = "", told_as: Procedure | None = None) -> Iterator[Deed]:
    """A deed of *actor*: permitted, in one transaction, with exactly one ledger entry at its end.

    Set `deed.subject` when the subject is only made within. The entry names *told_as* instead where the name of the procedure alone would
    tell what kind of record this is: see docs/decisions/0011-what-the-ledger-tells.md.

    Raises Refused or NotFound before anything is written; any error inside undoes everything.
    """
    authorise(actor, procedure, relation)
    with transaction.atomic():
        deed = Deed(subject, now())
        yield deed
        if not deed.subject:
            raise Refused(N_("Nothing was done: this step names no record. Please report this as a defect."))
        ledger.append(
            at=deed.moment,
            actor=actor.person,
            procedure=(told_as or procedure).value,
            subject=deed.subject,
            records=tuple(deed.written.values()),
        )
