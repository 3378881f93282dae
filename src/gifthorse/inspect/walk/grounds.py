"""Which stretches of a filesystem no file owns: what its own map of allocation calls free, what it calls bad, what nobody claims."""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Final

import msgspec

_BITS_AT_ONCE: Final = 64 * 1024
_ZEROS: Final = re.compile(rb"\0+")
_LOW_FIRST: Final = tuple(bytes(byte >> bit & 1 for bit in range(8)) for byte in range(256))
_HIGH_FIRST: Final = tuple(piece[::-1] for piece in _LOW_FIRST)
Runs = Iterator[tuple[int, int]]


class GroundKind(StrEnum):
    """Why no file owns a stretch."""

    FREE = "free"
    BAD = "bad"  # the filesystem says that the medium fails there, so no computer ever looks
    UNCLAIMED = "unclaimed"  # marked as used, but no file leads to it
    OWN = "own"  # neither free nor a live file's: the filesystem's own tables, its journal, and whatever hides between them


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """Stretches of one kind, as (byte on the medium, length), in order and lazily; `unit` is the filesystem's cluster in bytes.

    `texts` when nothing that can be read as text has a reason to stand there: tables, not free space, where deleted files lie. Where some
    has, `has_reason` says so of the text that begins at a byte of the medium.
    """

    kind: GroundKind
    unit: int
    runs: Runs
    texts: bool = False
    has_reason: Callable[[int, bytes], bool] | None = None


def zero_runs(marks: Iterable[bytes]) -> Runs:
    """(position, length) of each run of zero bytes in *marks*, whose pieces follow one another."""
    at, start, length = 0, -1, 0
    for piece in marks:
        for match in _ZEROS.finditer(piece):
            first, count = at + match.start(), match.end() - match.start()
            if start >= 0 and start + length == first:
                length += count
                continue
            if start >= 0:
                yield start, length
            start, length = first, count
        at += len(piece)
    if start >= 0:
        yield start, length


def marks_of_bits(pieces: Iterable[bytes], *, high_first: bool = False) -> Iterator[bytes]:
    """One byte for each bit of *pieces*, the lowest bit of each byte first unless *high_first*."""
    table = _HIGH_FIRST if high_first else _LOW_FIRST
    for piece in pieces:
        for at in range(0, len(piece), _BITS_AT_ONCE):
            part = piece[at : at + _BITS_AT_ONCE]
            if part.count(0) == len(part):
                yield bytes(8 * len(part))
            elif part.count(0xFF) == len(part):
                yield b"\1" * (8 * len(part))
            else:
                yield b"".join(map(table.__getitem__, part))


def placed(runs: Runs, *, unit: int, start: int, most: int) -> Runs:
    """*runs* of units as bytes of the medium, the first unit beginning at byte *start*; nothing beyond byte *most*."""
    for first, count in runs:
        begins = start + first * unit
        if begins >= most:
            return
        yield begins, min(count * unit, most - begins)
