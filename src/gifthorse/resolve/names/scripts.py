"""In which script a text is written: by its letters' blocks, never by what the text may mean."""

from enum import StrEnum
from functools import lru_cache
from typing import Final


class Script(StrEnum):
    """The scripts that are read in their own way; `OTHER` goes through a general transliteration."""

    LATIN = "latin"
    HAN = "han"
    KANA = "kana"
    HANGUL = "hangul"
    CYRILLIC = "cyrillic"
    GREEK = "greek"
    ARABIC = "arabic"
    HEBREW = "hebrew"
    OTHER = "other"
    NONE = "none"


# Unicode blocks, first and last code point
BLOCKS: Final = (
    (0x0041, 0x024F, Script.LATIN),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0xFF21, 0xFF5A, Script.LATIN),
    (0x0370, 0x03FF, Script.GREEK),
    (0x1F00, 0x1FFF, Script.GREEK),
    (0x0400, 0x052F, Script.CYRILLIC),
    (0x0590, 0x05FF, Script.HEBREW),
    (0x0600, 0x077F, Script.ARABIC),
    (0x08A0, 0x08FF, Script.ARABIC),
    (0xFB50, 0xFDFF, Script.ARABIC),
    (0xFE70, 0xFEFF, Script.ARABIC),
    (0x3040, 0x30FF, Script.KANA),
    (0xFF66, 0xFF9F, Script.KANA),
    (0x1100, 0x11FF, Script.HANGUL),
    (0xAC00, 0xD7AF, Script.HANGUL),
    (0x3400, 0x4DBF, Script.HAN),
    (0x4E00, 0x9FFF, Script.HAN),
    (0xF900, 0xFAFF, Script.HAN),
    (0x20000, 0x323AF, Script.HAN),
)


def script_of(text: str) -> Script:
    """The script of most letters of *text* (the first of them when tied); NONE when there is no letter."""
    if text.isascii():
        return Script.LATIN if any(map(str.isalpha, text)) else Script.NONE
    counts: dict[Script, int] = {}
    for character in text:
        script = script_of_letter(character)
        if script is not Script.NONE:
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else Script.NONE


@lru_cache(maxsize=4096)
def script_of_letter(character: str) -> Script:
    """The script of one character; NONE for digits, marks, emoji and controls."""
    if not character.isalpha():
        return Script.NONE
    point = ord(character)
    return next((script for first, last, script in BLOCKS if first <= point <= last), Script.OTHER)
