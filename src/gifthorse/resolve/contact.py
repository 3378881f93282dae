"""A contact as our people reported it: what somebody called themselves and how they could be reached.

There is no field for nationality, and nothing here is ever read by a score. Texts (card, first message) are kept as fingerprints only.
"""

from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_
from gifthorse.resolve.names.scripts import Script, script_of

MOST_NAMES: Final = 12
MOST_VALUES: Final = 50
LONGEST_NAME: Final = 200
LONGEST_VALUE: Final = 500


class NameAsGiven(msgspec.Struct, frozen=True, kw_only=True):
    """A name as it was written down or said, and the script it was written in."""

    text: str
    script: Script


class ValueKind(StrEnum):
    """What an identifier is; the values are the names of the fields of Contact."""

    PHONE = "phones"
    MAIL = "mails"
    PROFILE = "profiles"
    MESSENGER = "messengers"
    ACCOUNT = "accounts"


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody as reported. All ids are opaque; everything may be empty but `id`.

    `messengers` are written ``service:handle``. `portrait` is a 64-bit perceptual hash in 16 hex digits; `card` is from
    `fingerprints.card_hash`, `first_message` from `fingerprints.text_fingerprint`. `introducers` are ids of other contacts.
    """

    id: str
    names: tuple[NameAsGiven, ...] = ()
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    messengers: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    portrait: str = ""
    card: str = ""
    employers: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    introducers: tuple[str, ...] = ()
    first_message: tuple[int, ...] = ()


def name_as_given(untrusted_text: str) -> NameAsGiven:
    """The name with its script; longer than LONGEST_NAME characters is cut, because no name is."""
    text = untrusted_text[:LONGEST_NAME].strip()
    return NameAsGiven(text=text, script=script_of(text))


def checked(contact: Contact) -> Contact:
    """*contact* unchanged; raises NotAccepted when it has no id, or more names or values than one contact can have."""
    if not contact.id:
        raise NotAccepted(N_("A contact needs its number before it can be compared."), field="id")
    if len(contact.names) > MOST_NAMES:
        raise NotAccepted(N_("These are too many names for one contact. Please split it into several."), field="names")
    for field in ("phones", "mails", "profiles", "messengers", "accounts", "employers", "events", "introducers"):
        if len(getattr(contact, field)) > MOST_VALUES:
            raise NotAccepted(N_("These are too many entries for one contact. Please split it into several."), field=field)
    return contact
