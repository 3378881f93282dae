"""How a name with direction marks appears on the screen: a reduced Unicode bidirectional algorithm (UAX #9).

Explicit embeddings, overrides and isolates are followed (X1-X8); numbers and neutrals are resolved by their neighbours only (a short form
of
W and N), which is exact for file names without mixed numbering systems. The base direction is left to right, as in file managers.
"""

import unicodedata
from itertools import pairwise
from typing import Final

MARKS: Final = frozenset("\u200e\u200f\u061c")
EMBEDDINGS: Final = frozenset("\u202a\u202b\u2066\u2067\u2068")
OVERRIDES: Final = frozenset("\u202d\u202e")
ENDINGS: Final = frozenset("\u202c\u2069")
CONTROLS: Final = MARKS | EMBEDDINGS | OVERRIDES | ENDINGS
_OPENS_RIGHT_TO_LEFT: Final = frozenset("\u202b\u202e\u2067")
_MOST_DEPTH: Final = 125
_RIGHT: Final = frozenset({"R", "AL"})


def has_right_to_left_letters(text: str) -> bool:
    """Whether any letter of *text* is written from right to left (Arabic, Hebrew, Syriac, Thaana, N'Ko…)."""
    return any(unicodedata.bidirectional(character) in _RIGHT for character in text if character not in MARKS)


def displayed(text: str) -> str:
    """The characters of *text* in the order in which they appear from left to right, without the direction controls."""
    visible: list[str] = []
    levels: list[int] = []
    kinds: list[str] = []
    stack: list[tuple[int, str | None]] = [(0, None)]
    for character in text:
        level, override = stack[-1]
        if character in EMBEDDINGS or character in OVERRIDES:
            right = character in _OPENS_RIGHT_TO_LEFT
            deeper = level + 1 if right == (level % 2 == 0) else level + 2
            if len(stack) < _MOST_DEPTH:
                stack.append((deeper, ("R" if right else "L") if character in OVERRIDES else None))
        elif character in ENDINGS:
            if len(stack) > 1:
                stack.pop()
        else:
            visible.append(character)
            levels.append(level)
            kinds.append(override or _kind(character))
    return _reordered(visible, _resolved(levels, kinds))


def _kind(character: str) -> str:
    """L, R, N (a number) or O (takes the direction around it); the marks count as letters of their direction."""
    stated = unicodedata.bidirectional(character)
    if stated in _RIGHT:
        return "R"
    if stated in {"EN", "AN"}:
        return "N"
    return "L" if stated == "L" else "O"


def _resolved(levels: list[int], kinds: list[str]) -> list[int]:
    """The final level of each character: letters by their direction, numbers left to right, the others as both their neighbours or
    their level.
    """
    strong = _numbers_as_letters(kinds)
    final = list(levels)
    for place, kind in enumerate(strong):
        base = levels[place]
        direction = kind if kind in {"L", "R", "N"} else _around(strong, levels, place)
        if direction == "N":
            final[place] = base + 1 if base % 2 else base + 2
        elif direction == "R":
            final[place] = base if base % 2 else base + 1
        else:
            final[place] = base + 1 if base % 2 else base
    return final


def _numbers_as_letters(kinds: list[str]) -> list[str]:
    """Numbers that follow a left-to-right letter become part of it (W7)."""
    resolved, last = [], "L"
    for kind in kinds:
        if kind in {"L", "R"}:
            last = kind
        resolved.append("L" if kind == "N" and last == "L" else kind)
    return resolved


def _around(kinds: list[str], levels: list[int], place: int) -> str:
    """The direction on both sides of a neutral at *place* within its level run, or the direction of the run itself (N1, N2)."""
    base = "R" if levels[place] % 2 else "L"
    before = _nearest(kinds, levels, place, -1) or base
    after = _nearest(kinds, levels, place, 1) or base
    return before if before == after else base


def _nearest(kinds: list[str], levels: list[int], place: int, step: int) -> str | None:
    here = levels[place]
    place += step
    while 0 <= place < len(kinds) and levels[place] == here:
        if kinds[place] != "O":
            return "R" if kinds[place] == "N" else kinds[place]
        place += step
    return None


def _reordered(characters: list[str], levels: list[int]) -> str:
    """Every run at or above each odd level reversed, from the highest level down (L2); the marks themselves left out."""
    order = list(range(len(characters)))
    for level in range(max(levels, default=0), 0, -1):
        breaks = [
            at for at in range(len(order) + 1) if at in {0, len(order)} or (levels[order[at - 1]] >= level) != (levels[order[at]] >= level)
        ]
        for start, stop in pairwise(breaks):
            if levels[order[start]] >= level:
                order[start:stop] = reversed(order[start:stop])
    return "".join(characters[place] for place in order if characters[place] not in MARKS)
