"""What the composer may know about a trip: what one knows, takes, does and meets, and who pays.

`Situation` is closed. It has no field for where anybody comes from or where the trip goes, and a test holds its fields to exactly
this set; whoever wants a brief to read more has to change that test in the open. What a place asks for comes in beside it
(`place.py`) and no rule sees it.
"""

import msgspec

from gifthorse.brief.kinds import (
    Company,
    DataKind,
    DeviceKind,
    ElementKind,
    EventKind,
    HostKind,
    InvitationOrigin,
    Payer,
    Protection,
    RoleKind,
    Seniority,
    SocialKind,
    VenueKind,
)


class KnowHow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One element of know-how that the traveller holds; `carried` when papers, samples or devices on the trip hold it, too.

    `id` is opaque, `title` is the house's own word for it, `export_reference` a list number (such as ``2B001``), `line` the
    answer that was agreed in advance, empty when none was.
    """

    id: str
    title: str
    kind: ElementKind
    protection: Protection = Protection.INTERNAL
    carried: bool = False
    export_reference: str = ""
    line: str = ""


class Device(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One device on the trip; a loaner is issued for it and looked at after it."""

    kind: DeviceKind
    loaner: bool = False


class Host(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who receives the traveller: an opaque id and a kind."""

    id: str
    kind: HostKind = HostKind.UNKNOWN


class Situation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A trip as the composer sees it. Counts are of the whole trip; `days_until_departure` is negative after it began."""

    roles: frozenset[RoleKind] = frozenset()
    seniority: Seniority = Seniority.EXPERIENCED
    signs_for_the_house: bool = False
    know_how: tuple[KnowHow, ...] = ()
    devices: tuple[Device, ...] = ()
    data: frozenset[DataKind] = frozenset()
    venues: frozenset[VenueKind] = frozenset()
    events: frozenset[EventKind] = frozenset()
    hosts: tuple[Host, ...] = ()
    payer: Payer = Payer.UNKNOWN
    invitation: InvitationOrigin = InvitationOrigin.UNKNOWN
    social: frozenset[SocialKind] = frozenset()
    reports_on_same_know_how: int = 0
    reports_on_same_host: int = 0
    company: Company = Company.SOLO
    itinerary_gaps: int = 0
    border_crossings: int = 0
    nights: int = 0
    days: int = 1
    days_until_departure: int = 0
    paid_fee: bool = False
