"""What officers decided about a thread, opened, and what of it still waits for a second officer."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from gifthorse.model.observations import Level
from gifthorse.model.roles import Actor
from gifthorse.model.threads import ENDS_A_PROPOSAL, JudgementKind
from gifthorse.procedures.acting import Deed
from gifthorse.procedures.people import names_of
from gifthorse.store import vault
from gifthorse.store.tables.thread import Judgement, Standing, Thread


class JudgementView(msgspec.Struct, frozen=True, kw_only=True):
    """One judgement. `text` is None when it was erased."""

    id: str
    kind: JudgementKind
    level: str
    by_id: str
    by: str
    second: str
    second_at: datetime | None
    created_at: datetime
    text: str | None


def judgements(row: Thread) -> tuple[JudgementView, ...]:
    """All judgements of the thread and of those that it carries on, oldest first."""
    found = judgement_rows(row)
    names = names_of({one.by_id for one in found} | {one.second_id for one in found if one.second_id})
    return tuple(
        JudgementView(
            id=one.pk,
            kind=JudgementKind(one.kind),
            level=one.level,
            by_id=one.by_id,
            by=names.get(one.by_id, ""),
            second=names.get(one.second_id or "", ""),
            second_at=one.second_at,
            created_at=one.created_at,
            text=vault.open_text_or_none(one.reason),
        )
        for one in found
    )


def judgement_rows(row: Thread) -> list[Judgement]:
    """The judgements of the thread and of those that were merged into it, oldest first."""
    rows = Judgement.objects.filter(thread__contact__joined_to=row.contact_id, thread__person=row.person_id)
    return list(rows.select_related("reason__key", "note__key").order_by("created_at", "id"))


def open_proposal(found: Sequence[Judgement]) -> Judgement | None:
    """The proposal to act that waits for a second officer, of judgements in order of time."""
    waiting: Judgement | None = None
    for one in found:
        kind = JudgementKind(one.kind)
        if kind is JudgementKind.ACT and one.second_id is None:
            waiting = one
        elif kind in ENDS_A_PROPOSAL or kind is JudgementKind.ORDINARY:
            waiting = None
    return waiting


def keep_judgement(deed: Deed, actor: Actor, row: Thread, kind: JudgementKind, reason: str, *, note: object = None) -> Judgement:
    """The judgement on record within *deed*."""
    return deed.keep(
        Judgement(
            thread=row,
            kind=kind.value,
            level=level_now(row).value,
            by_id=actor.person,
            reason=deed.note(vault.keep(reason.strip().encode(), moment=deed.moment)),
            note=None if note is None else deed.note(vault.keep_json(note, moment=deed.moment)),
        )
    )


def level_now(row: Thread) -> Level:
    """Where the thread stands."""
    told = Standing.objects.filter(thread=row).values_list("level", flat=True).first()
    return Level(told) if told else Level.NONE
