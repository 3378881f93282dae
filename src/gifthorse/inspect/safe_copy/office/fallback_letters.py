"""Letters beyond the fonts that Typst carries, drawn from a font of this system where one is installed: Chinese, Japanese, Korean.

These scripts need no joining and no moving of marks, so that each letter can be drawn by itself where its stand-in is. Others stay boxes.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

# Where Debian, Fedora and Arch put the fonts for these scripts; the first that is there is taken.
_PLACES: Final = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
_ALONE: Final = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL SYLLABLE", "FULLWIDTH", "HALFWIDTH", "IDEOGRAPHIC", "BOPOMOFO")
_MISSING: Final = "\U0010fffe"
_LARGEST_FONT: Final = 64 << 20

Box = tuple[float, float, float, float]
_font: list[bytes] = []


def preload() -> None:
    """The font is in memory, where one is installed."""
    _font.clear()
    found = next((Path(place) for place in _PLACES if Path(place).is_file()), None)
    if found is not None and found.stat().st_size <= _LARGEST_FONT:
        _font.append(found.read_bytes())
        _at_size.cache_clear()
        draws.cache_clear()


@cache
def draws(letter: str) -> bool:
    """Whether there is a shape for *letter*, which stands by itself."""
    if not _font or not unicodedata.name(letter, "").startswith(_ALONE):
        return False
    font = _at_size(24)
    return bytes(font.getmask(letter)) != bytes(font.getmask(_MISSING))


def draw(page: Image.Image, letters: Sequence[tuple[str, Box]]) -> None:
    """Each of the *letters* that can be drawn stands on *page* in the place of its stand-in (left, top, right, bottom in dots)."""
    pen = ImageDraw.Draw(page)
    for letter, (left, top, right, bottom) in letters:
        if draws(letter):
            middle, centre = (left + right) / 2, (top + bottom) / 2
            side = max(bottom - top, right - left) * 1.1
            pen.rectangle((left - 1, top - 1, right + 1, bottom + 1), fill="white")
            pen.text((middle, centre), letter, fill="black", font=_at_size(max(4, min(round(side), 200))), anchor="mm")


@cache
def _at_size(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO(_font[0]), size, layout_engine=ImageFont.Layout.BASIC)
