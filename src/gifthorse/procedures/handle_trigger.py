"""An officer goes through the short procedure of a trigger, ticks its steps, and closes it with a reason."""

from collections.abc import Collection
from typing import Final

import msgspec

from gifthorse.assess.trigger_steps import TriggerKind, steps
from gifthorse.model.errors import NotAccepted, NotFound, WrongState
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.threads import TriggerState
from gifthorse.model.words import N_, Phrase
from gifthorse.procedures.acting import NOT_THERE, act, authorise, relation_to
from gifthorse.procedures.people import names_of
from gifthorse.store import vault
from gifthorse.store.tables.report import ObservationRow
from gifthorse.store.tables.thread import Thread, Trigger

PAGE_LENGTH: Final = 40


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the procedure, numbered from 0."""

    number: int
    words: Phrase
    done: bool


class TriggerView(msgspec.Struct, frozen=True, kw_only=True):
    """A trigger with whom it is about; `thread` and `reports` (ids) are where to look, `reason` why it was closed."""

    trigger: Trigger
    kind: TriggerKind
    sentence: Phrase
    person: str
    steps: tuple[Step, ...]
    thread: str = ""
    reports: tuple[str, ...] = ()
    reason: str = ""
    closed_by: str = ""


class TriggerPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of triggers, oldest first."""

    rows: tuple[TriggerView, ...]
    number: int
    more: bool


def triggers(actor: Actor, *, state: str = "open", kind: str = "", page: int = 1) -> TriggerPage:
    """A page of triggers about others than the actor. Raises Refused."""
    authorise(actor, Procedure.HANDLE_TRIGGER, Relation.OTHERS)
    rows = (
        Trigger.objects.filter(state=TriggerState.OPEN.value) if state == "open" else Trigger.objects.exclude(state=TriggerState.OPEN.value)
    )
    rows = rows.filter(kind=kind) if kind in set(TriggerKind) else rows
    rows = rows.exclude(person=actor.person).order_by("created_at", "id")
    start = (max(page, 1) - 1) * PAGE_LENGTH
    found = list(rows[start : start + PAGE_LENGTH + 1])
    names = names_of({row.person_id for row in found if row.person_id})
    shown = tuple(_view(row, names) for row in found[:PAGE_LENGTH])
    return TriggerPage(rows=shown, number=max(page, 1), more=len(found) > PAGE_LENGTH)


def trigger(actor: Actor, trigger_id: str) -> TriggerView:
    """The trigger with its steps; that the actor looked is in the ledger. Raises NotFound or Refused."""
    row = _row(trigger_id)
    with act(actor, Procedure.HANDLE_TRIGGER, relation_to(actor, row.person_id or ""), subject=row.pk):
        reason = "" if row.reason is None else vault.open_text_or_none(row.reason) or ""
    names = names_of({person for person in (row.person_id, row.closed_by_id) if person})
    seen = ObservationRow.objects.filter(pk__in=row.facts["rows"])
    view = _view(row, names)
    return msgspec.structs.replace(
        view, thread=_thread_of(row), reports=_reports_of(row, seen.values_list("report_id", flat=True)), reason=reason,
        closed_by=names.get(row.closed_by_id or "", ""),
    )  # fmt: skip


def tick(actor: Actor, trigger_id: str, done: Collection[int]) -> Trigger:
    """The trigger with these steps (numbers) done and the others not. Raises NotAccepted for a step that it doesn't have."""
    row = _row(trigger_id)
    with act(actor, Procedure.HANDLE_TRIGGER, relation_to(actor, row.person_id or ""), subject=row.pk) as deed:
        if not set(done) <= set(range(len(steps(TriggerKind(row.kind))))):
            raise NotAccepted(N_("This procedure has no such step. Please load the page again."), field="done")
        row.facts = {**row.facts, "done": sorted(set(done))}
        return deed.keep(row)


def close(actor: Actor, trigger_id: str, state: TriggerState, reason: str) -> Trigger:
    """The trigger closed: its procedure was gone through, or was not needed. Raises NotAccepted without a reason, WrongState if closed."""
    row = _row(trigger_id)
    with act(actor, Procedure.HANDLE_TRIGGER, relation_to(actor, row.person_id or ""), subject=row.pk) as deed:
        if row.state != TriggerState.OPEN.value or state is TriggerState.OPEN:
            raise WrongState(N_("This was closed already."))
        if not reason.strip():
            raise NotAccepted(N_("Please say in a line what was done, or why nothing was needed."), field="reason")
        row.reason = deed.note(vault.keep(reason.strip().encode(), moment=deed.moment))
        row.state, row.closed_by_id, row.closed_at = state.value, actor.person, deed.moment
        return deed.keep(row)


def _row(trigger_id: str) -> Trigger:
    row = Trigger.objects.filter(pk=trigger_id).select_related("reason__key").first()
    if row is None:
        raise NotFound(NOT_THERE)
    return row


def _view(row: Trigger, names: dict[str, str]) -> TriggerView:
    kind = TriggerKind(row.kind)
    done = set(row.facts["done"])
    return TriggerView(
        trigger=row,
        kind=kind,
        sentence=Phrase(text=row.facts["text"], values=row.facts["values"]),
        person=names.get(row.person_id or "", ""),
        steps=tuple(Step(number=number, words=words, done=number in done) for number, words in enumerate(steps(kind))),
    )


def _thread_of(row: Trigger) -> str:
    named = row.subject.partition(":")[0]
    if named.startswith(f"{Thread.PREFIX}-"):
        return named
    seen = ObservationRow.objects.filter(pk__in=row.facts["rows"][:1]).select_related("contact").first()
    if seen is None or seen.contact is None:
        return ""
    return Thread.objects.filter(contact=seen.contact.joined_to, person=seen.subject_id).values_list("pk", flat=True).first() or ""


def _reports_of(row: Trigger, of_rows: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted({*of_rows, *(fact for fact in row.facts["facts"] if fact.startswith("report-"))}))
