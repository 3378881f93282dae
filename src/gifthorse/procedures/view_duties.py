"""What is due, for whom, by when, and which rule says so; and the answer to "do I have to report this?"."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec

from gifthorse.brief.blocks import Source
from gifthorse.brief.duties import deciding
from gifthorse.brief.duties.calendar_feed import FeedEntry
from gifthorse.brief.duties.events import Answer, DutyFacts, EventType, Regime
from gifthorse.brief.kinds import Payer
from gifthorse.model.errors import NotAccepted
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.trips import DutyState
from gifthorse.procedures.acting import authorise, now
from gifthorse.procedures.check_trip import NO_FIT
from gifthorse.procedures.people import names_of
from gifthorse.procedures.reading_trips import home_zones
from gifthorse.procedures.trip_duties import house_packs, office_days, rule_of
from gifthorse.store.tables.duty import Duty

MOST: Final = 200
NO_SOURCE: Final = Source(document="", date="undated")


class DutyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One duty with the words of its rule (message ids); `zone` is that of whoever has it."""

    id: str
    person: str
    name: str
    trip: str
    title: str
    why: str
    fields: tuple[str, ...]
    source: Source
    due_at: datetime | None
    done_at: datetime | None
    state: DutyState
    certain: bool
    zone: str
    overdue: bool


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says about the thing that happened; what is left open is not guessed."""

    event: EventType
    regimes: frozenset[Regime] = frozenset()
    official: Answer | None = None
    abroad: Answer | None = None
    happened_at: datetime | None = None


def my_duties(actor: Actor, *, done: bool = False) -> tuple[DutyRow, ...]:
    """The actor's own duties, the first due first; *done* gives those that are done, newest first."""
    authorise(actor, Procedure.VIEW_DUTIES, Relation.NONE)
    state = DutyState.DONE if done else DutyState.OPEN
    rows = Duty.objects.filter(person_id=actor.person, state=state.value)
    return duty_rows(rows.order_by("-done_at", "id") if done else rows)


def duties_of_all(actor: Actor) -> tuple[DutyRow, ...]:
    """Everybody's open duties about trips, for those who see all trips. Raises Refused."""
    authorise(actor, Procedure.VIEW_TRIP, Relation.OTHERS)
    return duty_rows(Duty.objects.filter(state=DutyState.OPEN.value, trip__isnull=False))


def must_i_report(actor: Actor, asked: Asked) -> deciding.MustReport:
    """The answer in one sentence, by the rule packs that the house has switched on. Raises NotAccepted for what is no event."""
    authorise(actor, Procedure.VIEW_DUTIES, Relation.NONE)
    if asked.event not in ASKED_ABOUT:
        raise NotAccepted(NO_FIT, field="event")
    moment = now()
    facts = DutyFacts(
        event=asked.event,
        regimes=asked.regimes | {Regime.HOUSE},
        official=asked.official,
        abroad=asked.abroad,
        happened=asked.happened_at or moment,
        departs=moment,
        returns=moment,
        payer=PAID_BY_OTHERS if asked.event is EventType.TRAVEL_SPONSORED else None,  # the very question says so
        home_zone=home_zones([actor.person])[actor.person],
    )
    return deciding.must_i_report(facts, house_packs(), office_days())


PAID_BY_OTHERS: Final = Payer.THIRD_PARTY
ASKED_ABOUT: Final = tuple(event for event in EventType if event is not EventType.TRIP_BULK)


def feed_of(person: str) -> list[FeedEntry]:
    """The open duties of *person* as a calendar shows them: for whoever holds the calendar's address."""
    return [
        FeedEntry(record=row.trip_id or row.pk, duty=_duty(row))
        for row in Duty.objects.filter(person_id=person, state=DutyState.OPEN.value)[:MOST]
    ]


def duty_rows(duties: Iterable[Duty]) -> tuple[DutyRow, ...]:
    """*duties* with their words and names, at most 200."""
    rows = list(duties)[:MOST]
    people = {row.person_id for row in rows}
    names, zones, moment = names_of(people), home_zones(people), now()
    return tuple(_row(row, names, zones, moment) for row in rows)


def _row(row: Duty, names: dict[str, str], zones: dict[str, str], moment: datetime) -> DutyRow:
    duty = _duty(row)
    is_open = row.state == DutyState.OPEN.value
    return DutyRow(
        id=row.pk,
        person=row.person_id,
        name=names.get(row.person_id, ""),
        trip=row.trip_id or "",
        title=duty.title,
        why=duty.why,
        fields=duty.fields,
        source=duty.source,
        due_at=row.due_at,
        done_at=row.done_at,
        state=DutyState(row.state),
        certain=duty.certain,
        zone=zones[row.person_id],
        overdue=is_open and row.due_at is not None and row.due_at < moment,
    )


def _duty(row: Duty) -> deciding.Duty:
    rule = rule_of(row.pack, row.rule)
    return deciding.Duty(
        rule=row.rule,
        pack=row.pack,
        event=rule.events[0] if rule else EventType.TRIP_PLANNED,
        title=rule.title if rule else row.rule,
        due=row.due_at,
        certain=not (rule and rule.hinges_on),
        why=rule.why if rule else "",
        fields=rule.fields if rule else (),
        source=rule.source if rule else NO_SOURCE,
    )
