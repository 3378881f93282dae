"""Fairs, conferences, visits and delegations are kept, with our people at them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import msgspec

from gifthorse.model.errors import NotAccepted, NotFound
from gifthorse.model.register import LONGEST_TITLE, EventFacts, GatheringKind
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.words import N_
from gifthorse.procedures.acting import NOT_THERE, Deed, act
from gifthorse.procedures.keeping_many import change_all, keep_all, sealed_anew
from gifthorse.store import search_index, vault
from gifthorse.store.tables.event import Attendance, Event
from gifthorse.store.tables.person import Person

EVENT: Final = "event"


class EventShape(msgspec.Struct, frozen=True, kw_only=True):
    """What of an event is no secret: its kind and days."""

    kind: GatheringKind
    starts_on: date
    ends_on: date


def add_event(actor: Actor, shape: EventShape, facts: EventFacts) -> Event:
    """The new event; `site_mark` is the keyed digest of its place. Raises NotAccepted or Refused."""
    with act(actor, Procedure.KEEP_EVENTS, Relation.NONE) as deed:
        _check(shape, facts)
        content = deed.note(vault.keep_json(facts, moment=deed.moment))
        event = deed.keep(_shaped(Event(content=content), shape, facts))
        deed.subject = event.pk
        _note(event.pk, facts)
        return event


def change_event(actor: Actor, event_id: str, shape: EventShape, facts: EventFacts) -> Event:
    """The event as *facts* say."""
    event = _event(event_id)
    with act(actor, Procedure.KEEP_EVENTS, Relation.NONE, subject=event.pk) as deed:
        _check(shape, facts)
        event.content = sealed_anew(deed, event.content, facts)
        deed.keep(_shaped(event, shape, facts))
        _note(event.pk, facts)
        return event


def add_attendees(actor: Actor, event_id: str, people: Iterable[str]) -> int:
    """How many of *people* (ids) came to the list of the event's attendees, or came back to it; who is on it already stays."""
    event = _event(event_id)
    with act(actor, Procedure.KEEP_EVENTS, Relation.NONE, subject=event.pk) as deed:
        wanted = set(people)
        if not wanted or Person.objects.filter(pk__in=wanted).count() != len(wanted):
            raise NotAccepted(N_("Please choose at least one person of the register."), field="person")
        rows = {row.person_id: row for row in Attendance.objects.filter(event=event, person__in=wanted)}
        back = [row for row in rows.values() if row.ended]
        _set_ended(deed, back, ended=False)
        return len(back) + len(keep_all(deed, [Attendance(event=event, person_id=person) for person in sorted(wanted - rows.keys())]))


def take_off(actor: Actor, event_id: str, people: Iterable[str]) -> int:
    """How many of *people* (ids) are no longer on the list of the event's attendees; that they were on it stays on record.

    Raises NotAccepted when nobody of them is on it.
    """
    event = _event(event_id)
    with act(actor, Procedure.KEEP_EVENTS, Relation.NONE, subject=event.pk) as deed:
        rows = list(Attendance.objects.filter(event=event, person__in=set(people), ended=False))
        if not rows:
            raise NotAccepted(N_("Please tick at least one person who is on the list."), field="person")
        _set_ended(deed, rows, ended=True)
        return len(rows)


def _set_ended(deed: Deed, rows: Sequence[Attendance], *, ended: bool) -> None:
    for row in rows:
        row.ended = ended
    change_all(deed, rows, "ended")


def _event(event_id: str) -> Event:
    event = Event.objects.select_related("content").filter(pk=event_id).first()
    if event is None:
        raise NotFound(NOT_THERE)
    return event


def _shaped(event: Event, shape: EventShape, facts: EventFacts) -> Event:
    event.kind, event.starts_on, event.ends_on, event.site_mark = shape.kind.value, shape.starts_on, shape.ends_on, _mark(facts)
    return event


def _check(shape: EventShape, facts: EventFacts) -> None:
    if not facts.title.strip():
        raise NotAccepted(N_("Please say what the event is called."), field="title")
    for field in ("title", "place", "organiser"):
        if len(getattr(facts, field)) > LONGEST_TITLE:
            raise NotAccepted(N_("Please write at most 200 characters."), field=field)
    if shape.ends_on < shape.starts_on:
        raise NotAccepted(N_("The event ends before it begins. Please correct one of the two days."), field="ends_on")


def _mark(facts: EventFacts) -> str:
    place = " ".join(search_index.words(facts.place))
    return search_index.mark(place) if place else ""


def _note(event_id: str, facts: EventFacts) -> None:
    search_index.note(EVENT, event_id, "", [facts.title, facts.place, facts.organiser])
