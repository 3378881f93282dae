"""Cases: threads that officers work on together, with notes, tasks and hand-over."""

from typing import ClassVar

from django.db import models

from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed
from gifthorse.store.tables.thread import Thread


class Case(Record):
    """A case; its title lies sealed. `lead` is the officer who has it now."""

    PREFIX: ClassVar[str] = "case"

    title = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=24, default="open", db_index=True)
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    marking = models.CharField(max_length=24, default="amber")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "case_file"
        ordering = ("-created_at", "id")


class CaseThread(Record):
    """A thread that belongs to a case."""

    PREFIX: ClassVar[str] = "casethread"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="threads")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="cases")
    removed = models.BooleanField(default=False)

    class Meta:
        db_table = "case_thread"
        constraints = [models.UniqueConstraint(fields=["case", "thread"], name="one_case_thread")]


class CaseNote(Record):
    """A note, a task (`due_on`, `done_at`) or a hand-over in a case; its words lie sealed."""

    PREFIX: ClassVar[str] = "casenote"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=24)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    body = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "case_note"
        ordering = ("created_at", "id")
