"""Mails that people forward to the desk's mailbox: each becomes an invitation that was checked, told by whoever forwarded it.

The sender's address alone says who that is. An address can be forged, so a mail is taken only from addresses of our people; whoever it
belongs to hears of the report, and it shows nothing to whoever sent it. Mails of anybody else stay in the mailbox, unread.
"""

from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses
from enum import StrEnum
from typing import Final

from gifthorse.model.errors import NotAccepted, Refused, Unreadable
from gifthorse.model.roles import Actor
from gifthorse.procedures.check_invitation import check_invitation
from gifthorse.store import search_index, vault
from gifthorse.store.tables.account import Account

MOST_HEADER_BYTES: Final = 256 * 1024


class Taken(StrEnum):
    """What became of one mail."""

    CHECKED = "checked"
    STRANGER = "stranger"  # nobody of ours: left unread
    UNREADABLE = "unreadable"


def take_mail(untrusted_mail: bytes, senders: "Senders") -> Taken:
    """What became of the mail: where its sender is one of ours, a report of theirs with a card."""
    actor = senders.actor(outer_sender(untrusted_mail))
    if actor is None:
        return Taken.STRANGER
    try:
        check_invitation(actor, untrusted_mail)
    except Refused:
        return Taken.STRANGER
    except (NotAccepted, Unreadable):
        return Taken.UNREADABLE
    return Taken.CHECKED


def outer_sender(untrusted_mail: bytes) -> str:
    """The one address that the mail says it is from, in lower case; empty where it names none or several."""
    try:
        message = BytesHeaderParser(policy=compat32).parsebytes(untrusted_mail[:MOST_HEADER_BYTES])
        found = {address.lower() for _name, address in getaddresses([str(value) for value in message.get_all("From", [])[:4]]) if address}
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
        return ""
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
