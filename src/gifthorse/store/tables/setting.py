"""What the house has set for itself: levels, rule packs, whom to call. One record a name, so that each change is in the ledger."""

from typing import ClassVar

from django.db import models

from gifthorse.store.tables.record import Record


class HouseSetting(Record):
    """One setting by its title; `value` is JSON and holds nothing about a person."""

    PREFIX: ClassVar[str] = "setting"

    title = models.CharField(max_length=60, unique=True)
    value = models.JSONField()

    class Meta:
        db_table = "house_setting"
        ordering = ("title",)
