"""Files that are two things at once: a picture for the viewer, an archive or a page for another program."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from gifthorse.inspect.filetypes import MEDIA, OLE_DOCUMENTS, PROGRAMS, ZIP_BASED, FileType
from gifthorse.inspect.formats import second_kinds
from gifthorse.inspect.formats.java_behind_program import java_behind
from gifthorse.inspect.formats.payload import named
from gifthorse.inspect.formats.skipped_parts import skipped_parts
from gifthorse.inspect.formats.zip_at_end import names_programs, zip_at_end
from gifthorse.inspect.identify_text import HTML_EXTENSIONS
from gifthorse.inspect.item import Item
from gifthorse.inspect.unpack.self_extracting import end_of_program
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
# What ends where its own header says, so that an archive behind that end is none of its own.
_WITH_STATED_END: Final = (OLE_DOCUMENTS - {FileType.OLE}) | {FileType.MSI, FileType.CAB, FileType.SEVEN_ZIP}
_OTHER_ARCHIVES: Final = ZIP_BASED | {FileType.RAR, FileType.GZIP, FileType.BZIP2, FileType.XZ, FileType.ZSTD}
WANTS: Final = _HOSTS | _WITH_STATED_END | _OTHER_ARCHIVES | {FileType.TEXT, FileType.SVG, FileType.ISO, FileType.TAR}

_ISO_MARK: Final = 32769
_PDF_SEARCHED: Final = 1024
_WHOLE_SEARCHED: Final = 64 << 20
_MOST_RECORDS: Final = 50
_MOST_DRAWING: Final = 16 << 20
_TAR_NAME: Final = 100
_ZIP_NAMES: Final = frozenset({"jar", "apk", "zip", "docx", "xlsx", "pptx", "epub", "xpi", "crx"})
_PAGE_NAMES: Final = HTML_EXTENSIONS | {"hta", "mht", "mhtml"}
_TEXT_NAMES: Final = HTML_EXTENSIONS | {"txt", "csv", "md", "log", "xml", "json", "svg", "ini", "yaml", "yml", "css"}
_ACTIVE: Final = re.compile(rb"<(?:script\b|html\b|hta:application|iframe\b|body\s+onload|svg[^>]+onload)|<\?php\s", re.IGNORECASE)
_WHOLE_PAGE: Final = re.compile(rb"<(?:html|script)\b[^\0]{0,4000}?</(?:html|script)\s*>", re.IGNORECASE)
_PAGE_BEGINS: Final = 4096
_HTA: Final = re.compile(rb"<hta:application|<script\s+language\s*=\s*[\"']?(?:vbscript|jscript|vbs)", re.IGNORECASE)
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
    special = _SPECIAL.get(item.filetype)
    if special is not None:
        return special(item)
    if item.filetype in _OTHER_ARCHIVES:
        return _disc_inside(item)
    if item.filetype in _WITH_STATED_END:
        return _disc_inside(item) or _zip_behind_stated_end(item)
    return (
        _zip_at_end(item)
        or _in_stream(item)
        or _document(item)
        or _mark_inside(item)
        or _page(item)
        or _script(item)
        or _in_skipped_part(item)
    )


def _in_data(item: Item) -> _Second | None:
    """A text or page with an archive behind it has bytes that no text has, so that it passes for data: its name tells."""
    return _zip_at_end(item) if item.extension in _TEXT_NAMES and item.head.lstrip()[:1].isascii() else None


def _zip_at_end(item: Item) -> _Second | None:
    found = zip_at_end(item.content, more_may_follow=item.filetype in MEDIA)
    if found is None:
        return None
    words = "a zip archive with programs" if found.brings_programs else "a zip archive"
    return _Second(words, found.offset, Severity.HIGH if found.brings_programs else Severity.MEDIUM)


def _zip_behind_stated_end(item: Item) -> _Second | None:
    """A zip behind the end of a compound file or another archive; what lies within it is their own."""
    end = second_kinds.stated_end(item.content, item.filetype)
    found = _zip_at_end(item) if end is not None and end < item.size else None
    return found if found is not None and end is not None and found.offset >= end else None


def _in_stream(item: Item) -> _Second | None:
    """A web archive or a zip with programs that lies whole inside a PDF: tools that look for its beginning or end further in open it."""
    if item.filetype is not FileType.PDF or item.size > _WHOLE_SEARCHED:
        return None
    body = item.content.read(0, item.size)
    archive = second_kinds.web_archive_in(body)
    if archive is not None:
        return _Second("a web archive", archive[0], Severity.HIGH if archive[1] else Severity.MEDIUM)
    at = body.find(b"PK\x05\x06")
    for _ in range(_MOST_RECORDS):
        if at < 0 or at + 22 > len(body):
            return None
        length = int.from_bytes(body[at + 12 : at + 16], "little")
        directory = body[max(at - length, 0) : at]
        if directory.startswith(b"PK\x01\x02") and names_programs(directory):
            return _Second("a zip archive with programs", at - length, Severity.HIGH)
        at = body.find(b"PK\x05\x06", at + 4)
    return None


def _document(item: Item) -> _Second | None:
    at = item.head.find(b"%PDF-", 1, _PDF_SEARCHED)
    if item.filetype is FileType.PDF or at < 0:
        return None
    return _Second("a PDF", at, Severity.MEDIUM) if b" obj" in item.head else None


def _mark_inside(item: Item) -> _Second | None:
    if item.head[257:263] in {b"ustar\0", b"ustar "}:
        return _Second("a tar archive", 0, Severity.MEDIUM)
    return _disc_inside(item)


def _disc_inside(item: Item) -> _Second | None:
    is_disc = item.head[_ISO_MARK : _ISO_MARK + 5] == b"CD001"
    return _Second("a disc image", 32768, Severity.HIGH) if is_disc else None


def _in_disc(item: Item) -> _Second | None:
    """A disc image whose first 32 KiB, which no reader of discs looks at, are something else, or that ends in an archive."""
    words = second_kinds.begins_disc_as(item.head)
    return _Second(words, 0, Severity.MEDIUM) if words is not None else _zip_at_end(item)


def _in_tar(item: Item) -> _Second | None:
    """A tar archive that is a page or document by the name of its first member, or that ends in another archive."""
    found = _ACTIVE.search(item.head, 0, _TAR_NAME)
    if found is not None:
        return _Second("an active page", found.start(), Severity.MEDIUM)
    at = item.head.find(b"%PDF-", 0, _PDF_SEARCHED if item.extension == "pdf" else _TAR_NAME)
    return _Second("a PDF", at, Severity.MEDIUM) if at >= 0 else _zip_at_end(item) or _disc_inside(item)


def _in_drawing(item: Item) -> _Second | None:
    """A drawing behind whose end a page begins, which a browser shows and mshta runs when the name is a page's."""
    picture = item.content.read(0, _MOST_DRAWING)
    at = second_kinds.page_behind_drawing(picture)
    if at is None:
        return None
    return _Second("an active page", at, Severity.HIGH if _HTA.search(picture, at) else Severity.MEDIUM)


def _page(item: Item) -> _Second | None:  # noqa: PLR0911 - a chain of kinds, the first that fits decides
    """A page or script that a browser, mshta or a web server finds inside a picture, shortcut or document."""
    if item.filetype is FileType.SHORTCUT:
        body = item.content.read(0, 1 << 20)
        found = _HTA.search(body) or _ACTIVE.search(body)
        return _Second("an active page", found.start(), Severity.HIGH) if found else None
    if item.filetype is FileType.GIF and _GIF_AS_SCRIPT.match(item.head):
        return _Second("a script", 0, Severity.MEDIUM)
    if item.extension in _PAGE_NAMES:
        return _page_by_name(item)
    if item.filetype is FileType.PDF:
        return _before_document(item)
    if item.filetype not in MEDIA | {FileType.ICO, FileType.PSD}:
        return None
    found = _HTA.search(item.head) or _ACTIVE.search(item.head, 0, 8192) or _WHOLE_PAGE.search(item.head)
    if found is None or b"rdf:RDF" in item.head[max(found.start() - 4096, 0) : found.start()]:
        return None
    return _Second("an active page", found.start(), _of_page(found.group()))


def _of_page(found: bytes) -> Severity:
    return Severity.HIGH if b"hta:" in found.lower() else Severity.MEDIUM


def _page_by_name(item: Item) -> _Second | None:
    """A page anywhere in a picture or document that is named like one: browsers and mshta skip what stands before it."""
    start = max(item.size - second_kinds.TAIL, 0)
    for offset, part in ((0, item.head), (start, item.content.read(start, second_kinds.TAIL))):
        found = _HTA.search(part) or _ACTIVE.search(part)
        if found is not None:
            return _Second("an active page", offset + found.start(), Severity.HIGH if _HTA.match(found.group()) else Severity.MEDIUM)
    return None


def _script(item: Item) -> _Second | None:
    """A picture or sound whose header is a remark to a script's reader, with code behind it."""
    if item.filetype not in MEDIA or not second_kinds.script_around(
        item.head, item.content.read(max(item.size - second_kinds.TAIL, 0), second_kinds.TAIL)
    ):
        return None
    return _Second("a script", 0, Severity.MEDIUM)


def _before_document(item: Item) -> _Second | None:
    """What stands before a PDF's first line, where viewers don't mind it, or so close behind that a browser takes it for a page."""
    before = item.head[: max(item.head.find(b"%PDF-"), 0)]
    archive = second_kinds.web_archive_in(before) if before else None
    if archive is not None:
        return _Second("a web archive", archive[0], Severity.HIGH if archive[1] else Severity.MEDIUM)
    found = _HTA.search(before) or _ACTIVE.search(before)
    if found is not None:
        return _Second("an active page", found.start(), Severity.HIGH if _HTA.search(before) else Severity.MEDIUM)
    carried = named(before)
    if carried is not None:
        return _Second(carried, 0, Severity.HIGH)
    found = _WHOLE_PAGE.search(item.head, 0, _PAGE_BEGINS)
    return None if found is None else _Second("an active page", found.start(), Severity.MEDIUM)


def _in_skipped_part(item: Item) -> _Second | None:
    """An archive or program in a part that viewers skip, at its beginning or behind the name that some parts begin with."""
    for offset, start in skipped_parts(item.content, item.filetype):
        for shift in (0, start.find(b"\0", 0, 64) + 1):
            words = named(start[shift:])
            if words is not None and words != "a gzip archive":
                return _Second(f"{words}, in a part that viewers skip", offset + shift, Severity.HIGH)
        page = _HTA.search(start) or _ACTIVE.search(start)
        if page is not None and b"rdf:RDF" not in start:
            return _Second("an active page", offset + page.start(), _of_page(page.group()))
    return None


def _in_program(item: Item) -> _Second | None:
    """A program that is also a document or a disc image; archives behind programs are how they unpack themselves."""
    if item.head[_ISO_MARK : _ISO_MARK + 5] == b"CD001":
        return _Second("a disc image", 32768, Severity.MEDIUM)
    at = item.head.find(b"%PDF-", 1, _PDF_SEARCHED)
    if at > 0:
        return _Second("a PDF", at, Severity.HIGH)
    java = java_behind(item)
    if java is not None:  # the name, or its place behind the signature, shows that the other program is meant
        grave = item.extension == "jar" or java.behind_signature
        return _Second("a Java program", java.offset, Severity.HIGH if grave else Severity.MEDIUM)
    return _page_behind_program(item) or (_zip_at_end(item) if item.extension in _ZIP_NAMES else None)


def _page_behind_program(item: Item) -> _Second | None:
    """A page for mshta, which is started with the program's name and passes over all that stands before the page."""
    end = end_of_program(item.content)
    if end is None or end >= item.size:
        return None
    for start in (end, max(item.size - second_kinds.TAIL, end)):
        found = _HTA.search(item.content.read(start, second_kinds.TAIL))
        if found is not None:
            return _Second("an active page", start + found.start(), Severity.HIGH)
    return None


_SPECIAL: Final[dict[FileType, Callable[[Item], _Second | None]]] = {
    **dict.fromkeys(PROGRAMS, _in_program),
    FileType.HTML: lambda item: _zip_at_end(item) or _document(item),
    FileType.TEXT: lambda _item: None,
    FileType.DATA: _in_data,
    FileType.SVG: _in_drawing,
    FileType.ISO: _in_disc,
    FileType.TAR: _in_tar,
}
