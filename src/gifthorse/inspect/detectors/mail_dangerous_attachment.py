"""mail.dangerous-attachment, mail.deceptive-link, mail.sender-doubtful: what one reading of a mail tells."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.addresses import Leads, host_of, leads
from gifthorse.inspect.documents.enclosed import Danger, danger_of
from gifthorse.inspect.documents.letters import Letter, deceives, domain_of
from gifthorse.inspect.documents.mail import calendar_of, mail_of
from gifthorse.inspect.documents.message import is_message, message_of
from gifthorse.inspect.documents.winmail import SIGNATURE, wrapped_in
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item, TooLarge, shown
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

ATTACHMENT: Final = FindingKind(
    id="mail.dangerous-attachment",
    severity=Severity.HIGH,
    confidence=0.9,
    title=N_("The mail carries a dangerous attachment"),
    why=N_("The attachment is of a kind that runs when it is opened, or that hides such a thing from the mail system's filters."),
    what_to_do=N_("Don't open the attachment. Ask the sender, by a number you already had, whether they sent it."),
    benign_explanation=N_("Colleagues in technical trades send programs and archives to each other, as a rule announced."),
    technique=("T1566.001", "T1204.002"),
)
LINK: Final = FindingKind(
    id="mail.deceptive-link",
    severity=Severity.LOW,
    confidence=0.6,
    title=N_("A link in the mail leads elsewhere than it says"),
    why=N_("The text of the link shows one address, the link itself goes to another. That is how sign-in pages are faked."),
    what_to_do=N_("Don't follow the link. Type the address you know yourself."),
    benign_explanation=N_("Newsletters count clicks through the address of the firm that sends them out."),
    technique=("T1566.002",),
)
SENDER: Final = FindingKind(
    id="mail.sender-doubtful",
    severity=Severity.LOW,
    confidence=0.6,
    title=N_("The mail may not come from whom it says"),
    why=N_("The sender's name, address, reply address or the receiving server's checks don't agree with each other."),
    what_to_do=N_("Ask the person, by a number you already had, before you answer or act on the mail."),
    benign_explanation=N_("Mailing lists, ticket systems and forwarding also break these checks and answer from other addresses."),
    technique=("T1566", "T1656"),
)
KINDS: Final = (ATTACHMENT, LINK, SENDER)
WANTS: Final = frozenset({FileType.EML, FileType.MSG, FileType.OLE, FileType.TEXT, FileType.OTHER_ARCHIVE})
_CALENDARS: Final = frozenset({"ics", "vcs", "ical"})
_SEVERITIES: Final = {
    Danger.PROGRAM: Severity.HIGH,
    Danger.MACRO: Severity.HIGH,
    Danger.DISK: Severity.HIGH,
    Danger.ACTIVE: Severity.MEDIUM,
    Danger.CONTAINER: Severity.LOW,
}
MOST_NAMED: Final = 50
MOST_WRAPPING: Final = 128 << 20


def examine(item: Item) -> Iterator[Finding]:
    """The findings about attachments, links and sender of one mail."""
    if item.filetype is FileType.OLE and not is_message(item):
        return
    if item.filetype is FileType.OTHER_ARCHIVE:
        yield from wrapped(item)
        return
    if item.filetype is FileType.TEXT:
        if item.extension in _CALENDARS and not (item.chain and item.chain[-1] is FileType.EML):  # its mail has told of it already
            yield from links(item, calendar_of(item))
        return
    letter = mail_of(item) if item.filetype is FileType.EML else message_of(item)
    yield from attachments(item, letter)
    yield from links(item, letter)
    yield from forms(item, letter)
    yield from senders(item, letter)


def attachments(item: Item, letter: Letter) -> Iterator[Finding]:
    """A finding for each attachment that can do harm by itself; the page that a mail shows is no attachment."""
    for attachment in letter.attachments[:MOST_NAMED]:
        if attachment.untrusted_name == "body.html":
            continue
        danger = danger_of(attachment.untrusted_name, attachment.content)
        if danger in _SEVERITIES:
            yield ATTACHMENT.found(
                item.here(excerpt=attachment.untrusted_name),
                severity=_SEVERITIES[danger],
                detail=phrase(N_("{name}: {what}."), name=shown(attachment.untrusted_name), what=danger.value),
            )


def wrapped(item: Item) -> Iterator[Finding]:
    """The same for Outlook's wrapping that was saved as a file (winmail.dat), or is what one mail holds."""
    if not item.head.startswith(SIGNATURE) or (item.chain and item.chain[-1] is FileType.EML):  # its mail has told of it already
        return
    try:
        wrapping = wrapped_in(bytes(item.content.whole(MOST_WRAPPING)))
    except TooLarge:
        return  # its opener says that it was not read
    yield from attachments(item, Letter(attachments=wrapping.attachments))


def links(item: Item, letter: Letter) -> Iterator[Finding]:
    """One finding for all links that say one thing and do another, graver where the address hides who it belongs to."""
    false = [link for link in letter.links if deceives(link)]
    disguised = [
        link for link in letter.links if "@" in link.address.partition("://")[2].partition("/")[0] and leads(link.address) is Leads.WEB
    ]
    started = [link for link in letter.links if leads(link.address) in {Leads.SHARE, Leads.MONIKER}]
    if started:
        yield LINK.found(
            item.here(excerpt=f"{started[0].text} -> {started[0].address}"),
            severity=Severity.MEDIUM,
            detail=phrase(
                N_("A link opens a file of another machine, or starts a tool of the system: {address}."), address=shown(started[0].address)
            ),
        )
    if not false and not disguised:
        return
    first = (disguised or false)[0]
    numeric = any(host_of(link.address).replace(".", "").isdigit() for link in false)
    yield LINK.found(
        item.here(excerpt=f"{first.text} -> {first.address}"),
        severity=Severity.MEDIUM if disguised or numeric else None,
        detail=phrase(
            N_("{count} links; the first shows {words} and leads to {host}."),
            count=len(false) + len(disguised),
            words=shown(first.text),
            host=shown(host_of(first.address)),
        ),
    )


def forms(item: Item, letter: Letter) -> Iterator[Finding]:
    """One finding for the forms in the mail's text that ask for a password: no honest mail takes one in."""
    if not letter.forms:
        return
    goal = next((address for address in letter.forms if address), "")
    told = phrase(N_("Its text holds a form that asks for a password and sends it to {host}."), host=shown(host_of(goal) or goal))
    yield LINK.found(
        item.here(excerpt=goal or None),
        severity=Severity.MEDIUM,
        confidence=0.8,
        detail=told if goal else phrase(N_("Its text holds a form that asks for a password.")),
    )


def senders(item: Item, letter: Letter) -> Iterator[Finding]:
    """A finding for each way in which the sender's particulars disagree."""
    domain = domain_of(letter.sender.rpartition("@")[2])
    named = domain_of(letter.sender_name.rpartition("@")[2].strip(" <>\"'")) if "@" in letter.sender_name else domain
    if domain and named != domain:
        yield SENDER.found(
            item.here(excerpt=f"{letter.sender_name} <{letter.sender}>"),
            severity=Severity.MEDIUM,
            detail=phrase(N_("The name shows an address of another domain than the mail comes from.")),
        )
    elsewhere = [address for address in letter.reply_to if domain and domain_of(address.rpartition("@")[2]) != domain]
    if elsewhere:
        yield SENDER.found(
            item.here(excerpt=elsewhere[0]),
            severity=Severity.INFO,
            detail=phrase(N_("An answer goes to {other}, not to {sender}."), other=shown(elsewhere[0]), sender=shown(letter.sender)),
        )
    if letter.failed:
        yield SENDER.found(
            item.here(excerpt=", ".join(letter.failed)),
            severity=Severity.MEDIUM if "dmarc" in letter.failed else Severity.LOW,
            detail=phrase(N_("The receiving server found the sender's proof wanting: {checks}."), checks=", ".join(letter.failed)),
        )
