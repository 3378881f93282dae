"""Outlook messages ([MS-OXMSG]): a compound file with a stream for each property and a storage for each attachment."""

import email
import struct
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.compound import CompoundFile, Path, compound_of
from gifthorse.inspect.documents.damage import FORMAT_ERRORS, DamagedDocument
from gifthorse.inspect.documents.letters import Attachment, Letter, failures_of, forms_in, links_in, replies_of, sender_of
from gifthorse.inspect.documents.once import once
from gifthorse.inspect.item import Item

PROPERTIES: Final = "__properties_version1.0"
PREFIX: Final = "__substg1.0_"
# Property ids ([MS-OXPROPS]).
HEADERS: Final = "007D"
PAGE: Final = "1013"
SENDER_NAME: Final = "0C1A"
SENDER: Final = ("5D01", "0C1F")
DATA: Final = "37010102"
NAMES: Final = ("3707", "3704")
UNICODE: Final = "001F"
_NAMED: Final = ("__nameid_version1.0", "__substg1.0_00030102")
_MOST_NAMED: Final = 1 << 16
_REMINDER_FILE: Final = 0x851F  # PidLidReminderFileParameter ([MS-OXPROPS] 2.221)
MOST_ATTACHMENTS: Final = 500


def is_message(item: Item) -> bool:
    """Whether the compound file is a message: it has a message's property stream at its root (2.4)."""
    compound = compound_of(item)
    return compound is not None and (PROPERTIES,) in compound.streams and any(path[-1].startswith(PREFIX) for path in compound.streams)


@once
def message_of(item: Item) -> Letter:
    """The item as a mail."""
    compound = compound_of(item)
    if compound is None:
        return Letter(unread="not a compound file that can be read")
    try:
        return letter_in(compound)
    except FORMAT_ERRORS as error:
        return Letter(unread=str(error) or type(error).__name__)


def letter_in(compound: CompoundFile) -> Letter:
    """The mail of *compound*."""
    headers = email.message_from_string(text_of(compound, (), HEADERS))
    name, address = sender_of(headers)
    page = text_of(compound, (), PAGE)
    return Letter(
        sender_name=name or text_of(compound, (), SENDER_NAME),
        sender=address or next((text for text in (text_of(compound, (), tag) for tag in SENDER) if text), ""),
        reply_to=replies_of(headers),
        failed=failures_of(headers),
        links=links_in(page),
        forms=forms_in(page),
        attachments=tuple(attachments_in(compound)),
    )


def sound_of(compound: CompoundFile) -> str:
    """The file that Outlook plays when the message's reminder comes due, as it is written; empty when none is named."""
    if _NAMED not in compound.streams:
        return ""
    try:
        entries = compound.read(_NAMED)
    except DamagedDocument:
        return ""
    for at in range(0, min(len(entries), _MOST_NAMED) - 7, 8):  # [MS-OXMSG] 2.2.3.1.2: number, kind and index of each named property
        number, kind, index = struct.unpack_from("<IHH", entries, at)
        if number == _REMINDER_FILE and not kind & 1:
            return text_of(compound, (), f"{0x8000 + index:04X}")
    return ""


def text_of(compound: CompoundFile, storage: Path, tag: str) -> str:
    """A text property, in Unicode, in bytes, or as the bytes of a page; empty when it is absent or damaged."""
    for kind, encoding in ((UNICODE, "utf-16-le"), ("001E", "cp1252"), ("0102", "utf-8")):
        path = (*storage, f"{PREFIX}{tag}{kind}")
        if path in compound.streams:
            try:
                return compound.read(path).decode(encoding, "replace").rstrip("\0")
            except DamagedDocument:
                continue
    return ""


def attachments_in(compound: CompoundFile) -> Iterator[Attachment]:
    """The files that the message carries, also those of messages inside it."""
    count = 0
    for path in compound.streams:
        if path[-1] == PREFIX + DATA and len(path) > 1 and path[-2].startswith("__attach_version1.0_") and count < MOST_ATTACHMENTS:
            count += 1
            name = next((text for text in (text_of(compound, path[:-1], tag) for tag in NAMES) if text), "")
            yield Attachment(untrusted_name=name, content=compound.read(path))
