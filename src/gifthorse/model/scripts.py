"""Which writing a sheet of paper is sure to show: the fonts that come with the desk draw some scripts and not all.

Unicode's own names of characters tell the script (Unicode Standard, 4.8). What is said is honest for every machine: where the machine has
a font for another script it is used, and nobody can tell from here whether it has.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from gifthorse.model.words import N_

SURE: Final = frozenset({"LATIN", "GREEK", "CYRILLIC", "MODIFIER", "COMBINING", "FEMININE", "MASCULINE", "MICRO"})
MAY_LACK: Final = N_("Some names here are in a script that this paper may show as empty boxes. They are whole on the screen.")


def may_lack_letters(texts: Iterable[str]) -> bool:
    """Whether one of *texts* has a letter of a script that the desk's own fonts may not draw."""
    return any(_is_other(letter) for text in texts for letter in set(text) if letter > "\u024f")


def _is_other(character: str) -> bool:
    return unicodedata.category(character)[0] == "L" and unicodedata.name(character, "?").partition(" ")[0] not in SURE
