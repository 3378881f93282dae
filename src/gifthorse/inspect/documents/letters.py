"""What any kind of mail comes down to: who it says it is from, what was found about that on its way, its links and its files."""

import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr
from html import unescape
from typing import Final

from gifthorse.inspect.documents.addresses import host_of

MOST_PAGE: Final = 1 << 20
MOST_LINKS: Final = 2_000

_ANCHOR: Final = re.compile(r"<a\b([^>]{0,1500})>(.{0,1500}?)</a\s*>", re.DOTALL | re.IGNORECASE)
_HREF: Final = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]{0,1500}>")
_FORM: Final = re.compile(r"<form\b", re.IGNORECASE)
_ACTION: Final = re.compile(r"\baction\s*=\s*(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s>]{1,2000}))", re.IGNORECASE)
_PASSWORD: Final = re.compile(r"<input\b[^>]{0,1500}?\btype\s*=\s*[\"']?\s*password", re.IGNORECASE)
_FOLD: Final = re.compile(r"\r?\n[ \t]")
MOST_FORMS: Final = 100
_FAILED: Final = re.compile(r"\b(dmarc|spf|dkim)\s*=\s*(fail|softfail|permerror)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file that a mail carries."""

    untrusted_name: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link of a mail's page: the text that is shown and the address behind it."""

    text: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One mail. `failed` are the checks that a server reported as failed ("dmarc", "spf", "dkim"); `forms` where its forms send
    a password that they ask for (empty when a script does it); `unread` why not all was read.
    """

    sender_name: str = ""
    sender: str = ""
    reply_to: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    forms: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    unread: str = ""
    too_large: bool = False


def sender_of(headers: Message) -> tuple[str, str]:
    """Name and address in the From header."""
    return parseaddr(header_text(headers, "From"))


def replies_of(headers: Message) -> tuple[str, ...]:
    """The addresses that an answer would go to, when they are named."""
    return tuple(address for _, address in getaddresses([header_text(headers, "Reply-To")]) if "@" in address)


def failures_of(headers: Message) -> tuple[str, ...]:
    """The checks of the sender that the topmost report calls failed (RFC 8601; the one above is the receiver's own)."""
    reports = headers.get_all("Authentication-Results") or []
    if not reports:
        return ()
    return tuple(dict.fromkeys(match[1].lower() for match in _FAILED.finditer(str(reports[0])) if match[2].lower() == "fail"))


def header_text(headers: Message, name: str) -> str:
    """A header with its encoded words read; as written when they can't be."""
    written = str(headers.get(name, ""))[:10_000]
    return words(written)


def words(written: str) -> str:
    """*written* with its encoded words (RFC 2047) read, on one line."""
    flat = re.sub(r"[\r\n]+\s*", " ", written)
    try:
        return str(make_header(decode_header(flat)))
    except (HeaderParseError, LookupError, ValueError):
        return flat


def links_in(page: str) -> tuple[Link, ...]:
    """The links of an HTML page."""
    links = []
    for match in list(_ANCHOR.finditer(page[:MOST_PAGE]))[:MOST_LINKS]:
        href = _HREF.search(match[1])
        if href:
            address = unescape(href[1] or href[2] or href[3] or "").strip()
            links.append(Link(text=" ".join(unescape(_TAG.sub(" ", match[2])).split()), address=address))
    return tuple(links)


def forms_in(page: str) -> tuple[str, ...]:
    """Where the forms of an HTML page that ask for a password send it; an empty address where a form names none."""
    cut = page[:MOST_PAGE]
    starts = [found.start() for found in _FORM.finditer(cut)][:MOST_FORMS]
    goals = []
    for start, end in zip(starts, [*starts[1:], len(cut)], strict=False):
        if _PASSWORD.search(cut, start, end):
            action = _ACTION.search(cut, start, cut.find(">", start) + 1 or end)
            goals.append(unescape(action[1] or action[2] or action[3] or "").strip() if action else "")
    return tuple(goals) or (("",) if _PASSWORD.search(cut) else ())


def invitation_links(calendar: str) -> tuple[Link, ...]:
    """The links in the pages of a calendar's entries (RFC 5545, with Outlook's X-ALT-DESC), whose long lines are folded."""
    unfolded = _FOLD.sub("", calendar[:MOST_PAGE])
    pages = [line.partition(":")[2] for line in unfolded.splitlines() if line[:10].upper() == "X-ALT-DESC" or "<a " in line.lower()]
    return tuple(link for page in pages for link in links_in(page.replace("\\,", ",").replace("\\;", ";").replace("\\n", " ")))


def domain_of(host: str) -> str:
    """The part of a host name that is registered: its last two labels, three where the second is a kind of domain (co.uk)."""
    labels = host.lower().rstrip(".").split(".")
    kinds = {"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "go"}
    count = 3 if len(labels) > 2 and labels[-2] in kinds and len(labels[-1]) == 2 else 2
    return ".".join(labels[-count:])


def shown_host(text: str) -> str:
    """The host that a link's text claims to lead to; empty when the text is no address."""
    found = re.fullmatch(r"(?:https?://)?((?:[\w-]+\.)+[A-Za-z]{2,24})(?:[/:?#]\S*)?", text.strip())
    return found[1].lower() if found else ""


def deceives(link: Link) -> bool:
    """Whether the text names one place and the link leads to another; mail gateways, which keep the true address in theirs, don't count."""
    shown, actual = shown_host(link.text), host_of(link.address)
    if not shown or not actual:
        return False
    return domain_of(shown) != domain_of(actual) and domain_of(shown) not in link.address.lower().partition(actual)[2]
