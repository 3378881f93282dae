"""A report that a phone sealed while it had no network comes in: opened here alone, and once however often it is sent."""

import hashlib
from datetime import datetime
from typing import Final

import msgspec

from gifthorse.model.errors import NotAccepted
from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.words import N_
from gifthorse.procedures.acting import authorise, now
from gifthorse.procedures.tell import About, AlreadyTold, tell
from gifthorse.store import intake
from gifthorse.store.tables.report import Report

LARGEST: Final = intake.LARGEST


class Arrived(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the phone sealed. `id` is the phone's own random number, so that two equal reports stay two."""

    id: str
    kind: ReportKind
    digest: str
    answers: dict[str, object]
    written_at: datetime
    trip: str = ""


def receive(actor: Actor, untrusted_sealed: bytes) -> Report:
    """The report that was sealed, now the actor's. Raises NotAccepted for what this desk's key doesn't open, or what is no report."""
    authorise(actor, Procedure.TELL, Relation.NONE)
    arrived = _read(intake.opened(untrusted_sealed))
    moment = now()
    about = About(
        trip=arrived.trip,
        offline=True,
        arrival=hashlib.sha256(untrusted_sealed).hexdigest(),
        written_at=min(arrived.written_at, moment),
    )
    try:
        return tell(actor, arrived.kind, arrived.answers, about)
    except AlreadyTold as known:
        return known.report


def _read(body: bytes) -> Arrived:
    try:
        arrived = msgspec.json.decode(body, type=Arrived)
    except msgspec.DecodeError as error:
        raise NotAccepted(N_("This is no report of the desk's form. Please write it once more.")) from error
    if arrived.written_at.tzinfo is None:
        raise NotAccepted(N_("This time has no time zone. Please give one."), field="written_at")
    return arrived
