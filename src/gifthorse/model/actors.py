"""Who acts: roles, how an actor stands to a record, and the actor itself."""

from enum import StrEnum
from typing import Final

import msgspec


class Role(StrEnum):
    """What somebody is to the desk. One person may have several roles."""

    STAFF = "staff"
    OFFICER = "officer"
    RESEARCH_LEAD = "research-lead"  # research security at a university: trips, invitations, elements; no reports' content
    BOARD = "board"
    CUSTODIAN = "custodian"
    AUDITOR = "auditor"
    ADMIN = "admin"
    DESK = "desk"  # gifthorse itself: jobs, set-up and the console of the machine


class Relation(StrEnum):
    """How the actor stands to the record: it is their own, somebody else's, or there is none yet."""

    OWN = "own"
    OTHERS = "others"
    NONE = "none"


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody (or the desk itself) about to do something: an opaque person id and the roles they have now."""

    person: str
    roles: frozenset[Role]


DESK_ITSELF: Final = Actor(person="desk", roles=frozenset({Role.DESK}))
