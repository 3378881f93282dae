"""Threads: one contact (after confirmed links) and one of our people, over time; what they come to, and what humans decided."""

from typing import ClassVar

from django.db import models

from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed


class Thread(Record):
    """A thread. `contact` is the first contact of its group. `state`: open, ordinary (closed as ordinary business) or merged away."""

    PREFIX: ClassVar[str] = "thread"

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="threads")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="threads")
    state = models.CharField(max_length=24, default="open", db_index=True)

    class Meta:
        db_table = "thread"
        constraints = [models.UniqueConstraint(fields=["contact", "person"], name="one_thread_per_contact_and_person")]


class Standing(models.Model):
    """Where a thread stands, derived from its observations: made anew at any time, so it is no record and in no backup.

    `state` is what `assess.movement.state_of` says of it; `last_week` what it said before `week` (counted from the year 0) began.
    """

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    score = models.FloatField()
    level = models.CharField(max_length=24, db_index=True)
    state = models.JSONField(default=dict)
    observations = models.PositiveIntegerField(default=0)
    last_month = models.IntegerField(default=0)
    week = models.IntegerField(default=0, db_index=True)
    last_week = models.JSONField(default=dict)
    assessed_at = models.DateTimeField()

    class Meta:
        db_table = "standing"
        indexes = [models.Index(fields=["level", "-score"], name="standing_level_score")]


class LevelChange(Record):
    """That a thread's level rose or fell, and when the desk saw it."""

    PREFIX: ClassVar[str] = "change"

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=24)
    after = models.CharField(max_length=24)

    class Meta:
        db_table = "level_change"
        ordering = ("created_at", "id")


class Judgement(Record):
    """What an officer decided about a thread: talk, ask for more, ordinary business, confirm, act; with the sealed reason.

    *act* counts only once `second` has agreed too and a note comparing hypotheses (`note`, sealed) is there.
    """

    PREFIX: ClassVar[str] = "judgement"

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="judgements")
    kind = models.CharField(max_length=24)
    level = models.CharField(max_length=24)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    second_at = models.DateTimeField(null=True)
    reason = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "judgement"
        ordering = ("created_at", "id")


class Trigger(Record):
    """A trigger that is no score: which kind, about what (opaque ids), and whether its procedure was gone through."""

    PREFIX: ClassVar[str] = "trigger"

    kind = models.CharField(max_length=32, db_index=True)
    subject = models.CharField(max_length=40, db_index=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=24, default="open", db_index=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField(null=True)
    reason = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "trigger_raised"
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="one_trigger_per_kind_and_subject")]
