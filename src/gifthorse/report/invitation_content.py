"""The lines of a card that are about what the mail holds: links, attachments, and sentences that are worth reading twice."""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from gifthorse.model.words import N_, Phrase, phrase
from gifthorse.report.invitation_card import CardLine, Receiving, Topic, Verified
from gifthorse.report.mail_hosts import borrowed, has_punycode, host_of, imitated, is_number, passes_on_to, under, unwrapped
from gifthorse.report.mail_parts import Link, MailFacts
from gifthorse.report.mail_signs import quotes, signs

MOST_LINK_LINES: Final = 12
MOST_NAMES: Final = 10
_HOST_IN_TEXT: Final = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,24})(?:[/:?#]\S*)?", re.IGNORECASE)

_HOST_AMONG_WORDS: Final = re.compile(r"(?:https?://|\b(?=www\.))((?:[\w-]{1,63}\.){1,10}[a-z]{2,24})\b", re.IGNORECASE)
# "agenda.pdf" is the name of a file and no place.
_FILE_ENDINGS: Final = frozenset(
    {"pdf", "doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "csv", "ppt", "pptx", "odp", "ics", "html", "htm", "jpg", "png", "eml"}
)
_MAILBOX: Final = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,253}")

_QUOTED: Final = {
    Topic.PAYER: (
        N_("The mail speaks of who pays for something."),
        N_("Nobody has verified it. Ask which body pays, and have it in writing through our official channel."),
    ),
    Topic.FEE: (N_("The mail speaks of money for you."), N_("Nobody has verified it. A fee goes through the house, with a contract.")),
    Topic.DEADLINE: (N_("The mail is in a hurry."), N_("Honest hosts can wait a day for an answer. Take that day.")),
    Topic.PRIVATE: (
        N_("The mail asks for a private channel or for discretion."),
        N_("An invitation to you as one of us can be answered from our official channel."),
    ),
    Topic.PAPERS: (N_("The mail asks for papers or personal details."), N_("Send nothing before the desk has answered you.")),
}


def lines(mail: MailFacts, receiving: Receiving, known: Mapping[str, str]) -> Iterator[CardLine]:
    """The lines about what *mail* holds."""
    yield from _links(mail, frozenset(known) | receiving.own_domains)
    yield from _attachments(mail)
    for topic, (spoken_of, advice) in _QUOTED.items():
        if found := quotes(topic.value, f"{mail.subject}\n{mail.text}"):
            yield CardLine(topic=topic, verified=Verified.CANNOT_TELL, saw=phrase(spoken_of), reason=phrase(advice), quotes=found)
    if not quotes(Topic.PAYER.value, mail.text):
        reason = phrase(N_("No sentence was found that says so. That is no proof that there is none: ask."))
        yield CardLine(topic=Topic.PAYER, verified=Verified.CANNOT_TELL, saw=phrase(N_("Who pays for what is not said.")), reason=reason)


def _links(mail: MailFacts, known: frozenset[str]) -> Iterator[CardLine]:
    told = [line for link in mail.links if (line := _link(link, known)) is not None]
    distinct = [line for at, line in enumerate(told) if line not in told[:at]]
    yield from distinct[:MOST_LINK_LINES]
    if len(distinct) > MOST_LINK_LINES:
        saw = phrase(N_("More links are like these: {count}."), count=len(distinct) - MOST_LINK_LINES)
        yield _told(Verified.CANNOT_TELL, saw, phrase(N_("They are not listed here.")))
    hosts = sorted({host for link in mail.links if not _mailbox(link.target) and (host := host_of(unwrapped(link.target)))})
    if hosts:
        saw = phrase(N_("The links lead to: {hosts}."), hosts=", ".join(hosts[:MOST_NAMES]) + (", …" if len(hosts) > MOST_NAMES else ""))
        yield _told(Verified.CANNOT_TELL, saw, phrase(N_("No link was opened. What waits there was not seen.")))


def _link(link: Link, known: frozenset[str]) -> CardLine | None:
    """The line that a link deserves, the gravest first; None when nothing about the address itself stands out."""
    target = unwrapped(link.target)
    host = host_of(target)
    if scheme := _other_scheme(target):
        return _told(
            Verified.NO,
            phrase(N_("A link is no web address but runs or holds something ({scheme})."), scheme=scheme),
            phrase(N_("Don't tap it.")),
        )
    if mailbox := _mailbox(target):
        shown = _mailbox(f"mailto:{link.text.strip()}")
        return _shows_another(shown, mailbox) if shown and shown != mailbox else None
    shown = _host_shown(link.text)
    if shown and host and not _same_place(shown, host):
        return _by_way_of(shown, host, target) or _shows_another(shown, host)
    return _likeness(host, known) or _unclear_link(link, target, host, known)


def _shows_another(shown: str, true: str) -> CardLine:
    return _told(Verified.NO, phrase(N_("A link shows {shown}."), shown=shown), phrase(N_("It leads to {host}."), host=true))


def _by_way_of(shown: str, host: str, target: str) -> CardLine | None:
    """A link that names the place that it shows within its address: it is counted on its way there, or says so."""
    if not any(_same_place(shown, inner) for inner in passes_on_to(target)):
        return None
    reason = phrase(N_("It goes by way of {host}, which learns that you tapped it and may lead you elsewhere."), host=host)
    return _told(Verified.CANNOT_TELL, phrase(N_("A link shows {shown}."), shown=shown), reason)


def _likeness(host: str, known: frozenset[str]) -> CardLine | None:
    """A host that looks like one that the house knows, or bears its name."""
    saw = phrase(N_("A link leads to {host}."), host=host)
    if twin := imitated(host, known):
        return _told(Verified.NO, saw, phrase(N_("It looks like {known} and is not."), known=twin))
    if name := borrowed(host, known):
        return _told(Verified.CANNOT_TELL, saw, phrase(N_("It bears the name of {known} and is not known to us as theirs."), known=name))
    return None


def _unclear_link(link: Link, target: str, host: str, known: frozenset[str]) -> CardLine | None:
    saw = phrase(N_("A link leads to {host}."), host=host or "?")
    if under(host, signs().shorteners):
        return _told(Verified.CANNOT_TELL, saw, phrase(N_("A short link hides where it leads. It was not followed.")))
    if has_punycode(target) and not under(host, known):
        return _told(Verified.CANNOT_TELL, saw, phrase(N_("The name is written with letters that can look like others.")))
    if is_number(host):
        return _told(Verified.CANNOT_TELL, saw, phrase(N_("The address is a number instead of a name.")))
    if "@" in target.split("//", 1)[-1].split("/", 1)[0]:
        return _told(Verified.NO, saw, phrase(N_("What stands before the @ only looks like the place where it leads.")))
    if link.form:
        return _told(Verified.CANNOT_TELL, saw, phrase(N_("The mail holds a form; what you type in would go there.")))
    return None


def _attachments(mail: MailFacts) -> Iterator[CardLine]:
    if not mail.attachments:
        return
    named = [f"{one.name or '?'} ({one.kind})" for one in mail.attachments[:MOST_NAMES]]
    rest = ", …" if len(mail.attachments) > MOST_NAMES else ""
    saw = phrase(N_("Attached: {count}. {names}"), count=len(mail.attachments), names=", ".join(named) + rest)
    reason = phrase(N_("Known by name only. The desk inspects them before anyone opens them; please don't open them yourself."))
    yield CardLine(topic=Topic.ATTACHMENTS, verified=Verified.CANNOT_TELL, saw=saw, reason=reason)


def _other_scheme(target: str) -> str:
    scheme, colon, _ = target.partition(":")
    plain = scheme.strip().lower()
    return plain[:20] if colon and plain.isalpha() and plain not in ("http", "https", "mailto", "tel", "cid") else ""


def _mailbox(target: str) -> str:
    """The address that a mail link writes to, in lower case; empty for any other link."""
    scheme, _, rest = target.partition(":")
    address = unquote(rest.partition("?")[0]).strip().lower()
    return address if scheme.strip().lower() == "mailto" and _MAILBOX.fullmatch(address) else ""


def _host_shown(text: str) -> str:
    match = _HOST_IN_TEXT.fullmatch(text.strip())
    if match and (match.group().lower() != match.group(1).lower() or match.group(1).rpartition(".")[2].lower() not in _FILE_ENDINGS):
        return match.group(1).lower()
    within = _HOST_AMONG_WORDS.search(text)
    return within.group(1).lower() if within else ""


def _same_place(shown_host: str, host: str) -> bool:
    first, second = shown_host.removeprefix("www."), host.removeprefix("www.")
    return first == second or second.endswith("." + first)


def _told(verified: Verified, saw: Phrase, reason: Phrase) -> CardLine:
    return CardLine(topic=Topic.LINKS, verified=verified, saw=saw, reason=reason)
