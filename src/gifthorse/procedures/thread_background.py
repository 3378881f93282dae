"""What stands behind a thread's drawing: when the one of ours travelled, and which events they went to. Nothing of it is scored."""

from datetime import UTC, date, datetime

import msgspec

from gifthorse.model.trips import TripState
from gifthorse.procedures.view_events import opened_event
from gifthorse.store.tables.event import Attendance
from gifthorse.store.tables.trip import Traveller

MOST = 60


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A trip or an event: its id, its first and last day, and a title (none for trips)."""

    id: str
    starts_on: date
    ends_on: date
    title: str = ""


class Background(msgspec.Struct, frozen=True, kw_only=True):
    """Trips and events of one of ours, oldest first."""

    trips: tuple[Span, ...] = ()
    events: tuple[Span, ...] = ()


def background(person_id: str, first_month: int) -> Background:
    """What the person did from *first_month* (counted from the year 0) on."""
    since = date(max(first_month // 12, 1), first_month % 12 + 1, 1)
    begin = datetime(since.year, since.month, 1, tzinfo=UTC)
    travels = Traveller.objects.filter(person=person_id, ended=False, trip__ends_at__gte=begin).exclude(
        trip__state=TripState.CANCELLED.value
    )
    visits = Attendance.objects.filter(person=person_id, ended=False, event__ends_on__gte=since).select_related("event__content__key")
    return Background(
        trips=tuple(
            Span(id=pk, starts_on=starts.date(), ends_on=ends.date())
            for pk, starts, ends in travels.order_by("trip__starts_at").values_list("trip_id", "trip__starts_at", "trip__ends_at")[:MOST]
        ),
        events=tuple(
            Span(id=one.event_id, starts_on=one.event.starts_on, ends_on=one.event.ends_on, title=opened_event(one.event).title)
            for one in visits.order_by("event__starts_on")[:MOST]
        ),
    )
