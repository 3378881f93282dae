"""Mails that people forward to the desk's mailbox: each becomes an invitation that was checked, told by whoever forwarded it.

Anybody can write any sender. A mail becomes a report of the one of ours whose address it bears only when the house's own mail server
says that it comes from there (`forwarded_by`, setting `mail-servers`). Otherwise it is held for that person, sealed, and becomes
theirs when they say so (`held_mails`). Either way they hear that a mail in their name came in, without a word of what it says. Mails
of anybody else stay in the mailbox, unread.
"""

from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses
from enum import StrEnum
from typing import Final

import msgspec

from gifthorse.model.errors import NotAccepted, Refused, Unreadable
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import may
from gifthorse.procedures.check_invitation import check_invitation, receiving
from gifthorse.procedures.held_mails import hold
from gifthorse.procedures.notices import NoticeKind, notify
from gifthorse.report.forwarded_by import is_shown_to_be_from
from gifthorse.report.mail_authentication import read_authentication
from gifthorse.store import search_index, vault
from gifthorse.store.tables.account import Account

MOST_HEADER_BYTES: Final = 256 * 1024
LONGEST_RESULT: Final = 8000
BROKEN_HEADERS: Final = (ValueError, LookupError, RecursionError, TypeError, AttributeError)


class Taken(StrEnum):
    """What became of one mail."""

    CHECKED = "checked"
    HELD = "held"  # the sender is not verified: whoever it names is asked
    STRANGER = "stranger"  # nobody of ours: left unread
    UNREADABLE = "unreadable"
    NO_ROOM = "no-room"  # as many are held as may be: left unread until some were answered


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The one address that a mail says it is from (lower case; empty where it names none or several), and whether that was shown."""

    address: str = ""
    verified: bool = False


def take_mail(untrusted_mail: bytes, senders: "Senders") -> Taken:
    """What became of the mail; whoever it names has heard that it came in where it was checked or held."""
    head = head_of(untrusted_mail, receiving().servers)
    actor = senders.actor(head.address)
    if actor is None or not may(actor, Procedure.CHECK_INVITATION, Relation.NONE):
        return Taken.STRANGER
    if not head.verified:
        return Taken.HELD if hold(actor.person, untrusted_mail) else Taken.NO_ROOM
    try:
        _check(actor, untrusted_mail)
    except Refused:
        return Taken.STRANGER
    except (NotAccepted, Unreadable):
        return Taken.UNREADABLE
    return Taken.CHECKED


def _check(actor: Actor, untrusted_mail: bytes) -> None:
    """The mail is a report of the actor, who hears of it."""
    check_invitation(actor, untrusted_mail, also=lambda deed, report: notify(deed, [actor.person], NoticeKind.MAIL_TAKEN, report.pk))


def head_of(untrusted_mail: bytes, servers: frozenset[str]) -> Head:
    """Who the mail says it is from, and whether one of *servers* found that to be so."""
    try:
        message = BytesHeaderParser(policy=compat32).parsebytes(untrusted_mail[:MOST_HEADER_BYTES])
        address = _outer_sender(message)
        alone = len(message.get_all("From", [])) == 1  # more than one, and the server may have judged another than we read
        verified = alone and is_shown_to_be_from(address, read_authentication(message, LONGEST_RESULT), servers)
    except BROKEN_HEADERS:
        return Head()
    return Head(address=address, verified=verified)


def _outer_sender(message: Message) -> str:
    found = {address.lower() for _name, address in getaddresses([str(value) for value in message.get_all("From", [])[:4]]) if address}
    return found.pop() if len(found) == 1 else ""


class Senders:
    """Who writes from which address: keyed digests of the addresses of everybody with an account, made once a look."""

    def __init__(self) -> None:
        accounts = Account.objects.filter(is_active=True).select_related("person__identity__key")
        self._known: dict[str, Actor] = {}
        for account in accounts:
            told = vault.open_json_or_none(account.person.identity) or {}
            address = str(told.get("mail", "")).strip()
            if address:
                self._known[search_index.mark(address)] = account.as_actor()

    def actor(self, untrusted_address: str) -> Actor | None:
        """The one of ours who writes from this address, or None."""
        return self._known.get(search_index.mark(untrusted_address.strip())) if untrusted_address else None
