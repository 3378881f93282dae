"""What people told us, with what it comes to: observations that can be corrected, and favours both ways."""

from typing import Any, ClassVar

from django.db import models

from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.event import Event
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed
from gifthorse.store.tables.trip import Trip


class Report(Record):
    """One report. The answers lie sealed and stay bound to the version of the interview that asked (`interview`, `form_digest`).

    `due_at` is when an answer is owed. `sealed_to` holds the person ids of the only officers who may read it; empty: every officer.
    `is_sealed` says the same for queries: both databases look into JSON too slowly.
    """

    PREFIX: ClassVar[str] = "report"

    reporter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=32, db_index=True)
    state = models.CharField(max_length=24, db_index=True)
    outcome = models.CharField(max_length=24, blank=True, default="")
    interview = models.CharField(max_length=60)
    form_digest = models.CharField(max_length=64)
    answers = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="reports", null=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="reports", null=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reports", null=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="reports", null=True)
    happened_on = models.DateField(null=True)
    sealed_to = models.JSONField(default=list)
    is_sealed = models.BooleanField(default=False, db_index=True)
    offline = models.BooleanField(default=False)
    arrival = models.CharField(max_length=64, blank=True, default="", db_index=True)
    due_at = models.DateTimeField(null=True, db_index=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    erase_on = models.DateField(null=True, db_index=True)

    class Meta:
        db_table = "report"
        ordering = ("-created_at", "id")
        indexes = [
            models.Index(fields=["state", "-created_at"], name="report_state_newest"),
            models.Index(fields=["state", "id"], name="report_of_state"),
            models.Index(fields=["reporter", "-created_at"], name="report_reporter_newest"),
            models.Index(fields=["-created_at", "id"], name="report_newest"),
            # all that the officers' board reads and counts of the reports that wait
            models.Index(
                fields=["due_at", "id", "state", "is_sealed", "reporter"],
                condition=models.Q(answered_at__isnull=True, due_at__isnull=False),
                name="report_waiting",
            ),
            models.Index(fields=["created_at", "answered_at", "id"], condition=models.Q(due_at__isnull=False), name="report_answer_times"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The row is kept, and `is_sealed` follows from `sealed_to`."""
        self.is_sealed = bool(self.sealed_to)
        super().save(*args, **kwargs)


class ObservationRow(Record):
    """One observation of a report, as it counts now. `subject` is the one of ours it happened to; `disputed` takes it out of assessment."""

    PREFIX: ClassVar[str] = "observation"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="observations")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="observations", null=True)
    subject = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    month = models.IntegerField()
    tactics = models.JSONField(default=list)
    ask_level = models.PositiveSmallIntegerField(default=0)
    elements = models.JSONField(default=list)
    favour = models.CharField(max_length=24, default="none")
    grade = models.CharField(max_length=2, default="B2")
    mitigators = models.JSONField(default=list)
    disputed = models.BooleanField(default=False)

    class Meta:
        db_table = "observation"
        ordering = ("month", "created_at", "id")


class Correction(Record):
    """An officer's correction of an observation: the values before and after, with the sealed reason. None is ever overwritten."""

    PREFIX: ClassVar[str] = "correction"

    observation = models.ForeignKey(ObservationRow, on_delete=models.PROTECT, related_name="corrections")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "correction"
        ordering = ("created_at", "id")


class FavourEntry(Record):
    """One entry of the ledger of favours between a contact and one of ours; what exactly lies sealed."""

    PREFIX: ClassVar[str] = "favour"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="favours", null=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="favours", null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="favours")
    direction = models.CharField(max_length=24)
    kind = models.CharField(max_length=24)
    band = models.CharField(max_length=24)
    month = models.IntegerField()
    handling = models.CharField(max_length=24, blank=True, default="")
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "favour"
        ordering = ("month", "created_at", "id")


class Letter(Record):
    """One sealed message about a report or a trip; `audience` is "reporter" (both sides see it) or "officers" (never the reporter)."""

    PREFIX: ClassVar[str] = "letter"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="letters", null=True)
    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="letters", null=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=24)
    to_reporter = models.BooleanField(default=False)
    body = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "letter"
        ordering = ("created_at", "id")
        indexes = [
            models.Index(fields=["report", "audience"], condition=models.Q(to_reporter=False), name="letter_not_to_reporter"),
        ]


class Enclosure(Record):
    """A photograph or file that came with a report or an invitation to check: sealed, inspected before anyone opens it."""

    PREFIX: ClassVar[str] = "enclosure"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="enclosures")
    name = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=24, default="waiting", db_index=True)
    verdict = models.CharField(max_length=24, blank=True, default="")
    result = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+", null=True)
    picture = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "enclosure"
        ordering = ("created_at", "id")
