"""What can make a duty arise, and the facts that the rules may ask for. None of them is about where anybody comes from."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import msgspec

from gifthorse.brief.conditions import FactValue
from gifthorse.brief.kinds import Payer


class EventType(StrEnum):
    """What happened or is planned."""

    TRIP_PLANNED = "trip.planned"
    TRIP_DEVIATION = "trip.deviation"
    TRIP_BULK = "trip.bulk"
    TRIP_DEBRIEF = "trip.debrief"
    CONTACT_CONTINUING = "contact.continuing"
    CONTACT_SUSPICIOUS = "contact.suspicious"
    CONTACT_INTELLIGENCE = "contact.intelligence-service"
    ELICITATION = "elicitation.attempt"
    INFORMATION_REQUEST = "information.request"
    MEDIA_REQUEST = "media.request"
    GIFT = "gift"
    HOSPITALITY = "hospitality"
    TRAVEL_SPONSORED = "travel.sponsored"
    FEE = "fee"
    DEVICE_OFFERED = "device.offered"
    DEVICE_OUT_OF_SIGHT = "device.out-of-sight"
    ROOM_INTRUSION = "room.intrusion"
    SEARCH_BORDER = "search.border"
    COERCION = "coercion"
    VISIT_INCIDENT = "visit.incident"
    COLLEAGUE_CONCERN = "colleague.concern"


class Regime(StrEnum):
    """Which rules bind the person: kept with the person's appointment, not guessed."""

    CLEARED = "cleared"  # access to classified information
    FEDERAL_RESEARCH = "federal-research"  # a covered person on US federal research awards
    AWARD_ASKS_TRAVEL = "award-asks-travel"  # the terms of an award ask for travel reporting
    PHS = "phs"  # investigator on an award of the US Public Health Service
    HOUSE = "house"  # staff of the house


class Answer(StrEnum):
    """A yes or no that may not be known."""

    YES = "yes"
    NO = "no"


class DutyFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known about one event. What is None is not known, and rules that need it say so instead of guessing.

    Moments are aware of their zones. `home_zone` is where the person reports, `event_zone` where it happened (IANA names). Sums are
    in whole US dollars: that is what the rules that count money count in.
    """

    event: EventType
    regimes: frozenset[Regime] = frozenset({Regime.HOUSE})
    official: Answer | None = None
    abroad: Answer | None = None
    emergency: Answer = Answer.NO
    payer: Payer | None = None
    sponsor_exempt: Answer | None = None  # a US public body, or a US university, hospital or institute of one
    sponsor_usd_12_months: int | None = None
    bulk_upload: Answer | None = None
    departs: datetime | None = None
    returns: datetime | None = None
    happened: datetime | None = None
    told_last: datetime | None = None  # the last bulk upload
    home_zone: str = "UTC"
    event_zone: str = ""


_ANSWERS: Final = frozenset(str(answer) for answer in Answer)
COUNT: Final = "count"
VOCABULARY: Final[Mapping[str, frozenset[str] | str]] = MappingProxyType(
    {
        "event": frozenset(str(event) for event in EventType),
        "regime": frozenset(str(regime) for regime in Regime),
        "official": _ANSWERS,
        "abroad": _ANSWERS,
        "emergency": _ANSWERS,
        "payer": frozenset(str(payer) for payer in Payer if payer is not Payer.UNKNOWN),
        "sponsor-exempt": _ANSWERS,
        "sponsor-usd-12-months": COUNT,
        "bulk-upload": _ANSWERS,
    }
)


def facts_of(facts: DutyFacts) -> dict[str, FactValue]:
    """*facts* as the rules see them; what is not known is None."""
    return {
        "event": frozenset({str(facts.event)}),
        "regime": frozenset(str(regime) for regime in facts.regimes),
        "official": _known(facts.official),
        "abroad": _known(facts.abroad),
        "emergency": _known(facts.emergency),
        "payer": None if facts.payer is Payer.UNKNOWN else _known(facts.payer),
        "sponsor-exempt": _known(facts.sponsor_exempt),
        "sponsor-usd-12-months": facts.sponsor_usd_12_months,
        "bulk-upload": _known(facts.bulk_upload),
    }


def _known(word: StrEnum | None) -> frozenset[str] | None:
    return None if word is None else frozenset({str(word)})
