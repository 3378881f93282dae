"""Fairs, conferences, visits and delegations, with our people at them."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models

from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed


class Event(Record):
    """An event. Title, place and organiser lie sealed; `site_mark` is a keyed digest of the place, to tell events of one place and week."""

    PREFIX: ClassVar[str] = "event"

    kind = models.CharField(max_length=32)
    starts_on = models.DateField(db_index=True)
    ends_on = models.DateField()
    site_mark = models.CharField(max_length=64, blank=True, default="")
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "event"
        ordering = ("-starts_on", "id")


class Attendance(Record):
    """One of our people is there; `ended` once they are taken off the list."""

    PREFIX: ClassVar[str] = "attendance"
    ADDED: ClassVar[Mapping[str, Any]] = {"ended": False}

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    ended = models.BooleanField(default=False)

    class Meta:
        db_table = "attendance"
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="one_attendance_per_event_and_person")]
