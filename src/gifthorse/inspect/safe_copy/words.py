"""The words on a drawn page, letter by letter from its text, each word where it stands."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from gifthorse.inspect.safe_copy.facts import Words
from gifthorse.inspect.safe_copy.visible import is_visible

MOST_LETTERS: Final = 100_000
_LONGEST_WORD: Final = 2000
_BLANK: Final = 0.3  # of the letters' height
# What the renderer gives for a hyphen at the end of a line, with the next line joined to it.
_JOINING_HYPHEN: Final = 2
_HIGH: Final = range(0xD800, 0xDC00)
_LOW: Final = range(0xDC00, 0xE000)

Box = tuple[float, float, float, float]  # left, bottom, right, top in points
Letter = tuple[str, Box]


def letters_on(text: Any, raw: Any, size: tuple[float, float]) -> Iterator[Letter]:
    """Each letter of the text page with its place, and a blank or line's end where the renderer found one; none that lie off the page."""
    import ctypes

    sides = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = sides
    half = 0
    for number in range(min(text.count_chars(), MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(text, number)
        if code in _HIGH:
            half = code
            continue
        if code in _LOW and half:
            code = 0x10000 + ((half - 0xD800) << 10) + code - 0xDC00
        half = 0
        if code == 0 or code > 0x10FFFF or code in _HIGH or code in _LOW:
            continue
        raw.FPDFText_GetCharBox(text, number, *map(ctypes.byref, sides))
        box = (left.value, bottom.value, right.value, top.value)
        letter = "-" if code == _JOINING_HYPHEN else chr(code)
        if letter.isspace() or (box[0] < size[0] and box[2] > 0 and box[1] < size[1] and box[3] > 0):
            yield letter, box
        if code == _JOINING_HYPHEN:
            yield "\n", box


def words_of(letters: Iterable[Letter], put_back: Callable[[str], str] = str) -> tuple[Words, ...]:
    """The words of *letters*, their letters in the order in which they are read; those of a line at one height.

    They come from left to right, as they stand: readers of PDFs turn what runs left themselves.
    """
    found: list[Words] = []
    line: list[list[Letter]] = [[]]
    blank = ended = False
    for letter, box in letters:
        if letter.isspace():
            ended = ended or letter in "\r\n"
            blank = blank or letter not in "\r\n"
            continue
        before = line[-1][-1][1] if line[-1] else None
        if ended and before is not None and not _level(before, box):
            found += _line(line, put_back)
            line = [[]]
        elif before is not None and (blank or (ended and not _touch(before, box))):
            line.append([])
        line[-1].append((letter, box))
        blank = ended = False
    return (*found, *_line(line, put_back))


def _level(before: Box, box: Box) -> bool:
    """Whether the middle of one is within the height of the other."""
    return before[1] <= (box[1] + box[3]) / 2 <= before[3] or box[1] <= (before[1] + before[3]) / 2 <= box[3]


def _touch(before: Box, box: Box) -> bool:
    """Whether there is no room for a blank between them, whichever comes first."""
    gap = max(box[0] - before[2], before[0] - box[2])
    return gap < _BLANK * max(box[3] - box[1], before[3] - before[1])


def _line(words: list[list[Letter]], put_back: Callable[[str], str]) -> list[Words]:
    boxes = [box for word in words for _letter, box in word]
    if not boxes:
        return []
    bottom, top = min(box[1] for box in boxes), max(box[3] for box in boxes)
    found = []
    for word in words:
        said = "".join(one for one in put_back("".join(letter for letter, _box in word)) if is_visible(one))[:_LONGEST_WORD]
        if said:
            left, right = min(box[0] for _, box in word), max(box[2] for _, box in word)
            found.append(Words(left, bottom, max(right - left, 0.1), max(top - bottom, 0.1), said))
    return sorted(found, key=lambda one: one.left)


def as_laid(said: str) -> str:
    """*said* in the order in which its letters stand from left to right: readers of PDFs turn runs of letters that go left themselves."""
    if said.isascii():
        return said
    runs: list[tuple[bool, str]] = []
    for letter in said:
        direction = unicodedata.bidirectional(letter)
        leftward = direction in {"R", "AL"} or (direction not in {"L", "EN", "AN"} and bool(runs) and runs[-1][0])
        if runs and runs[-1][0] == leftward:
            runs[-1] = (leftward, runs[-1][1] + letter)
        else:
            runs.append((leftward, letter))
    if not any(leftward for leftward, _run in runs):
        return said
    first = next((leftward for leftward, run in runs if any(unicodedata.bidirectional(one) in {"L", "R", "AL"} for one in run)), False)
    return "".join(run[::-1] if leftward else run for leftward, run in (reversed(runs) if first else runs))
