"""Korean: hangul by its own arithmetic, Revised Romanisation as the one form, and the spellings that people really use."""

from functools import lru_cache
from itertools import product
from typing import Final

from gifthorse.resolve.listed import listed

MOST_READINGS: Final = 40
FIRST_SYLLABLE: Final = 0xAC00
VOWELS_PER_INITIAL: Final = 21
FINALS_PER_VOWEL: Final = 28
INITIALS: Final = listed("g kk n d tt r m b pp s ss _ j jj ch k t p h")
VOWELS: Final = listed("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
FINALS: Final = listed("_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t")

# Spellings by ear and by McCune-Reischauer for the sounds of the Revised Romanisation
INITIAL_SPELLINGS: Final = {"g": "g k", "d": "d t", "b": "b p", "j": "j ch", "r": "r l", "s": "s sh", "k": "k", "ch": "ch"}
VOWEL_SPELLINGS: Final = {
    "eo": "eo o u uh",
    "yeo": "yeo yo you yu yuh",
    "u": "u oo",
    "ae": "ae ai e",
    "ui": "ui ee i eui",
    "eu": "eu u",
    "i": "i ee",
    "oe": "oe oi",
    "wo": "wo weo",
    "yu": "yu yoo",
    "yo": "yo",
    "o": "o oh",
    "a": "a ah",
    "e": "e",
    "wi": "wi we",
    "wa": "wa",
    "ya": "ya",
    "ye": "ye yae",
}
FINAL_SPELLINGS: Final = {"k": "k g", "t": "t d", "p": "p b", "l": "l r"}
# The most frequent family names: the Revised Romanisation, then how passports and business cards write it
FAMILY_NAMES: Final = {
    "gim": "kim ghim",
    "i": "lee yi rhee ri rhie li",
    "bak": "park pak bahk",
    "choe": "choi chey choy",
    "jeong": "jung chung chong cheong joung",
    "gang": "kang",
    "jo": "cho joe",
    "yun": "yoon youn",
    "jang": "chang jahng",
    "im": "lim rim yim",
    "han": "hahn",
    "o": "oh",
    "seo": "suh so",
    "sin": "shin",
    "gwon": "kwon kwun",
    "hwang": "whang",
    "an": "ahn",
    "song": "soong",
    "yu": "yoo ryu you",
    "ryu": "yoo yu",
    "hong": "hohng",
    "jeon": "jun chun chon",
    "go": "ko koh",
    "mun": "moon",
    "yang": "ryang",
    "son": "sohn",
    "bae": "pae bai",
    "baek": "paik paek baik",
    "heo": "hur huh ho",
    "nam": "nahm",
    "sim": "shim",
    "no": "noh roh ro",
    "ha": "hah",
    "gwak": "kwak kwack",
    "seong": "sung",
    "cha": "chah",
    "ju": "joo chu",
    "u": "woo",
    "gu": "koo ku",
    "min": "minn",
    "na": "ra",
    "jin": "chin",
    "ji": "chi jee",
    "eom": "um uhm",
    "byeon": "byun pyon",
    "won": "weon",
    "bang": "pang",
    "gong": "kong",
    "hyeon": "hyun",
    "ham": "hahm",
    "yeo": "yuh",
    "chu": "choo",
    "do": "doh",
    "so": "soh",
    "seok": "suk",
    "seon": "sun",
    "ma": "mah",
    "gil": "kil",
    "yeon": "youn",
    "wi": "wee",
    "pyo": "phyo",
    "myeong": "myung",
}


def revised(hangul: str) -> list[str]:
    """The Revised Romanisation of each syllable of *hangul*, without assimilation, as in names."""
    return [_syllable(ord(character) - FIRST_SYLLABLE) for character in hangul if 0 <= ord(character) - FIRST_SYLLABLE < 11172]


def family_readings(spelling: str) -> frozenset[str]:
    """The family names, in the Revised Romanisation, that *spelling* (lower-case Latin) may stand for."""
    return _family_index().get(spelling, frozenset())


@lru_cache(maxsize=16384)
def given_readings(spelling: str) -> frozenset[str]:
    """The given names of one or two syllables, in the Revised Romanisation, that *spelling* may stand for; at most MOST_READINGS."""
    index = _syllable_index()
    found = set(index.get(spelling, ()))
    for cut in range(1, len(spelling)):
        left, right = index.get(spelling[:cut]), index.get(spelling[cut:])
        if left and right:
            found.update(one + other for one, other in product(left, right))
    return frozenset(sorted(found)[:MOST_READINGS])


def all_syllables() -> frozenset[str]:
    """Every Latin spelling of one syllable."""
    return frozenset(_syllable_index())


def _syllable(number: int) -> str:
    initial, rest = divmod(number, VOWELS_PER_INITIAL * FINALS_PER_VOWEL)
    vowel, final = divmod(rest, FINALS_PER_VOWEL)
    return (INITIALS[initial] + VOWELS[vowel] + FINALS[final]).replace("_", "")


@lru_cache(maxsize=1)
def _family_index() -> dict[str, frozenset[str]]:
    index: dict[str, set[str]] = {}
    for name, spellings in FAMILY_NAMES.items():
        for spelling in (name, *spellings.split()):
            index.setdefault(spelling, set()).add(name)
    return {spelling: frozenset(names) for spelling, names in index.items()}


@lru_cache(maxsize=1)
def _syllable_index() -> dict[str, tuple[str, ...]]:
    index: dict[str, set[str]] = {}
    for initial, vowel, final in product(INITIALS, VOWELS, sorted(set(FINALS))):
        name = (initial + vowel + final).replace("_", "")
        for spelling in _spellings(initial, vowel, final):
            index.setdefault(spelling, set()).add(name)
    return {spelling: tuple(sorted(names)) for spelling, names in index.items()}


def _spellings(initial: str, vowel: str, final: str) -> set[str]:
    starts = INITIAL_SPELLINGS.get(initial, initial).split()
    middles = VOWEL_SPELLINGS.get(vowel, vowel).split()
    if initial == "_" and vowel == "u":
        middles = ["u", "oo", "woo"]
    if vowel in {"ui", "wi"} and initial not in {"_", "h"}:
        middles = [vowel]
    ends = FINAL_SPELLINGS.get(final, final).split()
    return {"".join(parts).replace("_", "") for parts in product(starts, middles, ends)}
