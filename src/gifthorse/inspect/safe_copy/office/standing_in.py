"""Letters that our fonts can't draw are set as stand-ins from the private area, and put back where the words are laid over the page."""

import unicodedata
from collections.abc import Iterator
from typing import Final

# What the fonts that Typst carries (Libertinus Serif, DejaVu Sans Mono) draw of letters: Latin, Greek, Cyrillic, Armenian, Hebrew,
# Arabic, with their marks; phonetic and further Latin and Greek; general punctuation to mathematical signs; presentation forms.
_DRAWN: Final = (
    (0x0000, 0x0590),
    (0x05B0, 0x0700),
    (0x10A0, 0x1100),
    (0x1D00, 0x2C00),
    (0x2C60, 0x2C80),
    (0xA720, 0xA800),
    (0xFB00, 0xFE00),
    (0xFE70, 0xFF00),
)
# A part of the private area in which the font for them (DejaVu Sans Mono) has no shapes of its own.
_FIRST: Final = 0xE200
_LAST: Final = 0xF6BF
UNKNOWN: Final = "\ufffd"


class StandIns:
    """One stand-in for each different letter of a document that can't be drawn."""

    def __init__(self) -> None:
        self._by_letter: dict[str, str] = {}
        self._letters: dict[str, str] = {}

    @property
    def letters(self) -> Iterator[str]:
        """The different letters, in the order of their first use."""
        return iter(self._by_letter)

    def set_for(self, text: str) -> str:
        """*text* with stand-ins for what can't be drawn; it holds none of the private area itself, where text was made visible."""
        if text.isascii():
            return text
        return "".join(letter if _is_drawn(letter) else self._stand_in(letter) for letter in text)

    def put_back(self, text: str) -> str:
        """*text* with the letters themselves."""
        return "".join(self._letters.get(letter, letter) for letter in text)

    def is_one(self, letter: str) -> bool:
        """Whether *letter* stands in for another."""
        return letter in self._letters

    def _stand_in(self, letter: str) -> str:
        if letter not in self._by_letter:
            if _FIRST + len(self._letters) > _LAST:
                return UNKNOWN
            stand_in = chr(_FIRST + len(self._letters))
            self._by_letter[letter] = stand_in
            self._letters[stand_in] = letter
        return self._by_letter[letter]


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs to the left (UAX 9, P2)."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _is_drawn(letter: str) -> bool:
    return any(first <= ord(letter) < end for first, end in _DRAWN)
