"""Events as they are read: the list, and one with our people at it."""

from datetime import date, timedelta
from typing import Final

import msgspec
from django.db.models import Count, Q

from gifthorse.model.errors import KeyMissing, NotFound
from gifthorse.model.register import EventFacts
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import NOT_THERE, authorise, may, now
from gifthorse.procedures.people import ERASED, names_of
from gifthorse.store import vault
from gifthorse.store.tables.event import Attendance, Event

PAGE_LENGTH: Final = 50
AROUND: Final = timedelta(days=7)
THERE: Final = Count("attendances", filter=Q(attendances__ended=False))


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the list with how many of ours are there."""

    event: Event
    facts: EventFacts
    attendees: int


class EventPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of events, latest first."""

    rows: tuple[EventRow, ...]
    number: int
    more: bool
    today: date


class EventView(msgspec.Struct, frozen=True, kw_only=True):
    """One event: who of ours is there (id and name), and other events at the same place within a week."""

    event: Event
    facts: EventFacts
    attendees: tuple[tuple[str, str], ...]
    nearby: tuple[EventRow, ...]
    may_keep: bool


def events(actor: Actor, *, kind: str = "", page: int = 1) -> EventPage:
    """A page of events, latest first. Raises Refused."""
    authorise(actor, Procedure.VIEW_EVENTS, Relation.NONE)
    found = Event.objects.filter(kind=kind) if kind else Event.objects.all()
    start = (max(page, 1) - 1) * PAGE_LENGTH
    rows = list(found.select_related("content__key").annotate(number=THERE)[start : start + PAGE_LENGTH + 1])
    return EventPage(
        rows=tuple(_row(row, row.number) for row in rows[:PAGE_LENGTH]),
        number=max(page, 1),
        more=len(rows) > PAGE_LENGTH,
        today=now().date(),
    )


def event(actor: Actor, event_id: str) -> EventView:
    """The event with our people at it. Raises NotFound or Refused."""
    authorise(actor, Procedure.VIEW_EVENTS, Relation.NONE)
    row = Event.objects.select_related("content__key").filter(pk=event_id).first()
    if row is None:
        raise NotFound(NOT_THERE)
    names = names_of(Attendance.objects.filter(event=row, ended=False).values_list("person_id", flat=True))
    near = Event.objects.filter(site_mark=row.site_mark, starts_on__lte=row.ends_on + AROUND, ends_on__gte=row.starts_on - AROUND)
    near = near.exclude(pk=row.pk).select_related("content__key").annotate(number=THERE)
    return EventView(
        event=row,
        facts=opened_event(row),
        attendees=tuple(sorted(names.items(), key=lambda one: one[1].casefold())),
        nearby=tuple(_row(one, one.number) for one in near[:PAGE_LENGTH]) if row.site_mark else (),
        may_keep=may(actor, Procedure.KEEP_EVENTS, Relation.NONE),
    )


def opened_event(row: Event) -> EventFacts:
    """What lies sealed for the event (its `content__key` fetched with it)."""
    try:
        return msgspec.convert(vault.open_json(row.content), EventFacts)
    except KeyMissing:
        return EventFacts(title=ERASED)


def _row(row: Event, attendees: int) -> EventRow:
    return EventRow(event=row, facts=opened_event(row), attendees=attendees)
