"""Tables that say which letter is in capitals: how far they are such tables, and what stands in them instead.

Source: exFAT specification, 7.2.5.1 (a word for each letter; 0xFFFF begins a run of letters that stay as they are); NTFS's `$UpCase` has
all 65,536 words.
"""

import struct
from collections.abc import Iterator
from functools import cache
from typing import Final

_LETTERS_ALL: Final = 0x10000
LETTERS_MOST: Final = 2 * _LETTERS_ALL
_STAY: Final = 0xFFFF
_STEP: Final = 128
_STRANGE_LEAST: Final = 24  # editions of Unicode disagree about fewer letters in a row


def letters_length(untrusted_table: bytes) -> int:
    """How many of the first bytes of a table of letters say what letters are in capitals, and not something else."""
    letter, fitting, good = 0, 0, 0
    words = struct.unpack(f"<{len(untrusted_table) // 2}H", untrusted_table[: len(untrusted_table) // 2 * 2])
    position = 0
    while position < len(words) and letter < _LETTERS_ALL:
        word = words[position]
        if word == _STAY and position + 1 < len(words):
            letter += words[position + 1]
            position += 2
            fitting += 2
        else:
            fitting += word in {letter, _capital(letter)}
            letter += 1
            position += 1
        if 4 * fitting >= 3 * position:
            good = position
    return 2 * good


def _capital(letter: int) -> int:
    capital = chr(letter).upper()
    return ord(capital) if len(capital) == 1 else letter


def strange_letters(untrusted_table: bytes) -> Iterator[tuple[int, int]]:
    """(first byte, length) of each long run of words that are neither their letter nor its capital; nothing once all letters are told."""
    if not untrusted_table.strip(b"\0"):
        return
    letter, position, began = 0, 0, -1
    words = struct.unpack(f"<{len(untrusted_table) // 2}H", untrusted_table[: len(untrusted_table) // 2 * 2])
    while position < len(words) and letter < _LETTERS_ALL:
        if letter == position and letter % _STEP == 0 and untrusted_table[2 * position : 2 * position + 2 * _STEP] == _same(letter):
            yield from _run(began, position)
            began = -1
            letter += _STEP
            position += _STEP
            continue
        word = words[position]
        plain = word in {letter, ord(chr(letter).upper()[0])}
        if plain or (word == _STAY and position + 1 < len(words)):
            yield from _run(began, position)
            began = -1
            letter += 1 if plain else words[position + 1]
            position += 1 if plain else 2
            continue
        began = position if began < 0 else began
        letter += 1
        position += 1
    yield from _run(began, position)


@cache
def _same(letter: int) -> bytes:
    """The words of the letters from *letter* on, where none has another capital."""
    return struct.pack(f"<{_STEP}H", *range(letter, letter + _STEP))


def _run(began: int, position: int) -> Iterator[tuple[int, int]]:
    if began >= 0 and position - began >= _STRANGE_LEAST:
        yield 2 * began, 2 * (position - began)
