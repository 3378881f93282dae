"""Parts of pictures, sounds and films that every viewer skips by the format's own rules: room for something else.

PNG: chunks whose names no standard knows. JPEG: application and comment segments. RIFF (WAVE, AVI, WebP) and MP4: chunks and boxes of
unknown or "free" kinds. Only headers are read.
"""

import struct
from collections.abc import Callable, Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Content

_START: Final = 1024
_MOST_PARTS: Final = 2000
_FEWEST_BYTES: Final = 64
# Texts are skipped, too, but seldom long: more of them is read, so that a page is found behind what fills its place.
_PNG_TEXTS: Final = frozenset({b"tEXt", b"iTXt"})
_TEXT_START: Final = 16 << 10
_MOST_TEXTS: Final = 64
_PNG_KNOWN: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI tEXt zTXt iTXt bKGD hIST pHYs sPLT tIME acTL fcTL fdAT eXIf".split()
)
_RIFF_KNOWN: Final = frozenset(b"fmt|data|VP8 |VP8L|VP8X|ALPH|ANIM|ANMF|ICCP|EXIF|XMP |avih|idx1|fact|cue ".split(b"|"))
_BOXES_SKIPPED: Final = frozenset({b"free", b"skip", b"uuid", b"wide", b"pnot", b"mdat"})
Part = tuple[int, bytes]


def skipped_parts(content: Content, filetype: FileType) -> Iterator[Part]:
    """(offset, first bytes) of each part of the picture, sound or film that viewers skip and that could hold a file."""
    walk = _WALKS.get(filetype)
    if walk is not None:
        yield from walk(content)


def _png(content: Content) -> Iterator[Part]:
    at, texts = 8, 0
    for _ in range(_MOST_PARTS):
        header = content.read(at, 8)
        if len(header) < 8 or header[4:] == b"IEND":
            return
        length = int.from_bytes(header[:4])
        if header[4:] in _PNG_TEXTS and length >= _FEWEST_BYTES and texts < _MOST_TEXTS:
            texts += 1
            yield at + 8, content.read(at + 8, min(length, _TEXT_START))
        elif header[4:] not in _PNG_KNOWN and length >= _FEWEST_BYTES:
            yield at + 8, content.read(at + 8, min(length, _START))
        at += 12 + length


def _jpeg(content: Content) -> Iterator[Part]:
    at = 2
    for _ in range(_MOST_PARTS):
        head = content.read(at, 4)
        if len(head) < 4 or head[0] != 0xFF or head[1] in {0xDA, 0xD9}:
            return
        length = struct.unpack_from(">H", head, 2)[0]
        if (0xE0 <= head[1] <= 0xEF or head[1] == 0xFE) and length >= _FEWEST_BYTES:
            yield at + 4, content.read(at + 4, min(length - 2, _START))
        at += 2 + length


def _riff(content: Content) -> Iterator[Part]:
    at = 12
    for _ in range(_MOST_PARTS):
        header = content.read(at, 8)
        if len(header) < 8:
            return
        length = int.from_bytes(header[4:], "little")
        if header[:4] not in _RIFF_KNOWN and length >= _FEWEST_BYTES:
            yield at + 8, content.read(at + 8, min(length, _START))
        at += 8 + length + length % 2


def _mp4(content: Content) -> Iterator[Part]:
    at = 0
    for _ in range(_MOST_PARTS):
        header = content.read(at, 16)
        if len(header) < 8:
            return
        length, lead = int.from_bytes(header[:4]), 8
        if length == 1 and len(header) == 16:
            length, lead = int.from_bytes(header[8:]), 16
        if length < lead:
            return
        if header[4:8] in _BOXES_SKIPPED and length >= _FEWEST_BYTES:
            lead += 16 if header[4:8] == b"uuid" else 0
            yield at + lead, content.read(at + lead, min(length - lead, _START))
        at += length


_WALKS: Final[dict[FileType, Callable[[Content], Iterator[Part]]]] = {
    FileType.PNG: _png,
    FileType.JPEG: _jpeg,
    FileType.WAV: _riff,
    FileType.AVI: _riff,
    FileType.WEBP: _riff,
    FileType.MP4: _mp4,
}
