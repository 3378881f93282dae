"""Inspections of exhibits, and (apart, since it is no record) how far a running one has come."""

from typing import ClassVar

from django.db import models

from gifthorse.model.custody import InspectionState
from gifthorse.store.tables.exhibit import Exhibit
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed


class Inspection(Record):
    """One inspection of one exhibit; `result` is the sealed document `gifthorse.inspection/1` with its list of contents."""

    PREFIX: ClassVar[str] = "inspection"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="inspections")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="inspections")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in InspectionState], db_index=True)
    verdict = models.CharField(max_length=16, blank=True, default="")
    result = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+", null=True)
    failure = models.CharField(max_length=200, blank=True, default="")
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inspection"
        ordering = ("-created_at", "id")


class InspectionProgress(models.Model):
    """How far a running inspection is; a heartbeat older than a minute means that its worker is gone."""

    inspection = models.OneToOneField(Inspection, on_delete=models.CASCADE, primary_key=True, related_name="progress")
    phase = models.CharField(max_length=40, default="")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    heartbeat = models.DateTimeField(null=True)
    stop_requested = models.BooleanField(default=False)

    class Meta:
        db_table = "inspection_progress"
