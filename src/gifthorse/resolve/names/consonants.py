"""The coarse sound of a name: its consonants in classes. Scripts that leave vowels out can only be compared so.

It is coarse on purpose and weighs accordingly: how often a code occurs among the contacts is what its match is worth.
"""

import re
from functools import lru_cache
from itertools import product
from typing import Final

from anyascii import anyascii

MOST_CODES: Final = 4
MOST_LETTERS: Final = 40

NASALS: Final = str.maketrans({"ं": "न", "ँ": "न", "ং": "ন", "ঁ": "ন"})  # written as dots, spoken mostly as n
TAMIL: Final = ("\u0b80", "\u0bff")  # writes voiced and voiceless sounds with the same letters
VOICED: Final = str.maketrans("TK", "DG")

LATIN: Final = {
    "schtsch": "S",
    "shch": "S",
    "chtch": "S",
    "tsch": "S",
    "sch": "S",
    "tch": "S",
    "dzh": "G",
    "sh": "S",
    "ch": "S",
    "zh": "G",
    "kh": "H",
    "gh": "G",
    "th": "T",
    "dh": "D",
    "ph": "F",
    "bh": "B",
    "dj": "G",
    "ck": "K",
    "ts": "S",
    "tz": "S",
    "cz": "S",
    "sz": "S",
    "qu": "K",
    "x": "KS",
    "q": "K",
    "k": "K",
    "g": "G",
    "j": "G",
    "c": "K",
    "s": "S",
    "z": "S",
    "b": "B",
    "p": "B",
    "f": "F",
    "v": "F",
    "w": "F",
    "d": "D",
    "t": "T",
    "l": "L",
    "r": "R",
    "m": "M",
    "n": "N",
    "h": "H",
}
LATIN_SOUND: Final = re.compile("|".join(sorted(LATIN, key=lambda sound: (-len(sound), sound))))
SOFT_C: Final = re.compile("c(?=[eiy])")
SILENT_END: Final = re.compile("(?<=[aeiou])h$")

ARABIC: Final = dict(zip("بپتجچحخدرزژسشصطظغفڤقكکگلمنهٹڈڑں", "BBTGSHHDRSGSSSTSGFFKKKGLMNHTDRN", strict=True)) | {
    "و": "-F",
    "ق": "KG",  # q in Arabic, gh in Persian names
    "ض": "DS",  # d in Arabic, z in Persian and Turkish names
    "ذ": "DS",
    "ث": "TS",
}
# A letter with several sounds gives several codes
HEBREW: Final = dict(zip("גדהזחטלמםנןסצץקרשת", "GDHSHTLMMNNSSSKRST", strict=True)) | {
    "ב": "BF",
    "כ": "KH",
    "ך": "KH",
    "פ": "BF",
    "ף": "FB",
    "ו": "-F",
}


@lru_cache(maxsize=65536)
def latin_code(latin: str) -> str:
    """The consonant classes of a folded Latin spelling; the spelling itself when it has none."""
    found = LATIN_SOUND.findall(SOFT_C.sub("s", SILENT_END.sub("", squeezed(latin))))
    return "".join(LATIN[sound] for sound in found) or latin


@lru_cache(maxsize=16384)
def arabic_codes(word: str) -> tuple[str, ...]:
    """The codes of a word in Arabic or Persian letters; waw is a vowel in one and a consonant in the other."""
    word = re.sub("[هة]$", "", word)
    return _all_codes([tuple(ARABIC[letter]) for letter in word if letter in ARABIC])


@lru_cache(maxsize=16384)
def hebrew_codes(word: str) -> tuple[str, ...]:
    """The codes of a word in Hebrew letters."""
    return _all_codes([tuple(HEBREW[letter]) for letter in re.sub("ה$", "", word) if letter in HEBREW])


@lru_cache(maxsize=16384)
def other_codes(word: str) -> tuple[str, ...]:
    """The code of a word in any other script, by its general transliteration."""
    latin = re.sub(r"[^a-z]", "", anyascii(word[:MOST_LETTERS].translate(NASALS)).lower())
    soft = latin.replace("c", "s").replace("sh", "s")  # c is ch in the transliteration of Indic scripts
    codes = [latin_code(form) for form in (soft, latin.replace("ch", "j"), soft.replace("v", "")) if form]
    if any(TAMIL[0] <= letter <= TAMIL[1] for letter in word):
        codes += [code.translate(VOICED) for code in codes]
    return tuple(dict.fromkeys(codes))


def squeezed(text: str) -> str:
    """*text* with every run of one character made one."""
    return re.sub(r"(.)\1+", r"\1", text)


def _all_codes(classes: list[tuple[str, ...]]) -> tuple[str, ...]:
    found = dict.fromkeys("".join(choice).replace("-", "") for choice in product(*_bounded(classes)))
    return tuple(code for code in found if code)[:MOST_CODES]


def _bounded(classes: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Only the first two letters of several sounds keep them all: codes must stay few."""
    open_letters = 0
    bounded = []
    for sounds in classes:
        open_letters += len(sounds) > 1
        bounded.append(sounds if open_letters <= 2 else sounds[:1])
    return bounded
