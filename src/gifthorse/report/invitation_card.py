"""The shape of the card of an invitation, and what the house knows when it makes one.

A card never says that a mail is good. Each line says what was seen and whether it was verified, was not true, or can't be told. Sentences
that speak of money, hurry or secrecy are quoted for a person to read; they are never counted or scored, and neither is the language.
"""

from enum import StrEnum

import msgspec

from gifthorse.model.words import Phrase


class Verified(StrEnum):
    """Whether what the mail says was found to be so."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot-tell"


class Topic(StrEnum):
    """What a line is about, in the order of the card."""

    SENDER = "sender"
    SPF = "spf"
    DKIM = "dkim"
    DMARC = "dmarc"
    REPLY = "reply"
    NAME = "name"
    ORGANISATION = "organisation"
    LINKS = "links"
    ATTACHMENTS = "attachments"
    HISTORY = "history"
    PAYER = "payer"
    FEE = "fee"
    DEADLINE = "deadline"
    PRIVATE = "private"
    PAPERS = "papers"


class CardLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line: what was seen, and the reason for the mark beside it; `quotes` are the mail's own words."""

    topic: Topic
    verified: Verified
    saw: Phrase
    reason: Phrase
    quotes: tuple[str, ...] = ()


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """All lines, what was not read, and what the mail calls itself (untrusted text)."""

    untrusted_subject: str
    untrusted_sender: str
    lines: tuple[CardLine, ...]
    not_read: tuple[Phrase, ...]


class Receiving(msgspec.Struct, frozen=True, kw_only=True):
    """How mail reaches the house: the names under which its own receiving servers write results, its domains, its relays.

    `hops` is how many Received headers the house's own servers put above their result; what stands lower could be the sender's work.
    """

    servers: frozenset[str]
    own_domains: frozenset[str]
    hops: int = 1


class Dealings(msgspec.Struct, frozen=True, kw_only=True):
    """How often the house heard from a sender: mails of the address, mails of its domain, and reports that mention it."""

    of_address: int = 0
    of_domain: int = 0
    reports: int = 0


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A reply that moves the matter to the official channel: to be sent by the person, from a new message."""

    subject: Phrase
    body: Phrase
