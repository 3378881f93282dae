"""What is told of a trip is held to the words that advice and duties know, and its times to instants."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from gifthorse.brief import kinds
from gifthorse.brief.duties.calendar import zone as zone_of
from gifthorse.brief.duties.events import Regime
from gifthorse.brief.kinds import Payer
from gifthorse.model.errors import NotAccepted
from gifthorse.model.itineraries import Day, Instant, Leg, LegKind, Moment
from gifthorse.model.trips import LONGEST_LINE, LONGEST_PROSE, MOST_HOSTS, MOST_LEGS, PaidFor, TripContent
from gifthorse.model.words import N_

LONGEST_TRIP: Final = timedelta(days=730)
PARTS_PAID: Final = ("travel", "lodging", "meals", "fees")
JOURNEYS: Final = frozenset({LegKind.FLIGHT, LegKind.TRAIN, LegKind.BUS, LegKind.BOAT, LegKind.CAR, LegKind.OTHER})
NO_FIT: Final = N_("One of the answers is none of those offered. Please choose again.")
_WORDS: Final[dict[str, type[StrEnum]]] = {
    "venues": kinds.VenueKind,
    "events": kinds.EventKind,
    "social": kinds.SocialKind,
    "data": kinds.DataKind,
    "regimes": Regime,
}


def checked(content: TripContent) -> TripContent:
    """*content* without needless blanks. Raises NotAccepted with the field for what doesn't fit."""
    content = _trimmed(content)
    if not content.title:
        raise NotAccepted(N_("Please say in a few words what the trip is for."), field="title")
    for field, words in _WORDS.items():
        _require(getattr(content, field), words, field)
    _require((content.invitation,), kinds.InvitationOrigin, "invitation")
    _require((device.kind for device in content.devices), kinds.DeviceKind, "devices")
    _require((host.kind for host in content.hosts), kinds.HostKind, "hosts")
    _require((part.by for part in content.paid), Payer, "paid")
    _check_the_rest(content)
    return content


def bounds(legs: Iterable[Leg], home_zone: str) -> tuple[datetime, datetime]:
    """The first departure and the last arrival, in UTC; a day without a time counts whole where no time is known on it.

    Days begin and end by the clock at home. Raises NotAccepted when nothing tells a time, when a time has no zone, or when the trip ends
    before it begins.
    """
    told = [(leg.departs or leg.arrives, leg.arrives or leg.departs) for leg in legs if not leg.cancelled]
    firsts = [first for first, _last in told if first is not None]
    lasts = [last for _first, last in told if last is not None]
    if not firsts:
        raise NotAccepted(N_("Please say when the trip begins and ends."), field="legs")
    home = zone_of(home_zone)
    begins, ends = _first(firsts, home), _last(lasts, home)
    if ends < begins or ends - begins > LONGEST_TRIP:
        raise NotAccepted(N_("The trip ends before it begins, or lasts longer than two years. Please correct the times."), field="legs")
    return begins, ends


def payer_of(paid: Iterable[PaidFor]) -> Payer:
    """Who pays for the trip as a whole: several when it isn't one."""
    told = {Payer(part.by) for part in paid} or {Payer.UNKNOWN}
    return told.pop() if len(told) == 1 else Payer.MIXED


def is_sponsored(content: TripContent) -> bool:
    """Whether somebody outside the house pays for any of it."""
    return bool({part.by for part in content.paid} & {Payer.HOST.value, Payer.THIRD_PARTY.value, Payer.MIXED.value})


def _first(moments: list[Moment], home: ZoneInfo) -> datetime:
    return min(_at(moment, home, time(0)) for moment in _telling(moments))


def _last(moments: list[Moment], home: ZoneInfo) -> datetime:
    return max(_at(moment, home, time(23, 59)) for moment in _telling(moments))


def _telling(moments: list[Moment]) -> list[Moment]:
    """*moments* without the bare days on which a time is known."""
    days = {moment.local.date() for moment in moments if isinstance(moment, Instant)}
    return [moment for moment in moments if not isinstance(moment, Day) or moment.on not in days]


def _at(moment: Moment, home: ZoneInfo, edge: time) -> datetime:
    if isinstance(moment, Instant):
        return moment.at.astimezone(UTC)
    if isinstance(moment, Day):
        return datetime.combine(moment.on, edge, home).astimezone(UTC)
    raise NotAccepted(N_("One of the times has no time zone, so nobody can tell when it is. Please give its zone."), field="legs")


def _trimmed(content: TripContent) -> TripContent:
    texts = {field: " ".join(getattr(content, field).split()) for field in ("title", "sponsor", "invitation_by", "others")}
    texts |= {field: getattr(content, field).strip() for field in ("purpose", "emergency_contact", "documents")}
    hosts = tuple(msgspec.structs.replace(host, name=" ".join(host.name.split())) for host in content.hosts)
    return msgspec.structs.replace(content, **texts, hosts=hosts)


def _check_the_rest(content: TripContent) -> None:
    if len(content.legs) > MOST_LEGS or len(content.hosts) > MOST_HOSTS:
        raise NotAccepted(N_("A trip has at most 60 legs and 10 hosts. Please plan it as two trips."), field="legs")
    if len(content.title) > LONGEST_LINE or any(len(host.name) > LONGEST_LINE for host in content.hosts):
        raise NotAccepted(N_("Please write at most 200 characters."), field="title")
    if any(len(getattr(content, field)) > LONGEST_PROSE for field in ("purpose", "others", "emergency_contact", "documents")):
        raise NotAccepted(N_("Please write at most 4,000 characters."), field="purpose")
    if any(part.what not in PARTS_PAID for part in content.paid) or not {content.official, content.sponsor_exempt} <= {"", "yes", "no"}:
        raise NotAccepted(NO_FIT)
    if content.sponsor_usd is not None and content.sponsor_usd < 0:
        raise NotAccepted(N_("Please give the sum as a number above 0."), field="sponsor_usd")


def _require(values: Iterable[str], words: type[StrEnum], field: str) -> None:
    if not set(values) <= {str(word) for word in words}:
        raise NotAccepted(NO_FIT, field=field)
