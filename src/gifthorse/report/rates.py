"""The desk's first figures: how much of what happens is reported, and how soon it is answered, with small numbers suppressed.

A group is shown only when neither those who reported nor those who did not are fewer than `LEAST`: a small number points at people, and
so does "everyone did". Where one group is hidden, what is shown beside it must not give it away by subtraction, so further groups are
hidden until the hidden ones together are at least two, with at least `LEAST` on both sides.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

LEAST: Final = 5


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """How many could have reported and how many did."""

    people: int
    reported: int

    def __post_init__(self) -> None:
        if not 0 <= self.reported <= self.people:
            raise ValueError("those who reported are among the people")

    @property
    def silent(self) -> int:
        """How many did not report."""
        return self.people - self.reported


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """A group's figures, or None in all of them when they are suppressed."""

    group: str
    people: int | None
    reported: int | None

    @property
    def share(self) -> float | None:
        """The part that reported, 0 to 1, to two decimals; None when suppressed."""
        return None if not self.people or self.reported is None else round(self.reported / self.people, 2)


class RateTable(msgspec.Struct, frozen=True, kw_only=True):
    """The groups in the order they came, and all of them together (suppressed when too small itself)."""

    groups: tuple[Rate, ...]
    total: Rate


def rate_table(groups: Mapping[str, Counted], least: int = LEAST) -> RateTable:
    """The table of *groups* with small numbers suppressed, first in themselves, then against subtraction from the total."""
    total = _sum(tuple(groups.values()))
    total_shown = _large_enough(total, least)
    hidden = {name for name, counted in groups.items() if not _large_enough(counted, least)}
    if total_shown:
        hidden = _second_suppression(groups, hidden, least)
    shown = tuple(_rate(name, counted, hidden=name in hidden) for name, counted in groups.items())
    return RateTable(groups=shown, total=_rate("", total, hidden=not total_shown))


def median_of_hours(times: Mapping[int, int], least: int = LEAST) -> int | None:
    """The median of times in whole hours, given as hours and how often each was; at least 1, None for fewer than *least* times.

    Between two middle times it is the one halfway, halves to the even hour.
    """
    whole = sum(times.values())
    if whole < least:
        return None
    middle: list[int] = []
    passed = 0
    for hours, number in sorted(times.items()):
        wanted = [place for place in ((whole - 1) // 2, whole // 2) if passed <= place < passed + number]
        middle += [hours] * len(wanted)
        passed += number
    return max(1, round(sum(middle) / 2))


def shown_count(count: int, least: int = LEAST) -> int | None:
    """*count*, or None when it is small but not zero."""
    return None if 0 < count < least else count


def _second_suppression(groups: Mapping[str, Counted], hidden: set[str], least: int) -> set[str]:
    hidden = set(hidden)
    by_size = sorted(groups, key=lambda name: (groups[name].people, name))
    for name in by_size:
        if not hidden or _large_enough(_sum(tuple(groups[one] for one in hidden)), least):
            break
        hidden.add(name)
    return hidden


def _large_enough(counted: Counted, least: int) -> bool:
    return counted.reported >= least and counted.silent >= least


def _sum(parts: Sequence[Counted]) -> Counted:
    return Counted(people=sum(part.people for part in parts), reported=sum(part.reported for part in parts))


def _rate(group: str, counted: Counted, *, hidden: bool) -> Rate:
    return Rate(group=group, people=None if hidden else counted.people, reported=None if hidden else counted.reported)
