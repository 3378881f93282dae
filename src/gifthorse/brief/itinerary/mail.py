"""Booking mails: schema.org data in their HTML, and the calendars, passes and mails attached to them."""

import email
import email.policy
import email.utils
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from typing import Final
from zoneinfo import ZoneInfo

from gifthorse.brief.itinerary.boarding_codes import codes_in, gather_codes
from gifthorse.brief.itinerary.embedded import decoded, objects_in
from gifthorse.brief.itinerary.gathering import Around, Gathered, same_times
from gifthorse.brief.itinerary.reservations import gather_reservations
from gifthorse.brief.itinerary.text import as_text
from gifthorse.model.errors import NotAccepted
from gifthorse.model.itineraries import Leg, LegKind, Reason

MOST_PARTS: Final = 200
_DEEPEST: Final = 5
_ATTACHED: Final = {
    "text/calendar",
    "application/ics",
    "application/pdf",
    "application/vnd.apple.pkpass",
    "application/zip",
    "application/octet-stream",
}
_ENDINGS: Final = (".ics", ".pkpass", ".pdf", ".ical", ".pkpasses", ".eml")

Attached = Callable[[bytes, Around, Gathered, str], None]


def read_mail(untrusted_mail: bytes, around: Around, gathered: Gathered, attached: Attached) -> None:
    """Everything about trips in the mail is gathered; *attached* reads the files in it. The mail's own date stands for the day."""
    message = email.message_from_bytes(_without_envelope(untrusted_mail), policy=email.policy.default)
    _Mail(_sent(message, around), gathered, attached).read(message, 0)


def _without_envelope(untrusted_mail: bytes) -> bytes:
    """Mailboxes and some programs begin with a "From " line that belongs to no mail."""
    text = untrusted_mail.lstrip(b"\r\n\t \xef\xbb\xbf")
    return text.partition(b"\n")[2] if text.startswith((b"From ", b">From ")) else text


def _sent(message: Message, around: Around) -> Around:
    """The day the mail was sent, in the organisation's zone: what it books is near to that."""
    written = str(dict(message.raw_items()).get("Date", ""))[:100]
    try:
        sent = email.utils.parsedate_to_datetime(written)
        day = (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).astimezone(ZoneInfo(around.home_zone)).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return around
    return Around(day=day, home_zone=around.home_zone) if datetime(1995, 1, 1, tzinfo=UTC).date() < day else around


class _Mail:
    """One mail while it is read."""

    def __init__(self, around: Around, gathered: Gathered, attached: Attached) -> None:
        self._around, self._gathered, self._attached = around, gathered, attached
        self._parts = 0

    def read(self, message: Message, depth: int) -> None:
        """Every part is read: texts first, then the files attached, so that what both tell is told once."""
        later: list[tuple[str, bytes]] = []
        self._walk(message, depth, later)
        booked = list(self._gathered.legs)
        for name, content in later:
            self._file(name, content, booked)

    def _walk(self, part: Message, depth: int, later: list[tuple[str, bytes]]) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS or depth > _DEEPEST * 3:
            self._gathered.note(f"part {self._parts}", Reason.NESTED)
            return
        inner = part.get_payload() if part.is_multipart() else None  # a single part's text would be decoded, by a charset of strangers
        if isinstance(inner, list):
            for one in inner[: MOST_PARTS + 1]:
                if isinstance(one, Message):
                    self._walk(one, depth + 1, later)
            return
        self._leaf(part, later)

    def _leaf(self, part: Message, later: list[tuple[str, bytes]]) -> None:
        kind, name = part.get_content_type(), _file_name(part)
        content = part.get_payload(decode=True)
        where = f"part {self._parts} ({name or kind})"
        if not isinstance(content, bytes) or not content.strip():
            return
        if kind in _ATTACHED or name.lower().endswith(_ENDINGS):
            later.append((where, _text(part, content).encode("utf-8", "replace") if kind == "text/calendar" else content))
        elif kind in {"text/html", "application/xhtml+xml"}:
            gather_reservations(objects_in(_text(part, content), self._gathered, where), self._gathered, where)
        elif kind in {"application/ld+json", "application/json"}:
            gather_reservations(decoded(_text(part, content), self._gathered, where), self._gathered, where)
        elif kind == "text/plain":
            gather_codes(codes_in(_text(part, content).splitlines()), self._around, self._gathered, where)

    def _file(self, where: str, content: bytes, booked: list[Leg]) -> None:
        """A file of the mail; a calendar entry at the same times as a booking of the same mail is that booking, and said so."""
        before = len(self._gathered.legs)
        try:
            self._attached(content, self._around, self._gathered, where)
        except NotAccepted:
            self._gathered.note(where, Reason.NO_TRIP)
        added = self._gathered.legs[before:]
        del self._gathered.legs[before:]
        for leg in added:
            if leg.uid and leg in self._gathered.legs:
                continue  # the same invitation as a part and as a file, as most programs send it
            if leg.uid and leg.kind in {LegKind.EVENT, *(one.kind for one in booked)} and any(same_times(leg, one) for one in booked):
                self._gathered.note(where, Reason.SAME_TWICE, text=leg.title)
            else:
                self._gathered.legs.append(leg)


def _file_name(part: Message) -> str:
    try:
        return (part.get_filename() or "")[:200]
    except (ValueError, LookupError, TypeError, AttributeError):  # headers of strangers break email's parser in many ways
        return ""


def _text(part: Message, content: bytes) -> str:
    try:
        charset = part.get_content_charset() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        charset = ""
    return as_text(content, charset)


def is_mail(untrusted_bytes: bytes) -> bool:
    """Whether the bytes begin with the headers of a mail."""
    head = _without_envelope(untrusted_bytes[:20_000])
    message = email.message_from_bytes(head, EmailMessage, policy=email.policy.compat32)
    names = {name.lower() for name in message.keys()}  # noqa: SIM118 - a message is no dictionary
    return len(names & {"from", "date", "subject", "mime-version", "received", "content-type", "message-id", "to", "return-path"}) >= 2
