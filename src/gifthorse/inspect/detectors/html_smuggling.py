"""Web pages that carry a file inside and put it together in the browser, past every check of downloads."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.extensions import ARCHIVE_NAMES, RUNS
from gifthorse.inspect.formats.payload import BASE64_RUN, in_base64
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
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
    rb"createobjecturl|mssaveoropenblob|mssaveblob|\.download\s*=|\bdownload\s*=\s*[\"']|setattribute\(\s*[\"']download", re.IGNORECASE
)
_HAND_OUT_WORDS: Final = (b"createobjecturl", b"mssave", b"download")  # one of them is in all that the pattern above matches
_BUILDS: Final = re.compile(
    rb"\batob\s*\(|new\s+blob\b|uint8array|fromcharcode|new\s+file\s*\(|frombase64|\bunescape\s*\(|\.blob\s*\(\s*\)|\bfetch\s*\(\s*[\"'`]data:",
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


def examine(item: Item) -> Iterator[Finding]:
    """Yields at most one finding per page: high when the carried file is recognised or named, medium when its kind stays hidden."""
    page = unveiled(item.content.read(0, MOST_BYTES))
    lower = page.lower()
    found = _linked(item, page) if b";base64," in lower else None
    if found is None and any(word in lower for word in _HAND_OUT_WORDS) and _HANDS_OUT.search(page) and _BUILDS.search(page):
        found = _built(item, page)
    if found is not None:
        yield found


def unveiled(page: bytes) -> bytes:
    """*page* with what it writes into itself in percent signs, in the same place and of the same length where letters allow it."""
    if b"%3C" not in page and b"%3c" not in page and b"%u003" not in page.lower():
        return page
    return _WRITTEN.sub(lambda found: found.group(1) + _PERCENT.sub(_letter, found.group(2)).ljust(len(found.group(2))), page)


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found.group(1), 16)])


def _linked(item: Item, page: bytes) -> Finding | None:
    """An archive or program that a link of the page carries as its address."""
    for link in _DATA_LINK.finditer(page):
        if (link.group(1) or b"").lower().startswith(_MEDIA):
            continue
        words = in_base64(link.group(2)[: len(link.group(2)) // 4 * 4])
        if words is not None:
            return SMUGGLING.found(
                item.here(offset=link.start(), length=len(link.group())), detail=phrase(N_("It carries {payload}."), payload=words)
            )
    return None


def _built(item: Item, page: bytes) -> Finding | None:
    """A file that the page's script puts together."""
    longest: re.Match[bytes] | None = None
    for run in BASE64_RUN.finditer(page):
        if _is_media(page, run.start()):
            continue
        words = in_base64(run.group()[: len(run.group()) // 4 * 4]) or in_base64(run.group()[::-1][: len(run.group()) // 4 * 4])
        if words is not None:
            return SMUGGLING.found(
                item.here(offset=run.start(), length=len(run.group())), detail=phrase(N_("It carries {payload}."), payload=words)
            )
        if longest is None or len(run.group()) > len(longest.group()):
            longest = run
    spelt = _NUMBERS.search(page) or _HEXADECIMAL.search(page)
    if spelt is not None:
        return SMUGGLING.found(
            item.here(offset=spelt.start(), length=len(spelt.group())), detail=phrase(N_("It carries a program or archive."))
        )
    return _unknown(item, page, longest)


def _unknown(item: Item, page: bytes, longest: re.Match[bytes] | None) -> Finding | None:
    """A long coded text that the page hands out by itself under a telling name (high) or whose kind nothing tells (medium)."""
    name = _FILE_NAME.search(page)
    if _BY_ITSELF.search(page) is None or longest is None:
        return None
    share = len(longest.group()) / max(len(page), 1)
    if name is not None and len(longest.group()) >= _LONG_TEXT:
        return SMUGGLING.found(
            item.here(offset=longest.start(), length=len(longest.group())),
            detail=phrase(N_("It hands out “{name}”."), name=name.group(1).decode("utf-8", "replace")),
        )
    if len(longest.group()) >= _LONG_TEXT and share > 0.4:
        return SMUGGLING.found(item.here(offset=longest.start(), length=len(longest.group())), severity=Severity.MEDIUM)
    return None


def _is_media(page: bytes, start: int) -> bool:
    """Whether the coded text at *start* is the address of a picture, font or the like."""
    before = page[max(start - 80, 0) : start].lower()
    at = before.rfind(b"data:")
    return at >= 0 and before[at + 5 :].startswith(_MEDIA) and _DATA_HEAD.fullmatch(before, at + 5) is not None
