"""Gifts, devices and media that were handed in, and each step of their custody."""

from typing import ClassVar

from django.db import models

from gifthorse.model.custody import ItemKind, ItemState, ValueBand
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed


class Item(Record):
    """One thing that was given. What it is called, when, where, by whom and what was said lies sealed in `report`."""

    PREFIX: ClassVar[str] = "item"

    reporter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in ItemKind])
    value_band = models.CharField(max_length=12, choices=[(v.value, v.value) for v in ValueBand])
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ItemState], db_index=True)
    report = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=16, blank=True, default="")
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "item"
        ordering = ("-changed_at", "id")


class CustodyStep(Record):
    """One hand-over: from whom, to whom, when, under which seal. `outside` (sealed) names a receiver who is not of the house."""

    PREFIX: ClassVar[str] = "custody"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="custody")
    position = models.PositiveIntegerField()
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    outside = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+", null=True)
    seal_number = models.CharField(max_length=40, blank=True, default="")
    seal_intact = models.BooleanField(null=True)
    place = models.CharField(max_length=80, blank=True, default="")
    happened_at = models.DateTimeField()

    class Meta:
        db_table = "custody_step"
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="one_custody_step_per_position")]
        ordering = ("item", "position")
