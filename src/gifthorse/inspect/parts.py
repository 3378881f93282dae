"""A source that lies in several files (``.E01 .E02 …``, ``.001 .002 …``) is read through its first descriptor as if it were one.

Only the names beside the source are looked at here, never their content.
"""

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from string import ascii_uppercase
from typing import Final

MOST_PARTS: Final = 240  # the kernel hands over 253 descriptors at once
_LOOKED_AHEAD: Final = 20
_NUMBERED: Final = re.compile(r"(.+\.)(0{1,4}[01])", re.DOTALL)
_EVIDENCE: Final = re.compile(r"(.+\.)([EeLl])(x?)01", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """The names of the parts that follow a first one without a gap, and of the first that lacks although later ones are there."""

    names: tuple[str, ...] = ()
    lacking: str | None = None


class _Joined:
    def __init__(self, parts: Sequence[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.parts = list(parts)
        self.size = 0
        for _fd, size in parts:
            self.starts.append(self.size)
            self.size += size


_JOINED: Final[dict[int, _Joined]] = {}


def join(first: int, parts: Sequence[tuple[int, int]]) -> None:
    """Reading from the descriptor *first* goes on in *parts*, which are (descriptor, size), its own file's first."""
    _JOINED[first] = _Joined(parts)


def part(first: int) -> None:
    """The descriptor *first* stands for its own file alone again."""
    _JOINED.pop(first, None)


def pread(fd: int, length: int, offset: int) -> bytes:
    """As os.pread; what lies in a further part is read there, at most to that part's end."""
    joined = _JOINED.get(fd)
    if joined is None:
        return os.pread(fd, length, offset)
    if offset >= joined.size:
        return b""
    index = bisect_right(joined.starts, offset) - 1
    own, size = joined.parts[index]
    inside = offset - joined.starts[index]
    return os.pread(own, min(length, size - inside), inside)


def read_into(fd: int, view: memoryview, offset: int) -> int:
    """As os.preadv with one buffer, over the parts as `pread` is."""
    if fd not in _JOINED:
        return os.preadv(fd, [view], offset)
    piece = pread(fd, len(view), offset)
    view[: len(piece)] = piece
    return len(piece)


def filled(fd: int, view: memoryview, offset: int) -> int:
    """How many bytes of *view* hold what lies from *offset* on: all of them, or as many as there are. Raises OSError."""
    done = 0
    while done < len(view):
        count = read_into(fd, view[done:], offset + done)  # a read may end early where a part ends
        if count == 0:
            break
        done += count
    return done


def may_go_on(name: str) -> bool:
    """Whether a file of that *name* is the first of several, as far as names tell."""
    return _NUMBERED.fullmatch(name) is not None or _EVIDENCE.fullmatch(name) is not None


def parts_beside(name: str, there: frozenset[str]) -> Beside:
    """What follows the file *name* among the names that are *there* in its folder, whatever the case of their letters."""
    actual = {one.lower(): one for one in there}
    names: list[str] = []
    for wanted in _following(name):
        found = actual.get(wanted.lower())
        if found is None or len(names) >= MOST_PARTS:
            return Beside(names=tuple(names), lacking=wanted if _later(name, wanted, actual) else None)
        names.append(found)
    return Beside(names=tuple(names))


def _following(name: str) -> Iterator[str]:
    numbered = _NUMBERED.fullmatch(name)
    evidence = _EVIDENCE.fullmatch(name)
    if numbered is not None:
        width = len(numbered[2])
        yield from (f"{numbered[1]}{number:0{width}}" for number in range(int(numbered[2]) + 1, 10**width))
    elif evidence is not None:
        stem, kind, extended = evidence.groups()
        yield from (f"{stem}{kind}{extended}{number:02}" for number in range(2, 100))
        letters = product(
            ascii_uppercase[ascii_uppercase.index(kind.upper()) :] if not extended else kind.upper(), ascii_uppercase, ascii_uppercase
        )
        yield from (stem + (kind + extended + "".join(three[1:]) if extended else "".join(three)) for three in letters)


def _later(name: str, lacking: str, actual: dict[str, str]) -> bool:
    """Whether one of the parts behind the *lacking* one is there."""
    following = _following(name)
    for wanted in following:
        if wanted == lacking:
            break
    return any(one.lower() in actual for one in islice(following, _LOOKED_AHEAD))
