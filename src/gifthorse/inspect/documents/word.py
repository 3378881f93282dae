"""Binary Word documents ([MS-DOC]): encryption, field codes, and the template they are attached to."""

import re
import struct
from dataclasses import dataclass
from typing import Final

from gifthorse.inspect.documents.compound import CompoundFile
from gifthorse.inspect.documents.damage import DamagedDocument

MAGIC: Final = frozenset({0xA5EC, 0xA5DC})  # Fib.wIdent: Word 97 and later, Word 6 and 95
ENCRYPTED: Final = 0x0100  # FibBase.fEncrypted, 2.5.2
WHICH_TABLE: Final = 0x0200  # FibBase.fWhichTblStm
STRINGS_AT: Final = 0x019A  # FibRgFcLcb97.fcSttbfAssoc in the FIB, 2.5.6
TEMPLATE: Final = 1  # its place among the associated strings, 2.7.15

# A field code stands between its begin (0x13) and its separator (0x14) or end (0x15).
_NARROW: Final = re.compile(rb"\x13([^\x13-\x15\x00]{3,600})[\x14\x15]")
_WIDE: Final = re.compile(rb"\x13\x00((?:[^\x13-\x15\x00]\x00){3,600})[\x14\x15]\x00")


@dataclass(frozen=True, kw_only=True, slots=True)
class WordDocument:
    r"""What was read. `fields` are codes such as ``DDEAUTO c:\\… …``; `template` is a path or address, or empty."""

    encrypted: bool
    fields: tuple[str, ...] = ()
    template: str = ""


def word_document_in(compound: CompoundFile) -> WordDocument | None:
    """The document of *compound*, or None when it has none that can be read."""
    path = next((path for path in compound.find("WordDocument") if len(path) == 1), None)
    if path is None:
        return None
    try:
        stream = compound.read(path, 256 << 20)
    except DamagedDocument:
        return None
    if len(stream) < 32 or struct.unpack_from("<H", stream)[0] not in MAGIC:
        return None
    flags = struct.unpack_from("<H", stream, 10)[0]
    if flags & ENCRYPTED:
        return WordDocument(encrypted=True)
    return WordDocument(encrypted=False, fields=tuple(fields_in(stream)), template=template_of(compound, stream, flags))


def fields_in(stream: bytes) -> list[str]:
    """The field codes in the text, in either of the two ways that Word stores text."""
    narrow = [match[1].decode("cp1252", "replace") for match in _NARROW.finditer(stream)]
    wide = [match[1].decode("utf-16-le", "replace") for match in _WIDE.finditer(stream)]
    return [code.strip() for code in narrow + wide]


def template_of(compound: CompoundFile, stream: bytes, flags: int) -> str:
    """The template that the document is attached to; empty when none is written."""
    if len(stream) < STRINGS_AT + 8:
        return ""
    at, length = struct.unpack_from("<II", stream, STRINGS_AT)
    table = compound.find("1Table" if flags & WHICH_TABLE else "0Table")
    if not table or not 6 <= length <= 1 << 20:
        return ""
    try:
        strings = compound.read(table[0])[at : at + length]
    except DamagedDocument:
        return ""
    return string_at(strings, TEMPLATE)


def string_at(strings: bytes, index: int) -> str:
    """String *index* of an extended string table ([MS-DOC] 2.2.4); empty when the table is cut off."""
    if len(strings) < 6 or strings[:2] != b"\xff\xff":
        return ""
    at = 6
    for position in range(index + 1):
        if at + 2 > len(strings):
            return ""
        length = struct.unpack_from("<H", strings, at)[0]
        if position == index:
            return strings[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
        at += 2 + 2 * length
    return ""
