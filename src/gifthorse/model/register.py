"""What the register knows: people as the house lists them, know-how and who else holds it, and events."""

from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.model.roles import Role
from gifthorse.model.words import Phrase

LONGEST_TITLE: Final = 200
LONGEST_PROSE: Final = 4000
LEAST_WEIGHT: Final = 1
GREATEST_WEIGHT: Final = 5


class StaffField(StrEnum):
    """A column of the house's list of people; the values are the names of the fields of StaffEntry."""

    STAFF_NUMBER = "staff_number"
    NAME = "name"
    MAIL = "mail"
    UNIT = "unit"
    ROLES = "roles"
    LOGIN = "login"
    ZONE = "zone"
    LANGUAGE = "language"
    LEAVING_ON = "leaving_on"
    DUTY_KIND = "duty_kind"
    SIGNS = "signs"


class StaffEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One person as the house's list has them, in row `row` of the file (the first is 1). Fields of columns that it lacks are empty."""

    row: int
    name: str
    staff_number: str = ""
    mail: str = ""
    unit: str = ""
    roles: tuple[Role, ...] = ()
    login: str = ""
    zone: str = ""
    language: str = ""
    leaving_on: date | None = None
    duty_kind: str = ""
    signs: bool = False


class BrokenRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is left out, and why."""

    row: int
    reason: Phrase


class StaffList(msgspec.Struct, frozen=True, kw_only=True):
    """The house's list of people: which columns it has, who is on it, and which rows could not be taken."""

    columns: frozenset[StaffField]
    entries: tuple[StaffEntry, ...]
    broken: tuple[BrokenRow, ...] = ()


class PartyKind(StrEnum):
    """What a house outside does for ours."""

    LAW_FIRM = "law-firm"
    PR_AGENCY = "pr-agency"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    PARTNER = "partner"
    CONSULTANCY = "consultancy"
    CERTIFIER = "certifier"
    SERVICE_PROVIDER = "service-provider"
    OTHER = "other"


class GatheringKind(StrEnum):
    """What kind of event our people go to."""

    FAIR = "fair"
    CONFERENCE = "conference"
    VISIT = "visit"
    DELEGATION = "delegation"
    MEETING = "meeting"
    OTHER = "other"


class AssetFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What an asset is called and what it is; kept sealed."""

    title: str
    what: str = ""


class ElementFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What an element is called, the answer agreed for whoever asks, and its number on a list of export control; kept sealed."""

    title: str
    line: str = ""
    export_reference: str = ""


class PartyFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The name of a house outside, and what else is worth knowing; kept sealed."""

    name: str
    note: str = ""


class EventFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What an event is called, where it is and who makes it; kept sealed."""

    title: str
    place: str = ""
    organiser: str = ""
