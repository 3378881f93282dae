"""Reads a mail from its bytes: who it says it is from, what our server said of it, its links and the names of its attachments.

Everything is bounded, since a mail is a stranger's work: a mail above a bound is refused, or what lies above it is named as not read.
Attachments are named, never opened. Meant to run in a confined process.
"""

from base64 import b64decode
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses
from typing import Final

from gifthorse.model.errors import Unreadable
from gifthorse.model.words import N_, Phrase, phrase
from gifthorse.report.mail_authentication import read_authentication
from gifthorse.report.mail_calendar import calendar_content
from gifthorse.report.mail_page import html_content
from gifthorse.report.mail_parts import Address, Attached, Link, MailFacts
from gifthorse.report.mail_text import cleaned, decoded, plain_links, text_of

LARGEST: Final = 30 * 1024 * 1024
MOST_HEADER_BYTES: Final = 256 * 1024
MOST_BOUNDARIES: Final = 100
MOST_LINES: Final = 1_500_000  # 30 megabytes in Base64 have a third of that
MOST_EDGES: Final = 20_000  # lines that could begin a part
MOST_PARTS: Final = 200
MOST_LINKS: Final = 200
MOST_TEXT: Final = 200_000
MOST_FIELD: Final = 4_000

_TOO_LARGE: Final = N_("This mail is larger than 30 megabytes. Please save it without its attachments and upload it again.")
_NO_MAIL: Final = N_("This doesn't look like a mail. Please save the mail itself as an .eml file and upload that.")
_ODDLY_MADE: Final = N_("This mail is made so oddly that it can't be read here. Don't open anything in it; hand it to the desk as a file.")


def read_mail(untrusted_body: bytes) -> MailFacts:
    """The facts of the mail in *untrusted_body*; of a mail that carries exactly one other mail whole, those of that one.

    Raises Unreadable for what is no mail, is too large, or is nested or headed beyond the bounds.
    """
    _refuse_outsized(untrusted_body)
    try:
        message = BytesParser(policy=compat32).parsebytes(untrusted_body)
        inner = _forwarded(message)
        found = _facts(inner or message, within=inner is not None)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError, AssertionError) as error:
        # The standard parsers raise these on hostile input; which of them, depends on the version.
        raise Unreadable(_ODDLY_MADE) from error
    if not found.sender.address and not found.subject:
        raise Unreadable(_NO_MAIL)
    return found


def _refuse_outsized(untrusted_body: bytes) -> None:
    if len(untrusted_body) > LARGEST:
        raise Unreadable(_TOO_LARGE)
    head_end = min((at for end in (b"\r\n\r\n", b"\n\n") if (at := untrusted_body.find(end)) >= 0), default=len(untrusted_body))
    if head_end > MOST_HEADER_BYTES:
        raise Unreadable(_NO_MAIL if b":" not in untrusted_body[:1000] else _ODDLY_MADE)
    if untrusted_body.count(b"\n") > MOST_LINES or untrusted_body.count(b"\n--") > MOST_EDGES:
        raise Unreadable(_ODDLY_MADE)
    lowered = untrusted_body.lower()
    if lowered.count(b"boundary") > MOST_BOUNDARIES or lowered.count(b"message/rfc822") > MOST_BOUNDARIES:
        raise Unreadable(_ODDLY_MADE)


def _forwarded(message: Message) -> Message | None:
    """The one whole mail that *message* carries as an attachment of its own, or None."""
    if not message.is_multipart():
        return None
    carried = [inner for part in message.get_payload() if isinstance(part, Message) and (inner := _carried(part))]
    return carried[0] if len(carried) == 1 else None


def _carried(part: Message) -> Message | None:
    """The mail that *part* is: as such, or as a file that is called one and has a mail's headers."""
    if part.get_content_type() == "message/rfc822":
        payload = part.get_payload()
        inner = payload[0] if isinstance(payload, list) and payload and isinstance(payload[0], Message) else None
        if inner is None or inner.keys():
            return inner
        written = str(inner.get_payload())  # some programs write the mail in Base64, which the standard forbids
    elif str(part.get_filename() or "").lower().endswith(".eml"):
        payload = part.get_payload(decode=True)
        return _mail_in(payload) if isinstance(payload, bytes) else None
    else:
        return None
    try:
        return _mail_in(b64decode(written, validate=False))
    except ValueError:
        return None


def _mail_in(untrusted_body: bytes) -> Message | None:
    """The mail in *untrusted_body*, None when it has no sender and no subject."""
    _refuse_outsized(untrusted_body)
    inner = BytesParser(policy=compat32).parsebytes(untrusted_body)
    return inner if inner.get("From") or inner.get("Subject") else None


def _facts(message: Message, *, within: bool) -> MailFacts:
    senders, notes = _addresses(message, "From")
    reply_to, more = _addresses(message, "Reply-To")
    subject = decoded(message.get("Subject", ""), MOST_FIELD)
    content = _content(message)
    shown = [subject, *(one.display for one in senders)]
    return MailFacts(
        sender=senders[0] if senders else Address(),
        senders=len(senders),
        reply_to=tuple(dict.fromkeys((*reply_to, *content.organisers))),
        subject=cleaned(subject),
        authentication=read_authentication(message, MOST_FIELD),
        links=tuple(dict.fromkeys(content.links))[:MOST_LINKS],
        attachments=tuple(content.attachments),
        text="\n".join(content.texts)[:MOST_TEXT],
        within=within,
        hidden_letters=any(cleaned(one) != " ".join(one.split()) for one in shown),
        not_read=(*notes, *more, *content.not_read),
    )


def _addresses(message: Message, header: str) -> tuple[tuple[Address, ...], tuple[Phrase, ...]]:
    raw = [str(value) for value in message.get_all(header, [])]
    notes = (
        (phrase(N_("The header {name} is too long; only its beginning was read."), name=header),)
        if any(len(one) > MOST_FIELD for one in raw)
        else ()
    )
    try:
        pairs = getaddresses([" ".join(one[:MOST_FIELD].split()) for one in raw[:20]])
    except RecursionError:  # comments within comments
        return (), (*notes, phrase(N_("The header {name} is made so oddly that it can't be read."), name=header))
    found = tuple(Address(display=decoded(name, MOST_FIELD), address=cleaned(address)) for name, address in pairs[:50] if name or address)
    return found, notes


class _Content:
    """What the parts of a mail hold, gathered in their order."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.links: list[Link] = []
        self.attachments: list[Attached] = []
        self.organisers: list[Address] = []
        self.notes: list[Phrase] = []

    @property
    def not_read(self) -> tuple[Phrase, ...]:
        """What was not read, each said once."""
        return tuple(note for at, note in enumerate(self.notes) if note not in self.notes[:at])


def _content(message: Message) -> _Content:
    found = _Content()
    for count, part in enumerate(_leaves(message)):
        if count >= MOST_PARTS:
            found.notes.append(phrase(N_("The mail has more than {most} parts; the rest was not read."), most=MOST_PARTS))
            break
        _read_part(part, found)
    if len(found.links) > MOST_LINKS:
        found.notes.append(phrase(N_("The mail has more than {most} links; the rest was not read."), most=MOST_LINKS))
    return found


def _leaves(message: Message) -> list[Message]:
    """The parts that hold content, in order; a mail within the mail counts as an attachment and is not entered."""
    waiting, found = [message], list[Message]()
    while waiting and len(found) <= MOST_PARTS:
        part = waiting.pop(0)
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting[:0] = [one for one in payload if isinstance(one, Message)]
        else:
            found.append(part)
    return found


def _read_part(part: Message, found: _Content) -> None:
    kind, name = part.get_content_type(), part.get_filename()
    if name or part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
        found.attachments.append(Attached(name=decoded(str(name or ""), MOST_FIELD), kind=cleaned(kind)[:100]))
        if kind != "text/calendar":
            return
    body = text_of(part)
    if len(body) > MOST_TEXT:
        found.notes.append(phrase(N_("The text is longer than {most} letters; the rest was not read."), most=MOST_TEXT))
    body = body[:MOST_TEXT]
    if kind == "text/plain":
        found.texts.append(cleaned(body, lines=True))
        found.links += plain_links(body)
    elif kind == "text/calendar":
        text, links, organisers = calendar_content(body)
        found.texts += [] if text in "\n".join(found.texts) else [text]
        found.links += links
        found.organisers += organisers
    else:
        content = html_content(body)
        if not content.complete:
            found.notes.append(phrase(N_("The mail's page is malformed; what stands after the fault was not read.")))
        found.texts.append(content.text)
        found.links += content.links
