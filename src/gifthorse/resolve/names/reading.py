"""From a name as given to its parts, script by script."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec

from gifthorse.resolve.listed import listed
from gifthorse.resolve.names import chinese, japanese, korean, latin
from gifthorse.resolve.names.parts import (
    MOST_PARTS,
    Part,
    cyrillic_part,
    greek_part,
    han_part,
    hangul_part,
    kana_part,
    latin_part,
    voweless_part,
)
from gifthorse.resolve.names.scripts import Script, script_of

DOUBLE_HANGUL_FAMILIES: Final = frozenset(listed("남궁 황보 제갈 사공 선우 서문 독고"))
WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ`´.-]+[^\W\d_]+)*")
APOSTROPHES: Final = re.compile(r"['’ʼ`´ʹ]")
ARABIC_ARTICLE: Final = re.compile("^(?:وال|ال)(?=.{2})")
ARABIC_SMALL_WORDS: Final = frozenset({"بن", "ابن", "بنت", "أبو", "ابو", "آل", "و"})


class Name(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A name in parts. `unsure` names could be the reading of a name in Han characters in another language than Mandarin.

    `order` only serves to put two names in one order.
    """

    parts: tuple[Part, ...]
    script: Script
    order: str
    han: bool = False
    unsure: bool = False


def _name(parts: Iterable[Part], script: Script, *, han: bool = False, unsure: bool = False) -> Name:
    found = tuple(parts)
    return Name(parts=found, script=script, order=" ".join(part.spelling for part in found), han=han, unsure=unsure)


@lru_cache(maxsize=131072)
def taken_apart(text: str) -> Name:
    """The parts of a name as given, without titles and particles; no parts when nothing in it can be read as a name."""
    script = script_of(text)
    words = _words(text)
    if script is Script.HAN:
        return _name(_han("".join(words)), script, han=True)
    if script is Script.HANGUL:
        return _name(_hangul(words), script, unsure=True)
    if script is Script.KANA:
        return _name(map(kana_part, words), script, unsure=True)
    if script is Script.LATIN:
        return _latin([latin.folded(word) for word in words])
    return _name(_other(words, script), script)


def _words(text: str) -> list[str]:
    plain = APOSTROPHES.sub("", unicodedata.normalize("NFKC", text[:200]))
    visible = "".join(character for character in plain if unicodedata.category(character) not in {"Cf", "Cc"} or character in "\t\n")
    if script_of(visible) in {Script.OTHER, Script.ARABIC, Script.HEBREW}:  # vowel signs are marks, not letters
        return [word for word in re.split(r"[\s.,;/()-]+", visible) if any(map(str.isalpha, word))][:MOST_PARTS]
    return [word for found in WORD.findall(visible) for word in _pieces(found)][: MOST_PARTS + 4]


def _pieces(word: str) -> list[str]:
    """Min-jun stays one part, Jean-Pierre and Al-Sharif are two."""
    pieces = [piece for piece in re.split(r"[.-]+", word) if piece]
    apart = "." in word or pieces[0].casefold() in latin.ARTICLES or any(len(piece) > 4 for piece in pieces)
    return pieces if apart else ["".join(pieces)]


def _han(characters: str) -> tuple[Part, ...]:
    length = 2 if characters[:2] in chinese.DOUBLE_FAMILY_NAMES and len(characters) > 2 else 1
    if len(characters) < 2:
        return (han_part(characters, True),) if characters else ()
    return (han_part(characters[:length], True), han_part(characters[length:][:8], False))


def _hangul(words: list[str]) -> tuple[Part, ...]:
    if len(words) == 1 and 2 <= len(words[0]) <= 5:
        length = 2 if words[0][:2] in DOUBLE_HANGUL_FAMILIES and len(words[0]) > 2 else 1
        words = [words[0][:length], words[0][length:]]
    elif len(words) > 2 and all(len(word) == 1 for word in words):
        words = [words[0], "".join(words[1:])]
    return tuple(hangul_part(word) for word in words[:MOST_PARTS])


def _other(words: list[str], script: Script) -> list[Part]:
    if script is Script.CYRILLIC:
        return [cyrillic_part(word.casefold()) for word in words]
    if script is Script.GREEK:
        return [greek_part(word.casefold()) for word in words]
    if script is Script.ARABIC:
        words = _arabic_words(words)
    parts = [voweless_part(word, script) for word in words]
    return [part for part in parts if part.codes]


def _arabic_words(words: list[str]) -> list[str]:
    kept: list[str] = []
    for word in words:
        bare = ARABIC_ARTICLE.sub("", "".join(c for c in word if not unicodedata.combining(c) and c != "ـ"))
        if kept and kept[-1] == "عبد":
            kept[-1] = "عبد" + bare
        elif bare and bare not in ARABIC_SMALL_WORDS:
            kept.append(bare)
    return kept


def _latin(words: list[str]) -> Name:
    words = _latin_words([word for word in words if word])
    words = _regrouped(words)
    families = [bool(chinese.family_behind(word) or korean.family_readings(word)) for word in words]
    long_words = [word for word in words if len(word) > 1]
    eastern = len(long_words) in {2, 3} and any(families)
    chinese_like = eastern and all(chinese.pinyin_behind(word) for word in long_words)
    korean_like = eastern and all(korean.family_readings(word) or korean.given_readings(word) for word in long_words)
    romaji = any(len(word) > 3 for word in long_words) and all(japanese.could_be_romaji(word) for word in long_words)
    parts = tuple(
        latin_part(word, family=family and len(words) > 1, chinese_given=chinese_like, korean_given=korean_like, romaji=romaji)
        for word, family in zip(words, families, strict=True)
    )
    return _name(parts, Script.LATIN, unsure=romaji or korean_like)


def _latin_words(words: list[str]) -> list[str]:
    kept: list[str] = []
    slave = False
    for word in words:
        if latin.SLAVE_OF.match(word) and len(words) > 1:
            slave = True
        elif slave and word not in latin.PARTICLES:
            kept.append("abd" + word)
            slave = False
        elif slave:
            continue
        else:
            kept.append(word)
    telling = [word for word in kept if word not in latin.TITLES and word not in latin.PARTICLES]
    # "Le Van An", "Na Li", "Do": a small word in one language is a family name in another
    return (telling if len(telling) > 1 or len(kept) == 1 else [word for word in kept if word not in latin.TITLES])[:MOST_PARTS]


def _regrouped(words: list[str]) -> list[str]:
    """Family name and a given name of two syllables written apart: Deng Xiao Ping, Kim Min Jun, Min Jun Kim."""
    if len(words) != 3 or any(len(word) < 2 for word in words):
        return words
    ends = [place for place in (0, 2) if chinese.family_behind(words[place]) or korean.family_readings(words[place])]
    if len(ends) != 1 or not all(word in _syllables() for word in words):
        return words  # with a family name at both ends, the parts stay apart and are joined when they are compared
    given = words[1:] if ends == [0] else words[:2]
    return [words[ends[0]], "".join(given)]


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    return chinese.all_syllables() | korean.all_syllables()
