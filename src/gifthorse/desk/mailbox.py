"""The mailbox to which people forward invitations, read over IMAP. Mails of strangers are left as they are, unread, and counted."""

import imaplib
import os
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec

from gifthorse.desk import surroundings
from gifthorse.procedures.check_invitation import LARGEST
from gifthorse.procedures.take_mail import Taken

SECONDS: Final = 30
AT_ONCE: Final = 50
Parts = list[bytes | tuple[bytes, bytes] | None]


class Mailbox(msgspec.Struct, frozen=True, kw_only=True):
    """Where the mailbox is; without a host there is none."""

    host: str
    port: int
    security: str
    user: str
    password_file: str
    folder: str

    @classmethod
    def from_environment(cls) -> "Mailbox":
        """As the environment says, see `variables`."""
        return cls(
            host=os.environ.get("GIFTHORSE_IMAP_HOST", "").strip(),
            port=surroundings.number("GIFTHORSE_IMAP_PORT", 993),
            security=surroundings.choice("GIFTHORSE_IMAP_SECURITY", "tls", ("tls", "starttls", "none")),
            user=os.environ.get("GIFTHORSE_IMAP_USER", "").strip(),
            password_file=os.environ.get("GIFTHORSE_IMAP_PASSWORD_FILE", "").strip(),
            folder=os.environ.get("GIFTHORSE_IMAP_FOLDER", "").strip() or "INBOX",
        )


TAKEN: Final = frozenset({Taken.CHECKED, Taken.HELD})


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What one look at the mailbox came to."""

    checked: int = 0
    held: int = 0
    strangers: int = 0
    unreadable: int = 0
    too_large: int = 0
    no_room: int = 0


class LeftUnread:
    """Mails that earlier looks left unread: they come after those that nobody has looked at, the longest left first.

    Without it a mailbox full of strangers' mails would keep everybody else's from being looked at.
    """

    def __init__(self) -> None:
        self._left: dict[str, None] = {}

    def in_turn(self, unread: list[str]) -> list[str]:
        """As many of *unread* as one look takes."""
        self._left = {uid: None for uid in self._left if uid in set(unread)}
        fresh = [uid for uid in unread if uid not in self._left]
        return [*fresh, *self._left][:AT_ONCE]

    def note(self, uid: str) -> None:
        """It was left unread just now."""
        self._left.pop(uid, None)
        self._left[uid] = None


def fetch(mailbox: Mailbox, take: Callable[[bytes], Taken], left: LeftUnread | None = None) -> Fetched:
    """Unread mails were taken; those checked or held are read from now on, others stay unread. Raises OSError or imaplib's errors."""
    left = left or LeftUnread()
    link = _opened(mailbox)
    try:
        link.login(mailbox.user, Path(mailbox.password_file).read_text(encoding="utf-8").strip())
        _require(link.select(_quoted(mailbox.folder)))
        found = b" ".join(part for part in _require(link.uid("SEARCH", "UNSEEN")) if isinstance(part, bytes))
        counts: dict[str, int] = {}
        for uid in left.in_turn(found.decode("ascii", "replace").split()):
            became = _fetched(link, uid, take)
            counts[became] = counts.get(became, 0) + 1
            if became not in TAKEN:
                left.note(uid)
    finally:
        link.logout()
    return Fetched(
        checked=counts.get(Taken.CHECKED.value, 0),
        held=counts.get(Taken.HELD.value, 0),
        strangers=counts.get(Taken.STRANGER.value, 0),
        unreadable=counts.get(Taken.UNREADABLE.value, 0),
        too_large=counts.get("too-large", 0),
        no_room=counts.get(Taken.NO_ROOM.value, 0),
    )


def _fetched(link: imaplib.IMAP4, uid: str, take: Callable[[bytes], Taken]) -> str:
    size = _require(link.uid("FETCH", uid, "(RFC822.SIZE)"))
    if _number_after(b"RFC822.SIZE", size) > LARGEST:
        return "too-large"
    parts = _require(link.uid("FETCH", uid, "(BODY.PEEK[])"))  # PEEK leaves it unread
    body = next((part[1] for part in parts if isinstance(part, tuple)), b"")
    became = take(body)
    if became in TAKEN:
        _require(link.uid("STORE", uid, "+FLAGS", r"(\Seen)"))
    return became.value


def _opened(mailbox: Mailbox) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if mailbox.security == "tls":
        return imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=SECONDS)
    link = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=SECONDS)
    if mailbox.security == "starttls":
        link.starttls(ssl_context=context)
    return link


def _require(answer: tuple[str, Any]) -> Parts:
    """The parts of the answer, which imaplib gives as bytes, or as pairs where a body follows. Raises its error for anything but OK."""
    kind, data = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(f"the mailbox answered {kind}")
    return list(data)


def _number_after(word: bytes, parts: Parts) -> int:
    text = b" ".join(part for part in parts if isinstance(part, bytes))
    digits = text.partition(word)[2].strip().split(b")")[0].split()[:1]
    return int(digits[0]) if digits and digits[0].isdigit() else 0


def _quoted(folder: str) -> str:
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
