"""Mails as text (RFC 5322, MIME) and mailboxes of them."""

import base64
import binascii
import email
import re
from collections.abc import Iterator
from email.message import Message
from itertools import islice
from typing import Final

from gifthorse.inspect.documents.damage import FORMAT_ERRORS
from gifthorse.inspect.documents.letters import (
    Attachment,
    Letter,
    failures_of,
    forms_in,
    invitation_links,
    links_in,
    replies_of,
    sender_of,
    words,
)
from gifthorse.inspect.documents.once import once
from gifthorse.inspect.documents.spelt_files import files_spelt_in
from gifthorse.inspect.documents.winmail import SIGNATURE, wrapped_in
from gifthorse.inspect.formats.payload import named
from gifthorse.inspect.item import Item, TooLarge

MOST_BYTES: Final = 128 << 20
# The standard parser's work grows with the depth of multiparts; no mail program nests more than a few.
MOST_BOUNDARIES: Final = 500
MOST_MESSAGES: Final = 20_000
MOST_PARTS: Final = 5_000

_BOUNDARY: Final = re.compile(rb"boundary\s*=", re.IGNORECASE)
_FROM_LINE: Final = re.compile(rb"^From \S{1,300} .{0,200}\d{4}\r?$", re.MULTILINE)


@once
def mail_of(item: Item) -> Letter:
    """The item as a mail."""
    try:
        text = bytes(item.content.whole(MOST_BYTES))
    except TooLarge:
        return Letter(unread="a mail too large to be held in memory", too_large=True)
    return letter_from(text)


def letter_from(text: bytes) -> Letter:
    """The mail in *text*; one that can't be read says so."""
    if len(_BOUNDARY.findall(text)) > MOST_BOUNDARIES:
        return Letter(unread="more parts within parts than a mail has", too_large=True)
    try:
        message = email.message_from_bytes(text)
        pages: list[str] = []
        attachments: list[Attachment] = []
        parts = parts_of(message)
        for part in islice(parts, MOST_PARTS):
            sort(part, pages, attachments)
        more = next(parts, None) is not None
        name, address = sender_of(message)
        return Letter(
            sender_name=name,
            sender=address,
            reply_to=replies_of(message),
            failed=failures_of(message),
            links=tuple(link for page in pages for link in (invitation_links(page) if is_calendar(page) else links_in(page))),
            forms=tuple(goal for page in pages for goal in forms_in(page)),
            attachments=tuple(attachments),
            unread=f"more than {MOST_PARTS} parts" if more else "",
            too_large=more,
        )
    except FORMAT_ERRORS as error:
        return Letter(unread=str(error) or type(error).__name__)


def parts_of(message: Message) -> Iterator[Message]:
    """The leaves of a mail; a mail inside a mail is one leaf."""
    if message.is_multipart() and message.get_content_maintype() != "message":
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from parts_of(part)
    else:
        yield message


def sort(part: Message, pages: list[str], attachments: list[Attachment]) -> None:
    """Puts a leaf among the pages that are shown or the files that are carried; a page is both, so that its scripts are looked at."""
    name = words(part.get_filename() or "")
    kind = part.get_content_type()
    content = body_of(part)
    if kind == "text/html" and not name:
        pages.append(content.decode(part.get_content_charset("utf-8"), "replace") if known(part) else content.decode("latin-1"))
        attachments.append(Attachment(untrusted_name="body.html", content=content))
    elif kind == "text/calendar":
        pages.append(content.decode("utf-8", "replace"))
        attachments.append(Attachment(untrusted_name=name or "invitation.ics", content=content))
    elif content.startswith(SIGNATURE):
        attachments.extend(unwrapped(name, content))
    elif name or not kind.startswith("text/") or named(content) is not None:
        attachments.append(Attachment(untrusted_name=name or default_name(kind), content=content))
    else:
        attachments.extend(files_spelt_in(content))


def unwrapped(untrusted_name: str, content: bytes) -> list[Attachment]:
    """The files in Outlook's wrapping; the wrapping itself too where it could not be followed, so that its opener says so."""
    wrapping = wrapped_in(content)
    itself = [] if wrapping.attachments and not wrapping.damaged else [Attachment(untrusted_name=untrusted_name, content=content)]
    return [*wrapping.attachments, *itself]


def is_calendar(text: str) -> bool:
    """Whether *text* is an invitation or calendar and no page."""
    return text.lstrip("\ufeff \t\r\n")[:15].upper() == "BEGIN:VCALENDAR"


@once
def calendar_of(item: Item) -> Letter:
    """A calendar file as a mail without sender: its entries' links."""
    text = item.content.read(0, MOST_BYTES >> 4).decode("utf-8", "replace")
    return Letter(links=invitation_links(text)) if is_calendar(text) else Letter()


def known(part: Message) -> bool:
    """Whether the part's character set is one that is known here; base64 and its like are codecs, too, but of no text."""
    try:
        b"a".decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):
        return False
    return True


def body_of(part: Message) -> bytes:
    """The bytes of a leaf, decoded from its transfer encoding."""
    if part.get_content_maintype() == "message" and part.is_multipart():
        inner = part.get_payload()
        mails = [one for one in inner if isinstance(one, Message)]
        return b"\n\n".join(_in_letters(part, one) or one.as_bytes() for one in mails)
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _in_letters(part: Message, inner: Message) -> bytes | None:
    """The mail beneath base64, which no mail within a mail may be sent in (RFC 2046, 5.2.1) and which programs read all the same."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64" or inner.keys():
        return None
    try:
        return base64.b64decode(inner.as_bytes(), validate=False)
    except (binascii.Error, ValueError):
        return None


def default_name(kind: str) -> str:
    """A name for a leaf that has none."""
    return "message.eml" if kind.startswith("message/") else "attachment"


def messages_in(item: Item) -> Iterator[bytes]:
    """The mails of a mailbox, which begin at lines "From …" with a year at their end (RFC 4155); raises TooLarge."""
    text = bytes(item.content.whole(MOST_BYTES))
    starts = [match.start() for match in _FROM_LINE.finditer(text)][:MOST_MESSAGES]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        line_end = text.find(b"\n", start, end)
        if line_end >= 0:
            yield text[line_end + 1 : end]
