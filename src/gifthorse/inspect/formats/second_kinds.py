"""Signs that a file is a second thing besides what it begins as: a script to which the header is a remark, a web archive in a PDF,
a page behind a drawing's end, an archive behind the end of a compound file or cabinet.
"""

import re
import struct
from typing import Final

from gifthorse.inspect.filetypes import OLE_DOCUMENTS, FileType
from gifthorse.inspect.formats.payload import looks_like_script
from gifthorse.inspect.item import Content

TAIL: Final = 64 << 10
_SYSTEM_AREA: Final = 32 << 10

# The letters that a format begins with are a name to a script, and the fields behind them become a remark or a text of its own.
_OPENS_REMARK: Final = re.compile(
    rb"\A(?:(?:BM|RIFF|GIF8[79]a|ID3|OggS|fLaC|8BPS)[ \t\r\n=;+(\w.'\"]{0,6}?|\xff\xd8\xff[\xe0-\xef\xfe])(/\*|=`|=[ \t]`)"
)
_REMARK_ENDS: Final = re.compile(
    rb"\*/[\s;]{0,80}(?:[=+,(`]|(?:var|let|const|function|new|if|for|try)\b|[A-Za-z_$][\w$.]{0,60}\s{0,4}[=(.])[ -~\s]"
)
_TEXT_ENDS: Final = re.compile(rb"`[ \t]{0,4}[;,)\n][ -~\s]{6}")

_MIME_LINE: Final = re.compile(rb"^[ \t]{0,8}mime-version[ \t]{0,8}:", re.IGNORECASE | re.MULTILINE)
_MIME_SPELLINGS: Final = (b"MIME-Version", b"Mime-Version", b"mime-version")
_MIME_BODY: Final = re.compile(rb"content-type\s{0,8}:\s{0,8}(?:multipart/|text/html|application/)", re.IGNORECASE)
_GRAVE_MIME: Final = re.compile(rb"QWN0aXZlTWltZ|application/x-mso|<script\b|<hta:|attachedtemplate|editdata\.mso", re.IGNORECASE)
_MIME_SEARCHED: Final = 4096

# None of these is drawn within a picture, so that they stand behind its end.
_PAGE_AFTER_DRAWING: Final = re.compile(
    rb"(?:</svg\s*>|<svg\b[^<>]{0,2000}/>)[\s\w]{0,80}<(?:!doctype\s+html|html\b|body\b|hta:application)", re.IGNORECASE
)
_BEHIND_LAST: Final = re.compile(rb"<(?:script|iframe|form|meta|object|embed|html|body|hta:application)\b", re.IGNORECASE)
_OF_PAGES: Final = (b"<html", b"<body", b"<script", b"<iframe", b"<form", b"<meta", b"<object", b"<embed", b"<hta:", b"<!doctype")
_DRAWING_ENDS: Final = re.compile(rb"</svg\s*>", re.IGNORECASE)


def script_around(head: bytes, tail: bytes) -> bool:
    """Whether a script's reader takes the file that begins with *head* and ends with *tail* for a script: its header opens a remark or a
    text, and behind the place that closes it again stands code.
    """
    opened = _OPENS_REMARK.match(head)
    if opened is None:
        return False
    closing = _REMARK_ENDS if opened.group(1) == b"/*" else _TEXT_ENDS
    return closing.search(head, opened.end()) is not None or closing.search(tail) is not None


def web_archive_in(body: bytes) -> tuple[int, bool] | None:
    """Where a web archive (MIME message with a page) begins inside *body*, and whether it holds code; None when there is none."""
    places = [at + 1 for at in (body.find(b"\n" + spelling) for spelling in _MIME_SPELLINGS) if at >= 0]
    for start in {0, max(len(body) - TAIL, 0)}:  # there also in any mixture of small and large letters
        part = body[start : start + TAIL]
        if b"mime-version" in part.lower():
            places += [start + found.start() for found in _MIME_LINE.finditer(part)]
    for at in sorted(set(places))[:50]:
        if _MIME_BODY.search(body, at, at + _MIME_SEARCHED):
            return at, _GRAVE_MIME.search(body, at) is not None
    return None


def page_behind_drawing(picture: bytes) -> int | None:
    """Where behind the end of the drawing *picture* (SVG) a page begins, or None."""
    lower = picture.lower()
    if not any(word in lower for word in _OF_PAGES):  # nearly every drawing is told apart by that, at little cost
        return None
    found = _PAGE_AFTER_DRAWING.search(picture)
    if found is not None:
        return found.start()
    last = max((end.end() for end in _DRAWING_ENDS.finditer(picture)), default=len(picture))
    behind = _BEHIND_LAST.search(picture, last)
    return None if behind is None else behind.start()


def begins_disc_as(head: bytes) -> str | None:
    """What the system area of the disc image that begins with *head* is to another program: a page or script, or None.

    Boot loaders and labels of other machines stand there in ordinary images.
    """
    area = head[:_SYSTEM_AREA]
    text = area[:512].partition(b"\0")[0]
    if looks_like_script(area[:512]) or text[:64].lstrip()[:2] == b"#!" or (len(text) < 512 and b"/*" in text[:64]):
        return "a script or page"
    return "an active page" if re.search(rb"<(?:script|html|svg|hta:application)\b", area, re.IGNORECASE) else None


def stated_end(content: Content, kind: FileType) -> int | None:
    """Where a compound file, cabinet or 7z archive ends by what its own header states; None for other kinds and damaged headers."""
    head = content.read(0, 512)
    if len(head) < 36:
        return None
    if kind is FileType.CAB:
        return int.from_bytes(head[8:12], "little") or None
    if kind is FileType.SEVEN_ZIP:
        offset, length = struct.unpack_from("<QQ", head, 12)
        return 32 + int(offset) + int(length)
    return _end_of_compound(content, head) if kind in OLE_DOCUMENTS or kind is FileType.MSI else None


def _end_of_compound(content: Content, head: bytes) -> int | None:
    """The end of the last sector in use ([MS-CFB] 2.3), as far as the header itself lists the allocation table."""
    shift = int.from_bytes(head[30:32], "little")
    count = int.from_bytes(head[44:48], "little")
    if len(head) < 512 or shift not in {9, 12} or not 0 < count <= 109:
        return None
    sector = 1 << shift
    for number in range(count - 1, -1, -1):
        (place,) = struct.unpack_from("<I", head, 76 + 4 * number)
        table = content.read((place + 1) << shift, sector)
        used = len(table.rstrip(b"\xff")) // 4 * 4 + 4 if table.rstrip(b"\xff") else 0
        if used:
            return (number * (sector // 4) + min(used // 4, sector // 4) + 1) << shift
    return None
