"""A trip: where it stands, what is told of it, and what happens to it. All that leads to a person or a place is kept sealed."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final

import msgspec

from gifthorse.model.errors import WrongState
from gifthorse.model.itineraries import Leg
from gifthorse.model.words import N_

LONGEST_LINE: Final = 200
LONGEST_PROSE: Final = 4000
MOST_LEGS: Final = 60
MOST_HOSTS: Final = 10


class TripState(StrEnum):
    """Where a trip stands. `OVER` is never kept: it follows from the clock."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    CHANGED = "changed"  # after it was approved: somebody looks at it again
    DEVIATED = "deviated"  # it went another way than planned
    CANCELLED = "cancelled"
    OVER = "over"


class StepKind(StrEnum):
    """What happened to a trip."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    CHANGED = "changed"
    DEVIATED = "deviated"
    CANCELLED = "cancelled"


class DutyState(StrEnum):
    """Whether a duty is still to be done; it is void when what it arose from is gone."""

    OPEN = "open"
    DONE = "done"
    VOID = "void"


WAITING: Final = (TripState.SUBMITTED, TripState.CHANGED)
GOING_AHEAD: Final = (TripState.APPROVED, TripState.CHANGED, TripState.DEVIATED)
_NEXT: Final[dict[TripState, frozenset[TripState]]] = {
    TripState.DRAFT: frozenset({TripState.DRAFT, TripState.SUBMITTED, TripState.CANCELLED}),
    TripState.SUBMITTED: frozenset({TripState.SUBMITTED, TripState.APPROVED, TripState.REFUSED, TripState.CANCELLED, TripState.DEVIATED}),
    TripState.APPROVED: frozenset({TripState.CHANGED, TripState.REFUSED, TripState.CANCELLED, TripState.DEVIATED}),
    TripState.CHANGED: frozenset({TripState.CHANGED, TripState.APPROVED, TripState.REFUSED, TripState.CANCELLED, TripState.DEVIATED}),
    TripState.REFUSED: frozenset({TripState.SUBMITTED, TripState.CANCELLED}),
    TripState.DEVIATED: frozenset({TripState.DEVIATED}),
    TripState.CANCELLED: frozenset(),
}


def move(state: TripState, to: TripState) -> TripState:
    """*to*, when a trip in *state* may go there; raises WrongState."""
    if to not in _NEXT[state]:
        raise WrongState(N_("This step doesn't fit where the trip stands now. Please open the trip again and look."))
    return to


def after_change(state: TripState) -> TripState:
    """Where a trip goes when what it says is changed: an approved one is looked at again, a refused one is handed in anew."""
    if state in {TripState.APPROVED, TripState.CHANGED}:
        return move(state, TripState.CHANGED)
    return move(state, TripState.DRAFT if state is TripState.DRAFT else TripState.SUBMITTED)


def shown_state(state: TripState, ends_at: datetime, moment: datetime) -> TripState:
    """Where the trip stands for a reader at *moment*: one that went ahead is over once it has ended."""
    over = ends_at <= moment and state in {TripState.APPROVED, TripState.CHANGED}
    return TripState.OVER if over else state


# Names, places and numbers that lead to a person: kept sealed whole, and told apart so that a search or an export can leave them out.
Sealed = Annotated[str, msgspec.Meta(extra={"sealed": True})]


class HostTold(msgspec.Struct, frozen=True, kw_only=True):
    """Who receives the traveller, as it presented itself; `kind` is a word of the brief's host kinds."""

    name: Sealed = ""
    kind: str = "unknown"
    country: str = ""


class DeviceTold(msgspec.Struct, frozen=True, kw_only=True):
    """A device that is taken along."""

    kind: str
    loaner: bool = False


class PaidFor(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the trip and who pays for it (a word of the brief's payers)."""

    what: str
    by: str


class Papers(msgspec.Struct, frozen=True, kw_only=True):
    """What a programme asks of one traveller and nobody else on the trip sees: whom to call in an emergency, and the travel documents."""

    emergency_contact: Sealed = ""
    documents: Sealed = ""


class TripContent(msgspec.Struct, frozen=True, kw_only=True):
    """All that is told of a trip. Kinds are words of the brief's kinds (`procedures.check_trip` holds them to those).

    `official`, `sponsor_exempt` are "yes", "no" or "" for not known; `regimes` are the programmes that the travellers say they work under.
    """

    title: str = ""
    purpose: Sealed = ""
    legs: tuple[Leg, ...] = ()
    hosts: tuple[HostTold, ...] = ()
    venues: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    social: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    devices: tuple[DeviceTold, ...] = ()
    paid: tuple[PaidFor, ...] = ()
    sponsor: Sealed = ""
    sponsor_usd: int | None = None
    sponsor_exempt: str = ""
    fee: bool = False
    invitation: str = "unknown"
    invitation_by: Sealed = ""
    official: str = ""
    emergency: bool = False
    regimes: tuple[str, ...] = ()
    others: Sealed = ""  # people from outside the house who travel along
    # As told by and shown to one traveller; what is kept has everybody's under `papers` and nothing here.
    emergency_contact: Sealed = ""
    documents: Sealed = ""  # travel documents, where a programme asks for them: for the compliance form alone
    papers: dict[str, Papers] = {}  # by person id
    not_read: tuple[str, ...] = ()  # what of an uploaded file was not read, so that it isn't lost
