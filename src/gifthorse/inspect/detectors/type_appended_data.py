"""Data behind the true end of a picture, film, document or archive."""

import math
import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import OLE_DOCUMENTS, PICTURES, ZIP_BASED, FileType
from gifthorse.inspect.formats.payload import STARTS, looks_like_script, named
from gifthorse.inspect.formats.trailer import after_known_trailers
from gifthorse.inspect.formats.true_end import true_end
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

APPENDED_DATA: Final = FindingKind(
    id="type.appended-data",
    severity=Severity.LOW,
    confidence=0.9,
    title=N_("Something is attached behind the end of the file"),
    why=N_(
        "The picture, film or document is complete, and more data follows behind its end. Viewers do not show it; another program can "
        "take it "
        "out. Archives and programs travel unseen in this way."
    ),
    what_to_do=N_("Do not copy the file onto other computers. If you need the picture, use a re-encoded copy."),
    benign_explanation=N_("Some cameras and programs keep their own notes behind the picture."),
    technique=("T1027.003", "T1027.009"),
)
KINDS: Final = (APPENDED_DATA,)
_FILMS: Final = frozenset({FileType.MP4, FileType.AVI, FileType.WAV})
# Their ends are reckoned from what they point to, and programs leave things of their own behind: only what is recognised counts.
_RECKONED: Final = frozenset({FileType.TIFF, FileType.ICO, FileType.MP3, FileType.SEVEN_ZIP}) | OLE_DOCUMENTS
WANTS: Final = (
    frozenset({FileType.JPEG, FileType.PNG, FileType.GIF, FileType.WEBP, FileType.BMP, FileType.HEIF, FileType.PDF})
    | _FILMS
    | ZIP_BASED
    | _RECKONED
)

_HOLDS: Final = N_("{bytes} bytes follow the end; they hold {kind}.")
_SEARCHED: Final = 4096
_DISC_MARK: Final = 32769
_INSIDE: Final = re.compile(b"|".join(re.escape(sign) for sign in STARTS if len(sign) >= 4))
_LARGE: Final = 1 << 20
_SMALL: Final = 16
_DENSE_BITS: Final = 7.5
_PDF_SLACK: Final = 1024


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding when unexplained data follows the item's true end: high for an archive or program, medium for scripts, else by
    size.
    """
    end = true_end(item.content, item.filetype)
    if end is None or end >= item.size:
        return
    start = after_known_trailers(item.content, end)
    if start >= item.size or item.size - start < _SMALL:
        return
    rest = item.content.read(start, _SEARCHED)
    judged = _judged(item, start, rest) if not _disc_begins(item, end) else (Severity.HIGH, (_HOLDS, "a disc image"))
    if judged is None:
        return
    severity, words = judged
    yield APPENDED_DATA.found(
        item.here(offset=start, length=item.size - start, excerpt=rest[:16].hex(" ")),
        severity=severity,
        detail=phrase(words[0], bytes=item.size - start, kind=words[1]),
    )


def behind_streams(item: Item, start: int, carried: str) -> Finding:
    """The finding that behind the last compressed stream of *item* follows *carried*, which the tools of that format pass over."""
    return APPENDED_DATA.found(
        item.here(offset=start, length=item.size - start),
        severity=Severity.HIGH,
        detail=phrase(_HOLDS, bytes=item.size - start, kind=carried),
    )


def _judged(item: Item, start: int, rest: bytes) -> tuple[Severity, tuple[str, str]] | None:
    carried = named(rest) or _carried_inside(rest)
    if carried is not None:
        return Severity.HIGH, (_HOLDS, carried)
    if rest.startswith(b"%PDF-"):
        return Severity.MEDIUM, (_HOLDS, "a PDF")
    if looks_like_script(rest):
        return Severity.MEDIUM, (_HOLDS, "a script or page")
    length = item.size - start
    if item.filetype in _RECKONED or (item.filetype is FileType.PDF and length <= _PDF_SLACK):
        return None
    if (
        length >= _LARGE
        and item.filetype in PICTURES
        and density(item.content.read(start, 65536)) > _DENSE_BITS
        and not _is_from_camera(item)
    ):
        return Severity.MEDIUM, (N_("{bytes} bytes of unknown, dense data follow the end."), "")
    return Severity.LOW, (N_("{bytes} bytes of an unknown kind follow the end."), "")


def _disc_begins(item: Item, end: int) -> bool:
    """Whether a disc image begins right at *end*: its first 32 KiB are empty, so that its mark alone tells."""
    return item.content.read(end + _DISC_MARK, 5) == b"CD001"


def _carried_inside(rest: bytes) -> str | None:
    """An archive or program that begins a little further inside."""
    for place in _INSIDE.finditer(rest):
        words = named(rest[place.start() :])
        if words is not None and words != "a gzip archive":
            return words
    at = rest.find(b"MZ")
    return named(rest[at:]) if 0 <= at < 512 else None


def _is_from_camera(item: Item) -> bool:
    return b"Exif\0\0" in item.head[:4096]


def density(data: bytes) -> float:
    """Shannon's entropy of *data* in bits per byte."""
    total = len(data)
    counts = (data.count(bytes([value])) for value in range(256))
    return -sum(count / total * math.log2(count / total) for count in counts if count) if total else 0.0
