"""How alike two names are, as a level with the keys that made it: never a number that pretends to be exact."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final

import msgspec
from rapidfuzz.distance import OSA

from gifthorse.resolve.names.parts import NOTHING, Part, joined
from gifthorse.resolve.names.reading import Name
from gifthorse.resolve.names.scripts import Script

SHORTEST_FOR_TYPING_ERRORS: Final = 6


class NameLevel(StrEnum):
    """How two names agree; the best over all names given counts. The ids stand in `weights.json`."""

    SAME = "same"  # every part, in the same spelling
    VARIANT = "variant"  # every part, some of them in another spelling, script, short form or language
    WITHIN = "within"  # one name has all parts of the other (two at least) and more
    INITIALS = "initials"  # every part, some of them by their first letter
    SINGLE = "single"  # both give one part only, and it agrees
    ONE_NAME = "one_name"  # one side gives a single part, and the other has it among several
    PART = "part"  # some parts agree and others differ
    DIFFERENT = "different"
    UNTOLD = "untold"  # the scripts don't allow an answer
    MISSING = "missing"


ORDER: Final = {level: rank for rank, level in enumerate(NameLevel)}


class NameMatch(msgspec.Struct, frozen=True, kw_only=True):
    """A level and, for each part that agrees, the keys that both share (`first:` and a letter for an initial)."""

    level: NameLevel
    shared: tuple[frozenset[str], ...] = ()


DISAGREEING: Final = frozenset({NameLevel.PART, NameLevel.DIFFERENT})
MISSING: Final = NameMatch(level=NameLevel.MISSING)


def compared(one: Name, other: Name) -> NameMatch:
    """How *one* and *other* agree; the order of the parts never counts, and comparing the other way round gives the same."""
    if not one.parts or not other.parts:
        return MISSING
    shorter, longer = (one, other) if (len(one.parts), one.order) <= (len(other.parts), other.order) else (other, one)
    best = _aligned(shorter.parts, longer.parts)
    if best.level in DISAGREEING:
        best = min((best, *(_aligned(left, right) for left, right in _joinings(shorter.parts, longer.parts))), key=_rank)
    if best.level in DISAGREEING and (one.han or other.han) and _unsure(other if one.han else one):
        return NameMatch(level=NameLevel.UNTOLD)
    return best


def shared_keys(one: Part, other: Part) -> frozenset[str]:
    """The keys under which two parts are the same name; empty when they are not."""
    shared = one.keys & other.keys
    if shared:
        return shared
    if one.heard or other.heard:
        return (one.heard & (other.sounds | other.heard)) | (other.heard & one.sounds)
    return frozenset({f"~{min(one.spelling, other.spelling)}"}) if _mistyped(one, other) else NOTHING


def _rank(match: NameMatch) -> int:
    return ORDER[match.level]


def _unsure(name: Name) -> bool:
    return name.unsure or name.script in {Script.KANA, Script.HANGUL}


def _joinings(shorter: tuple[Part, ...], longer: tuple[Part, ...]) -> Iterator[tuple[tuple[Part, ...], tuple[Part, ...]]]:
    """With neighbouring parts of the longer name joined, where that may make them meet."""
    if len(longer) > len(shorter) and len(longer) <= 4:
        for place in range(len(longer) - 1):
            if not (longer[place].initial or longer[place + 1].initial):
                yield shorter, (*longer[:place], joined(longer[place], longer[place + 1]), *longer[place + 2 :])


def _aligned(shorter: tuple[Part, ...], longer: tuple[Part, ...]) -> NameMatch:
    left, right = list(shorter), list(longer)
    shared: list[frozenset[str]] = []
    exact = _taken(left, right, shared, _same_spelling)
    _taken(left, right, shared, shared_keys)
    full = len(shared)
    if full and left and right:
        _taken(left, right, shared, _initial_keys)
    return NameMatch(level=_level(len(shorter), len(longer), exact, full, len(shared)), shared=tuple(shared))


def _level(fewer: int, more: int, exact: int, full: int, agreeing: int) -> NameLevel:
    if agreeing == 0:
        return NameLevel.DIFFERENT
    if agreeing < fewer:
        return NameLevel.PART
    if fewer == 1:
        return NameLevel.SINGLE if more == 1 else NameLevel.ONE_NAME
    if full < agreeing:
        return NameLevel.INITIALS
    if fewer < more:
        return NameLevel.WITHIN
    return NameLevel.SAME if exact == fewer else NameLevel.VARIANT


def _taken(left: list[Part], right: list[Part], shared: list[frozenset[str]], keys: Callable[[Part, Part], frozenset[str]]) -> int:
    taken = 0
    for one in list(left):
        for other in right:
            found = keys(one, other)
            if found:
                left.remove(one)
                right.remove(other)
                shared.append(found)
                taken += 1
                break
    return taken


def _same_spelling(one: Part, other: Part) -> frozenset[str]:
    return frozenset({one.spelling}) if one.spelling == other.spelling and not one.initial else NOTHING


def _initial_keys(one: Part, other: Part) -> frozenset[str]:
    if not (one.initial or other.initial) or not one.spelling or not other.spelling:
        return NOTHING
    return frozenset({f"first:{one.spelling[0]}"}) if one.spelling[0] == other.spelling[0] else NOTHING


def _mistyped(one: Part, other: Part) -> bool:
    """One letter wrong, missing or swapped inside a long part. First and last letters count: they tell Mario from Maria."""
    if one.syllabic or other.syllabic or one.spelling[:1] != other.spelling[:1]:
        return False
    if min(len(one.spelling), len(other.spelling)) < SHORTEST_FOR_TYPING_ERRORS:
        return False
    return _one_letter_apart(*sorted((one.spelling, other.spelling)))


@lru_cache(maxsize=131072)
def _one_letter_apart(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or one[-1] != other[-1] or not (one.isascii() and other.isascii()):
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1
