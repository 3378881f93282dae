"""Know-how: assets, the elements they are made of, and who holds each element, inside the house and outside."""

from typing import ClassVar

from django.db import models

from gifthorse.store.tables.person import Person
from gifthorse.store.tables.placement import Unit
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed


class Asset(Record):
    """Something the house knows how to do. What it is called and what it is lies sealed in `content`."""

    PREFIX: ClassVar[str] = "asset"

    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assets", null=True)
    retired = models.BooleanField(default=False)

    class Meta:
        db_table = "asset"
        ordering = ("created_at", "id")


class Element(Record):
    """One element of know-how. Title, line to take and export-control reference lie sealed in `content`; `weight` is 1 to 5."""

    PREFIX: ClassVar[str] = "element"

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="elements")
    kind = models.CharField(max_length=32)
    weight = models.PositiveSmallIntegerField(default=1)
    protection = models.CharField(max_length=24, blank=True, default="")
    lead_years = models.PositiveSmallIntegerField(null=True)
    export_controlled = models.BooleanField(default=False)
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    retired = models.BooleanField(default=False)

    class Meta:
        db_table = "element"
        ordering = ("asset", "created_at", "id")


class Holding(Record):
    """One of our people holds the element."""

    PREFIX: ClassVar[str] = "holding"

    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    ended = models.BooleanField(default=False)

    class Meta:
        db_table = "holding"
        constraints = [models.UniqueConstraint(fields=["element", "person"], name="one_holding_per_element_and_person")]


class ThirdParty(Record):
    """A house outside that holds know-how of ours: law firm, PR agency, supplier. Its name lies sealed."""

    PREFIX: ClassVar[str] = "party"

    kind = models.CharField(max_length=32)
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    elements = models.JSONField(default=list)

    class Meta:
        db_table = "third_party"
        ordering = ("created_at", "id")
