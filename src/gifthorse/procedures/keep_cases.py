"""Officers work on threads together: a case with its notes, tasks and hand-over; nothing of it is ever deleted."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from gifthorse.model.errors import NotAccepted, NotFound, WrongState
from gifthorse.model.markings import Marking
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.threads import CaseState, NoteKind
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, Deed, act
from gifthorse.procedures.tellers import officers
from gifthorse.procedures.visible_threads import hidden_groups, thread_and_relation
from gifthorse.store import vault
from gifthorse.store.tables.case import Case, CaseNote, CaseThread
from gifthorse.store.tables.sealed import Sealed

LONGEST_TITLE: Final = 200
LONGEST: Final = 8000
MARKINGS: Final = {marking.name.lower().replace("_", "-"): marking for marking in Marking}


def open_case(actor: Actor, title: str, thread_ids: Iterable[str], marking: str = "amber") -> Case:
    """The new case with its threads, none of which is about the actor. Raises NotAccepted, NotFound or Refused."""
    with act(actor, Procedure.OPEN_CASE, Relation.NONE) as deed:
        case = Case(lead_id=actor.person, marking=_marking(marking), title=_sealed(deed, title, "title", LONGEST_TITLE))
        deed.subject = deed.keep(case).pk
        for thread_id in dict.fromkeys(thread_ids):
            _take_up(deed, actor, case, thread_id)
        return case


def add_thread(actor: Actor, case_id: str, thread_id: str) -> Case:
    """The case with one thread more."""
    case, relation = case_and_relation(actor, case_id)
    with act(actor, Procedure.WORK_ON_CASE, relation, subject=case.pk) as deed:
        _require_open(case)
        _take_up(deed, actor, case, thread_id)
        return case


def remove_thread(actor: Actor, case_id: str, thread_id: str) -> Case:
    """The case without the thread; that it was in it stays on record."""
    case, relation = case_and_relation(actor, case_id)
    with act(actor, Procedure.WORK_ON_CASE, relation, subject=case.pk) as deed:
        row = CaseThread.objects.filter(case=case, thread=thread_id, removed=False).first()
        if row is None:
            raise NotFound(NOT_THERE)
        row.removed = True
        deed.keep(row)
        return case


def write(actor: Actor, case_id: str, kind: NoteKind, text: str, *, to: str = "", due_on: date | None = None) -> CaseNote:
    """The note, task or hand-over in the case; a hand-over makes *to* (an officer) its lead. Raises NotAccepted."""
    case, relation = case_and_relation(actor, case_id)
    with act(actor, Procedure.WORK_ON_CASE, relation, subject=case.pk) as deed:
        _require_open(case)
        if to and to not in officers():
            raise NotAccepted(N_("Only an officer can take this. Please choose from the list."), field="to")
        if kind is NoteKind.HAND_OVER:
            _hand_over(deed, case, to)
        body = _sealed(deed, text, "text", LONGEST)
        return deed.keep(CaseNote(case=case, kind=kind.value, by_id=actor.person, to_id=to or None, body=body, due_on=due_on))


def finish_task(actor: Actor, note_id: str) -> CaseNote:
    """The task, done."""
    note = CaseNote.objects.filter(pk=note_id, kind=NoteKind.TASK.value).first()
    if note is None:
        raise NotFound(NOT_THERE)
    case, relation = case_and_relation(actor, note.case_id)
    with act(actor, Procedure.WORK_ON_CASE, relation, subject=case.pk) as deed:
        if note.done_at is not None:
            raise WrongState(N_("This task is done already."))
        note.done_at = deed.moment
        return deed.keep(note)


def close_case(actor: Actor, case_id: str, text: str) -> Case:
    """The case closed, with a last note that says how it ended."""
    return _turn(actor, case_id, text, CaseState.OPEN, CaseState.CLOSED)


def reopen_case(actor: Actor, case_id: str, text: str) -> Case:
    """The case open again, with a note that says why."""
    return _turn(actor, case_id, text, CaseState.CLOSED, CaseState.OPEN)


def case_and_relation(actor: Actor, case_id: str) -> tuple[Case, Relation]:
    """The case, and how the actor stands to it: one of whose threads is about them is their own.

    Raises NotFound also for a case with a thread that the actor must not learn of.
    """
    case = Case.objects.filter(pk=case_id).select_related("title__key").first()
    if case is None:
        raise NotFound(NOT_THERE)
    threads = list(CaseThread.objects.filter(case=case).values_list("thread__contact__joined_to", "thread__person_id"))
    if hidden_groups(actor) & {group for group, _ in threads}:
        raise NotFound(NOT_THERE)
    return case, Relation.OWN if actor.person in {person for _, person in threads} else Relation.OTHERS


def _turn(actor: Actor, case_id: str, text: str, wanted: CaseState, state: CaseState) -> Case:
    case, relation = case_and_relation(actor, case_id)
    with act(actor, Procedure.WORK_ON_CASE, relation, subject=case.pk) as deed:
        if case.state != wanted.value:
            raise WrongState(N_("The case stands so already. Nothing was changed."))
        body = _sealed(deed, text, "text", LONGEST)
        deed.keep(CaseNote(case=case, kind=NoteKind.NOTE.value, by_id=actor.person, body=body))
        case.state, case.closed_at = state.value, deed.moment if state is CaseState.CLOSED else None
        return deed.keep(case)


def _hand_over(deed: Deed, case: Case, to: str) -> None:
    if not to or to == case.lead_id:
        raise NotAccepted(N_("Please choose another officer, who takes the case."), field="to")
    case.lead_id = to
    deed.keep(case)


def _take_up(deed: Deed, actor: Actor, case: Case, thread_id: str) -> None:
    thread, relation = thread_and_relation(actor, thread_id)
    if relation is Relation.OWN:
        raise NotFound(NOT_THERE)
    row = CaseThread.objects.filter(case=case, thread=thread).first() or CaseThread(case=case, thread=thread)
    row.removed = False
    deed.keep(row)


def _sealed(deed: Deed, text: str, field: str, longest: int) -> Sealed:
    told = text.strip()
    if not told or len(told) > longest:
        raise NotAccepted(N_("Please write something here, and not too much."), field=field)
    return deed.note(vault.keep(told.encode(), moment=deed.moment))


def _marking(told: str) -> str:
    if told not in MARKINGS:
        raise NotAccepted(N_("There is no such marking. Please choose from the list."), field="marking")
    return told


def _require_open(case: Case) -> None:
    if case.state != CaseState.OPEN.value:
        raise WrongState(N_("This case is closed. Open it again first."))
