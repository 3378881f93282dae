"""A name taken apart: each part with its spelling and with all keys under which another spelling of it may meet it.

Keys that two parts share make them variants of each other. `heard` are coarse keys of a part in a script that loses sounds (Arabic,
Hebrew, Indic and others); they meet the `sounds` of a part in Latin letters, never those of another Latin spelling.
"""

import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Final

import msgspec

from gifthorse.resolve.names import chinese, consonants, cyrillic, greek, japanese, korean, latin
from gifthorse.resolve.names.scripts import Script

MOST_PARTS: Final = 8
JOINABLE: Final = frozenset({"h:", "k:", "j:", "r:"})
ARTICLE: Final = re.compile("^(?:[ae]l(?=[^aeiou].{3})|du(?=.{3})|le(?=.{3})|v[ao]n(?=.{4}))")  # Alsharif, Dubois, Leroy, Vandyck
NOTHING: Final[frozenset[str]] = frozenset()


class Part(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One part of a name.

    `codes` are coarse consonant codes to find candidates by. `syllabic` parts are built of syllables that are names of their own, so
    that a different letter is a different name. `initial` parts are one Latin letter.
    """

    spelling: str
    keys: frozenset[str]
    codes: tuple[str, ...]
    heard: frozenset[str] = NOTHING
    sounds: frozenset[str] = NOTHING
    initial: bool = False
    syllabic: bool = False


def latin_part(text: str, *, family: bool = False, chinese_given: bool = False, korean_given: bool = False, romaji: bool = False) -> Part:
    """A part in Latin letters (folded); the switches say of which kind the whole name looks, see `taken_apart`."""
    return _latin_part(text, family, chinese_given, korean_given, romaji)


@lru_cache(maxsize=131072)
def _latin_part(text: str, family: bool, chinese_given: bool, korean_given: bool, romaji: bool) -> Part:
    if len(text) == 1 and not family:
        return Part(spelling=text, keys=NOTHING, codes=(), initial=True)
    stem = consonants_of_slave(text)
    keys = {text, *(f"n:{group}" for group in _groups().get(text, ()))}
    codes = {consonants.latin_code(stem)}
    eastern: set[str] = set()
    if family:
        eastern |= {f"h:{name}" for name in chinese.family_behind(text)} | {f"k:{name}" for name in korean.family_readings(text)}
    if chinese_given:
        eastern |= {f"h:{name}" for name in chinese.pinyin_behind(text)}
    if korean_given:
        eastern |= {f"k:{name}" for name in korean.given_readings(text)}
    if not eastern:
        keys |= _western_keys(text, stem)
    if romaji:
        keys.add(f"j:{japanese.one_spelling(text)}")
        codes.add(consonants.latin_code(japanese.one_spelling(text)))
    codes |= {consonants.latin_code(key[2:]) for key in sorted(eastern)[:6]}
    codes |= {f"n{group}" for group in _groups().get(text, ())[:2]}
    bare = ARTICLE.sub("", stem)
    weak = re.sub("[vw]", "", stem).replace("j", "y")
    coarse = {consonants.latin_code(variant) for variant in (*latin.other_habits(stem), weak, bare)}
    codes |= {consonants.latin_code(variant) for variant in (weak, bare)}
    return Part(
        spelling=text,
        keys=frozenset(keys | eastern),
        codes=tuple(sorted(codes)),
        sounds=frozenset(f"c:{code}" for code in coarse),
        syllabic=bool(eastern),
    )


def _western_keys(text: str, stem: str) -> set[str]:
    found: set[str] = set()
    for spelling in latin.other_habits(stem):
        found.add(f"r:{latin.one_habit(spelling)}")
        light = latin.vowel_light(spelling)
        if light:
            found.add(f"v:{light}")
    slavic = latin.slavic_stem(text)
    if slavic:
        found.add(f"r:{latin.one_habit(slavic)}")
    if ARTICLE.match(stem):
        found.add(f"r:{latin.one_habit(ARTICLE.sub('', stem))}")
    return found


def consonants_of_slave(text: str) -> str:
    """The spelling with Abdul-, Abdel-, Abdur- brought to abd-."""
    return latin.SLAVE_OF_JOINED.sub("abd", text)


@lru_cache(maxsize=32768)
def cyrillic_part(word: str) -> Part:
    """A part in Cyrillic letters."""
    return _many_spellings([spelling for spelling in map(latin.folded, cyrillic.spellings(word)) if spelling])


@lru_cache(maxsize=32768)
def greek_part(word: str) -> Part:
    """A part in Greek letters."""
    return _many_spellings([spelling for spelling in greek.spellings(word) if spelling])


def _many_spellings(spellings: list[str]) -> Part:
    parts = [latin_part(spelling) for spelling in spellings if len(spelling) > 1]
    if not parts:
        return Part(spelling=spellings[0] if spellings else "", keys=NOTHING, codes=(), initial=bool(spellings))
    return Part(
        spelling=parts[0].spelling,
        keys=frozenset().union(*(part.keys for part in parts)),
        codes=tuple(sorted({code for part in parts for code in part.codes})),
        heard=frozenset().union(*(part.sounds for part in parts)),
        sounds=frozenset().union(*(part.sounds for part in parts)),
    )


@lru_cache(maxsize=32768)
def voweless_part(word: str, script: Script) -> Part:
    """A part in Arabic, Hebrew or any script without its own reading: its consonants only."""
    readers = {Script.ARABIC: consonants.arabic_codes, Script.HEBREW: consonants.hebrew_codes}
    codes = readers.get(script, consonants.other_codes)(word)
    return Part(
        spelling=word,
        keys=frozenset({word}),
        codes=codes,
        heard=frozenset(f"c:{code}" for code in codes),
        sounds=frozenset(f"c:{code}" for code in codes) if script not in readers else NOTHING,
    )


@lru_cache(maxsize=32768)
def han_part(characters: str, family: bool) -> Part:
    """One part in Han characters by its Mandarin readings; the characters themselves are a key, too (simplified ones as they are)."""
    readings = [""]
    for place, character in enumerate(characters):
        choices = chinese.family_reading(character) if family and place == 0 else chinese.readings(character)
        readings = [before + reading for before in readings for reading in choices[: 2 if len(readings) < 4 else 1] or ("",)]
    readings = [reading for reading in readings if reading]
    codes = tuple(sorted({consonants.latin_code(reading) for reading in readings}))
    keys = frozenset({characters, *(f"h:{reading}" for reading in readings)})
    return Part(spelling=characters, keys=keys, codes=codes, syllabic=True)


@lru_cache(maxsize=32768)
def hangul_part(hangul: str) -> Part:
    """One part in hangul."""
    name = "".join(korean.revised(hangul))
    return Part(spelling=hangul, keys=frozenset({hangul, f"k:{name}"}), codes=(consonants.latin_code(name),), syllabic=True)


@lru_cache(maxsize=8192)
def kana_part(kana: str) -> Part:
    """One part in kana."""
    name = japanese.hepburn(kana)
    return Part(spelling=kana, keys=frozenset({kana, f"j:{name}"}), codes=(consonants.latin_code(name),))


def joined(one: Part, other: Part) -> Part:
    """Two neighbouring parts as one, for names that some write together (Xiao Ping, Jean Pierre, Abd Rahman)."""
    keys = {left + right[2:] for left in one.keys for right in other.keys if left[:2] == right[:2] in JOINABLE}
    spelling = one.spelling + other.spelling
    return Part(spelling=spelling, keys=frozenset({spelling, *keys}), codes=(), syllabic=one.syllabic and other.syllabic)


@lru_cache(maxsize=1)
def _groups() -> dict[str, tuple[int, ...]]:
    groups = json.loads((files("gifthorse.resolve") / "data" / "nicknames.json").read_bytes())["groups"]
    found: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for name in group.split():
            found.setdefault(re.sub("[^a-z]", "", name), []).append(number)
    return {name: tuple(dict.fromkeys(numbers)) for name, numbers in found.items()}
