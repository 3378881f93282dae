"""Files that are two things at once: a picture for the viewer, an archive or a page for another program."""

import re
import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from gifthorse.inspect.filetypes import MEDIA, PROGRAMS, FileType
from gifthorse.inspect.formats.payload import named
from gifthorse.inspect.formats.skipped_parts import skipped_parts
from gifthorse.inspect.identify_text import HTML_EXTENSIONS
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

POLYGLOT: Final = FindingKind(
    id="type.polyglot",
    severity=Severity.MEDIUM,
    confidence=0.9,
    title=N_("The file is two things at once"),
    why=N_(
        "The same bytes are valid as two kinds of file: what one program shows as a picture or document, another one opens as an "
        "archive, a page "
        "or a program. Checks that look at one kind let the other one pass."
    ),
    what_to_do=N_("Do not copy or open it. Keep the medium as it is, and have the file looked at."),
    benign_explanation=N_("Programs that unpack themselves are archives too, and a few tools hide a document's source in its picture."),
    technique=("T1036.008", "T1027.003"),
)
KINDS: Final = (POLYGLOT,)
_HOSTS: Final = (
    MEDIA
    | PROGRAMS
    | {FileType.PDF, FileType.RTF, FileType.SHORTCUT, FileType.ICO, FileType.HTML, FileType.CHM, FileType.OLE, FileType.DATA}
)
WANTS: Final = _HOSTS | {FileType.TEXT}

_ISO_MARK: Final = 32769
_PDF_SEARCHED: Final = 1024
_WHOLE_SEARCHED: Final = 64 << 20
_MOST_RECORDS: Final = 50
_ACTIVE: Final = re.compile(rb"<(?:script\b|html\b|hta:application|iframe\b|body\s+onload|svg[^>]+onload)|<\?php\s", re.IGNORECASE)
_HTA: Final = re.compile(rb"<hta:application|<script\s+language\s*=\s*[\"']?(?:vbscript|jscript|vbs)", re.IGNORECASE)
_RUN_NAMES: Final = re.compile(
    rb"\.(?:exe|scr|dll|lnk|vbs|js|jse|hta|bat|cmd|ps1|msi|class|jar|com|wsf|iso)(?=PK\x01\x02|[\x00-\x1fU\xfe\xca]|\Z)", re.IGNORECASE
)
# A picture's width may be one of these signs, but its height and flags are then no letters.
_GIF_AS_SCRIPT: Final = re.compile(rb"\AGIF8[79]a(?:/\*|(?:\s*=|\(|;)[\t\r\n -~]{4})")


class _Second(NamedTuple):
    """The other thing that the file is: in words, where it begins, and how much it weighs."""

    words: str
    offset: int
    severity: Severity


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding when the item is also a working archive, document, page or disc image; high when that one brings programs."""
    second = _second(item)
    if second is not None:
        yield POLYGLOT.found(
            item.here(offset=second.offset, excerpt=item.content.read(second.offset, 16).hex(" ")),
            severity=second.severity,
            detail=phrase(N_("It opens as {first} and as {second}."), first=item.filetype, second=second.words),
        )


def _second(item: Item) -> _Second | None:
    if item.filetype in PROGRAMS:
        return _in_program(item)
    if item.filetype is FileType.HTML or (
        item.filetype is FileType.DATA and item.extension in HTML_EXTENSIONS and item.head.lstrip().startswith(b"<")
    ):
        return _zip_at_end(item)
    if item.filetype in {FileType.TEXT, FileType.DATA}:
        return None
    return _zip_at_end(item) or _zip_in_stream(item) or _document(item) or _mark_inside(item) or _page(item) or _in_skipped_part(item)


def _zip_at_end(item: Item) -> _Second | None:
    """A zip whose end record closes the file and whose directory is where it says (with or without counting what stands before it)."""
    ending = item.content.read(max(item.size - 22 - 0xFFFF, 0), 22 + 0xFFFF)
    at = ending.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(ending):
        return None
    count, length, start, comment = struct.unpack_from("<HIIH", ending, at + 10)
    if count == 0 or at + 22 + comment < len(ending) - 64:
        return None
    end_record = item.size - len(ending) + at
    before = end_record - length
    directory = item.content.read(before, min(length, 1 << 20)) if before >= 0 else b""
    if not directory.startswith(b"PK\x01\x02"):
        directory = item.content.read(start, min(length, 1 << 20))
        before = start
    if not directory.startswith(b"PK\x01\x02"):
        return None
    runs = _RUN_NAMES.search(directory) is not None or b".class" in directory
    return _Second("a zip archive with programs" if runs else "a zip archive", before, Severity.HIGH if runs else Severity.MEDIUM)


def _zip_in_stream(item: Item) -> _Second | None:
    """A zip with programs that lies whole inside a PDF: tools that look for its end record further in open it."""
    if item.filetype is not FileType.PDF or item.size > _WHOLE_SEARCHED:
        return None
    body = item.content.read(0, item.size)
    at = body.find(b"PK\x05\x06")
    for _ in range(_MOST_RECORDS):
        if at < 0 or at + 22 > len(body):
            return None
        length = int.from_bytes(body[at + 12 : at + 16], "little")
        directory = body[max(at - length, 0) : at]
        if directory.startswith(b"PK\x01\x02") and _RUN_NAMES.search(directory) is not None:
            return _Second("a zip archive with programs", at - length, Severity.HIGH)
        at = body.find(b"PK\x05\x06", at + 4)
    return None


def _document(item: Item) -> _Second | None:
    at = item.head.find(b"%PDF-", 1, _PDF_SEARCHED)
    if item.filetype is FileType.PDF or at < 0:
        return None
    return _Second("a PDF", at, Severity.MEDIUM) if b" obj" in item.head else None


def _mark_inside(item: Item) -> _Second | None:
    head = item.head
    if head[_ISO_MARK : _ISO_MARK + 5] == b"CD001":
        return _Second("a disc image", 32768, Severity.HIGH)
    if head[257:263] in {b"ustar\0", b"ustar "}:
        return _Second("a tar archive", 0, Severity.MEDIUM)
    return None


def _page(item: Item) -> _Second | None:
    """A page or script that a browser, mshta or a web server finds inside a picture, shortcut or document."""
    if item.filetype is FileType.SHORTCUT:
        body = item.content.read(0, 1 << 20)
        found = _HTA.search(body) or _ACTIVE.search(body)
        return _Second("an active page", found.start(), Severity.HIGH) if found else None
    if item.filetype is FileType.GIF and _GIF_AS_SCRIPT.match(item.head):
        return _Second("a script", 0, Severity.MEDIUM)
    if item.filetype is FileType.PDF:
        return _before_document(item)
    if item.filetype not in MEDIA | {FileType.ICO}:
        return None
    found = _HTA.search(item.head, 0, 8192) or _ACTIVE.search(item.head, 0, 8192)
    if found is None or b"rdf:RDF" in item.head[max(found.start() - 4096, 0) : found.start()]:
        return None
    return _Second("an active page", found.start(), Severity.MEDIUM)


def _before_document(item: Item) -> _Second | None:
    """What stands before a PDF's first line, where viewers don't mind it."""
    before = item.head[: max(item.head.find(b"%PDF-"), 0)]
    found = _HTA.search(before) or _ACTIVE.search(before)
    if found is not None:
        return _Second("an active page", found.start(), Severity.HIGH if _HTA.search(before) else Severity.MEDIUM)
    carried = named(before)
    return _Second(carried, 0, Severity.HIGH) if carried is not None else None


def _in_skipped_part(item: Item) -> _Second | None:
    """An archive or program in a part that viewers skip, at its beginning or behind the name that some parts begin with."""
    for offset, start in skipped_parts(item.content, item.filetype):
        for shift in (0, start.find(b"\0", 0, 64) + 1):
            words = named(start[shift:])
            if words is not None and words != "a gzip archive":
                return _Second(f"{words}, in a part that viewers skip", offset + shift, Severity.HIGH)
    return None


def _in_program(item: Item) -> _Second | None:
    """A program that is also a document or a disc image; archives behind programs are how they unpack themselves."""
    if item.head[_ISO_MARK : _ISO_MARK + 5] == b"CD001":
        return _Second("a disc image", 32768, Severity.MEDIUM)
    at = item.head.find(b"%PDF-", 1, _PDF_SEARCHED)
    return _Second("a PDF", at, Severity.HIGH) if at > 0 else None
