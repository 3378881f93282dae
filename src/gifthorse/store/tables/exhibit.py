"""What was brought to the desk about an item: disk images, files, photographs; always sealed."""

from enum import StrEnum
from typing import ClassVar

from django.db import models

from gifthorse.store.tables.item import Item
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed


class ExhibitKind(StrEnum):
    """What the bytes are to the desk."""

    CONTENT = "content"  # an image or file to inspect
    PHOTOGRAPH = "photograph"  # a picture of the item
    FOLDER = "folder"  # a folder on the server, read in place


class Exhibit(Record):
    """One file or folder. `name` (sealed) is what its owner called it; `sha256` is of the content as it arrived."""

    PREFIX: ClassVar[str] = "exhibit"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="exhibits")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in ExhibitKind])
    name = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+", null=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "exhibit"
        ordering = ("created_at", "id")
