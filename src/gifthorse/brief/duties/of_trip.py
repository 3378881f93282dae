"""From a trip as the desk keeps it to the facts that rules about duties ask for."""

from datetime import datetime

from gifthorse.brief.duties.events import Answer, DutyFacts, EventType, Regime
from gifthorse.brief.kinds import Payer
from gifthorse.brief.trip_facts import LegFacts, TripFacts


def duty_facts_of(
    trip: TripFacts,
    regimes: frozenset[Regime],
    *,
    event: EventType = EventType.TRIP_PLANNED,
    official: Answer | None = None,
    emergency: Answer = Answer.NO,
    bulk_upload: Answer | None = None,
    sponsor_exempt: Answer | None = None,
    sponsor_usd_12_months: int | None = None,
    told_last: datetime | None = None,
    happened: datetime | None = None,
    event_zone: str = "",
) -> DutyFacts:
    """The facts about *event* on *trip*. Of places they say whether a border is crossed, when all of them are known, and no more."""
    return DutyFacts(
        event=event,
        regimes=regimes,
        official=official,
        abroad=_abroad(trip.legs),
        emergency=emergency,
        payer=None if trip.payer is Payer.UNKNOWN else trip.payer,
        sponsor_exempt=sponsor_exempt,
        sponsor_usd_12_months=sponsor_usd_12_months,
        bulk_upload=bulk_upload,
        departs=min((leg.leaves for leg in trip.legs), default=None),
        returns=max((leg.arrives for leg in trip.legs), default=None),
        happened=happened,
        told_last=told_last,
        home_zone=trip.traveller.home_zone,
        event_zone=event_zone,
    )


def _abroad(legs: tuple[LegFacts, ...]) -> Answer | None:
    if any(leg.from_country and leg.to_country and leg.from_country.upper() != leg.to_country.upper() for leg in legs):
        return Answer.YES
    known = legs and all(leg.from_country and leg.to_country for leg in legs)
    return Answer.NO if known else None
