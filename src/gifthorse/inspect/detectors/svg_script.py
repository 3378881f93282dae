"""Pictures that are programs: SVG with scripts, embedded pages, or links that open by themselves."""

import html
import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.settings import decoded
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, Phrase, phrase

SVG_SCRIPT: Final = FindingKind(
    id="svg.script",
    severity=Severity.MEDIUM,
    confidence=0.85,
    title=N_("A picture that contains a script"),
    why=N_(
        "The picture is of a kind that opens in the browser and may run commands there: it can show a false login page or hand out a file."
    ),
    what_to_do=N_("Do not open it in a browser. Ask for the picture as PNG or PDF."),
    benign_explanation=N_("Interactive diagrams and flame graphs, made by programs, contain scripts for zooming and searching."),
    technique=("T1027.017", "T1059.007"),
)
KINDS: Final = (SVG_SCRIPT,)
WANTS: Final = frozenset({FileType.SVG})

_SEARCHED: Final = 16 << 20
_SCRIPT: Final = re.compile(rb"<(?:\w+:)?script\b", re.IGNORECASE)
_HANDLER: Final = re.compile(rb"<[^<>]{1,2000}?\son(?:load|error|click|mouseover|begin|end|focus|activate)\s*=\s*[\"']", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    rb"(?:href|from|to|values|src)\s*=\s*[\"']\s*(?:[^\"'<>]{0,200};\s*)?(?:j\s*a\s*v\s*a\s*script:|data:text/html|data:application/(?:xhtml|x-javascript))",
    re.IGNORECASE,
)
# An address with letters written as numbers, which the browser reads as letters: java&#115;cript:
_NUMBERED: Final = re.compile(rb"(?:href|from|to|values|src)\s*=\s*[\"'][^\"'<>]{0,400}?&(?:#|tab;|newline;)[^\"'<>]{0,400}", re.IGNORECASE)
_WHITE: Final = re.compile(r"[\s\0]+")
# An animation that gives an element a handler it was not written with.
_ANIMATED: Final = re.compile(rb"attributename\s*=\s*[\"']\s*on[a-z]{3,20}\s*[\"']", re.IGNORECASE)
_EMBEDS: Final = re.compile(rb"<(?:\w+:)?(?:iframe|embed|object)\b[^>]*(?:src|data)\s*=\s*[\"'](?:https?:|//|data:)", re.IGNORECASE)
# A page within the picture that takes something in.
_FORM: Final = re.compile(
    rb"<(?:\w{1,20}:)?(?:form\b[^<>]{0,600}?\b(?:action|onsubmit)\s*=|input\b[^<>]{0,600}?type\s*=\s*[\"']?password)", re.IGNORECASE
)
# What a script does that leads elsewhere, decodes a hidden text, or asks for passwords.
# A script that the file spells as an entity, so that its own text holds none.
_ENTITY: Final = re.compile(
    rb"<!ENTITY\s[^>]{0,80}[\"'](?=[^\"']{0,4000}?(?:&#0*(?:60|x0*3c);|&lt;|<)\s*(?:script|iframe|foreignobject)|[^\"']{0,4000}?javascript:)",
    re.IGNORECASE,
)
_LEADS_AWAY: Final = re.compile(
    rb"(?:window|document|top|self|parent)?\.?location(?:\.href)?\s*=[^=]|location\.(?:replace|assign)\s*\(|window\.open\s*\("
    rb"|\batob\s*\(|\beval\s*\(|fromcharcode"
    rb"|createobjecturl|document\.write|new\s+function|websocket\s*\(|sendbeacon|importscripts|\bimport\s*\(|serviceworker\s*\(|xmlhttprequest|\bfetch\s*\(|activexobject|type\s*=\s*[\"']password",
    re.IGNORECASE,
)
_AT_ONCE: Final = re.compile(rb"\bon(?:load|error|begin)\s*=", re.IGNORECASE)
_ASKS: Final = re.compile(rb"\b(?:alert|prompt|confirm)\s*\(", re.IGNORECASE)
_INTERACTS: Final = re.compile(rb"addeventlistener|getelementby|queryselector|onmouse|onclick|onload|\.style\b", re.IGNORECASE)
_FETCHED: Final = re.compile(rb"<(?:\w+:)?script\b[^>]*(?:href|src)\s*=\s*[\"'](?:(?:https?:)?//|data:)", re.IGNORECASE)


def examine(item: Item) -> Iterator[Finding]:
    """Yields at most one finding per picture: high when its script leads away or decodes something, low for plain interaction."""
    picture, width = _text(item.content.read(0, _SEARCHED))
    place = (
        _ENTITY.search(picture)
        or _SCRIPT.search(picture)
        or _address(picture)
        or _EMBEDS.search(picture)
        or _HANDLER.search(picture)
        or _ANIMATED.search(picture)
        or _FORM.search(picture)
    )
    if place is None:
        return
    excerpt = picture[place.start() : place.start() + 120].decode("utf-8", "replace")
    severity, words = _judged(picture)
    if severity is Severity.LOW and item.extension not in {"svg", "svgz"}:
        severity = Severity.MEDIUM  # a picture of another kind by its name
    yield SVG_SCRIPT.found(
        item.here(offset=place.start() * width, length=len(place.group()) * width, excerpt=excerpt), severity=severity, detail=words
    )


def _address(picture: bytes) -> re.Match[bytes] | None:
    """The first address that is a script or a page, also where it is written in numbers."""
    plain = _ADDRESS.search(picture)
    if plain is not None or b"&" not in picture:
        return plain
    return next((found for found in _NUMBERED.finditer(picture) if "javascript:" in _read(found.group())), None)


def _read(attribute: bytes) -> str:
    """The attribute as a browser reads it, without blanks and in lower case."""
    return _WHITE.sub("", html.unescape(attribute.decode("utf-8", "replace"))).lower()


def _text(picture: bytes) -> tuple[bytes, int]:
    """The picture in one byte per letter, and how many bytes a letter has in the file."""
    if not picture.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        return picture, 1
    text, width = decoded(picture)
    return text.encode("utf-8", "replace"), width


def _judged(picture: bytes) -> tuple[Severity, Phrase]:
    away = _LEADS_AWAY.search(picture)
    if away is not None:
        return Severity.HIGH, phrase(N_("Its script uses “{word}”."), word=away.group().decode("ascii", "replace").strip())
    if _ENTITY.search(picture) is not None:
        return Severity.MEDIUM, phrase(N_("It spells a script in pieces that are put together when it is shown."))
    if _FETCHED.search(picture) is not None:
        return Severity.MEDIUM, phrase(N_("It takes its script from the network or from an address that holds it."))
    if _address(picture) is not None or _EMBEDS.search(picture) is not None:
        return Severity.MEDIUM, phrase(N_("It embeds a page or a script as an address."))
    if _FORM.search(picture) is not None:
        return Severity.MEDIUM, phrase(N_("It holds a form that sends away what is typed into it."))
    return Severity.LOW, phrase(_inert_words(picture))


def _inert_words(picture: bytes) -> str:
    """What a script does that leads nowhere, as far as its words tell."""
    if _SCRIPT.search(picture) is None:
        handler = _HANDLER.search(picture)
        if handler is not None and _AT_ONCE.search(handler.group()) is not None:
            return N_("It runs a line of script as soon as it is shown.")
        return N_("It reacts to the mouse with a line of script.")
    if _ASKS.search(picture) is not None:
        return N_("It runs a script as soon as it is shown, which opens a message or asks for something.")
    if _INTERACTS.search(picture) is not None:
        return N_("Its script changes what the picture shows; no access to the network was seen.")
    return N_("It runs a script as soon as it is shown; no access to the network was seen.")
