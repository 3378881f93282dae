"""What officer and reporter write to each other about an item."""

from typing import ClassVar

from django.db import models

from gifthorse.store.tables.item import Item
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed


class Message(Record):
    """One sealed message; `to_reporter` tells its direction."""

    PREFIX: ClassVar[str] = "message"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to_reporter = models.BooleanField()
    body = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "message"
        ordering = ("created_at", "id")
