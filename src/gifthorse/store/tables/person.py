"""A person, known here by an opaque id alone; who it is lies in the vault."""

from typing import ClassVar

from django.db import models

from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed


class Person(Record):
    """One person of the organisation."""

    PREFIX: ClassVar[str] = "person"

    identity = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "person"
