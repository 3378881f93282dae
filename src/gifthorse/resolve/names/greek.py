"""Greek: modern pronunciation and letter by letter, as passports and as books write it."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from gifthorse.resolve.listed import listed

LETTERS: Final = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", listed("a v g d e z i th i k l m n x o p r s s t y f ch ps o"), strict=True))
BOOKISH: Final = LETTERS | {"β": "b", "η": "e", "φ": "ph", "υ": "y"}
PAIRS: Final = (("ου", "ou"), ("μπ", "b"), ("ντ", "nt"), ("γγ", "ng"), ("γκ", "gk"), ("ευ", "ef"), ("αυ", "af"), ("γχ", "nch"))
LETTER_BY_LETTER: Final = (("ου", "ou"), ("γγ", "gg"), ("ντ", "nt"), ("μπ", "mp"), ("ευ", "eu"), ("αυ", "au"))
BY_EAR: Final = (
    ("ου", "u"),
    ("μπ", "b"),
    ("ντ", "d"),
    ("γγ", "ng"),
    ("γκ", "g"),
    ("ευ", "ev"),
    ("αυ", "av"),
    ("ει", "i"),
    ("οι", "i"),
    ("αι", "e"),
    ("χ", "h"),
)


@lru_cache(maxsize=8192)
def spellings(greek: str) -> tuple[str, ...]:
    """The Latin spellings of a lower-case Greek name: passport, by ear, bookish."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", greek) if not unicodedata.combining(letter))
    return tuple(
        dict.fromkeys(_written(plain, pairs, table) for pairs, table in ((PAIRS, LETTERS), (BY_EAR, LETTERS), (LETTER_BY_LETTER, BOOKISH)))
    )


def _written(text: str, pairs: tuple[tuple[str, str], ...], table: dict[str, str]) -> str:
    for greek, latin in pairs:
        text = text.replace(greek, latin)
    return re.sub(r"[^a-z]", "", "".join(table.get(letter, letter) for letter in text))
