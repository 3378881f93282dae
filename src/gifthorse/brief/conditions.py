"""Conditions as data: small sentences about facts that are true, false, or can't be told because the fact isn't known."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import msgspec

FactValue: TypeAlias = frozenset[str] | int | None
Facts: TypeAlias = Mapping[str, FactValue]


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One condition on one fact.

    Of a fact with words: one of *any_of* is among them and none of *none_of*. Of a count: it lies between *at_least* and *at_most*.
    """

    fact: str
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None

    def __post_init__(self) -> None:
        """Refuse a condition that asks nothing: it would hold always and look as if it were a rule."""
        if not self.any_of and not self.none_of and self.at_least is None and self.at_most is None:
            raise ValueError(f"the condition on {self.fact} asks nothing")


def holds(condition: Condition, facts: Facts) -> bool | None:
    """Whether *condition* holds; None when the fact is not known. Raises KeyError for a fact that doesn't exist."""
    value = facts[condition.fact]
    if value is None:
        return None
    if isinstance(value, int):
        low = condition.at_least is None or value >= condition.at_least
        return low and (condition.at_most is None or value <= condition.at_most)
    wanted = not condition.any_of or not value.isdisjoint(condition.any_of)
    return wanted and value.isdisjoint(condition.none_of)


def all_hold(conditions: Iterable[Condition], facts: Facts) -> bool | None:
    """Whether all *conditions* hold: one false is enough for no; None when none is false and some can't be told."""
    answer: bool | None = True
    for condition in conditions:
        match holds(condition, facts):
            case False:
                return False
            case None:
                answer = None
    return answer


def undecided(conditions: Iterable[Condition], facts: Facts) -> tuple[str, ...]:
    """The facts that would have to be known to decide *conditions*."""
    return tuple(dict.fromkeys(condition.fact for condition in conditions if holds(condition, facts) is None))
