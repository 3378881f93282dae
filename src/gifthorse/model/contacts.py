"""Somebody outside, as our people reported them: everything as it was given, in its own script and spelling.

There is no field for nationality or origin. What lies here is sealed; assessment never reads it, and comparing contacts reads it
through the room `resolve` alone.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

MOST_VALUES: Final = 12
LONGEST_VALUE: Final = 500
LONGEST_PROSE: Final = 4000


class Verified(StrEnum):
    """Whether somebody made sure that the contact is who they say."""

    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    REFUTED = "refuted"  # the house that they named doesn't know them


class ContactFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A contact as reported; everything may be empty.

    `messengers` are written ``service:handle``. `employer` is what they claimed. `portrait` is a 64-bit perceptual hash in 16 hex
    digits. `introduced_by` and `events` hold opaque ids of contacts and events.
    """

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    messengers: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    employer: tuple[str, ...] = ()
    card_text: str = ""
    portrait: str = ""
    introduced_by: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    first_message: str = ""


class ContactCorrection(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody (an opaque person id) changed what was kept, why, and what stood there before."""

    at: datetime
    by: str
    reason: str
    before: ContactFacts


class KeptContact(msgspec.Struct, frozen=True, kw_only=True):
    """What lies sealed for a contact: as it is held to be now, and every correction, oldest first. The first `before` is as reported."""

    facts: ContactFacts
    corrections: tuple[ContactCorrection, ...] = ()
