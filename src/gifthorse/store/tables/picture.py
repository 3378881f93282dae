"""The photographs of items as people see them: redrawn, never the bytes that came in."""

from typing import ClassVar

from django.db import models

from gifthorse.store.tables.exhibit import Exhibit
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed


class Picture(Record):
    """A photograph that was redrawn; `content` is a JPEG of ours, and null when the original could not be shown."""

    PREFIX: ClassVar[str] = "picture"

    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, related_name="picture")
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "picture"
        ordering = ("created_at", "id")
