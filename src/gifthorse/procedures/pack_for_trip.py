"""What a traveller takes along on the phone: their own briefs of trips that are near, the forms, and the key to seal reports with."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from gifthorse.brief.composed import Brief as ComposedBrief
from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise, now
from gifthorse.procedures.house_interviews import house_interviews
from gifthorse.report.interview import digest
from gifthorse.report.questions import Interview
from gifthorse.store import intake, vault
from gifthorse.store.tables.duty import Brief

BEFORE: Final = timedelta(days=14)
AFTER: Final = timedelta(days=7)  # for the debrief
WITHOUT_A_TRIP: Final = timedelta(days=14)
# those that belong to something the phone doesn't know of are told at the desk
AT_THE_DESK: Final = frozenset({ReportKind.CHECK_IN, ReportKind.COLLEAGUE_CONCERN})


class PackedBrief(msgspec.Struct, frozen=True, kw_only=True):
    """A brief for the road; `trip` is the opaque id."""

    trip: str
    starts_at: datetime
    ends_at: datetime
    brief: ComposedBrief


class PackedForm(msgspec.Struct, frozen=True, kw_only=True):
    """A form for the road, with the digest that its answers are bound to."""

    kind: ReportKind
    digest: str
    interview: Interview


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """Everything, and until when the phone may keep it."""

    public_key: bytes
    briefs: tuple[PackedBrief, ...]
    forms: tuple[PackedForm, ...]
    until: datetime


def pack(actor: Actor) -> Packed:
    """What the actor may take along now. It expires a week after the last of the trips, or in two weeks without one."""
    authorise(actor, Procedure.READ_BRIEF, Relation.OWN)
    authorise(actor, Procedure.TELL, Relation.NONE)
    moment = now()
    briefs = tuple(_briefs(actor, moment))
    until = max((brief.ends_at + AFTER for brief in briefs), default=moment + WITHOUT_A_TRIP)
    forms = (
        PackedForm(kind=kind, digest=digest(interview), interview=interview)
        for kind, interview in house_interviews().items()
        if kind not in AT_THE_DESK
    )
    return Packed(public_key=intake.public_key(), briefs=briefs, forms=tuple(forms), until=until)


def _briefs(actor: Actor, moment: datetime) -> list[PackedBrief]:
    """The newest brief of each trip that begins soon, is under way, or has just ended."""
    near = Brief.objects.filter(person_id=actor.person, trip__starts_at__lte=moment + BEFORE, trip__ends_at__gte=moment - AFTER)
    rows = near.filter(trip__travellers__person_id=actor.person, trip__travellers__ended=False)
    newest: dict[str, PackedBrief] = {}
    for row in rows.select_related("content__key", "trip").order_by("-created_at", "id"):
        told = None if row.trip_id in newest else vault.open_json_or_none(row.content)
        if told is not None:
            brief = msgspec.convert(told, ComposedBrief)
            newest[row.trip_id] = PackedBrief(trip=row.trip_id, starts_at=row.trip.starts_at, ends_at=row.trip.ends_at, brief=brief)
    return sorted(newest.values(), key=lambda packed: packed.starts_at)
