"""Compound files inside a binary presentation ([MS-PPT] 2.10.34): its VBA project and embedded objects, often compressed."""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.compound import SIGNATURE, CompoundFile
from gifthorse.inspect.documents.damage import DamagedDocument

COMPRESSED: Final = bytes.fromhex("10001110")  # recVer 0, recInstance 1, recType 0x1011
PLAIN: Final = bytes.fromhex("00001110")
CRYPT_SESSION: Final = bytes.fromhex("0F00142F")  # CryptSession10Container, 2.3.7
MOST_OBJECTS: Final = 500
MOST_OBJECT_BYTES: Final = 64 << 20


def presentation_stream(compound: CompoundFile) -> bytes:
    """The main stream of a presentation; empty when there is none that can be read."""
    path = next((path for path in compound.find("PowerPoint Document") if len(path) == 1), None)
    try:
        return compound.read(path, 256 << 20) if path else b""
    except DamagedDocument:
        return b""


def objects_in(stream: bytes) -> Iterator[bytes]:
    """The compound files that the presentation's main stream holds."""
    for header in (COMPRESSED, PLAIN):
        at = stream.find(header)
        for _ in range(MOST_OBJECTS):
            if at < 0:
                break
            content = object_at(stream, at, packed=header == COMPRESSED)
            if content.startswith(SIGNATURE):
                yield content
            at = stream.find(header, at + 8)


def object_at(stream: bytes, at: int, *, packed: bool) -> bytes:
    """The object of the record at *at*; empty when there is none."""
    if at + 12 > len(stream):
        return b""
    length = struct.unpack_from("<I", stream, at + 4)[0]
    if not packed:
        return stream[at + 8 : at + 8 + length]
    try:
        return zlib.decompressobj().decompress(stream[at + 12 : at + 8 + length], MOST_OBJECT_BYTES)
    except zlib.error:
        return b""
