"""Binary presentations and the drawings of binary office files, made byte by byte ([MS-PPT], [MS-ODRAW]). All inert."""

import struct
from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from tests.samples.compound_files import compound_file

JPEG, PNG, BITMAP, METAFILE = (0xF01D, 0x46A), (0xF01E, 0x6E0), (0xF01F, 0x7A8), (0xF01A, 0x3D4)
TITLE, BODY, NOTES, OTHER = 0, 1, 2, 4


def art(kind: int, body: bytes, instance: int = 0, *, holds: bool = False) -> bytes:
    """One record; one that *holds* others."""
    return struct.pack("<HHI", instance << 4 | (0xF if holds else 0), kind, len(body)) + body


def dots(form: str, colour: str = "red", size: tuple[int, int] = (60, 40)) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, form)
    return written.getvalue()


def blip(kind: tuple[int, int], body: bytes, *, digests: int = 1) -> bytes:
    """A picture as drawings keep it."""
    return art(kind[0], bytes(16 * digests + 1) + body, kind[1] + digests - 1)


def entry(picture: bytes, at: int | None = None) -> bytes:
    """A place of the store: the picture in it, or at *at* of another stream."""
    head = struct.pack("<BB16xHIIIBBH", 6, 6, 0, len(picture), 1, at or 0, 0, 0, 0)
    return art(0xF007, head + (picture if at is None else b""), 6)


def store(*entries: bytes) -> bytes:
    return art(0xF000, art(0xF001, b"".join(entries), len(entries), holds=True), holds=True)


def shape(*, picture: int = 0, texts: Sequence[bytes] = ()) -> bytes:
    """A shape that shows a picture by its number and holds records of text."""
    shown = art(0xF00B, struct.pack("<HIHI", 0x007F, 0, 0x4104, picture), 2) if picture else b""
    return art(0xF004, shown + art(0xF00D, b"".join(texts), holds=True), holds=True)


def said(kind: int, text: str, *, narrow: bool = False) -> bytes:
    """A text of that kind."""
    letters = art(0x0FA8, text.encode("latin-1")) if narrow else art(0x0FA0, text.encode("utf-16-le"))
    return art(0x0F9F, struct.pack("<I", kind)) + letters


class Slide(NamedTuple):
    """A slide: its shapes, its text in the outline, its notes, whether it is hidden."""

    shapes: bytes = b""
    outline: bytes = b""
    notes: str = ""
    hidden: bool = False


def slides_97(*slides: Slide, pictures: Sequence[bytes] = (), lost: bool = False, dead: bytes = b"") -> bytes:
    """A presentation; *lost* is one without the list of where its objects lie; *dead* is an object that an edit replaced."""
    places: dict[int, int] = {}
    stream = b""
    delayed = b"".join(pictures)
    entries = [entry(picture, sum(map(len, pictures[:number]))) for number, picture in enumerate(pictures)]

    def put(number: int, body: bytes) -> None:
        nonlocal stream
        places[number] = len(stream)
        stream += body

    persistent = lambda place, number: art(0x03F3, struct.pack("<IIiII", place, 0, 0, number, 0))  # noqa: E731 - two lines' use
    listed = b"".join(persistent(10 + number, 256 + number) + slide.outline for number, slide in enumerate(slides))
    noted = b"".join(persistent(100 + number, 300 + number) for number, slide in enumerate(slides) if slide.notes)
    drawings = art(0x040B, store(*entries), holds=True) if entries else b""
    document = drawings + art(0x0FF0, listed, 0, holds=True) + art(0x0FF0, noted, 2, holds=True)
    if dead:
        put(10, art(0x03EE, dead, holds=True))
        stream += directory({10: places[10]}) + edit(0, len(stream))
    earlier = len(stream) - 36 if dead else 0
    put(1, art(0x03E8, document, holds=True))
    for number, slide in enumerate(slides):
        showing = art(0x03F9, struct.pack("<iIBBHI", 0, 0, 0, 0, 4 * slide.hidden, 0))
        put(10 + number, art(0x03EE, showing + art(0x040C, slide.shapes, holds=True), holds=True))
        if slide.notes:
            page = art(0x03F1, struct.pack("<II", 256 + number, 0))
            held = shape(texts=[said(OTHER, "*"), said(NOTES, slide.notes)])
            put(100 + number, art(0x03F0, page + art(0x040C, held, holds=True), holds=True))
    at = len(stream)
    stream += directory(places)
    last = len(stream)
    stream += edit(earlier, at)
    user = struct.pack("<HHIIII", 0, 0x0FF6, 16, 0x14, 0xE391C05F, last)
    if lost:
        stream, user = stream[:at], b""
    return compound_file(
        {"PowerPoint Document": stream, "Current User": user.ljust(40, b"\0"), **({"Pictures": delayed} if delayed else {})}
    )


def directory(places: dict[int, int]) -> bytes:
    return art(0x1772, b"".join(struct.pack("<II", number | 1 << 20, place) for number, place in places.items()))


def edit(before: int, at: int) -> bytes:
    return art(0x0FF5, struct.pack("<IHBBIIIIHH", 256, 0, 0, 3, before, at, 1, 200, 1, 0))
