"""Approaches at events against what their kind and size explain; weeks at one place; and linked contacts within a fortnight.

Places are keyed digests here: two events of one place are known to be at one place, and nobody knows which.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from typing import Final

import msgspec
from django.db.models import Prefetch

from gifthorse.assess.events import Approach, ClosePair, Gathering, GatheringResult, Stay, assess_gatherings, close_pairs, site_weeks
from gifthorse.assess.triggers import PRETEXTS
from gifthorse.model.errors import KeyMissing
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise
from gifthorse.procedures.keep_contacts import kept_contact
from gifthorse.procedures.shared_groups import of_several
from gifthorse.procedures.unsealed_reports import hidden_contacts, in_parts
from gifthorse.procedures.view_events import opened_event
from gifthorse.resolve.fingerprints import text_fingerprint
from gifthorse.store.tables.contact import Contact
from gifthorse.store.tables.event import Attendance, Event
from gifthorse.store.tables.report import ObservationRow

MOST: Final = 200
COLUMNS: Final = (
    "pk", "subject_id", "contact_id", "contact__joined_to", "tactics", "report__event_id", "report__happened_on", "report__created_at",
)  # fmt: skip
Told = tuple[str, str, str, str, list[str], str | None, date | None, datetime]
AT_IT: Final = Prefetch("attendances", queryset=Attendance.objects.filter(ended=False))


class GatheringView(msgspec.Struct, frozen=True, kw_only=True):
    """One result with the event's title and day; weeks at one place have no title."""

    result: GatheringResult
    title: str
    day: date
    event: str = ""


class EventPatterns(msgspec.Struct, frozen=True, kw_only=True):
    """Flagged gatherings first, then the others with an approach; and approaches of linked contacts within a fortnight."""

    gatherings: tuple[GatheringView, ...]
    pairs: tuple[ClosePair, ...]
    quiet: int


def event_patterns(actor: Actor) -> EventPatterns:
    """What events, places and days show together. Raises Refused."""
    authorise(actor, Procedure.VIEW_PATTERNS, Relation.NONE)
    events = {event.pk: event for event in Event.objects.select_related("content__key").prefetch_related(AT_IT)}
    approaches, event_of = _approaches(actor, events)
    gatherings = _gatherings(events, approaches, event_of) + list(site_weeks(_stays(events), approaches.values()))
    days = {gathering.id: date.fromordinal(gathering.day) for gathering in gatherings}
    results = assess_gatherings(gatherings)
    shown = sorted((one for one in results if one.seen), key=lambda one: (not one.flagged, -days[one.gathering].toordinal(), one.p))
    return EventPatterns(
        gatherings=tuple(_view(one, days[one.gathering], events) for one in shown[:MOST]),
        pairs=close_pairs(approaches.values())[:MOST],
        quiet=len(results) - len(shown),
    )


def _view(result: GatheringResult, day: date, events: dict[str, Event]) -> GatheringView:
    event = events.get(result.gathering)
    return GatheringView(result=result, title=opened_event(event).title if event else "", day=day, event=event.pk if event else "")


def _approaches(actor: Actor, events: dict[str, Event]) -> tuple[dict[str, Approach], dict[str, str]]:
    """The reported approaches at an event, or by contacts whom several met, by their observation; and the event that each belongs to."""
    several = of_several()
    at = _attended(events)
    found, event_of = [], {}
    for row in _told(actor, events, several):
        pk, person, _contact, group, _tactics, event, happened, created = row
        where = event or at(person, happened or created.date())
        if where:
            event_of[pk] = where
        if where or group in several:
            found.append(row)
    wording = _wordings({row[2] for row in found if row[0] in event_of})
    return {row[0]: _approach(row, events.get(event_of.get(row[0], "")), wording) for row in found}, event_of


def _told(actor: Actor, events: dict[str, Event], several: Collection[str]) -> Iterator[Told]:
    """What can count: observations at events, of those who went to some, and of contacts whom several met. Each once."""
    rows = ObservationRow.objects.filter(disputed=False, contact__isnull=False, report__is_sealed=False)
    rows = rows.exclude(contact__in=hidden_contacts(actor)).order_by("month", "created_at", "id")
    people = {one.person_id for event in events.values() for one in event.attendances.all()}
    parts = [rows.filter(report__event__in=some) for some in in_parts(events)]
    parts += [rows.filter(subject__in=some) for some in in_parts(people)]
    parts += [rows.filter(contact__joined_to__in=some) for some in in_parts(several)]
    seen: set[str] = set()
    for part in parts:
        for row in part.values_list(*COLUMNS):
            if row[0] not in seen:
                seen.add(row[0])
                yield row


def _approach(row: Told, event: Event | None, wording: dict[str, str]) -> Approach:
    pk, person, contact, group, tactics, _event, happened, created = row
    return Approach(
        id=pk,
        day=(happened or created.date()).toordinal(),
        person=person,
        contact=contact,
        cluster=group,
        wording=wording.get(contact),
        site=(event.site_mark or None) if event else None,
        pretext=next((tactic for tactic in tactics if tactic in PRETEXTS), None),
    )


def _attended(events: dict[str, Event]) -> Callable[[str, date], str]:
    """Which event somebody was at on a day."""
    spans: dict[str, list[tuple[date, date, str]]] = defaultdict(list)
    for event in events.values():
        for attendance in event.attendances.all():
            spans[attendance.person_id].append((event.starts_on, event.ends_on, event.pk))

    def at(person: str, day: date) -> str:
        return next((pk for starts, ends, pk in spans[person] if starts <= day <= ends), "")

    return at


def _wordings(contacts: set[str]) -> dict[str, str]:
    """The fingerprint of each contact's first message, where there was one."""
    found = {}
    for row in Contact.objects.filter(pk__in=contacts).select_related("content__key"):
        try:
            kept = kept_contact(row)
        except KeyMissing:
            continue
        mark = text_fingerprint(kept.facts.first_message) if kept else ()
        if mark:
            found[row.pk] = ":".join(f"{value:x}" for value in mark)
    return found


def _gatherings(events: dict[str, Event], approaches: dict[str, Approach], event_of: dict[str, str]) -> list[Gathering]:
    told: dict[str, list[Approach]] = defaultdict(list)
    for pk, event in event_of.items():
        told[event].append(approaches[pk])
    return [
        Gathering(
            id=event.pk,
            kind=event.kind,
            day=event.starts_on.toordinal(),
            attendees=len({one.person_id for one in event.attendances.all()} | {one.person for one in told[event.pk]}),
            approaches=tuple(sorted(told[event.pk], key=lambda one: one.id)),
        )
        for event in events.values()
    ]


def _stays(events: dict[str, Event]) -> list[Stay]:
    return [
        Stay(person=attendance.person_id, site=event.site_mark, day=day)
        for event in events.values()
        if event.site_mark
        for attendance in event.attendances.all()
        for day in range(event.starts_on.toordinal(), event.ends_on.toordinal() + 1)
    ]
