"""Mails as people save them (.eml, or Outlook's .msg), read within the confined process; see `confined_reading`."""

import codecs
import contextlib
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

import msgspec

from gifthorse.brief.itinerary.text import TEXT_ENCODINGS
from gifthorse.inspect.documents.compound import SIGNATURE, CompoundFile, Path, compound_from
from gifthorse.inspect.documents.damage import FORMAT_ERRORS
from gifthorse.inspect.documents.message import DATA, HEADERS, NAMES, PAGE, PREFIX, SENDER, SENDER_NAME, text_of
from gifthorse.model.errors import NotAccepted, Unreadable
from gifthorse.model.words import N_, phrase
from gifthorse.report.mail_parts import MailFacts
from gifthorse.report.mail_reading import read_mail

NO_MAIL: Final = N_(
    "This file could not be read as a mail. Please save the mail itself as an .eml file and choose that, or tell us in your own words."
)
REFUSALS: Final = frozenset({NO_MAIL})
OUTLOOK: Final = phrase(N_("An Outlook file: its headers were written by the program that saved it, not by our server."))
BODY: Final = "1000"  # [MS-OXPROPS] PidTagBody
SUBJECT: Final = "0037"
MESSAGE: Final = "__substg1.0_3701000D"  # an attachment that is a message itself ([MS-OXMSG], 2.2.2.1)
DEEPEST: Final = 3
MOST_ATTACHMENTS: Final = 100
_MAIL: Final = (
    b"From: =?utf-8?q?=C3=A4?= <a@example.org>\r\nReply-To: b@example.org\r\nSubject: =?iso-8859-1?q?a?=\r\n"
    b"Authentication-Results: mx; spf=pass smtp.mailfrom=a@example.org\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    b'<html><a href="https://xn--bcher-kva.example/">x</a></html>\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\nPlease hurry.\r\n--b--\r\n"
)


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nothing is told beside the bytes."""


def read_with(untrusted_bytes: bytes, _asked: Asked) -> MailFacts:
    """The facts of the mail in the bytes. Raises NotAccepted with one of `REFUSALS`."""
    try:
        if untrusted_bytes.startswith(SIGNATURE):
            found = read_mail(as_mail(compound_from(untrusted_bytes), whole=False))
            return msgspec.structs.replace(found, not_read=(*found.not_read, OUTLOOK))
        return read_mail(untrusted_bytes)
    except (Unreadable, *FORMAT_ERRORS) as error:
        raise NotAccepted(NO_MAIL, field="file") from error


def load() -> None:
    """Everything that reading may use is in memory: a confined process can open no file afterwards."""
    import olefile  # noqa: F401 - used by `compound_from`

    for name in TEXT_ENCODINGS:
        codecs.lookup(name)
        b"a".decode(name, "replace")
    for sample in (_MAIL, _written("From: a@example.org", "ä", "<p>ä</p>", [("ä", b"")]), SIGNATURE + bytes(4096)):
        with contextlib.suppress(NotAccepted):
            read_with(sample, Asked())


def as_mail(compound: CompoundFile, *, whole: bool, storage: Path = (), depth: int = 0) -> bytes:
    """The Outlook message at *storage* as the mail it once was: its own headers where Outlook kept them, its texts, its attachments.

    Of those only the names are told, and the contents when *whole*; messages attached to it are told as mails, three deep.
    """
    head = "\r\n".join(text_of(compound, storage, HEADERS).splitlines()) or _made_head(compound, storage)
    attached = _attached(compound, storage, whole=whole, depth=depth)
    return _written(head, text_of(compound, storage, BODY), text_of(compound, storage, PAGE), attached)


def _written(head: str, text: str, page: str, attached: list[tuple[str, bytes]]) -> bytes:
    body = EmailMessage(policy=SMTP)
    body.set_content(text or " ")
    if page:
        body.add_alternative(page, subtype="html")
    for name, content in attached:
        body.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return _without_form(head) + b"\r\n" + body.as_bytes()


def _attached(compound: CompoundFile, storage: Path, *, whole: bool, depth: int) -> list[tuple[str, bytes]]:
    """The attachments of the message at *storage*, each with its name, and with its content where that is told."""
    inside = (path[: len(storage) + 1] for path in compound.streams if len(path) > len(storage) + 1 and path[: len(storage)] == storage)
    places = sorted({place for place in inside if place[-1].startswith("__attach_version1.0_")})
    found: list[tuple[str, bytes]] = []
    for place in places[:MOST_ATTACHMENTS]:
        name = " ".join(next((text for text in (text_of(compound, place, tag) for tag in NAMES) if text), "?").split())
        inner = (*place, MESSAGE)
        if depth < DEEPEST and any(path[: len(inner)] == inner for path in compound.streams):
            found.append((f"{name}.eml", as_mail(compound, whole=whole, storage=inner, depth=depth + 1)))
        else:
            found.append((name, _content(compound, place) if whole else b""))
    return found


def _content(compound: CompoundFile, place: Path) -> bytes:
    path = (*place, PREFIX + DATA)
    return compound.read(path) if path in compound.streams else b""


def _made_head(compound: CompoundFile, storage: Path) -> str:
    address = next((text for text in (text_of(compound, storage, tag) for tag in SENDER) if "@" in text), "")
    lines = (f'"{text_of(compound, storage, SENDER_NAME)}" <{address}>', text_of(compound, storage, SUBJECT))
    sender, subject = (" ".join(line.split()) for line in lines)
    return f"From: {sender}\r\nSubject: {subject}"


def _without_form(head: str) -> bytes:
    """The headers but those that say how the body is written: the body is written anew."""
    kept, dropping = [], False
    for line in head.split("\r\n"):
        if not line:
            continue
        if not line[0].isspace():
            dropping = line.lower().startswith(("content-", "mime-version"))
        if not dropping:
            kept.append(line)
    return "\r\n".join(kept).encode("utf-8", "replace")
