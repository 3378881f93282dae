"""What an officer decided about an item, and why."""

from typing import ClassVar

from django.db import models

from gifthorse.model.custody import Outcome
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed


class Decision(Record):
    """One decision with its sealed reason; a later one of the same item replaces it in effect, never in the record."""

    PREFIX: ClassVar[str] = "decision"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=[(o.value, o.value) for o in Outcome])
    reason = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "decision"
        ordering = ("-created_at", "id")
