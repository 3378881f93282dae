"""html.hidden-page: web pages that keep another page or a script in coded form and show or run it once they are opened."""

import base64
import binascii
import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

HIDDEN: Final = FindingKind(
    id="html.hidden-page",
    severity=Severity.MEDIUM,
    confidence=0.8,
    title=N_("A web page that hides another page or a script"),
    why=N_(
        "What the page really shows or does stands in it in coded form, so that filters that read pages see nothing. When it is opened, "
        "it decodes that text and becomes another page: a false sign-in, or one that leads elsewhere."
    ),
    what_to_do=N_("Do not open the page, and enter nothing in it. Have what is decoded below read by whoever looks after your computers."),
    benign_explanation=N_(
        "Notebooks with maps and charts carry their pictures as pages in coded form; those ask for nothing and lead nowhere."
    ),
    technique=("T1027", "T1566", "T1056.003"),
)
KINDS: Final = (HIDDEN,)
WANTS: Final = frozenset({FileType.HTML})

MOST_BYTES: Final = 24 << 20
MOST_DECODED: Final = 4 << 20
MOST_PLACES: Final = 200
MOST_LITERALS: Final = 2000
SHORT_SOURCE: Final = 4096
# eval(atob("…")), new Function(unescape('…')), window["ev"+"al"](decodeURIComponent("…")), document.write(atob(`…`))
_RUNS_CODED: Final = re.compile(
    rb"(?:\b(?:eval|function|settimeout|setinterval|execscript|document\s*+\.\s*+write(?:ln)?|insertadjacenthtml|innerhtml\s*+=)"
    rb"|\[\s*+[\"'][eval\"'+\s]{4,24}[\"']\s*+\])\s*+(?:\)\s*+)?(?:\(\s*+)?(?:[\"']\w{1,20}[\"']\s*+,\s*+)?"
    rb"(?:(?:window|self|top|globalthis)\s*+[.\[]\s*+[\"']?)?"
    rb"(atob|unescape|decodeuri(?:component)?)[\"']?\s*+(?:\]\s*+)?\(\s*+[\"'`]([A-Za-z0-9+/=%._~!*()-]{16,})[\"'`]",
    re.IGNORECASE,
)
# The page as an address: in a frame, an embedded object, or where the page leads by itself.
_FRAMED: Final = re.compile(
    rb"<(?:iframe|frame|embed|object)\b[^>]{0,2000}?(?:src|data)\s*=\s*[\"']?\s*(data:text/html|data:application/xhtml)", re.IGNORECASE
)
_LED_TO: Final = re.compile(
    rb"(?:<meta\b[^>]{0,400}?url\s*=\s*[\"']?|location(?:\.href)?\s*=\s*[\"'`]|location\.(?:replace|assign)\s*\(\s*[\"'`])\s*(data:text/html|data:application/xhtml)",
    re.IGNORECASE,
)
_CODED_SOURCE: Final = re.compile(rb"<script\b[^>]{0,400}?src\s*=\s*[\"']?\s*(data:(?:text|application)/(?:x-)?javascript)", re.IGNORECASE)
# A quoted text in base64: what it says counts only where the page also decodes and runs something.
_LITERAL: Final = re.compile(rb"[\"'`]([A-Za-z0-9+/]{24,400000}={0,2})[\"'`]")
_DECODES: Final = re.compile(rb"\batob\b|\bunescape\s*\(|decodeuri", re.IGNORECASE)
_ADDRESS: Final = re.compile(rb"data:[^,\"'`>]{0,120},([^\"'`>\s]{1,6000000})", re.IGNORECASE)
_ADDRESS_WITH_BLANKS: Final = re.compile(rb"data:[^,\"'`>]{0,120},([^\"`]{1,20000})", re.IGNORECASE)
_WRITTEN_FRAME: Final = re.compile(rb"<iframe\b[^>]{0,600}?srcdoc\s*=\s*(?:\"([^\"]{1,200000})\"|'([^']{1,200000})')", re.IGNORECASE)
# 20 and more numbers that become text which is run
_NUMBERS: Final = re.compile(
    rb"\[\s*((?:\d{2,3}\s*,\s*){20,20000}\d{2,3})\s*\]|fromcharcode\s*\(\s*((?:\d{2,3}\s*,\s*){20,20000}\d{2,3})\s*\)", re.IGNORECASE
)
_RUNS: Final = re.compile(rb"\beval\s*[(),]|\bnew\s+function\s*\(|document\s*\.\s*write|\bsettimeout\s*\(\s*\w+\s*[,)]", re.IGNORECASE)
_ASKS: Final = re.compile(rb"type\s*=\s*[\"']?\s*password", re.IGNORECASE)
_LEADS_AWAY: Final = re.compile(
    rb"location(?:\.href)?\s*=[^=]|location\.(?:replace|assign)\s*\(|window\.open\s*\(|\.action\s*=\s*[\"']https?:|http-equiv\s*=\s*[\"']?refresh|<form\b[^>]{0,400}action\s*=\s*[\"']?https?:",
    re.IGNORECASE,
)
_RUNS_AGAIN: Final = re.compile(rb"\beval\s*\(|\batob\s*\(|createobjecturl|activexobject|\bunescape\s*\(|fromcharcode", re.IGNORECASE)


class _Hidden(NamedTuple):
    """One coded text: where it stands, what it says, and how the page uses it."""

    offset: int
    text: bytes
    words: str
    by_itself: bool


_USED_AS_SCRIPT: Final = N_("It decodes a script and runs it: {shown}")
_USED_AS_FRAME: Final = N_("It shows a page that it holds in coded form: {shown}")
_USED_AS_GOAL: Final = N_("It leads by itself to a page that it holds in coded form: {shown}")


def examine(item: Item) -> Iterator[Finding]:
    """Yields at most one finding per page, for the gravest of the texts that it hides."""
    page = item.content.read(0, MOST_BYTES)
    gravest: tuple[Severity, _Hidden] | None = None
    for hidden in _hidden_in(page):
        severity = _weight(hidden)
        if severity is not None and (gravest is None or severity.rank > gravest[0].rank):
            gravest = (severity, hidden)
    if gravest is not None:
        severity, hidden = gravest
        shown = hidden.text[:160].decode("utf-8", "replace").strip()
        yield HIDDEN.found(
            item.here(offset=hidden.offset, excerpt=shown), severity=severity, detail=phrase(hidden.words, shown=" ".join(shown.split()))
        )


def _weight(hidden: _Hidden) -> Severity | None:
    """High for a hidden page that asks for a password, medium for one that leads away or decodes further; None for what shows itself."""
    if _ASKS.search(hidden.text):
        return Severity.HIGH
    if hidden.by_itself or _LEADS_AWAY.search(hidden.text) or _RUNS_AGAIN.search(hidden.text):
        return Severity.MEDIUM
    return None


def _hidden_in(page: bytes) -> Iterator[_Hidden]:
    lower = page.lower()
    if b"atob" in lower or b"unescape" in lower or b"decodeuri" in lower:
        yield from _coded_scripts(page)
        if _RUNS.search(page) and _DECODES.search(page):
            yield from _literals(page)
    if b"data:text/html" in lower or b"data:application/xhtml" in lower:
        yield from _addressed(page)
    if b"javascript;base64," in lower:
        yield from _coded_sources(page)
    if b"srcdoc" in lower:
        for count, found in enumerate(_WRITTEN_FRAME.finditer(page)):
            if count >= MOST_PLACES:
                break
            text = unescape((found.group(1) or found.group(2)).decode("utf-8", "replace")).encode()
            if _ASKS.search(text) or _RUNS_CODED.search(text):  # a page within the page is ordinary; what it decodes is not
                yield _Hidden(found.start(), text, _USED_AS_FRAME, by_itself=False)
    if b"fromcharcode" in lower and _RUNS.search(page):
        yield from _numbered(page)


def _coded_scripts(page: bytes) -> Iterator[_Hidden]:
    for count, found in enumerate(_RUNS_CODED.finditer(page)):
        if count >= MOST_PLACES:
            return
        in_base64 = found.group(1).lower() == b"atob"
        text = _from_base64(found.group(2)) if in_base64 else unquote_to_bytes(found.group(2))
        if text is not None and (in_base64 or not _fetches_a_script(text)):
            yield _Hidden(found.start(), text, _USED_AS_SCRIPT, by_itself=in_base64)


def _fetches_a_script(text: bytes) -> bool:
    """Whether the text is the tag that old pages wrote so to load a counter of visits, which hides nothing."""
    return text.lower().lstrip().startswith(b"<script") and b"src" in text.lower() and not _ASKS.search(text)


def _addressed(page: bytes) -> Iterator[_Hidden]:
    for pattern, words in ((_FRAMED, _USED_AS_FRAME), (_LED_TO, _USED_AS_GOAL)):
        for count, found in enumerate(pattern.finditer(page)):
            if count >= MOST_PLACES:
                break
            coded = _ADDRESS.match(page, found.start(1))
            if coded is None:
                continue
            head = page[found.start(1) : coded.start(1)].lower()
            if b";base64" in head:
                text = _from_base64(coded.group(1))
            else:
                longer = _ADDRESS_WITH_BLANKS.match(page, found.start(1)) or coded
                text = unquote_to_bytes(unescape(longer.group(1).decode("utf-8", "replace")))
            if text is not None:
                yield _Hidden(found.start(), text[:MOST_DECODED], words, by_itself=words is _USED_AS_GOAL)


def _literals(page: bytes) -> Iterator[_Hidden]:
    """Quoted texts that are pages or scripts once they are decoded, whatever variable they pass through on the way."""
    for count, found in enumerate(_LITERAL.finditer(page)):
        if count >= MOST_LITERALS:
            return
        text = _from_base64(found.group(1))
        if text is None or not _is_plain(text[:64]):
            continue
        if _ASKS.search(text) or _LEADS_AWAY.search(text) or _RUNS_AGAIN.search(text):
            yield _Hidden(found.start(), text, _USED_AS_SCRIPT, by_itself=False)


def _is_plain(start: bytes) -> bool:
    return bool(start) and all(byte in {9, 10, 13} or 32 <= byte < 127 for byte in start)


def _coded_sources(page: bytes) -> Iterator[_Hidden]:
    """Short scripts that a page loads from an address which holds them: longer ones are what tools put there that save whole pages."""
    for count, found in enumerate(_CODED_SOURCE.finditer(page)):
        coded = _ADDRESS.match(page, found.start(1))
        if count >= MOST_PLACES or coded is None or len(coded.group(1)) > SHORT_SOURCE:
            continue
        text = _from_base64(coded.group(1))
        if text is not None and (_LEADS_AWAY.search(text) or _ASKS.search(text)):
            yield _Hidden(found.start(), text, _USED_AS_SCRIPT, by_itself=False)


def _numbered(page: bytes) -> Iterator[_Hidden]:
    for count, found in enumerate(_NUMBERS.finditer(page)):
        if count >= MOST_PLACES:
            return
        values = [int(value) for value in (found.group(1) or found.group(2)).split(b",")]
        if all(9 <= value < 256 for value in values):
            text = bytes(values)
            if _LEADS_AWAY.search(text) or _ASKS.search(text) or _RUNS_AGAIN.search(text):
                yield _Hidden(found.start(), text, _USED_AS_SCRIPT, by_itself=True)


def _from_base64(coded: bytes) -> bytes | None:
    plain = unquote_to_bytes(coded)[: MOST_DECODED * 4 // 3]
    try:
        return base64.b64decode(plain[: len(plain) // 4 * 4], validate=True)
    except (binascii.Error, ValueError):
        return None
