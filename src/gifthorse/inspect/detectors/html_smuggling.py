"""Web pages that carry a file inside and put it together in the browser, past every check of downloads."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.extensions import ARCHIVE_NAMES, RUNS
from gifthorse.inspect.formats.page_layers import Layer, layers
from gifthorse.inspect.formats.payload import BASE64_RUN, in_base64
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

SMUGGLING: Final = FindingKind(
    id="html.smuggling",
    severity=Severity.HIGH,
    confidence=0.9,
    title=N_("A web page that carries a hidden file"),
    why=N_(
        "The page holds a file in coded form and hands it to you as a download when you open it. In this way programs pass mail "
        "filters and "
        "guards that look at downloads only."
    ),
    what_to_do=N_("Do not open the page. If it was opened, do not open what it put into the download folder, and report it."),
    benign_explanation=N_("Some office tools export pages that offer their data as a download; the data is then a table or a picture."),
    technique=("T1027.006", "T1204.001"),
)
KINDS: Final = (SMUGGLING,)
WANTS: Final = frozenset({FileType.HTML, FileType.SVG})

MOST_BYTES: Final = 24 << 20
_HANDS_OUT: Final = re.compile(
    rb"createobjecturl|mssaveoropenblob|mssaveblob|\.download\s*=|\bdownload\s*=\s*[\"']|setattribute\(\s*[\"']download"
    rb"|\bsaveas\s*\(|showsavefilepicker",
    re.IGNORECASE,
)
_HAND_OUT_WORDS: Final = (
    b"createobjecturl",
    b"mssave",
    b"download",
    b"saveas",
    b"savefile",
)  # one of them is in all that the pattern above matches
_BUILDS: Final = re.compile(
    rb"\batob(?:[\"'`]\])?\s*\(|new\s+(?:\w{1,20}(?:\.|\[[\"'`]))?blob\b|uint8array|fromcharcode|new\s+file\s*\(|frombase64|\bunescape\s*\(|\.blob\s*\(\s*\)|\bfetch\s*\(\s*[\"'`]data:",
    re.IGNORECASE,
)
_BY_ITSELF: Final = re.compile(
    rb"\.click\s*\(|location(?:\.href)?\s*=|location\.(?:replace|assign)|dispatchevent|mssaveoropenblob|onload\s*=", re.IGNORECASE
)
_DATA_LINK: Final = re.compile(rb"data:([\w.+-]+/[\w.+-]+)?(?:;[\w=-]+)*;base64,\s*([A-Za-z0-9+/]{40,})", re.IGNORECASE)
_DATA_HEAD: Final = re.compile(rb"[\w.+/-]+(?:;[\w=.+-]+)*,\s*")
_MEDIA: Final = (
    b"image/",
    b"font/",
    b"audio/",
    b"video/",
    b"text/css",
    b"application/font",
    b"application/x-font",
    b"application/json",
    b"application/wasm",
    b"application/vnd.ms-fontobject",
)
_FILE_NAME: Final = re.compile(
    (
        r"[\"'`]([^\"'`\n<>/]{1,120}\.(?:"
        + "|".join(sorted((RUNS | ARCHIVE_NAMES | {"iso", "img", "docm", "xlsm"}) - {"js", "app", "desktop", "com", "gz", "reg", "inf"}))
        + r"))[\"'`]"
    ).encode(),
    re.IGNORECASE,
)
# 80,75,3,4 and 77,90: an archive or a program as a list of numbers.
_NUMBERS: Final = re.compile(
    rb"\[\s*(?:80\s*,\s*75\s*,\s*3\s*,\s*4|77\s*,\s*90\s*,\s*\d+\s*,\s*0|55\s*,\s*122\s*,\s*188|0x4d\s*,\s*0x5a\s*,"
    rb"|0x50\s*,\s*0x4b\s*,\s*0x0?3)",
    re.IGNORECASE,
)
_HEXADECIMAL: Final = re.compile(rb"[\"'`](?:4d5a[0-9a-f]{4}0|504b0304|377abcaf271c|526172211a07)[0-9a-f]{400,}", re.IGNORECASE)
# unescape("%3Cscript…"), decodeURIComponent('%3Chtml…'): a page within the page.
_WRITTEN: Final = re.compile(
    rb"((?:unescape|decodeuri(?:component)?)\s*\(\s*[\"'`])((?:[^\"'`%]|%[0-9a-f]{2}|%u00[0-9a-f]{2}){20,})", re.IGNORECASE
)
_PERCENT: Final = re.compile(rb"%(?:u00)?([0-9a-fA-F]{2})")
_LONG_TEXT: Final = 4096
_LONG_UNDER_A_NAME: Final = 800
_SHORT_TEXT: Final = 400  # below it, two or three bytes at its start are too little to tell a stream by
_VAGUE: Final = "a gzip archive"
# A file of 100 bytes and more as a list of numbers, whatever was done to each of them.
_NUMBER_LIST: Final = re.compile(rb"[\[(]\s*+(?:(?:0x[0-9a-f]{1,2}|25[0-5]|2[0-4]\d|1?\d?\d)\s*+,\s*+){100,}+", re.IGNORECASE)


def examine(item: Item) -> Iterator[Finding]:
    """Yields at most one finding per page: high when the carried file is recognised or named, medium when its kind stays hidden."""
    for layer in layers(unveiled(item.content.read(0, MOST_BYTES))):
        lower = layer.text.lower()
        found = _linked(item, layer) if b";base64," in lower else None
        hands_out = found is None and any(word in lower for word in _HAND_OUT_WORDS) and _HANDS_OUT.search(layer.text)
        if hands_out and _BUILDS.search(layer.text):
            found = _built(item, layer)
        if found is not None:
            yield found
            return


def _place(item: Item, layer: Layer, match: re.Match[bytes]) -> Evidence:
    """Where *match* stands in the file, as nearly as the layer tells."""
    return item.here(offset=match.start(), length=len(match.group())) if layer.exact else item.here(offset=layer.at)


def unveiled(page: bytes) -> bytes:
    """*page* with what it writes into itself in percent signs, in the same place and of the same length where letters allow it."""
    if b"%3C" not in page and b"%3c" not in page and b"%u003" not in page.lower():
        return page
    return _WRITTEN.sub(lambda found: found.group(1) + _PERCENT.sub(_letter, found.group(2)).ljust(len(found.group(2))), page)


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found.group(1), 16)])


def _linked(item: Item, layer: Layer) -> Finding | None:
    """An archive or program that a link of the page carries as its address."""
    for link in _DATA_LINK.finditer(layer.text):
        if (link.group(1) or b"").lower().startswith(_MEDIA):
            continue
        words = in_base64(link.group(2)[: len(link.group(2)) // 4 * 4])
        if words is not None:
            return SMUGGLING.found(_place(item, layer, link), detail=phrase(N_("It carries {payload}."), payload=words))
    return None


def _built(item: Item, layer: Layer) -> Finding | None:
    """A file that the page's script puts together."""
    longest: re.Match[bytes] | None = None
    for run in BASE64_RUN.finditer(layer.text):
        if _is_media(layer.text, run.start()):
            continue
        words = in_base64(run.group()[: len(run.group()) // 4 * 4]) or in_base64(run.group()[::-1][: len(run.group()) // 4 * 4])
        if words is not None and (words != _VAGUE or len(run.group()) >= _SHORT_TEXT):
            return SMUGGLING.found(_place(item, layer, run), detail=phrase(N_("It carries {payload}."), payload=words))
        if longest is None or len(run.group()) > len(longest.group()):
            longest = run
    spelt = _NUMBERS.search(layer.text) or _HEXADECIMAL.search(layer.text)
    if spelt is not None:
        return SMUGGLING.found(_place(item, layer, spelt), detail=phrase(N_("It carries a program or archive.")))
    return _unknown(item, layer, longest if longest is not None and _is_code(longest.group()) else None)


def _is_code(run: bytes) -> bool:
    """Whether *run* is coded bytes and no words of a language set side by side: it has capitals, small letters and digits."""
    start = run[:_LONG_TEXT]
    return start.upper() != start and start.lower() != start and any(digit in start for digit in b"0123456789")


def _unknown(item: Item, layer: Layer, longest: re.Match[bytes] | None) -> Finding | None:
    """A long coded text that the page hands out by itself under a telling name (high) or whose kind nothing tells (medium)."""
    if _BY_ITSELF.search(layer.text) is None:
        return None
    name = _FILE_NAME.search(layer.text)
    enough = _LONG_TEXT if name is None else _LONG_UNDER_A_NAME
    carried = longest if longest is not None and len(longest.group()) >= enough else None
    if carried is None and name is not None:
        carried = _NUMBER_LIST.search(layer.text)
    if carried is None:
        return None
    if name is not None:
        named = phrase(N_("It hands out “{name}”."), name=name.group(1).decode("utf-8", "replace"))
        return SMUGGLING.found(_place(item, layer, carried), detail=named)
    if len(carried.group()) / max(len(layer.text), 1) > 0.4:
        return SMUGGLING.found(_place(item, layer, carried), severity=Severity.MEDIUM)
    return None


def _is_media(page: bytes, start: int) -> bool:
    """Whether the coded text at *start* is the address of a picture, font or the like."""
    before = page[max(start - 80, 0) : start].lower()
    at = before.rfind(b"data:")
    return at >= 0 and before[at + 5 :].startswith(_MEDIA) and _DATA_HEAD.fullmatch(before, at + 5) is not None
