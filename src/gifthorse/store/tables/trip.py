"""Trips, who travels, what is taken, and every decision and change."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models

from gifthorse.store.tables.asset import Element
from gifthorse.store.tables.event import Event
from gifthorse.store.tables.person import Person
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed


class Trip(Record):
    """A trip. Legs, places, hosts, purpose and travel documents lie sealed in `content`; what advice and duties need stands here.

    `starts_at` and `ends_at` are the first departure and the last arrival home, in UTC.
    """

    PREFIX: ClassVar[str] = "trip"

    organiser = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="organised_trips")
    state = models.CharField(max_length=24, db_index=True)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(db_index=True)
    zone = models.CharField(max_length=64, blank=True, default="")
    purpose_kind = models.CharField(max_length=32, blank=True, default="")
    venue_kind = models.CharField(max_length=32, blank=True, default="")
    invitation = models.CharField(max_length=32, blank=True, default="")
    payer = models.CharField(max_length=32, blank=True, default="")
    sponsored = models.BooleanField(default=False)
    fee = models.BooleanField(default=False)
    social_programme = models.BooleanField(default=False)
    borders = models.PositiveSmallIntegerField(default=0)
    gaps = models.BooleanField(default=False)
    devices = models.JSONField(default=list)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="trips", null=True)
    content = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "trip"
        ordering = ("-starts_at", "id")
        indexes = [models.Index(fields=["ends_at", "state", "id"], name="trip_ended")]


class Traveller(Record):
    """One of our people on a trip; `debriefed_at` and `checked_in_at` say when debrief and 30-day question were answered.

    Who leaves the trip is `ended`: they were on it, and nothing of it concerns them any more.
    """

    PREFIX: ClassVar[str] = "traveller"
    ADDED: ClassVar[Mapping[str, Any]] = {"ended": False}

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="travellers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="travels")
    elements = models.ManyToManyField(Element, through="Carried", related_name="+")
    debriefed_at = models.DateTimeField(null=True)
    checked_in_at = models.DateTimeField(null=True)
    ended = models.BooleanField(default=False)

    class Meta:
        db_table = "traveller"
        constraints = [models.UniqueConstraint(fields=["trip", "person"], name="one_traveller_per_trip_and_person")]
        indexes = [
            models.Index(fields=["person", "debriefed_at"], name="traveller_not_debriefed"),
            models.Index(fields=["trip", "person", "debriefed_at", "ended"], name="traveller_of_trip"),
        ]


class Carried(Record):
    """Know-how that a traveller takes along, on paper, on a device or in the head; `ended` once it stays at home after all."""

    PREFIX: ClassVar[str] = "carried"
    ADDED: ClassVar[Mapping[str, Any]] = {"ended": False}

    traveller = models.ForeignKey(Traveller, on_delete=models.PROTECT, related_name="carried")
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="+")
    ended = models.BooleanField(default=False)

    class Meta:
        db_table = "carried"
        constraints = [models.UniqueConstraint(fields=["traveller", "element"], name="one_carried_per_traveller_and_element")]


class TripStep(Record):
    """One thing that happened to a trip: handed in, approved, refused, changed, deviated, cancelled; the words lie sealed."""

    PREFIX: ClassVar[str] = "tripstep"

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=24)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.ForeignKey(Sealed, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        db_table = "trip_step"
        ordering = ("created_at", "id")
