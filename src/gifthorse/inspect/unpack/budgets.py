"""How much a container may unfold into: counted on the bytes that decompressors really give, never on what headers say.

A Budget is a chain of levels, one per container that is open at the moment. What a member spends is counted at its own level and at
every level around it, so a bomb made of many harmless layers is caught by the layer whose total is out of proportion. The level that
is overdrawn ends; its siblings go on, so that nothing can hide behind a bomb.
"""

import weakref
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

import msgspec

MEBIBYTE: Final = 1024 * 1024


class Limit(StrEnum):
    """Which limit was reached."""

    RATIO = "ratio"
    TOTAL = "total"
    MEMBERS = "members"
    DEPTH = "depth"
    HELD = "held"


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one outermost file may unfold into.

    `total` bytes may come out altogether (or `total_per_byte` times its own size, when that is more); more than `ratio` times a
    container's size is a bomb once it is more than `ratio_from` bytes. Ordinary content mostly stays under 20, but logs, tables and
    sparse images of some hundred megabytes shrink a hundredfold and more, so size alone or ratio alone is no bomb (zip's best possible
    is 1,032). One stream that gives more than `ratio` times what was read of it is a bomb after `stream_from` bytes, whatever else its
    container holds; one that gives more than `extreme` times that already after `extreme_from` bytes, for nothing but one byte said
    again and again shrinks so far (a blank image does too, which the finding says may be harmless). `held` bytes may lie in memory at
    one time; what is larger is counted on without being kept.
    """

    total: int = 1024 * MEBIBYTE
    total_per_byte: int = 20
    ratio: int = 100
    ratio_from: int = 1024 * MEBIBYTE
    stream_from: int = 1024 * MEBIBYTE
    extreme: int = 800
    extreme_from: int = 256 * MEBIBYTE
    members: int = 50_000
    depth: int = 8
    held: int = 160 * MEBIBYTE


class BudgetExceeded(Exception):
    """A container unfolds into more than is allowed: which limit, where it lies, how much was seen, and at which level (0 is outermost)."""

    def __init__(self, limit: Limit, allowed: int, seen: int, level: int) -> None:
        super().__init__(f"{limit}: {seen} of {allowed} allowed")
        self.limit = limit
        self.allowed = allowed
        self.seen = seen
        self.level = level


class TooMuchHeld(BudgetExceeded):
    """One member is too large to be held beside what is held already; its siblings may still fit."""


class _Shared:
    """What all levels under one outermost file have in common."""

    def __init__(self) -> None:
        self.held = 0
        self.bomb_told = False
        self.told: set[tuple[int, Limit]] = set()


class Budget:
    """What is left to unfold, for one container and for all around it.

    The engine makes one per outermost file and passes ``child()`` of it with each member that it examines. `passwords` are the
    candidates that the person gave for encrypted containers.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        passwords: tuple[str, ...] = (),
        parent: "Budget | None" = None,
    ) -> None:
        self.limits: Limits = limits or (parent.limits if parent else Limits())
        self.passwords: tuple[str, ...] = passwords or (parent.passwords if parent else ())
        self.parent = parent
        self.level: int = parent.level + 1 if parent else 0
        self.size = 0
        self.fingerprint: str | None = None
        self._produced = 0
        self._passed = 0
        self._members = 0
        self._shared: _Shared = parent._shared if parent else _Shared()

    def child(self) -> "Budget":
        """The budget for a member: what it spends is spent here too."""
        return Budget(parent=self)

    def opening(self, size: int, fingerprint: str | None = None) -> None:
        """The container of this level has *size* bytes and begins to unfold; raises BudgetExceeded when it lies too deep."""
        self.size = size
        self.fingerprint = fingerprint
        if self.level >= self.limits.depth:
            raise BudgetExceeded(Limit.DEPTH, self.limits.depth, self.level + 1, self.level)

    def holds_itself(self) -> bool:
        """Whether a container around this one has the very same bytes (a quine never ends by itself)."""
        return self.fingerprint is not None and any(above.fingerprint == self.fingerprint for above in self._above())

    def member(self) -> None:
        """One more member; raises BudgetExceeded when there are too many, here or in all levels around together."""
        for level in (self, *self._above()):
            level._members += 1
            if level._members > self.limits.members:
                raise BudgetExceeded(Limit.MEMBERS, self.limits.members, level._members, level.level)

    def spend(self, produced: int) -> None:
        """A decompressor has given *produced* bytes; raises BudgetExceeded where that is out of proportion or too much."""
        for level in (self, *self._above()):
            level._produced += produced
            level._passed += produced
            level._check()

    def pass_on(self, stored: int) -> None:
        """*stored* bytes are looked at that lie in the container as they are: they count to the total and not to the ratio."""
        for level in (self, *self._above()):
            level._passed += stored
            level._check()

    def hold(self, amount: int) -> None:
        """*amount* bytes are taken into memory; raises TooMuchHeld when that is too many at once."""
        if self._shared.held + amount > self.limits.held:
            raise TooMuchHeld(Limit.HELD, self.limits.held, self._shared.held + amount, self.level)
        self._shared.held += amount

    def release(self, amount: int) -> None:
        """*amount* bytes are no longer held."""
        self._shared.held -= amount

    def release_with(self, holder: object, amount: int) -> None:
        """*amount* held bytes are given back when *holder* is gone."""
        weakref.finalize(holder, _release, self._shared, amount)

    def tell_bomb_once(self) -> bool:
        """True the first time: layers around a bomb that has been told are overdrawn by it, not bombs of their own."""
        first = not self._shared.bomb_told
        self._shared.bomb_told = True
        return first

    def tell_once(self, over: BudgetExceeded) -> bool:
        """True the first time for each limit of each level."""
        key = (over.level, over.limit)
        first = key not in self._shared.told
        self._shared.told.add(key)
        return first

    @property
    def produced(self) -> int:
        """Bytes that decompressors have given at this level and below."""
        return self._produced

    def _above(self) -> list["Budget"]:
        levels = []
        level = self.parent
        while level is not None:
            levels.append(level)
            level = level.parent
        return levels

    def _check(self) -> None:
        limits = self.limits
        if self._produced > limits.ratio_from and self._produced > limits.ratio * self.size:
            raise BudgetExceeded(Limit.RATIO, limits.ratio, self._produced // max(1, self.size), self.level)
        total = max(limits.total, limits.total_per_byte * self.size)
        if self._passed > total:
            if self._produced > limits.ratio * self.size:
                raise BudgetExceeded(Limit.RATIO, limits.ratio, self._produced // max(1, self.size), self.level)
            raise BudgetExceeded(Limit.TOTAL, total, self._passed, self.level)


class Meter:
    """What one compressed stream has taken and given."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.taken = 0
        self.given = 0

    def taking(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """*pieces* of compressed input, counted."""
        for piece in pieces:
            self.taken += len(piece)
            yield piece

    def giving(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """*pieces* of output, each counted before it is passed on."""
        for piece in pieces:
            self.give(len(piece))
            yield piece

    def give(self, amount: int) -> None:
        """*amount* bytes came out; raises BudgetExceeded when the budget or the stream's own proportion is overdrawn."""
        self._budget.spend(amount)
        self.given += amount
        limits = self._budget.limits
        if self.given > limits.extreme_from and self.given > limits.extreme * self.taken:
            raise BudgetExceeded(Limit.RATIO, limits.extreme, self.given // max(1, self.taken), self._budget.level)
        if self.given > limits.stream_from and self.given > limits.ratio * self.taken:
            raise BudgetExceeded(Limit.RATIO, limits.ratio, self.given // max(1, self.taken), self._budget.level)

    @property
    def suspicious(self) -> bool:
        """Whether it gives more than ordinary content does."""
        return self.given > self._budget.limits.total_per_byte * self.taken


class Uncounted(Meter):
    """The meter of bytes that were counted already where they came from."""

    def give(self, amount: int) -> None:
        """Nothing is spent."""


def _release(shared: _Shared, amount: int) -> None:
    shared.held -= amount


def in_words(over: BudgetExceeded) -> str:
    """The limit and what was seen, for the coverage."""
    return {
        Limit.RATIO: f"it unfolds to {over.seen} times its size, {over.allowed} times is the limit",
        Limit.TOTAL: f"it unfolds to more than {over.allowed} bytes altogether",
        Limit.MEMBERS: f"it holds more than {over.allowed} members",
        Limit.DEPTH: f"containers lie {over.seen} deep in one another, {over.allowed} is the limit",
        Limit.HELD: f"it would take more than {over.allowed} bytes of memory",
    }[over.limit]
