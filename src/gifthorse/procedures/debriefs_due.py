"""Which debriefs and which questions of the thirtieth day somebody still owes."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.trips import TripState
from gifthorse.procedures.acting import authorise, now
from gifthorse.report.answering import CHECK_IN_AFTER_DAYS
from gifthorse.store.tables.trip import Traveller

NOT_MADE: Final = (TripState.DRAFT.value, TripState.REFUSED.value, TripState.CANCELLED.value)  # nobody went
ASKED_FOR: Final = timedelta(days=60)  # after that nobody is asked any more
SHOWN: Final = 10


class DebriefDue(msgspec.Struct, frozen=True, kw_only=True):
    """A trip of the person that we'd like to hear about: `kind` is debrief or check-in, `since` when it was due first."""

    trip: str
    kind: ReportKind
    returned_on: date
    since: datetime


def debriefs_due(actor: Actor) -> tuple[DebriefDue, ...]:
    """What the actor still owes us about their trips, the newest trip first. Raises Refused."""
    authorise(actor, Procedure.TELL, Relation.NONE)
    today = now()
    mine = Traveller.objects.filter(person_id=actor.person, ended=False, trip__ends_at__lte=today, trip__ends_at__gte=today - ASKED_FOR)
    rows = mine.exclude(trip__state__in=NOT_MADE).select_related("trip").order_by("-trip__ends_at")[:SHOWN]
    return tuple(due for row in rows for due in _due(row, today))


def _due(row: Traveller, today: datetime) -> Iterator[DebriefDue]:
    ended = row.trip.ends_at
    if row.debriefed_at is None:
        yield DebriefDue(trip=row.trip_id, kind=ReportKind.DEBRIEF, returned_on=ended.date(), since=ended)
    asked_at = ended + timedelta(days=CHECK_IN_AFTER_DAYS)
    if row.checked_in_at is None and asked_at <= today:
        yield DebriefDue(trip=row.trip_id, kind=ReportKind.CHECK_IN, returned_on=ended.date(), since=asked_at)
