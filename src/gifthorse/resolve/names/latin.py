"""Latin spellings: folded to plain letters, and brought from many spelling habits to one."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from gifthorse.resolve.listed import listed
from gifthorse.resolve.names.consonants import latin_code, squeezed

LONE_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ə": "a",
        "ħ": "h",
        "ŋ": "ng",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
    }
)
TITLES: Final = frozenset(
    listed(
        "mr mrs ms miss dr prof professor sir dame lord lady herr frau madame monsieur mme mlle sr sra srta dott "
        "dottssa ing dipl phd md mba "
        "hon rev sheikh hajj haji ustaz engr chief gen col maj capt lt smt shri sri bapak ibu pak bu mag"
    )
)
# Small words inside names: they are left out, often dropped, and say nothing
PARTICLES: Final = frozenset(
    listed(
        "al el ul ad as ash an ar at az bin ben ibn bint binti binte bte ould abu abou van von der den de del della "
        "delle di da do dos das du la le "
        "los las y e i af av zu zur ter ten te st san ap ab ua ni nic mac o bar bat wa na"
    )
)
ARTICLES: Final = frozenset(listed("al el ul ad as ash ar at az an"))  # written with a hyphen before an Arabic name
SLAVE_OF: Final = re.compile(r"^(?:abdu?e?a?[lrsdzn]?|abd)$")
SLAVE_OF_JOINED: Final = re.compile(r"^abd(?:[uea](?:[lrsdzn](?=[^aeiou]))?)(?=[a-z]{4})")
HABITS: Final = (
    ("schtsch", "Q"),
    ("shch", "Q"),
    ("chtch", "Q"),
    ("tsch", "C"),
    ("tch", "C"),
    ("sch", "S"),
    ("sh", "S"),
    ("sz", "S"),
    ("cz", "C"),
    ("ch", "C"),
    ("zh", "Z"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("ck", "k"),
    ("tz", "T"),
    ("ts", "T"),
    ("dj", "j"),
    ("qu", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("y", "i"),
    ("j", "i"),
)
HARD_C: Final = re.compile("c(?![eiy])")
VOWEL_CLASS: Final = {"a": "A", "e": "A", "i": "I", "y": "I", "o": "U", "u": "U"}


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Lower-case a to z only; letters with marks lose them, everything else is left out."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(LONE_LETTERS)
    return "".join(letter for letter in plain if "a" <= letter <= "z")


@lru_cache(maxsize=65536)
def one_habit(latin: str) -> str:
    """A folded spelling with English, German, French and Slavic habits brought to one (capitals stand for sibilants)."""
    text = HARD_C.sub("k", latin.replace("ch", "\x01").replace("ck", "k").replace("cz", "\x02")).replace("\x01", "ch").replace("\x02", "cz")
    for habit, sound in HABITS:
        if habit in text:
            text = text.replace(habit, sound)
    text = squeezed(text)
    return text[1:] if text.startswith("ie") else text


@lru_cache(maxsize=65536)
def vowel_light(latin: str) -> str | None:
    """A key that spellings of one Arabic or Persian name share (Mohamed, Muhammad; Yusuf, Youssef): consonants, the class of the
    first vowel, and whether it ends in a vowel; None when there are fewer than three consonants.
    """
    code = latin_code(latin)
    first = next((VOWEL_CLASS[letter] for letter in latin if letter in VOWEL_CLASS), "")
    if len(code) < 3 or not first:
        return None
    return f"{first}{code}{'+' if latin[-1] in VOWEL_CLASS else ''}"


def other_habits(latin: str) -> list[str]:
    """The spelling itself, and what it would be where ch is a rough h (Hebrew, German), gh is q (Persian), oe is u (Dutch) or a
    final e is silent (French).
    """
    found = [latin]
    for letters, others in (("ch", "h"), ("gh", "q"), ("oe", "u")):
        if letters in latin:
            found.append(latin.replace(letters, others))
    if latin.endswith("e") and len(latin) > 5:
        found.append(latin[:-1])
    return found


def slavic_stem(latin: str) -> str | None:
    """A Slavic family name in the form that husband and wife, brother and sister share; None when it is no such name."""
    for ending, stem in (
        ("ova", "ov"),
        ("eva", "ev"),
        ("skaya", "ski"),
        ("skaja", "ski"),
        ("ska", "ski"),
        ("sky", "ski"),
        ("skiy", "ski"),
        ("skyi", "ski"),
    ):
        if latin.endswith(ending) and len(latin) > len(ending) + 2:
            return latin[: -len(ending)] + stem
    return None
