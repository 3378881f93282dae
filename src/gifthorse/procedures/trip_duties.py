"""Duties arise from trips and reports by the house's rule packs, move when a trip moves, and fall away when it is called off."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from gifthorse.brief.duties import deciding
from gifthorse.brief.duties.calendar import OfficeDays
from gifthorse.brief.duties.events import Answer, DutyFacts, EventType, Regime
from gifthorse.brief.duties.of_trip import duty_facts_of
from gifthorse.brief.duties.packs import Pack, Rule, chosen_packs, packs
from gifthorse.model.reports import ReportKind
from gifthorse.model.trips import DutyState, TripContent
from gifthorse.procedures.acting import Deed
from gifthorse.procedures.desk_hours import working_days
from gifthorse.procedures.house_settings import RULE_PACKS, setting
from gifthorse.procedures.notices import NoticeKind, notify
from gifthorse.procedures.reading_trips import content_of, home_zones, people_on
from gifthorse.procedures.trip_facts import facts_of_way
from gifthorse.store.tables.duty import Duty
from gifthorse.store.tables.notice import Notice
from gifthorse.store.tables.trip import Traveller, Trip

REMINDED_BEFORE: Final = timedelta(days=1)
HOUSE: Final = "house"
# What is done by the very step that the duty asks for: telling the desk, reading the brief, saying what changed.
DONE_BY_PLANNING: Final = frozenset({(HOUSE, "trip"), (HOUSE, "trip-emergency"), ("nspm-33", "trip-registered")})
DONE_BY_READING: Final = frozenset({("nspm-33", "trip-briefed")})
DONE_BY_DEVIATING: Final = frozenset({(HOUSE, "deviation")})
EVENTS_OF: Final[Mapping[ReportKind, tuple[EventType, ...]]] = {
    ReportKind.APPROACH: (EventType.CONTACT_SUSPICIOUS,),
    ReportKind.ONLINE_CONTACT: (EventType.CONTACT_SUSPICIOUS,),
    ReportKind.GIFT: (EventType.GIFT,),
    ReportKind.HOSPITALITY: (EventType.HOSPITALITY,),
    ReportKind.FAVOUR: (EventType.FEE,),
    ReportKind.INFORMATION_REQUEST: (EventType.ELICITATION, EventType.INFORMATION_REQUEST),
    ReportKind.ROOM_DISTURBED: (EventType.ROOM_INTRUSION,),
    ReportKind.DEVICE_OUT_OF_SIGHT: (EventType.DEVICE_OUT_OF_SIGHT,),
    ReportKind.VISIT_INCIDENT: (EventType.VISIT_INCIDENT,),
}


def house_packs() -> tuple[Pack, ...]:
    """The rule packs that the house has switched on; one that this version doesn't know is passed over."""
    return chosen_packs(pack for pack in setting(RULE_PACKS) if pack in packs())


def office_days() -> OfficeDays:
    """The desk's days as the rules count them."""
    days = working_days()
    return OfficeDays(holidays=days.holidays, weekend=days.days_off)


def rule_of(pack: str, rule: str) -> Rule | None:
    """The rule, None when no pack of this version has it any more."""
    known = packs().get(pack)
    return next((one for one in known.rules if one.id == rule), None) if known else None


def regimes_of(content: TripContent) -> frozenset[Regime]:
    """Under which programmes the travellers say they work; the house's own rules always bind."""
    return frozenset({Regime.HOUSE, *(Regime(word) for word in content.regimes)})


def regimes_told(person: str) -> frozenset[Regime]:
    """The programmes that *person* named with their newest trip, besides the house's own rules: nothing is guessed."""
    trips = (
        Trip.objects.filter(travellers__person_id=person, travellers__ended=False)
        .select_related("content__key")
        .order_by("-created_at", "-id")
    )
    newest = trips.first()
    return regimes_of(content_of(newest)) if newest is not None else frozenset({Regime.HOUSE})


def set_duties(deed: Deed, trip: Trip, content: TripContent) -> None:
    """Each traveller has the duties of the trip as it now is: new ones, ones with a new day, and void ones that no longer arise."""
    gone = Traveller.objects.filter(trip=trip, ended=True).values("person")
    for row in Duty.objects.filter(trip=trip, person__in=gone, state=DutyState.OPEN.value):
        _end(deed, row, DutyState.VOID)
    chosen, office = house_packs(), office_days()
    for person, zone in home_zones(people_on(trip)).items():
        facts = _facts(trip, content, person, zone)
        _settle(deed, trip, person, deciding.duties_for_trip(facts, chosen, office), DONE_BY_PLANNING)


def add_deviation(deed: Deed, trip: Trip, content: TripContent) -> None:
    """Each traveller has the duties that a deviation brings; the one to tell the desk is done by telling."""
    chosen, office = house_packs(), office_days()
    for person, zone in home_zones(people_on(trip)).items():
        facts = _facts(trip, content, person, zone, event=EventType.TRIP_DEVIATION, happened=deed.moment)
        kept = {(row.pack, row.rule) for row in Duty.objects.filter(trip=trip, person_id=person).exclude(state=DutyState.VOID.value)}
        fresh = [duty for duty in deciding.duties_for(facts, chosen, office) if (duty.pack, duty.rule) not in kept]
        _make(deed, trip, person, fresh, DONE_BY_DEVIATING)


def duties_of_report(deed: Deed, person: str, kind: ReportKind, happened_at: datetime, trip: Trip | None = None) -> None:
    """What the house's rule packs ask for after such a report, beyond telling the desk, which is done."""
    chosen, office = house_packs(), office_days()
    zone, regimes = home_zones([person])[person], regimes_told(person)
    found: dict[tuple[str, str], deciding.Duty] = {}
    for event in EVENTS_OF.get(kind, ()):
        facts = DutyFacts(event=event, regimes=regimes, happened=happened_at, home_zone=zone)
        found |= {(duty.pack, duty.rule): duty for duty in deciding.duties_for(facts, chosen, office) if duty.pack != HOUSE}
    _make(deed, trip, person, found.values(), frozenset())


def void_duties(deed: Deed, trip: Trip) -> None:
    """What was still to be done for the trip is so no more."""
    for row in Duty.objects.filter(trip=trip, state=DutyState.OPEN.value):
        _end(deed, row, DutyState.VOID)


def discharge(deed: Deed, row: Duty) -> Duty:
    """The duty is done, and nobody is reminded of it any more."""
    row.done_at = deed.moment
    return _end(deed, row, DutyState.DONE)


def discharge_by_reading(deed: Deed, trip: Trip, person: str) -> None:
    """Duties that ask for a brief to be read are done by reading it."""
    for row in Duty.objects.filter(trip=trip, person_id=person, state=DutyState.OPEN.value):
        if (row.pack, row.rule) in DONE_BY_READING:
            discharge(deed, row)


def discharge_by_debrief(deed: Deed, trip: Trip, person: str) -> None:
    """Duties to debrief after the trip are done by the debrief."""
    for row in Duty.objects.filter(trip=trip, person_id=person, state=DutyState.OPEN.value):
        rule = rule_of(row.pack, row.rule)
        if rule is not None and EventType.TRIP_DEBRIEF in rule.events:
            discharge(deed, row)


def _facts(
    trip: Trip,
    content: TripContent,
    person: str,
    zone: str,
    *,
    event: EventType = EventType.TRIP_PLANNED,
    happened: datetime | None = None,
) -> DutyFacts:
    return duty_facts_of(
        facts_of_way(trip, content, person, zone),
        regimes_of(content),
        event=event,
        official=Answer(content.official) if content.official else None,
        emergency=Answer.YES if content.emergency else Answer.NO,
        sponsor_exempt=Answer(content.sponsor_exempt) if content.sponsor_exempt else None,
        sponsor_usd_12_months=content.sponsor_usd,
        happened=happened,
    )


def _settle(deed: Deed, trip: Trip, person: str, wanted: Iterable[deciding.Duty], done: frozenset[tuple[str, str]]) -> None:
    kept = {(row.pack, row.rule): row for row in Duty.objects.filter(trip=trip, person_id=person).exclude(state=DutyState.VOID.value)}
    arising = {(duty.pack, duty.rule): duty for duty in wanted}
    for key, row in kept.items():
        if key not in arising and row.state == DutyState.OPEN.value and not _of_deviation(row):
            _end(deed, row, DutyState.VOID)
        elif key in arising and row.state == DutyState.OPEN.value and row.due_at != arising[key].due:
            row.due_at = arising[key].due
            deed.keep(row)
            _remind(deed, row)
    _make(deed, trip, person, (duty for key, duty in arising.items() if key not in kept), done)


def _of_deviation(row: Duty) -> bool:
    rule = rule_of(row.pack, row.rule)
    return rule is not None and EventType.TRIP_DEVIATION in rule.events


def _make(deed: Deed, trip: Trip | None, person: str, wanted: Iterable[deciding.Duty], done: frozenset[tuple[str, str]]) -> None:
    for duty in wanted:
        is_done = (duty.pack, duty.rule) in done
        state = DutyState.DONE if is_done else DutyState.OPEN
        row = Duty(person_id=person, trip=trip, pack=duty.pack, rule=duty.rule, due_at=duty.due, state=state.value)
        row.done_at = deed.moment if is_done else None
        deed.keep(row)
        if not is_done:
            _remind(deed, row)


def _remind(deed: Deed, row: Duty) -> None:
    """One reminder waits for the day before the duty is due; an earlier one is taken back. What is due at once isn't reminded of."""
    _take_back(deed, row)
    if row.due_at is not None and row.due_at - REMINDED_BEFORE > deed.moment:
        notify(deed, [row.person_id], NoticeKind.DUTY_DUE, row.pk, ready_at=row.due_at - REMINDED_BEFORE)


def _take_back(deed: Deed, row: Duty) -> None:
    for notice in Notice.objects.filter(subject=row.pk, kind=NoticeKind.DUTY_DUE.value, sent_at__isnull=True, gave_up=False):
        notice.gave_up = True
        deed.keep(notice)


def _end(deed: Deed, row: Duty, state: DutyState) -> Duty:
    row.state = state.value
    _take_back(deed, row)
    return deed.keep(row)
