"""Macro projects in documents that are plain text: web archives (.mht), Word 2003 XML and flat packages, as office opens them.

The project stands in base64: either as a compound file (flat packages), or zlib-packed behind the word ActiveMime (editdata.mso).
"""

import base64
import binascii
import re
import zlib
from html import unescape
from itertools import islice
from typing import Final

from gifthorse.inspect.documents.compound import SIGNATURE
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item

MOST_READ: Final = 16 << 20
MOST_UNPACKED: Final = 32 << 20
MOST_PROJECTS: Final = 8
# Base64 of "ActiveMime", and of a compound file's first six bytes.
_STARTS: Final = (b"QWN0aXZlTWltZ", b"0M8R4KGx")
_CODED: Final = re.compile(rb"(?:QWN0aXZlTWltZ|0M8R4KGx)[A-Za-z0-9+/\s]{200,}={0,2}")
_FLAT_NAMES: Final = frozenset({"fodt", "fods", "fodp", "fodg", "xml"})
_BASIC: Final = re.compile(rb"<(?:[\w.-]{1,40}:)?source-code\b[^>]{0,200}>([^<]{1,400000})<")
_MIME: Final = b"ActiveMime"
_PACKED: Final = b"\x78"  # the zlib header's first byte, at an offset that differs between versions
_FARTHEST_HEADER: Final = 0x80


def projects_in_text(item: Item) -> list[bytes]:
    """The compound files that the text *item* holds in coded form."""
    text = one_byte_text(item.content.read(0, MOST_READ))
    # A mail's attachments are looked at by themselves; only what makes a web archive a document counts there.
    starts = _STARTS[:1] if item.filetype is FileType.EML else _STARTS
    if not any(start in text for start in starts):
        return []
    found: list[bytes] = []
    for run in _CODED.finditer(text):
        if not run.group().startswith(starts):
            continue
        body = _unpacked(_decoded(run.group()))
        if body.startswith(SIGNATURE):
            found.append(body)
        if len(found) >= MOST_PROJECTS:
            break
    return found


def one_byte_text(text: bytes) -> bytes:
    """*text* with one byte for each ASCII letter, also when it was written in UTF-16."""
    mark = text[:2]
    if mark not in {b"\xff\xfe", b"\xfe\xff"}:
        return text
    return text[2:].decode("utf-16-le" if mark == b"\xff\xfe" else "utf-16-be", "replace").encode("utf-8", "replace")


def basic_in_text(item: Item) -> list[str]:
    """The Basic modules of an OpenDocument that is one XML text (.fodt, .fods)."""
    if item.filetype is not FileType.XML or item.extension not in _FLAT_NAMES:
        return []
    text = one_byte_text(item.content.read(0, MOST_READ))
    if b"source-code" not in text:
        return []
    return [unescape(found.group(1).decode("utf-8", "replace")).strip() for found in islice(_BASIC.finditer(text), MOST_PROJECTS)]


def _decoded(coded: bytes) -> bytes:
    plain = b"".join(coded.split()).rstrip(b"=")
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4))
    except binascii.Error:
        return b""


def _unpacked(body: bytes) -> bytes:
    """What lies behind an ActiveMime header; *body* itself when it has none."""
    if not body.startswith(_MIME):
        return body
    at = body.find(_PACKED, len(_MIME), _FARTHEST_HEADER)
    while at >= 0:
        try:
            return zlib.decompressobj().decompress(body[at:], MOST_UNPACKED)
        except zlib.error:
            at = body.find(_PACKED, at + 1, _FARTHEST_HEADER)
    return b""
