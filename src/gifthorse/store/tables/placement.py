"""Units of the house, and where each person stands in it. Who the person is lies in the vault; this says only what duties need."""

from typing import ClassVar

from django.db import models

from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record


class Unit(Record):
    """A unit: department, practice, institute. Its title is no secret and names nobody."""

    PREFIX: ClassVar[str] = "unit"

    title = models.CharField(max_length=120, unique=True)

    class Meta:
        db_table = "unit"
        ordering = ("title",)


class Placement(Record):
    """A person's place in the house. `staff_mark` is a keyed digest of the staff number or mail, by which a re-import knows them again.

    `zone` is the IANA time zone of quiet hours, `leaving_on` comes from the house's own notice of leavers.
    """

    PREFIX: ClassVar[str] = "placement"

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="placement")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements", null=True)
    staff_mark = models.CharField(max_length=64, blank=True, default="", db_index=True)
    duty_kind = models.CharField(max_length=32, blank=True, default="")
    signs = models.BooleanField(default=False)
    zone = models.CharField(max_length=64, blank=True, default="")
    language = models.CharField(max_length=24, blank=True, default="")
    leaving_on = models.DateField(null=True)
    stands_in = models.BooleanField(default=False)

    class Meta:
        db_table = "placement"
