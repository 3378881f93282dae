"""Somebody was invited by mail and asks whether it is what it says: a card of what could be verified, and a report of it."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, Final

import msgspec

from gifthorse.model.contacts import LONGEST_VALUE, ContactFacts
from gifthorse.model.errors import NotAccepted
from gifthorse.model.reports import ReportKind
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.words import N_
from gifthorse.procedures.acting import Deed, act, authorise
from gifthorse.procedures.confined_reading import read_confined
from gifthorse.procedures.house_interviews import house_interview
from gifthorse.procedures.house_settings import MAIL_DOMAINS, MAIL_SERVERS, OFFICIAL_ADDRESS, OWN_DOMAINS, setting
from gifthorse.procedures.inspect_enclosure import CARD
from gifthorse.procedures.keep_contacts import note_contact
from gifthorse.procedures.reading_reports import report_and_relation
from gifthorse.procedures.tell import NOTHING, keep_report
from gifthorse.procedures.tellers import allowed_for
from gifthorse.report.answers import checked
from gifthorse.report.invitation import card, reply_to_official_channel
from gifthorse.report.invitation_card import Card, Dealings, Receiving, Reply
from gifthorse.report.mail_parts import MailFacts
from gifthorse.report.observing import draft
from gifthorse.store import search_index, vault
from gifthorse.store.tables.report import Enclosure, Report

LARGEST: Final = 30 * 1024 * 1024
NAME: Final = "invitation.eml"


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """The report that was made, and the card with its reply."""

    report: Report
    card: Card


def _nothing_more(_deed: Deed, _report: Report) -> None:
    """A mail that was uploaded asks for nothing more."""


def check_invitation(
    actor: Actor, untrusted_mail: bytes, untrusted_name: str = NAME, *, also: Callable[[Deed, Report], None] = _nothing_more
) -> Checked:
    """The card of the mail, which is kept (sealed, inspected before anyone opens it) with a report of the actor.

    The mail is read in a confined process; *also* is done within the same deed. Raises NotAccepted for what is no mail or too large.
    """
    authorise(actor, Procedure.CHECK_INVITATION, Relation.NONE)
    if not untrusted_mail or len(untrusted_mail) > LARGEST:
        raise NotAccepted(N_("Please choose the mail as a file of at most 30 megabytes."), field="file")
    facts: MailFacts = read_confined("mail", untrusted_mail, {})
    made = card(facts, receiving(), setting(MAIL_DOMAINS), _dealings(actor, facts))
    with act(actor, Procedure.CHECK_INVITATION, Relation.NONE) as deed:
        interview = house_interview(ReportKind.INVITATION)
        today = deed.moment.date()
        answers = checked(interview, {}, allowed_for(actor, ReportKind.INVITATION, today), complete=False)
        report = keep_report(deed, actor, NOTHING, interview=interview, answers=answers, observed=draft(interview, answers, today))
        if sender := _sender(facts):
            report.contact = note_contact(deed, sender, actor.person)
            deed.keep(report)
        _enclose(deed, report, untrusted_mail, untrusted_name.strip()[:255] or NAME)
        _enclose_card(deed, report, made)
        also(deed, report)
        return Checked(report=report, card=made)


def card_of(actor: Actor, report_id: str) -> Card | None:
    """The card that was made with this report, None for a report without one. Its readers are those of the report."""
    report, relation = report_and_relation(actor, report_id)
    authorise(actor, Procedure.VIEW_REPORT, relation)
    kept = Enclosure.objects.select_related("content__key").filter(report=report, state=CARD).first()
    told: Any = None if kept is None else vault.open_json_or_none(kept.content)
    return None if told is None else msgspec.convert(told, Card)


def reply_for(actor: Actor) -> Reply | None:
    """What to answer to an invitation, None where the house has not said where it takes them. Raises Refused."""
    authorise(actor, Procedure.CHECK_INVITATION, Relation.NONE)
    told: Mapping[str, str] = setting(OFFICIAL_ADDRESS)
    if not told.get("address"):
        return None
    return reply_to_official_channel(told.get("organisation", ""), told["address"])


def receiving() -> Receiving:
    """How mail reaches the house, as it is set."""
    return Receiving(servers=frozenset(setting(MAIL_SERVERS)), own_domains=frozenset(setting(OWN_DOMAINS)))


def _dealings(actor: Actor, facts: MailFacts) -> Dealings:
    """What the actor has told of this sender before: what others told is not theirs to learn."""
    if not facts.sender.address or not facts.sender.domain:
        return Dealings()
    of_address = len(search_index.find(facts.sender.address, kinds=["contact"], owner=actor.person))
    of_domain = len(search_index.find(facts.sender.domain, kinds=["contact"], owner=actor.person))
    return Dealings(of_address=of_address, of_domain=of_domain, reports=of_address)


def _sender(facts: MailFacts) -> ContactFacts | None:
    name, address = facts.sender.display.strip()[:LONGEST_VALUE], facts.sender.address.strip()[:LONGEST_VALUE]
    if not name and not address:
        return None
    return ContactFacts(names=(name,) if name else (), mails=(address,) if address else ())


def _enclose(deed: Deed, report: Report, untrusted_mail: bytes, untrusted_name: str) -> None:
    content = deed.note(vault.keep(untrusted_mail, moment=deed.moment))
    name = deed.note(vault.keep(untrusted_name.encode("utf-8", "surrogateescape"), moment=deed.moment))
    deed.keep(Enclosure(report=report, name=name, content=content, size=len(untrusted_mail), sha256=sha256(untrusted_mail).hexdigest()))


def _enclose_card(deed: Deed, report: Report, made: Card) -> None:
    body = msgspec.json.encode(made)
    content = deed.note(vault.keep(body, moment=deed.moment))
    name = deed.note(vault.keep(b"card", moment=deed.moment))
    deed.keep(Enclosure(report=report, name=name, content=content, size=len(body), sha256=sha256(body).hexdigest(), state=CARD))
