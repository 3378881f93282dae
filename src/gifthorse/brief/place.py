"""What is said about a place: quoted, dated and attributed. It goes into a brief beside the advice and no rule ever sees it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.model.words import N_, Phrase, phrase

OLD_AFTER_DAYS: Final = 365  # without a change: the publisher may have stopped looking
STALE_AFTER_DAYS: Final = 14  # since we fetched it: there may be a newer one


class PlaceKind(StrEnum):
    """The only parts of a brief that may differ with the place."""

    LAW = "law"
    HEALTH = "health"
    OFFICIAL_ADVICE = "official-advice"
    TRANSPORT = "transport"


class PlaceBlock(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One quotation about a place.

    `place` is an ISO 3166-1 code, empty when the publisher's name for the place is known to no list of ours; `place_title` is the
    name as the publisher writes it. `quote` is the publisher's text without its markup, `level` the publisher's grade in its own
    words. `retrieved` is aware of its zone.
    """

    kind: PlaceKind
    place: str
    place_title: str
    heading: str
    quote: str
    level: str = ""
    publisher: str
    document: str
    licence: str
    updated: date | None = None
    retrieved: datetime
    shortened: bool = False


def age_warnings(block: PlaceBlock, today: date) -> tuple[Phrase, ...]:
    """What to keep in mind about how old *block* is on *today*; empty when it is fresh."""
    warnings = []
    fetched = (today - block.retrieved.date()).days
    if fetched > STALE_AFTER_DAYS:
        warnings.append(phrase(N_("Fetched {days} days ago: look whether there is a newer one."), days=fetched))
    if block.updated is None:
        warnings.append(phrase(N_("The publisher gives no date.")))
    elif (today - block.updated).days > OLD_AFTER_DAYS:
        warnings.append(phrase(N_("Not changed for {days} days: it may be out of date."), days=(today - block.updated).days))
    return tuple(warnings)


def attribution(block: PlaceBlock) -> Phrase:
    """Who says it, when it was changed and fetched, and under which licence it is quoted."""
    if block.updated is None:
        text = N_("{publisher}, fetched {retrieved}. {licence}")
    else:
        text = N_("{publisher}, changed {updated}, fetched {retrieved}. {licence}")
    return phrase(
        text,
        publisher=block.publisher,
        updated=block.updated.isoformat() if block.updated else "",
        retrieved=block.retrieved.date().isoformat(),
        licence=block.licence,
    )
