"""People outside as they were reported, and which of them may be one and the same: suggested by the desk, joined by humans alone."""

from typing import ClassVar

from django.db import models

from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed


class Contact(Record):
    """Somebody as reported: names as given, handles, cards and claimed employer lie sealed in `content`.

    `joined_to` is the first contact of the group that confirmed links make (itself when it stands alone).
    """

    PREFIX: ClassVar[str] = "contact"

    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    verified = models.CharField(max_length=24, default="unverified")
    joined_to = models.CharField(max_length=40, db_index=True)
    reported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reported_contacts")

    class Meta:
        db_table = "contact"
        ordering = ("-created_at", "id")


class Link(Record):
    """That two contacts may be one person: suggested with its reasons (sealed), then confirmed, refused or undone by a human.

    `posterior` is in millionths: whole numbers are the same on every database.
    """

    PREFIX: ClassVar[str] = "link"

    one = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="links_from")
    other = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="links_to")
    state = models.CharField(max_length=24, db_index=True)
    posterior = models.PositiveIntegerField()
    waterfall = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "link"
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="one_link_per_pair")]
        ordering = ("-posterior", "id")
