"""The rules that join observations over time: each gives points and the observations without which there would be none.

Two observations that carry a reason together count by the geometric mean of what each is relied on. Only months order observations, so
what was noted down first within one month changes nothing.
"""

from collections import deque
from collections.abc import Callable
from math import inf
from typing import Final

from gifthorse.assess.reading import Column, ReadThread, weighed
from gifthorse.assess.scale import Scale
from gifthorse.assess.weights import Rule, Shape

Carried = tuple[float, list[int]]  # points, and the positions of the observations that carry them

_NOTHING: Final[Carried] = (0.0, [])


def applied(read: ReadThread, rule: Rule, scale: Scale) -> Carried:
    """What *rule* adds to the thread; no points and no positions where it doesn't apply."""
    if (rule.then and rule.then not in read.measures) or (rule.first and rule.first not in read.measures):
        return _NOTHING
    return _SHAPES[rule.shape](read, rule, scale)


def _single(read: ReadThread, rule: Rule, scale: Scale) -> Carried:
    column = _column(read, rule.then, scale, half_life=rule.half_life_months, root=False)
    return _carried(rule, max(value for _, value in column), [place for place, _ in column])


def _sequence(read: ReadThread, rule: Rule, scale: Scale) -> Carried:
    firsts = _column(read, rule.first, scale, half_life=inf, root=True)  # only the later side decays
    thens = _column(read, rule.then, scale, half_life=rule.half_life_months, root=True)
    within = rule.within_months or inf
    later = rule.shape is Shape.LATER
    best, carrying = _best_after(read.months, firsts, thens, within, later)
    return _carried(rule, best, carrying)


def _best_after(months: list[float], firsts: Column, thens: Column, within: float, later: bool) -> Carried:
    """The largest product of a first and a then that follows it within the window, and everything that has such a partner."""
    window: deque[tuple[float, float]] = deque()  # month and value of firsts, values falling: the front is the largest in reach
    carrying: set[int] = set()
    best, ahead = 0.0, 0
    for place, value in thens:
        month = months[place]
        while ahead < len(firsts) and (months[firsts[ahead][0]] < month or (months[firsts[ahead][0]] == month and not later)):
            first_place, first_value = firsts[ahead]
            while window and window[-1][1] <= first_value:
                window.pop()
            window.append((months[first_place], first_value))
            ahead += 1
        while window and month - window[0][0] > within:
            window.popleft()
        if window:
            carrying.add(place)
            best = max(best, value * window[0][1])
    carrying.update(_followed(months, firsts, thens, within, later))
    return best, sorted(carrying)


def _followed(months: list[float], firsts: Column, thens: Column, within: float, later: bool) -> list[int]:
    """The firsts that a then follows within the window."""
    found = []
    pending = [months[place] for place, _ in thens]
    nearest: float | None = None
    for place, _ in reversed(firsts):
        month = months[place]
        while pending and (pending[-1] > month or (pending[-1] == month and not later)):
            nearest = pending.pop()
        if nearest is not None and nearest - month <= within:  # a window without end reaches no then where there is none
            found.append(place)
    return found


def _both(read: ReadThread, rule: Rule, scale: Scale) -> Carried:
    sides = [_column(read, side, scale, half_life=rule.half_life_months, root=True) for side in (rule.first, rule.then)]
    first, then = (max(value for _, value in side) for side in sides)
    return _carried(rule, first * then, sorted({place for side in sides for place, _ in side}))


def _ladder(read: ReadThread, rule: Rule, _scale: Scale) -> Carried:
    """The rising chain of asks with the most weight; its first rung is free, each further one counts as its report does."""
    if len(read.asks) < 2:
        return _NOTHING
    weights = dict(weighed(read, [(place, 1.0) for place, _ in read.asks], softened=True, half_life=rule.half_life_months, root=False))
    rungs = sorted(read.asks, key=lambda rung: (read.months[rung[0]], rung[1]))
    best: dict[float, float] = {}
    for place, level in rungs:
        lower = [weight for rung, weight in best.items() if rung < level]
        if lower:
            best[level] = max(best.get(level, 0.0), max(lower) + weights[place])
        else:
            best.setdefault(level, 0.0)
    carrying = [place for place, level in rungs if _is_on_ladder(read.months[place], level, rungs, read.months)]
    return _carried(rule, max(best.values()), sorted(carrying))


def _is_on_ladder(month: float, level: float, rungs: Column, months: list[float]) -> bool:
    return any((other < level and months[place] <= month) or (other > level and months[place] >= month) for place, other in rungs)


def _reporters(read: ReadThread, rule: Rule, _scale: Scale) -> Carried:
    """Counts as the second strongest of the people who reported: two people are as good as the lesser of them."""
    if len(read.said) < 2:
        return _NOTHING
    strongest = sorted(
        max(
            value
            for _, value in weighed(read, [(place, 1.0) for place in places], softened=True, half_life=rule.half_life_months, root=False)
        )
        for places in read.said.values()
    )
    return _carried(rule, strongest[-2], sorted(place for places in read.said.values() for place in places))


def _column(read: ReadThread, measure: str | None, scale: Scale, *, half_life: float, root: bool) -> Column:
    known = measure or ""  # the weights' check leaves no rule without the measures that its shape needs
    return weighed(read, read.measures[known], softened=scale.softened[known], half_life=half_life, root=root)


def _carried(rule: Rule, share: float, places: list[int]) -> Carried:
    return (rule.points * share, places) if share > 0 else _NOTHING


_SHAPES: Final[dict[Shape, Callable[[ReadThread, Rule, Scale], Carried]]] = {
    Shape.SINGLE: _single,
    Shape.SEQUENCE: _sequence,
    Shape.LATER: _sequence,
    Shape.BOTH: _both,
    Shape.LADDER: _ladder,
    Shape.REPORTERS: _reporters,
}
