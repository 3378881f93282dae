"""A PDF written by ourselves: pictures of pages with the words laid invisibly over them, and nothing else in it (PDF 32000-1)."""

import zlib
from collections.abc import Sequence
from typing import Final

from gifthorse.inspect.safe_copy.checks import jpeg_size
from gifthorse.inspect.safe_copy.facts import Page, Words
from gifthorse.inspect.safe_copy.words import as_laid

# One font for every letter of the first Unicode plane: each code is the letter itself, and no shape is ever drawn (text mode 3).
_LETTERS: Final = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Invisible/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    b"/DW 500/CIDToGIDMap/Identity/FontDescriptor 5 0 R>>"
)
_SHAPES: Final = (
    b"<</Type/FontDescriptor/FontName/Invisible/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 1000/Descent 0/CapHeight 700"
    b"/StemV 80>>"
)
_FONTS: Final = (
    b"<</Type/Font/Subtype/Type0/BaseFont/Invisible/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
    _LETTERS,
    _SHAPES,
)
_LETTER_MAP: Final = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
    b"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n1 beginbfrange <0000> <FFFF> <0000> endbfrange\n"
    b"endcmap CMapName currentdict /CMap defineresource pop end end"
)
_FIRST_PAGE_OBJECT: Final = 7
_LETTER_WIDTH: Final = 0.5
_LARGEST_LETTER: Final = 400.0


def bound(pages: Sequence[Page]) -> bytes:
    """A PDF of *pages*."""
    numbers = range(_FIRST_PAGE_OBJECT, _FIRST_PAGE_OBJECT + 3 * len(pages), 3)
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)), *_FONTS, _stream(_LETTER_MAP)]
    for number, page in zip(numbers, pages, strict=True):
        objects += _page_objects(page, number)
    return _file(objects)


def _page_objects(page: Page, number: int) -> list[bytes]:
    width, height = jpeg_size(page.jpeg)
    drawn = f"q {page.width:.2f} 0 0 {page.height:.2f} 0 0 cm /P Do Q\n".encode()
    words = b"".join(_laid(run) for run in page.words)
    return [
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s %s]/Contents %d 0 R/Resources<</XObject<</P %d 0 R>>/Font<</F 3 0 R>>>>>>"
        % (f"{page.width:.2f}".encode(), f"{page.height:.2f}".encode(), number + 1, number + 2),
        _stream(drawn + words),
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length %d>>\nstream\n"
        % (width, height, len(page.jpeg))
        + page.jpeg
        + b"\nendstream",
    ]


def _laid(run: Words) -> bytes:
    """The text of *run* where it stands, stretched to its width, in mode 3: neither filled nor outlined. Letters beyond the first plane
    are two codes, as in UTF-16.
    """
    said = as_laid(run.text)
    if len(said) == 1 and not said.isascii():  # readers whose own fonts lack the letter take it alone for something of no width
        said += " "
    coded = said.encode("utf-16-be", "replace")
    size = min(max(run.height, 1.0), _LARGEST_LETTER)
    stretch = min(max(100 * run.width / (len(coded) / 2 * _LETTER_WIDTH * size), 1.0), 10_000.0)
    place = f"BT 3 Tr /F {size:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {run.left:.2f} {run.bottom:.2f} Tm "
    return place.encode() + b"<" + coded.hex().encode() + b"> Tj ET\n"


def _stream(body: bytes) -> bytes:
    packed = zlib.compress(body)
    return b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(packed), packed)


def _file(objects: Sequence[bytes]) -> bytes:
    written = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(written)
