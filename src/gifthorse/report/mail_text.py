"""Text out of a mail's parts: decoded, without invisible letters, with the links that it shows."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from typing import Final
from unicodedata import category

import msgspec

from gifthorse.report.mail_parts import Link

_ADDRESS: Final = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'“”„]{1,2000}", re.IGNORECASE)


class HtmlContent(msgspec.Struct, frozen=True, kw_only=True):
    """The visible text and links of a page; not `complete` when its parser stopped."""

    text: str
    links: tuple[Link, ...]
    complete: bool


def decoded(untrusted: object, longest: int) -> str:
    """A header's text with its encoded words read, cut to *longest* letters; what can't be decoded stays as it stands."""
    raw = str(untrusted)[:longest]
    try:
        parts = decode_header(raw)
    except (HeaderParseError, ValueError):
        return raw
    return "".join(part if isinstance(part, str) else _bytes_text(part, charset) for part, charset in parts)


def cleaned(text: str, *, lines: bool = False) -> str:
    """*text* without control, formatting and broken letters; white space runs become one space, line ends stay when *lines*."""
    kept = "".join(
        letter if category(letter) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else ("\n" if letter in "\n\u2028\u2029" else _gap(letter))
        for letter in text
    )
    if not lines:
        return " ".join(kept.split())
    return "\n".join(line for raw in kept.split("\n") if (line := " ".join(raw.split())))


def text_of(part: Message) -> str:
    """The text of a part in its declared character set; unknown sets are read as UTF-8, broken letters replaced."""
    payload = part.get_payload(decode=True)
    return _bytes_text(payload, part.get_content_charset()) if isinstance(payload, bytes) else ""


def plain_links(text: str) -> tuple[Link, ...]:
    """The web addresses that stand in *text*."""
    found = (match.group().rstrip(".,;:!?)]}") for match in _ADDRESS.finditer(text))
    return tuple(Link(text="", target=one if "://" in one else f"http://{one}") for one in found)


def _gap(letter: str) -> str:
    return " " if letter in "\t\r" else ""


def _bytes_text(raw: bytes, charset: str | None) -> str:
    try:
        return raw.decode(charset or "utf-8", errors="replace")
    except (LookupError, ValueError):
        return raw.decode("utf-8", errors="replace")
