"""Favours and gifts between a contact and one of our people, in both directions."""

from enum import StrEnum

import msgspec

from gifthorse.model.observations import FavourBand


class Direction(StrEnum):
    """Who gave."""

    IN = "in"  # the contact gave to our person
    OUT = "out"  # our person or house gave
    CONTRACT = "contract"  # what a contract already pays or owes: it covers, it is no favour


class FavourKind(StrEnum):
    """What was given: some kinds count whatever they are worth."""

    GIFT = "gift"
    HOSPITALITY = "hospitality"
    TRAVEL = "travel"
    FEE = "fee"
    CASH = "cash"
    CRYPTO = "crypto"
    FAMILY = "family"  # a benefit to a relative
    CAREER = "career"  # a post, a grant, a deal held out
    SERVICE = "service"
    OTHER = "other"


class Favour(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of the ledger of favours. `month` as in `Observation`; `thread` is opaque."""

    month: float
    thread: str
    direction: Direction
    kind: FavourKind
    band: FavourBand
