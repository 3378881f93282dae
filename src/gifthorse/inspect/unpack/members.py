"""What comes out of a container: members, and their bytes gathered from a decompressor without ever holding more than is allowed."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from gifthorse.inspect.content import MemoryContent, SpooledContent
from gifthorse.inspect.item import Content, Item, shown
from gifthorse.inspect.unpack.budgets import MEBIBYTE, Budget, Meter, TooMuchHeld
from gifthorse.model.findings import Evidence, Finding
from gifthorse.model.inspections import NotInspected, Reason

IN_MEMORY: Final = 16 * MEBIBYTE
PIECE: Final = 64 * 1024
EVIDENCE_KEPT: Final = 20
NOT_INSPECTED_KEPT: Final = 100


class Damaged(Exception):
    """The container or member can't be read as its format says; the message says where it broke."""


class Unsupported(Exception):
    """The container or member uses something that is not read here; the message names it."""


class Encrypted(Exception):
    """The container or member is encrypted and no password at hand opens it."""


@dataclass(kw_only=True, slots=True)
class Member:
    """One thing in a container. `untrusted_name` is its name as written there, `display_name` the part to show in its path."""

    untrusted_name: str
    display_name: str
    content: Content
    attributes: frozenset[str] = field(default_factory=frozenset)


Opened = Member | Finding | NotInspected


def member(untrusted_name: str, content: Content, attributes: Iterable[str] = ()) -> Member:
    """A member whose display name is its name made visible, whole whatever its length."""
    return Member(
        untrusted_name=last_part(untrusted_name),
        display_name=display(untrusted_name),
        content=content,
        attributes=frozenset(attributes),
    )


def display(untrusted_name: str) -> str:
    """*untrusted_name* as part of a path: visible, without a leading slash, `/` between; never empty."""
    parts = [part for part in untrusted_name.replace("\\", "/").split("/") if part not in {"", "."}]
    return "/".join(shown(part) for part in parts[-64:]) or "(unnamed)"


def last_part(untrusted_name: str) -> str:
    """The name without its folders, whichever slash divides them."""
    return untrusted_name.replace("\\", "/").rstrip("/").rpartition("/")[2] or untrusted_name


def inside(item: Item, untrusted_name: str) -> str:
    """The display path of a member of *item*."""
    return f"{item.path} > {display(untrusted_name)}"


def at_member(item: Item, untrusted_name: str, *, offset: int | None = None, excerpt: str | None = None) -> Evidence:
    """Evidence that points at a member of *item*; *offset* counts within the container."""
    return Evidence(
        path=inside(item, untrusted_name),
        partition=item.partition,
        excerpt=None if excerpt is None else shown(excerpt),
        medium_offset=None if offset is None else item.content.medium_offset(offset),
    )


def unread(path: str, reason: Reason, detail: str = "") -> NotInspected:
    """A line of the coverage: *path* was not looked into."""
    return NotInspected(path=path, reason=reason, detail=detail)


def gathered(pieces: Iterable[bytes], budget: Budget, meter: Meter | None = None) -> tuple[Content, str]:
    """All *pieces* as content (in memory up to 16 MiB, beyond that in an anonymous spool), and where they broke off, if they did.

    Each piece is spent before the next one is asked for. What is held is given back to the budget when the content is dropped. Raises
    TooMuchHeld when the content is too large to be held, after running on to see whether it is a bomb if it looks like one.
    """
    meter = meter or Meter(budget)
    holding = _Holding(budget)
    flow = _until_damaged(pieces)
    try:
        for piece in flow:
            if isinstance(piece, str):
                return holding.content(), piece
            meter.give(len(piece))
            holding.take(piece)
    except TooMuchHeld:
        holding.drop()
        for piece in flow if meter.suspicious else ():
            meter.give(len(piece))
        raise
    except BaseException:
        holding.drop()
        raise
    return holding.content(), ""


class _Holding:
    """Bytes on their way to become content."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._held = 0
        self._parts: list[bytes] = []
        self._spool: int | None = None

    def take(self, piece: bytes) -> None:
        """*piece* is held, on the spool when it gets large."""
        self._budget.hold(len(piece))
        self._held += len(piece)
        self._parts.append(piece)
        if self._held > IN_MEMORY:
            self._spill()

    def drop(self) -> None:
        """Nothing is held any more."""
        self._budget.release(self._held)
        self._held = 0
        self._parts.clear()
        if self._spool is not None:
            os.close(self._spool)
            self._spool = None

    def content(self) -> Content:
        """What was taken; the budget gets it back when the content is gone."""
        if self._spool is None:
            content: Content = MemoryContent(b"".join(self._parts))
        else:
            self._spill()
            content = SpooledContent(self._spool, self._held)
        self._budget.release_with(content, self._held)
        return content

    def _spill(self) -> None:
        if self._spool is None:
            self._spool = os.memfd_create("member", os.MFD_CLOEXEC)
        for part in self._parts:
            rest = memoryview(part)
            while rest:
                rest = rest[os.write(self._spool, rest) :]
        self._parts.clear()


def _until_damaged(pieces: Iterable[bytes]) -> Iterator[bytes | str]:
    """The *pieces*, and last a sentence when they broke off."""
    try:
        yield from pieces
    except Damaged as broken:
        yield str(broken)


def pieces_of(content: Content, start: int = 0, end: int | None = None, size: int = PIECE) -> Iterator[bytes]:
    """The bytes [*start*, *end*) of *content* in order."""
    stop = content.size if end is None else min(end, content.size)
    while start < stop:
        piece = content.read(start, min(size, stop - start))
        if not piece:
            return
        yield piece
        start += len(piece)


class Unseen:
    """Lines of the coverage, cut after a hundred so that a container of fifty thousand locked members stays readable."""

    def __init__(self, item: Item) -> None:
        self._item = item
        self._kept: dict[Reason, int] = {}

    def note(self, untrusted_name: str, reason: Reason, detail: str = "") -> Iterator[NotInspected]:
        """The line for one member, unless a hundred of the same reason were given."""
        count = self._kept.get(reason, 0) + 1
        self._kept[reason] = count
        if count <= NOT_INSPECTED_KEPT:
            yield unread(inside(self._item, untrusted_name), reason, detail)

    def rest(self) -> Iterator[NotInspected]:
        """One line for each reason that had more members than were listed."""
        for reason, count in self._kept.items():
            if count > NOT_INSPECTED_KEPT:
                yield unread(self._item.path, reason, f"{count - NOT_INSPECTED_KEPT} more members of this container")
