"""What a rule pack asks of a person by when, and briefs with their read receipts."""

from typing import ClassVar

from django.db import models

from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed
from gifthorse.store.tables.trip import Trip


class Duty(Record):
    """One duty: which rule of which pack, and until when (`due_at`, in UTC; null: no fixed day)."""

    PREFIX: ClassVar[str] = "duty"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="duties", null=True)
    pack = models.CharField(max_length=40)
    rule = models.CharField(max_length=60)
    due_at = models.DateTimeField(null=True, db_index=True)
    state = models.CharField(max_length=24, db_index=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "duty"
        ordering = ("due_at", "id")


class Brief(Record):
    """A brief as it was composed for one traveller, sealed whole: what it said stays what it said."""

    PREFIX: ClassVar[str] = "brief"

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="briefs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="briefs")
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    library = models.CharField(max_length=64)
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "brief"
        ordering = ("-created_at", "id")


class CalendarKey(Record):
    """The secret part of the address of a person's calendar of duties, as a keyed digest; a new one makes the old address void."""

    PREFIX: ClassVar[str] = "calendar"

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="calendar_key")
    mark = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "calendar_key"
