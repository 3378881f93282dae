"""The life of an item that was handed in: its kinds, its states, and what may follow what."""

from enum import StrEnum
from typing import Final

from gifthorse.model.errors import WrongState
from gifthorse.model.words import N_


class ItemKind(StrEnum):
    """What was given."""

    MEMORY_STICK = "memory-stick"
    MEMORY_CARD = "memory-card"
    DISK = "disk"
    CAMERA = "camera"
    PHONE = "phone"
    COMPUTER = "computer"
    CHARGER = "charger"
    OTHER_DEVICE = "other-device"
    FILES = "files"
    OBJECT = "object"


class ValueBand(StrEnum):
    """Roughly what it is worth; bands, since nobody knows the price of a present."""

    UNKNOWN = "unknown"
    UNDER_20 = "under-20"
    TO_50 = "20-50"
    TO_150 = "50-150"
    OVER_150 = "over-150"


class ItemState(StrEnum):
    """Where an item stands."""

    REPORTED = "reported"
    IN_CUSTODY = "in-custody"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What is to happen with the item."""

    RETURN = "return"
    KEEP_SEALED = "keep-sealed"
    DESTROY = "destroy"
    PASS_ON = "pass-on"  # noqa: S105 - an outcome, no password


class InspectionState(StrEnum):
    """Where an inspection stands. `STOPPED` was stopped by a person, `FAILED` ended by an error that is told."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


_NEXT: Final[dict[ItemState, frozenset[ItemState]]] = {
    ItemState.REPORTED: frozenset({ItemState.IN_CUSTODY, ItemState.WITHDRAWN}),
    ItemState.IN_CUSTODY: frozenset({ItemState.IN_CUSTODY, ItemState.DECIDED}),
    ItemState.DECIDED: frozenset({ItemState.DECIDED, ItemState.IN_CUSTODY, ItemState.CLOSED}),
    ItemState.CLOSED: frozenset(),
    ItemState.WITHDRAWN: frozenset(),
}


def move(state: ItemState, to: ItemState) -> ItemState:
    """*to*, when an item in *state* may go there; raises WrongState."""
    if to not in _NEXT[state]:
        raise WrongState(N_("This step doesn't fit where the item stands now. Please reload the page and look again."))
    return to
