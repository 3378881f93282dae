"""Untrusted text made legible: what doesn't show is written out, what is endless is shortened, nothing is left out silently."""

import unicodedata
from typing import Final

from gifthorse.inspect.item import escaped
from gifthorse.model.words import phrase

MOST_CHARACTERS: Final = 200
# Letters and symbols that Unicode counts as printable but whose glyph is empty: Hangul fillers and the blank braille pattern.
_EMPTY_GLYPHS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# Zalgo: more marks on one letter than any orthography stacks are written out.
_MOST_MARKS: Final = 4


def legible(untrusted_text: str, most: int = MOST_CHARACTERS) -> str:
    """*untrusted_text* with invisible and direction-changing characters written out, and its middle left out beyond *most* characters."""
    if len(untrusted_text) > most:
        start, end = most * 2 // 3, most // 3
        left_out = phrase("[… {count} characters …]", count=f"{len(untrusted_text) - start - end:,}").in_english()
        return f"{_written_out(untrusted_text[:start])} {left_out} {_written_out(untrusted_text[-end:])}"
    return _written_out(untrusted_text)


def _written_out(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    written: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        hidden = not character.isprintable() or character in _EMPTY_GLYPHS or marks > _MOST_MARKS
        written.append(escaped(character) if hidden else character)
    return "".join(written)
