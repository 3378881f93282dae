"""Attachments in winmail.dat ([MS-OXTNEF]): the wrapping in which Outlook sends files to mail systems that don't know its own form."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gifthorse.inspect.documents.letters import Attachment

SIGNATURE: Final = b"\x78\x9f\x3e\x22"
MOST_ATTACHMENTS: Final = 500
_MOST_ATTRIBUTES: Final = 20_000
_MOST_PROPERTIES: Final = 5_000
# Attributes of the stream (2.1.3.2).
_BEGINS_ATTACHMENT: Final = 0x9002
_TITLE: Final = 0x8010
_DATA: Final = 0x800F
_PROPERTIES_OF_ATTACHMENT: Final = 0x9005
_PROPERTIES_OF_MESSAGE: Final = 0x9003
# Properties ([MS-OXPROPS]) and the lengths of their types ([MS-OXCDATA] 2.11.1).
_LONG_NAME: Final = 0x3707
_SHORT_NAME: Final = 0x3704
_CONTENT: Final = 0x3701
_PAGE: Final = 0x1013
_OBJECT: Final = 0x000D
_VARIABLE: Final = frozenset({_OBJECT, 0x001E, 0x001F, 0x0102})
_FIXED: Final = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x0014: 8, 0x0040: 8, 0x0048: 16}
_MULTIPLE: Final = 0x1000
_INTERFACE: Final = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrapping:
    """What the wrapping holds; `damaged` says where it could not be followed, or nothing."""

    attachments: tuple[Attachment, ...] = ()
    damaged: str = ""


class _Cut(Exception):
    """A record goes on behind the end of the wrapping."""


@dataclass(slots=True)
class _Gathered:
    title: str = ""
    long_name: str = ""
    content: bytes = b""

    def attachment(self) -> Attachment:
        return Attachment(untrusted_name=self.long_name or self.title or "attachment", content=self.content)


def wrapped_in(untrusted_bytes: bytes) -> Wrapping:
    """The attachments of the wrapping, and the page that is its text under the name ``body.html``."""
    gathered: list[_Gathered] = []
    page = b""
    damaged = ""
    try:
        for kind, value in _attributes(untrusted_bytes):
            if kind == _BEGINS_ATTACHMENT:
                if len(gathered) >= MOST_ATTACHMENTS:
                    damaged = f"more than {MOST_ATTACHMENTS} attachments"
                    break
                gathered.append(_Gathered())
            elif kind == _PROPERTIES_OF_MESSAGE:
                page = next((body for tag, _form, body in _properties(value) if tag == _PAGE), page)
            elif gathered:
                _take(gathered[-1], kind, value)
    except (_Cut, struct.error):
        damaged = "a record that its end cuts off"
    found = tuple(one.attachment() for one in gathered if one.content)
    return Wrapping(attachments=found + ((Attachment(untrusted_name="body.html", content=page),) if page else ()), damaged=damaged)


def _take(attachment: _Gathered, kind: int, value: bytes) -> None:
    if kind == _TITLE:
        attachment.title = value.decode("cp1252", "replace").rstrip("\0")
    elif kind == _DATA:
        attachment.content = value
    elif kind == _PROPERTIES_OF_ATTACHMENT:
        for tag, form, body in _properties(value):
            if tag == _LONG_NAME or (tag == _SHORT_NAME and not attachment.long_name):
                attachment.long_name = body.decode("utf-16-le" if form == 0x001F else "cp1252", "replace").rstrip("\0")
            elif tag == _CONTENT and not attachment.content:
                attachment.content = body[_INTERFACE:] if form == _OBJECT else body


def _attributes(wrapping: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and value of each attribute: level, number and type, length, value, checksum."""
    at = 6
    for _ in range(_MOST_ATTRIBUTES):
        if at >= len(wrapping):
            return
        _level, kind, _type, length = struct.unpack_from("<BHHI", wrapping, at)
        if at + 9 + length > len(wrapping):
            raise _Cut
        yield kind, wrapping[at + 9 : at + 9 + length]
        at += 9 + length + 2


def _properties(block: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Number, type and value of each property that has one value of variable length; others are passed over."""
    (count,) = struct.unpack_from("<I", block)
    at = 4
    for _ in range(min(count, _MOST_PROPERTIES)):
        form, tag = struct.unpack_from("<HH", block, at)
        at = _after_name(block, at + 4) if tag >= 0x8000 else at + 4
        single = form & ~_MULTIPLE
        values = 1
        if form & _MULTIPLE or single in _VARIABLE:
            (values,) = struct.unpack_from("<I", block, at)
            at += 4
        for _ in range(values):
            if single in _VARIABLE:
                (length,) = struct.unpack_from("<I", block, at)
                if at + 4 + length > len(block):
                    raise _Cut
                yield tag, single, block[at + 4 : at + 4 + length]
                at += 4 + _padded(length)
            else:
                at += _FIXED.get(single, 4)
            if at > len(block):
                raise _Cut


def _after_name(block: bytes, at: int) -> int:
    """The place behind the name of a named property: a set's GUID, then a number or a text."""
    (kind,) = struct.unpack_from("<I", block, at + 16)
    (number,) = struct.unpack_from("<I", block, at + 20)
    return at + 24 if kind == 0 else at + 24 + _padded(int(number))


def _padded(length: int) -> int:
    return (length + 3) & ~3
