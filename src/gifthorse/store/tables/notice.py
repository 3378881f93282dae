"""Notices that wait to be sent: which kind to whom and when, never what it is about."""

from typing import ClassVar

from django.db import models

from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record


class Notice(Record):
    """One notice. `not_before` keeps quiet hours; `subject` is the opaque id of what it points to."""

    PREFIX: ClassVar[str] = "notice"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=32)
    subject = models.CharField(max_length=40, blank=True, default="")
    not_before = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)
    gave_up = models.BooleanField(default=False)

    class Meta:
        db_table = "notice"
        ordering = ("not_before", "id")
        indexes = [models.Index(fields=["sent_at", "not_before"], name="notice_unsent")]
