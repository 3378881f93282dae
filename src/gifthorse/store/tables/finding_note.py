"""What officers said about a finding: that they disagree, or which harmless explanation they accepted for next time."""

from enum import StrEnum
from typing import ClassVar

from django.db import models

from gifthorse.store.tables.inspection import Inspection
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed


class NoteKind(StrEnum):
    """`DISPUTE`: this finding is wrong here. `EXPLANATION`: it is right, and this is why it is harmless, also next time."""

    DISPUTE = "dispute"
    EXPLANATION = "explanation"


class FindingNote(Record):
    """One note. `mark` is a keyed digest of what was found (id and content), so that the same thing is known again elsewhere."""

    PREFIX: ClassVar[str] = "note"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in NoteKind])
    finding = models.CharField(max_length=60)
    mark = models.CharField(max_length=64, db_index=True)
    text = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "finding_note"
        ordering = ("created_at", "id")
