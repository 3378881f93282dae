"""What one thread comes to: its score, its level, and what is kept of them beside the thread."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import msgspec

from gifthorse.assess.levels import level_of
from gifthorse.assess.movement import ThreadState, state_of
from gifthorse.assess.reasons import Reason, Scored
from gifthorse.assess.scale import Scale, standard_scale
from gifthorse.assess.score import points_of
from gifthorse.model.observations import Level, Thresholds
from gifthorse.model.words import Phrase
from gifthorse.procedures.assessed_facts import Facts, Key, facts_of
from gifthorse.store.observation_rows import Row
from gifthorse.store.standing_rows import StandingRow
from gifthorse.store.tables.thread import Standing

_UNSAID: Final = Phrase(text="")  # sentences are made where somebody reads them


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """One thread assessed; `state` is its ThreadState without the thread's id, as JSON text."""

    key: Key
    score: float
    level: Level
    state: str
    observations: int
    last_month: int


def assessed(key: Key, facts: Facts, limits: Thresholds, scale: Scale | None = None) -> Assessed:
    """What the thread comes to right after its last observation, as `assess replay` and `assess calibrate` count it."""
    total, found = points_of(facts.observations, None, scale or standard_scale())
    reasons = [Reason(rule=rule, points=points, observations=tuple(places), sentence=_UNSAID) for rule, points, places in found]
    level = level_of(Scored(score=total, reasons=tuple(reasons)), limits)
    return Assessed(
        key=key,
        score=total,
        level=level,
        state=_encoded(state_of("", level, total, facts.observations, reasons)),
        observations=len(facts.observations),
        last_month=int(facts.observations[-1].month) if facts.observations else 0,
    )


def nothing_left(key: Key) -> Assessed:
    """A thread whose observations are all disputed or were moved elsewhere."""
    return assessed(key, Facts(observations=(), ids=()), Thresholds(watch=1.0, talk=1.0, act=1.0))


def told_state(thread_id: str, told: dict[str, Any]) -> ThreadState | None:
    """The state that a standing keeps, None where there was none."""
    return msgspec.convert({**told, "thread": thread_id}, ThreadState) if told else None


def week_of(day: date) -> int:
    """The week of *day*, from Monday to Sunday, counted from the year 1."""
    return (day.toordinal() - 1) // 7


def scored_rows(rows: Iterable[Row], limits: Thresholds) -> list[Assessed]:
    """All threads of *rows*, assessed."""
    return [assessed(key, facts, limits) for key, facts in facts_of(rows).items()]


def put_down(found: Assessed, before: Standing | None, thread_id: str, *, week: int, news: bool) -> StandingRow:
    """The standing that *found* makes of the one *before* it; without *news* it counts as known since last week."""
    return StandingRow(
        thread=thread_id,
        score=found.score,
        level=found.level.value,
        state=found.state,
        observations=found.observations,
        last_month=found.last_month,
        week=week,
        last_week=_last_week(found, before, week, news=news),
    )


def _last_week(found: Assessed, before: Standing | None, week: int, *, news: bool) -> str:
    if before is not None:
        return _encoded(before.last_week if before.week == week else before.state)
    return "{}" if news else found.state


def _encoded(state: object) -> str:
    return msgspec.json.encode(state).decode()
