"""The trip as the desk keeps it, and the one place where it is stripped to what the composer may see.

`TripFacts` knows who travels, where to and whom they meet, since a desk must. `situation_of` passes none of it on: of persons and
hosts only opaque ids and kinds, of places only whether one differs from the next.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from gifthorse.brief.kinds import (
    Company,
    DataKind,
    EventKind,
    HostKind,
    InvitationOrigin,
    Payer,
    RoleKind,
    Seniority,
    SocialKind,
    VenueKind,
)
from gifthorse.brief.situation import Device, Host, KnowHow, Situation
from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_


class TravellerFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The traveller as the register knows them. `home_zone` is an IANA name; the days of a trip are counted by it."""

    id: str
    name: str = ""
    nationality: str = ""
    home_zone: str = "UTC"
    roles: frozenset[RoleKind] = frozenset()
    seniority: Seniority = Seniority.EXPERIENCED
    signs_for_the_house: bool = False
    know_how: tuple[KnowHow, ...] = ()


class HostFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A host as it presented itself."""

    id: str
    name: str = ""
    country: str = ""
    kind: HostKind = HostKind.UNKNOWN


class LegFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One journey between two places, its moments aware of their zones.

    Countries are ISO 3166-1 codes and zones IANA names, each empty when not known; zones tell which night a journey takes.
    """

    leaves: datetime
    arrives: datetime
    from_place: str = ""
    from_country: str = ""
    to_place: str = ""
    to_country: str = ""
    from_zone: str = ""
    to_zone: str = ""


class StayFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Where one sleeps: from the day *arrives* to the morning of *leaves*."""

    arrives: date
    leaves: date
    where: str = ""


class TripFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A planned trip with everything that the desk knows of it."""

    id: str
    traveller: TravellerFacts
    companions: int = 0
    hosts: tuple[HostFacts, ...] = ()
    legs: tuple[LegFacts, ...] = ()
    stays: tuple[StayFacts, ...] = ()
    devices: tuple[Device, ...] = ()
    data: frozenset[DataKind] = frozenset()
    venues: frozenset[VenueKind] = frozenset()
    events: frozenset[EventKind] = frozenset()
    payer: Payer = Payer.UNKNOWN
    invitation: InvitationOrigin = InvitationOrigin.UNKNOWN
    social: frozenset[SocialKind] = frozenset()
    paid_fee: bool = False
    reports_on_same_know_how: int = 0
    reports_on_same_host: int = 0


_ONE_NIGHT: Final = timedelta(days=1)


def situation_of(trip: TripFacts, today: date) -> Situation:
    """What the composer may see of *trip* on *today*; raises NotAccepted for a leg whose moments have no zone."""
    first, last = _first_and_last_day(trip)
    traveller = trip.traveller
    return Situation(
        roles=traveller.roles,
        seniority=traveller.seniority,
        signs_for_the_house=traveller.signs_for_the_house,
        know_how=traveller.know_how,
        devices=trip.devices,
        data=trip.data,
        venues=trip.venues,
        events=trip.events,
        hosts=tuple(Host(id=host.id, kind=host.kind) for host in trip.hosts),
        payer=trip.payer,
        invitation=trip.invitation,
        social=trip.social,
        reports_on_same_know_how=trip.reports_on_same_know_how,
        reports_on_same_host=trip.reports_on_same_host,
        company=Company.GROUP if trip.companions else Company.SOLO,
        itinerary_gaps=_gaps(trip, first, last) if first and last else 0,
        border_crossings=sum(_crosses(leg) for leg in trip.legs),
        nights=(last - first).days if first and last else 0,
        days=(last - first).days + 1 if first and last else 1,
        days_until_departure=(first - today).days if first else 0,
        paid_fee=trip.paid_fee,
    )


def places_of(trip: TripFacts) -> tuple[str, ...]:
    """The countries that the legs of *trip* reach, in the order of the trip, each once: for the blocks about places and nothing else."""
    home = next((leg.from_country for leg in trip.legs if leg.from_country), "")
    reached = dict.fromkeys(leg.to_country.upper() for leg in trip.legs if leg.to_country)
    return tuple(country for country in reached if country != home.upper())


def _crosses(leg: LegFacts) -> bool:
    return bool(leg.from_country and leg.to_country) and leg.from_country.upper() != leg.to_country.upper()


def _first_and_last_day(trip: TripFacts) -> tuple[date | None, date | None]:
    """By the clock at home, where the trip begins and ends."""
    home = trip.traveller.home_zone
    starts = [_local_day(leg.leaves, home) for leg in trip.legs] + [stay.arrives for stay in trip.stays]
    ends = [_local_day(leg.arrives, home) for leg in trip.legs] + [stay.leaves for stay in trip.stays]
    if not starts:
        return None, None
    first = min(starts)
    return first, max(first, *ends)


def _local_day(moment: datetime, zone: str) -> date:
    if moment.tzinfo is None:
        raise NotAccepted(N_("This time has no time zone. Please give one."), field="legs")
    try:
        return moment.astimezone(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise NotAccepted(N_("This time zone is not known. Please choose one from the list."), field="zone") from error


def _gaps(trip: TripFacts, first: date, last: date) -> int:
    """Runs of nights that no stay and no journey covers."""
    nights = [first + _ONE_NIGHT * number for number in range((last - first).days)]
    covered = [_slept(night, trip.stays) or _travelling(night, trip) for night in nights]
    return sum(not now and (number == 0 or covered[number - 1]) for number, now in enumerate(covered))


def _slept(night: date, stays: Sequence[StayFacts]) -> bool:
    return any(stay.arrives <= night < stay.leaves for stay in stays)


def _travelling(night: date, trip: TripFacts) -> bool:
    home = trip.traveller.home_zone
    return any(_local_day(leg.leaves, leg.from_zone or home) <= night < _local_day(leg.arrives, leg.to_zone or home) for leg in trip.legs)
