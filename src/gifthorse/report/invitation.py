"""The card of an invitation: what could be verified of a mail, what could not, and why; and a reply to the official channel."""

from collections.abc import Mapping
from typing import Final

import msgspec

from gifthorse.model.words import N_, phrase
from gifthorse.report import invitation_content, invitation_sender
from gifthorse.report.invitation_card import Card, Dealings, Receiving, Reply, Topic
from gifthorse.report.mail_hosts import shown
from gifthorse.report.mail_parts import MailFacts

_ORDER: Final = {topic: place for place, topic in enumerate(Topic)}


def card(mail: MailFacts, receiving: Receiving, known: Mapping[str, str], dealings: Dealings) -> Card:
    """The card of *mail*. *known* maps the domains that the house knows to the names of their organisations."""
    known = {shown(domain): name for domain, name in known.items()}
    receiving = msgspec.structs.replace(receiving, own_domains=frozenset(shown(domain) for domain in receiving.own_domains))
    lines = [*invitation_sender.lines(mail, receiving, known, dealings), *invitation_content.lines(mail, receiving, known)]
    return Card(
        untrusted_subject=mail.subject[:300],
        untrusted_sender=f"{mail.sender.display} <{mail.sender.address}>".strip()[:300],
        lines=tuple(sorted(lines, key=lambda line: _ORDER[line.topic])),
        not_read=mail.not_read,
    )


def reply_to_official_channel(organisation: str, official_address: str) -> Reply:
    """The reply template; *official_address* is where the house takes invitations."""
    return Reply(
        subject=phrase(N_("Your invitation")),
        body=phrase(
            N_(
                "Thank you for your message. At {organisation}, invitations and requests of this kind are handled in one place. Please "
                "send yours to {address} and say who organises it, who takes part, who pays for what, and which papers you would like "
                "beforehand. My colleagues will answer you from there."
            ),
            organisation=organisation,
            address=official_address,
        ),
    )
