"""The coordinator's look at what a worker sent for a safe copy: only the plainest pictures and text that shows get through.

A worker that was taken over can send any bytes. A JPEG or PNG is let through only when its structure, walked from end to end, holds
nothing but what a picture needs, with nothing behind its end.
"""

import struct
from typing import Final

from gifthorse.inspect.safe_copy.facts import MOST_PIXELS, Copied, Page
from gifthorse.inspect.safe_copy.visible import visible

# ITU T.81, table B.1: quantisation and Huffman tables, restart interval, baseline and progressive frames, scans; JFIF's own segment.
_JPEG_SEGMENTS: Final = frozenset({0xE0, 0xDB, 0xC4, 0xDD, 0xC0, 0xC2, 0xDA})
_FRAMES: Final = frozenset({0xC0, 0xC2})
_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_PNG_HEAD: Final = 13
_MOST_POINTS: Final = 20_000.0
_LONGEST_REASON: Final = 400


class NotPlain(Exception):
    """What was sent is no copy as we make them."""


def checked(untrusted_copy: Copied) -> Copied:
    """*untrusted_copy* itself, which is of exactly one kind and holds nothing but that; raises NotPlain."""
    kinds = (untrusted_copy.picture is not None, bool(untrusted_copy.pages), untrusted_copy.text is not None)
    if sum(kinds) + (untrusted_copy.left_out is not None) != 1:
        raise NotPlain("not one kind of copy")
    if untrusted_copy.picture is not None:
        ending_of(untrusted_copy.picture)
    for page in untrusted_copy.pages:
        _check_page(page)
    for text in (untrusted_copy.text, untrusted_copy.left_out, untrusted_copy.note):
        if text is not None and visible(text) != text:
            raise NotPlain("text with characters that don't show")
    if max(len(untrusted_copy.left_out or ""), len(untrusted_copy.note or "")) > _LONGEST_REASON:
        raise NotPlain("a reason without end")
    return untrusted_copy


def ending_of(untrusted_picture: bytes) -> str:
    """``jpg`` or ``png``; raises NotPlain for a picture that holds more than a picture."""
    width, height, ending = (
        (*_png(untrusted_picture), "png") if untrusted_picture.startswith(_PNG_START) else (*_jpeg(untrusted_picture), "jpg")
    )
    if not 0 < width * height <= MOST_PIXELS:
        raise NotPlain(f"a picture of {width} x {height} dots")
    return ending


def jpeg_size(untrusted_jpeg: bytes) -> tuple[int, int]:
    """Width and height of a JPEG that holds nothing else; raises NotPlain."""
    return _jpeg(untrusted_jpeg)


def _check_page(page: Page) -> None:
    _jpeg(page.jpeg)
    places = [page.width, page.height, *(side for run in page.words for side in (run.left, run.bottom, run.width, run.height))]
    if not all(-_MOST_POINTS < place < _MOST_POINTS for place in places) or page.width <= 0 or page.height <= 0:
        raise NotPlain("a page of no size")
    if any(visible(run.text) != run.text for run in page.words):
        raise NotPlain("words with characters that don't show")


def _jpeg(body: bytes) -> tuple[int, int]:
    if body[:2] != b"\xff\xd8" or body[-2:] != b"\xff\xd9":
        raise NotPlain("no JPEG from its first to its last byte")
    at, size = 2, (0, 0)
    while at < len(body) - 2:
        if body[at] != 0xFF or body[at + 1] not in _JPEG_SEGMENTS:
            raise NotPlain(f"a segment {body[at + 1]:02x} in a JPEG")
        marker = body[at + 1]
        if at + (9 if marker in _FRAMES else 4) > len(body):
            raise NotPlain("a JPEG that ends within a segment")
        (length,) = struct.unpack_from(">H", body, at + 2)
        if marker == 0xE0 and body[at + 4 : at + 9] != b"JFIF\0":
            raise NotPlain("foreign data in a JPEG")
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", body, at + 5)
            size = (width, height)
        at += 2 + length
        if marker == 0xDA:
            at = _after_scan(body, at)
    if at != len(body) - 2:
        raise NotPlain("a JPEG that ends elsewhere")
    return size


def _after_scan(body: bytes, at: int) -> int:
    """The next marker behind coded data: a 0xFF that is neither stuffed (00) nor a restart (D0 to D7)."""
    while (at := body.find(b"\xff", at)) >= 0 and at + 1 < len(body):
        if body[at + 1] != 0 and not 0xD0 <= body[at + 1] <= 0xD7:
            return at
        at += 2
    raise NotPlain("a JPEG without end")


def _png(body: bytes) -> tuple[int, int]:
    at, size, kind = len(_PNG_START), (0, 0), b""
    while at + 12 <= len(body):
        length, kind = struct.unpack_from(">I4s", body, at)
        if kind not in _PNG_CHUNKS or at + 12 + length > len(body) or (kind == b"IHDR" and length != _PNG_HEAD):
            raise NotPlain(f"a part {kind!r} of {length} bytes in a PNG")
        if kind == b"IHDR":
            size = struct.unpack_from(">II", body, at + 8)
        at += 12 + length
        if kind == b"IEND":
            break
    if at != len(body) or kind != b"IEND":
        raise NotPlain("a PNG that ends elsewhere")
    return size
