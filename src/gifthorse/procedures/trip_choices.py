"""What somebody may choose from when they plan a trip: their own know-how, the events they go to, the programmes of the house."""

from typing import Any

import msgspec

from gifthorse.brief.duties.events import Regime
from gifthorse.model.errors import NotAccepted
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise, may, now
from gifthorse.procedures.finding_people import NobodyCalled, Register
from gifthorse.procedures.house_settings import RULE_PACKS, setting
from gifthorse.procedures.people import names_of
from gifthorse.procedures.reading_trips import home_zones
from gifthorse.procedures.trip_duties import regimes_told
from gifthorse.procedures.view_events import opened_event
from gifthorse.procedures.view_know_how import ERASED_ELEMENT, opened
from gifthorse.store.tables.asset import Holding
from gifthorse.store.tables.event import Event

REGIMES = {
    "sead-3": (Regime.CLEARED,),
    "nspm-33": (Regime.FEDERAL_RESEARCH, Regime.AWARD_ASKS_TRAVEL),
    "phs-sponsored-travel": (Regime.PHS,),
}


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """Ids with titles; `zone` is the person's own, `regimes` those of the packs in use, `compliance` whether travel documents are asked.

    `papers`: whether whoever asks tells of papers of their own; not when they change a trip that they aren't on.
    """

    elements: tuple[tuple[str, str], ...]
    events: tuple[tuple[str, str], ...]
    regimes: tuple[str, ...]
    told: tuple[str, ...]  # of `regimes`, those that the person named before
    zone: str
    name: str
    compliance: bool
    papers: bool = True


def choices_for(actor: Actor) -> Choices:
    """What the actor may choose from. Raises Refused."""
    authorise(actor, Procedure.PLAN_TRIP, Relation.NONE)
    held = Holding.objects.filter(person_id=actor.person, ended=False, element__retired=False, element__asset__retired=False)
    rows = [holding.element for holding in held.select_related("element__content__key")]
    coming = Event.objects.filter(ends_on__gte=now().date()).select_related("content__key").order_by("starts_on", "id")
    if not may(actor, Procedure.VIEW_EVENTS, Relation.NONE):
        coming = coming.filter(attendances__person_id=actor.person, attendances__ended=False)
    packs: list[Any] = setting(RULE_PACKS)
    regimes = tuple(regime.value for pack in packs for regime in REGIMES.get(pack, ()))
    told = regimes_told(actor.person) if regimes else frozenset()
    return Choices(
        elements=tuple(sorted(((row.pk, opened(row.content, ERASED_ELEMENT).title) for row in rows), key=lambda one: one[1].casefold())),
        events=tuple((event.pk, opened_event(event).title) for event in coming[:200]),
        regimes=regimes,
        told=tuple(regime for regime in regimes if regime in told),
        zone=home_zones([actor.person])[actor.person],
        name=names_of([actor.person]).get(actor.person, ""),
        compliance="sead-3" in packs,
    )


def people_called(actor: Actor, untrusted_names: list[str]) -> tuple[str, ...]:
    """The ids of colleagues called exactly so, by name, staff number or mail address. Raises NotAccepted, naming who isn't known."""
    authorise(actor, Procedure.PLAN_TRIP, Relation.NONE)
    names = [name.strip() for name in untrusted_names if name.strip()]
    if not names:
        return ()
    try:
        return Register().people(names)
    except NobodyCalled as unknown:
        raise NotAccepted(unknown.why.in_english(), field="people") from unknown
