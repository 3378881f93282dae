"""Japanese: kana by its own table (Hepburn), and Latin spellings brought to one of several habits.

Names in kanji are not read here: the same characters have many readings and nothing in them says which. Where a name in kanji is
compared with one in kana or Latin letters, the answer is "can't be told".
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

ROWS: Final = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "r": "らりるれろ",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "d": "だぢづでど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}
IRREGULAR: Final = {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu"}
SINGLE: Final = {"や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "ゔ": "vu", "ゐ": "i", "ゑ": "e"}
SMALL: Final = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
KUNREI: Final = (
    (re.compile(r"(?<![sc])hu"), "fu"),
    (re.compile(r"sy(?=[auo])"), "sh"),
    (re.compile(r"ty(?=[auo])|cy(?=[auo])"), "ch"),
    (re.compile(r"[zj]y(?=[auo])"), "j"),
    (re.compile(r"si"), "shi"),
    (re.compile(r"ti"), "chi"),
    (re.compile(r"(?<!t)tu"), "tsu"),
    (re.compile(r"zi"), "ji"),
    (re.compile(r"m(?=[bmp])"), "n"),
    (re.compile(r"tch"), "cch"),
    (re.compile(r"ou|oo|oh(?![aeiou])"), "o"),
    (re.compile(r"uu"), "u"),
)
SYLLABLE: Final = r"(?:(?:sh|ch|ts|[kgnhbpmr]y?|[sztdfjwy])?[aeiou]|n(?![aeiou])|(?:k(?=k)|s(?=s)|t(?=t)|p(?=p)|c(?=ch)))"
ROMAJI: Final = re.compile(rf"{SYLLABLE}{{1,10}}")


@lru_cache(maxsize=4096)
def hepburn(kana: str) -> str:
    """*kana* (hiragana, katakana, wide or narrow) in Hepburn without marks of length; other characters are left out."""
    sounds = _sounds()
    written: list[str] = []
    for character in (_hiragana(character) for character in unicodedata.normalize("NFKC", kana)):
        if character in SMALL:
            written.append(_glided(written.pop() if written else "", SMALL[character]))
        elif character == "っ":
            written.append("*")
        else:
            written.append(sounds.get(character, ""))
    text = re.sub(r"\*([a-z])", r"\1\1", "".join(written)).replace("*", "")
    return one_spelling(text)


@lru_cache(maxsize=16384)
def one_spelling(latin: str) -> str:
    """Lower-case romaji of any habit in Hepburn without length: Kunrei forms, ou, oo, oh and mb are brought to one."""
    for habit, hepburn_form in KUNREI:
        latin = habit.sub(hepburn_form, latin)
    return latin


def could_be_romaji(latin: str) -> bool:
    """True when the spelling is made of Japanese syllables only."""
    return ROMAJI.fullmatch(one_spelling(latin)) is not None


def _glided(before: str, small: str) -> str:
    if small[0] == "y" and before.endswith("i"):
        stem = before[:-1]
        return stem + (small[1:] if stem.endswith(("sh", "ch", "j")) else small)
    return before[:-1] + small if before else small


def _hiragana(character: str) -> str:
    return chr(ord(character) - 0x60) if "ァ" <= character <= "ヶ" else character


@lru_cache(maxsize=1)
def _sounds() -> dict[str, str]:
    sounds = dict(SINGLE)
    for consonant, row in ROWS.items():
        for vowel, character in zip("aiueo", row, strict=True):
            sounds[character] = IRREGULAR.get(consonant + vowel, consonant + vowel)
    return sounds
