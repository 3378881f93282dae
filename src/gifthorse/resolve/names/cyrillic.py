"""Cyrillic: one name in the spellings of several systems (passport, scholarly, German, French, Ukrainian)."""

from functools import lru_cache
from typing import Final

from gifthorse.resolve.listed import listed

LETTERS: Final = listed("а б в г ґ д е ё є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я ў ђ ј љ њ ћ џ ѓ ќ ѕ")
SYSTEMS: Final = {
    "passport": listed("a b v g g d e e ye zh z i i yi y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya u dj j lj nj c dz gj kj dz"),
    "scholarly": listed("a b v g g d e jo je z z i i ji j k l m n o p r s t u f ch c c s sc - y - e ju ja u d j lj nj c dz g k dz"),
    "german": listed(
        "a b w g g d e jo je sch s i i ji i k l m n o p r s t u f ch z tsch sch schtsch - y - e ju ja u dj j lj nj c dz gj kj dz"
    ),
    "french": listed(
        "a b v g g d e io ie j z i i i i k l m n o p r s t ou f kh ts tch ch chtch - y - e iou ia ou dj j lj nj c dz gj kj dz"
    ),
    "ukrainian": listed("a b v h g d e e ye zh z y i yi i k l m n o p r s t u f kh ts ch sh shch - y - e iu ia w dj j lj nj c dz gj kj dz"),
}


@lru_cache(maxsize=16384)
def spellings(cyrillic: str) -> tuple[str, ...]:
    """The Latin spellings of a lower-case name in all systems, the passport's first, without repeats."""
    return tuple(dict.fromkeys("".join(table.get(letter, "") for letter in cyrillic) for table in _tables()))


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], ...]:
    return tuple({letter: sound.strip("-") for letter, sound in zip(LETTERS, sounds, strict=True)} for sounds in SYSTEMS.values())
