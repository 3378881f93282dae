"""Triggers that are no scores: single facts that call for a short procedure at once. The desk raises them; officers go through the steps.

Reports sealed to some officers raise none: they have a way of their own. A notice of leaving is taken to be given six months before the
last day, since the house's list tells only that day.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

import msgspec
from django.db import transaction

from gifthorse.assess import triggers as room
from gifthorse.assess.passing_along import HANDOVER
from gifthorse.assess.silence import gone_silent
from gifthorse.assess.trigger_steps import TriggerKind
from gifthorse.assess.triggers import Trigger
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.threads import TriggerState
from gifthorse.procedures import trigger_sources as sources
from gifthorse.procedures.acting import act, authorise, now
from gifthorse.procedures.keeping_many import change_all, keep_all
from gifthorse.procedures.unsealed_reports import in_parts
from gifthorse.store.tables.awaiting import Awaiting
from gifthorse.store.tables.thread import Trigger as TriggerRow

SUBJECT: Final = "triggers"
SETTLE_THEMSELVES: Final = frozenset({TriggerKind.SPONSORED_TRIP, TriggerKind.GONE_SILENT})


class Raised(msgspec.Struct, frozen=True, kw_only=True):
    """A trigger with the id that it is known by and the one of ours whom it is about."""

    trigger: Trigger
    subject: str
    person: str | None
    rows: tuple[str, ...] = ()


def raise_triggers(actor: Actor, *, everything: bool = False) -> int:
    """How many triggers were raised, grew or settled themselves since the last look. Raises Refused.

    Only observations of those of ours whom something new touches are read, unless *everything* is asked for, as at the start of a
    process and after a restore: every trigger rests on one person's observations alone, so that both give the same.
    """
    authorise(actor, Procedure.ASSESS_THREADS, Relation.OTHERS)
    with transaction.atomic():
        waiting, people = sources.waiting_people()
        raised = {(one.trigger.kind.value, one.subject): one for one in every_trigger(None if everything else people)}
        Awaiting.objects.filter(pk__in=waiting).delete()
        known = _known(raised)
        new = [_row(one) for key, one in raised.items() if key not in known]
        grown = [_grown(known[key], one) for key, one in raised.items() if key in known and _has_grown(known[key], one)]
        settled = [row for key, row in known.items() if key not in raised and _settles(row)]
        if not (new or grown or settled):
            return 0
        with act(actor, Procedure.ASSESS_THREADS, Relation.OTHERS, subject=SUBJECT) as deed:
            for row in settled:
                row.state, row.closed_at = TriggerState.DONE.value, deed.moment
            keep_all(deed, new)
            change_all(deed, [*grown, *settled], "facts", "state", "closed_at", "closed_by")
    return len(new) + len(grown) + len(settled)


def _known(raised: Collection[tuple[str, str]]) -> dict[tuple[str, str], TriggerRow]:
    """The triggers on record among *raised*, and those that may have settled."""
    by_subject = (TriggerRow.objects.filter(subject__in=some) for some in in_parts({subject for _, subject in raised}))
    settling = TriggerRow.objects.filter(kind__in=[kind.value for kind in SETTLE_THEMSELVES], state=TriggerState.OPEN.value)
    return {(row.kind, row.subject): row for rows in (settling, *by_subject) for row in rows}


def every_trigger(people: Collection[str] | None = None) -> Iterable[Raised]:
    """Every trigger that the records as they are now give; of those that rest on observations the ones of *people* and of leavers alone.

    Leavers are read each time: a last day comes into the register, or passes, without anything being told.
    """
    seen = sources.observed(people)
    yield from _sponsored()
    yield from _leavers(sources.observed(sources.leaving_people()))
    yield from _relationships(seen)
    yield from _concerns()
    yield from _silent()
    yield from _pretexts(seen)
    yield from _handovers(seen)


def _sponsored() -> Iterable[Raised]:
    trips = sources.sponsored_trips()
    people = {trip.id: trip.person for trip in trips}
    for one in room.sponsored_trips(trips):
        yield Raised(trigger=one, subject=one.facts[0], person=people[one.facts[0]])


def _leavers(seen: Sequence[sources.SeenRow]) -> Iterable[Raised]:
    contacts = sources.leavers(seen, now().date())
    people = {contact.id: contact.person for contact in contacts}
    for one in room.leavers_contacted(contacts):
        yield Raised(trigger=one, subject=one.facts[0], person=people[one.facts[0]], rows=one.facts)


def _relationships(seen: Sequence[sources.SeenRow]) -> Iterable[Raised]:
    told = sources.relationships(seen)
    people = {one.id: one.person for one in told}
    close = sources.close_rows(seen)
    rows = {one.id: close[one.thread] for one in told}
    for one in room.undeclared_relationships(told):
        yield Raised(trigger=one, subject=one.facts[0], person=people[one.facts[0]], rows=rows[one.facts[0]])


def _concerns() -> Iterable[Raised]:
    kept = TriggerRow.objects.filter(kind=TriggerKind.COLLEAGUE_CONCERN.value).values_list("person_id", "facts")
    told = sources.concerns({report: person for person, facts in kept if person for report in facts["facts"]})
    people = {one.id: one.person for one in told}
    for one in room.colleague_concerns(told):
        yield Raised(trigger=one, subject=people[one.facts[0]], person=people[one.facts[0]])


def _silent() -> Iterable[Raised]:
    occasions, people = sources.occasions(now().date())
    last = {one.thread: int(one.last_report_month) for one in occasions}
    today = now().date()
    for one in room.silent_threads(gone_silent(occasions, float(today.year * 12 + today.month - 1))):
        thread = one.facts[0]
        yield Raised(trigger=one, subject=f"{thread}:{last[thread]}", person=people[thread])


def _pretexts(seen: Sequence[sources.SeenRow]) -> Iterable[Raised]:
    people = {row.id: row.person for row in seen}
    for one in room.repeated_pretexts(sources.pretexts(seen)):
        yield Raised(trigger=one, subject=one.facts[0], person=people[one.facts[0]], rows=one.facts)


def _handovers(seen: Sequence[sources.SeenRow]) -> Iterable[Raised]:
    """Known by the observation that told of the handover, which stays the same however the chain grows."""
    for one in room.handovers(sources.chains_of(seen), [row.observation for row in seen]):
        rows = [seen[place] for place in one.observations]
        known_by = next((row for row in rows if HANDOVER in row.tactics), rows[0])
        yield Raised(trigger=one, subject=known_by.id, person=known_by.person, rows=tuple(row.id for row in rows))


def _facts(one: Raised) -> dict[str, Any]:
    sentence = one.trigger.sentence
    return {"text": sentence.text, "values": sentence.values, "facts": list(one.trigger.facts), "rows": list(one.rows), "done": []}


def _row(one: Raised) -> TriggerRow:
    return TriggerRow(kind=one.trigger.kind.value, subject=one.subject, person_id=one.person, facts=_facts(one))


def _has_grown(row: TriggerRow, one: Raised) -> bool:
    """Whether more rests behind it than when it was raised; a sentence that only counts on by itself is no news."""
    return bool({*one.trigger.facts, *one.rows} - {*row.facts["facts"], *row.facts["rows"]})


def _grown(row: TriggerRow, one: Raised) -> TriggerRow:
    row.facts = {**_facts(one), "done": row.facts["done"] if row.state == TriggerState.OPEN.value else []}
    row.state, row.closed_at, row.closed_by = TriggerState.OPEN.value, None, None
    return row


def _settles(row: TriggerRow) -> bool:
    return row.state == TriggerState.OPEN.value and TriggerKind(row.kind) in SETTLE_THEMSELVES
