"""Cases as officers see them: the list, and one with its threads, notes and tasks; each look at one is recorded."""

from datetime import date, datetime
from typing import Final

import msgspec
from django.db.models import Q

from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.threads import CaseState, NoteKind
from gifthorse.procedures.acting import act, authorise
from gifthorse.procedures.keep_cases import case_and_relation
from gifthorse.procedures.people import ERASED, names_of
from gifthorse.procedures.tellers import officers
from gifthorse.procedures.visible_threads import Named, hidden_groups, with_names
from gifthorse.store import vault
from gifthorse.store.tables.case import Case, CaseNote, CaseThread
from gifthorse.store.tables.thread import Standing, Thread

PAGE_LENGTH: Final = 40


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """One case of the list; `tasks` still to do."""

    case: Case
    title: str
    lead: str
    threads: int
    tasks: int


class CasePage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of cases, latest first."""

    rows: tuple[CaseRow, ...]
    number: int
    more: bool


class NoteView(msgspec.Struct, frozen=True, kw_only=True):
    """A note, task or hand-over, opened."""

    id: str
    kind: NoteKind
    by: str
    to: str
    text: str
    created_at: datetime
    due_on: date | None
    done_at: datetime | None


class CaseThreadView(msgspec.Struct, frozen=True, kw_only=True):
    """A thread of the case, where it stands, and whether it was taken out."""

    named: Named
    standing: Standing | None
    removed: bool


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """One case."""

    case: Case
    title: str
    lead: str
    threads: tuple[CaseThreadView, ...]
    notes: tuple[NoteView, ...]
    officers: tuple[tuple[str, str], ...]


def cases(actor: Actor, *, state: str = CaseState.OPEN.value, page: int = 1) -> CasePage:
    """A page of the cases that the actor may know of and that aren't about themselves. Raises Refused."""
    authorise(actor, Procedure.VIEW_CASE, Relation.OTHERS)
    out = Q(thread__contact__joined_to__in=hidden_groups(actor)) | Q(thread__person=actor.person)
    rows = Case.objects.exclude(pk__in=CaseThread.objects.filter(out).values("case")).select_related("title__key")
    if state in set(CaseState):
        rows = rows.filter(state=state)
    start = (max(page, 1) - 1) * PAGE_LENGTH
    found = list(rows.prefetch_related("threads", "notes")[start : start + PAGE_LENGTH + 1])
    names = names_of({case.lead_id for case in found})
    return CasePage(rows=tuple(_row(case, names) for case in found[:PAGE_LENGTH]), number=max(page, 1), more=len(found) > PAGE_LENGTH)


def case(actor: Actor, case_id: str) -> CaseView:
    """The case with all that is in it; the look is in the ledger. Raises NotFound or Refused."""
    row, relation = case_and_relation(actor, case_id)
    with act(actor, Procedure.VIEW_CASE, relation, subject=row.pk):
        notes = list(CaseNote.objects.filter(case=row).select_related("body__key"))
    people = {row.lead_id, *(note.by_id for note in notes), *(note.to_id for note in notes if note.to_id), *officers()}
    names = names_of(people)
    return CaseView(
        case=row,
        title=title_of(row),
        lead=names.get(row.lead_id, ""),
        threads=threads_of(row),
        notes=tuple(note_view(note, names) for note in notes),
        officers=tuple(sorted(((person, names[person]) for person in officers()), key=lambda one: one[1].casefold())),
    )


def cases_of(actor: Actor, thread_id: str) -> list[CaseRow]:
    """The open cases, and whether this thread could be added: for the thread's page. Raises Refused."""
    return [row for row in cases(actor).rows if thread_id not in {one.thread_id for one in row.case.threads.all() if not one.removed}]


def title_of(row: Case) -> str:
    """The case's title (its `title__key` fetched with it)."""
    return vault.open_text_or_none(row.title) or ERASED


def threads_of(row: Case) -> tuple[CaseThreadView, ...]:
    """The threads of the case with their names and standings; a thread that another carries on is shown as that one."""
    kept = list(CaseThread.objects.filter(case=row).select_related("thread__contact").order_by("created_at", "id"))
    keys = {(one.thread.contact.joined_to, one.thread.person_id): one.removed for one in kept}
    rows = Thread.objects.filter(contact__in={key[0] for key in keys}).select_related("contact__content__key", "standing")
    threads = [thread for thread in rows if (thread.contact_id, thread.person_id) in keys]
    return tuple(
        CaseThreadView(named=named, standing=getattr(thread, "standing", None), removed=keys[thread.contact_id, thread.person_id])
        for thread, named in zip(threads, with_names(threads), strict=True)
    )


def note_view(note: CaseNote, names: dict[str, str]) -> NoteView:
    """The note opened (its `body__key` fetched with it)."""
    return NoteView(
        id=note.pk,
        kind=NoteKind(note.kind),
        by=names.get(note.by_id, ""),
        to=names.get(note.to_id or "", ""),
        text=vault.open_text_or_none(note.body) or ERASED,
        created_at=note.created_at,
        due_on=note.due_on,
        done_at=note.done_at,
    )


def _row(row: Case, names: dict[str, str]) -> CaseRow:
    return CaseRow(
        case=row,
        title=title_of(row),
        lead=names.get(row.lead_id, ""),
        threads=sum(not one.removed for one in row.threads.all()),
        tasks=sum(note.kind == NoteKind.TASK.value and note.done_at is None for note in row.notes.all()),
    )
