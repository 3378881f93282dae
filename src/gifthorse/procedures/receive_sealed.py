"""What a phone sealed while it had no network comes in: opened here alone, and once however often it is sent.

A photograph comes by itself, after its report, so that a weak network keeps the words from nobody. It names its report by the digest
under which that came in.
"""

import hashlib
import struct
from datetime import datetime
from typing import Final

import msgspec

from gifthorse.model.errors import NotAccepted
from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.words import N_
from gifthorse.procedures.acting import authorise, now
from gifthorse.procedures.enclose import begin
from gifthorse.procedures.tell import About, AlreadyTold, tell
from gifthorse.store import intake
from gifthorse.store.tables.report import Enclosure, Report

LARGEST: Final = intake.LARGEST
LARGEST_PHOTOGRAPH: Final = intake.LARGEST_PHOTOGRAPH
NO_PHOTOGRAPH: Final = N_("This is no photograph of the desk's form. Please add it to the report once more.")
NO_REPORT: Final = N_("The report of this photograph has not come in. Please send the report first.")
_LENGTH: Final = struct.Struct(">I")


class Arrived(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the phone sealed. `id` is the phone's own random number, so that two equal reports stay two."""

    id: str
    kind: ReportKind
    digest: str
    answers: dict[str, object]
    written_at: datetime
    trip: str = ""


class ArrivedPhotograph(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands before the photograph's own bytes. `report` is the digest (SHA-256, hex) of the sealed report that it belongs to."""

    report: str
    name: str


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


def receive_photograph(actor: Actor, untrusted_sealed: bytes) -> Enclosure:
    """The photograph, with the actor's report; it waits for its inspection like everything that comes with one.

    Raises NotAccepted for what this desk's key doesn't open or whose report has not come in, WrongState for too many.
    """
    authorise(actor, Procedure.TELL, Relation.NONE)
    head, untrusted_content = _read_photograph(intake.opened_photograph(untrusted_sealed))
    report = Report.objects.filter(arrival=head.report, reporter=actor.person).first() if head.report else None
    if report is None:
        raise NotAccepted(NO_REPORT)
    known = Enclosure.objects.filter(report=report, sha256=hashlib.sha256(untrusted_content).hexdigest()).first()
    if known is not None:
        return known
    arrival = begin(actor, report.pk, head.name)
    arrival.write(untrusted_content)
    return arrival.finish()


def _read_photograph(body: bytes) -> tuple[ArrivedPhotograph, bytes]:
    try:
        (length,) = _LENGTH.unpack_from(body)
        head = msgspec.json.decode(body[_LENGTH.size : _LENGTH.size + length], type=ArrivedPhotograph)
    except (struct.error, msgspec.DecodeError) as error:
        raise NotAccepted(NO_PHOTOGRAPH) from error
    return head, body[_LENGTH.size + length :]


def _read(body: bytes) -> Arrived:
    try:
        arrived = msgspec.json.decode(body, type=Arrived)
    except msgspec.DecodeError as error:
        raise NotAccepted(N_("This is no report of the desk's form. Please write it once more.")) from error
    if arrived.written_at.tzinfo is None:
        raise NotAccepted(N_("This time has no time zone. Please give one."), field="written_at")
    return arrived
