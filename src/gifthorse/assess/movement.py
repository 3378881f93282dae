"""Threads that moved since last week: at most three, one sentence each, made of what was given, asked and hidden, and of nothing else.

A sentence is built of three clauses that are translated one by one: what the contact did before, what is new, and how many
colleagues told of it. It describes the contact's behaviour and never judges anybody.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from gifthorse.assess.movement_words import BEFORE, LOWER, NEW_ASKS, NEW_TACTICS, NO_FAVOUR, STRONGER, WARMER, Clause
from gifthorse.assess.reasons import Reason
from gifthorse.model.observations import AskLevel, FavourBand, Level, Observation
from gifthorse.model.words import N_, Phrase, phrase

MOST_SHOWN: Final = 3
LEAST_RISE: Final = 0.25  # points: less is decay and rounding, not news
NO_CHANGE: Final = 1e-9
FRAME: Final = N_("{before} {now}; {people}.")
_BANDS: Final = tuple(FavourBand)


class ReasonPoints(msgspec.Struct, frozen=True, kw_only=True):
    """One reason of a thread's score."""

    rule: str
    points: float


class ThreadState(msgspec.Struct, frozen=True, kw_only=True):
    """One thread at one time: its level and score with their reasons, and what was observed in it.

    `tactics` counts the observations of each tactic, `ask_level` and `favour` are the highest, `people` the distinct reporters.
    """

    thread: str
    level: Level
    score: float
    reasons: tuple[ReasonPoints, ...] = ()
    tactics: dict[str, int] = {}
    ask_level: AskLevel = AskLevel.NONE
    favour: FavourBand = FavourBand.NONE
    people: int = 1


_NOTHING_YET: Final = ThreadState(thread="", level=Level.NONE, score=0.0, people=0)


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of clauses: the door translates each clause, then the frame that they stand in."""

    frame: str
    clauses: dict[str, Phrase]

    def rendered(self, translate: Callable[[str], str]) -> str:
        """The sentence, each text passed through *translate* before its values are filled in."""
        return translate(self.frame).format_map({key: translate(c.text).format_map(c.values) for key, c in self.clauses.items()})

    def in_english(self) -> str:
        """The sentence in the language it was written in."""
        return self.rendered(str)


class Movement(msgspec.Struct, frozen=True, kw_only=True):
    """One thread that moved: `changed` holds the reasons whose points changed, the largest change first."""

    thread: str
    before: Level
    now: Level
    rise: float
    changed: tuple[ReasonPoints, ...]
    sentence: Sentence


def state_of(thread: str, level: Level, score: float, observations: Sequence[Observation], reasons: Iterable[Reason] = ()) -> ThreadState:
    """The state of *thread* with what its *observations* hold and the *reasons* of its score."""
    counted = Counter(tactic for observation in observations for tactic in set(observation.tactics))
    return ThreadState(
        thread=thread,
        level=level,
        score=score,
        reasons=tuple(ReasonPoints(rule=reason.rule, points=reason.points) for reason in reasons),
        tactics=dict(sorted(counted.items())),
        ask_level=max((observation.ask_level for observation in observations), default=AskLevel.NONE),
        favour=max((observation.favour for observation in observations), key=_BANDS.index, default=FavourBand.NONE),
        people=len({observation.reporter for observation in observations}),
    )


def threads_that_moved(last_week: Iterable[ThreadState], today: Iterable[ThreadState], most: int = MOST_SHOWN) -> tuple[Movement, ...]:
    """At most *most* threads: raised levels first, the highest first; then rises within watch or above; then lowered levels.

    A thread that wasn't there last week counts from nothing; one that isn't there today was closed by somebody and is no news.
    """
    earlier = {state.thread: state for state in last_week}
    pairs = [(earlier.get(state.thread, _NOTHING_YET), state) for state in today]
    moved = [(order, before, now) for before, now in pairs if (order := _order(before, now)) is not None]
    return tuple(_movement(before, now) for _, before, now in sorted(moved, key=lambda entry: entry[0])[:most])


def _order(before: ThreadState, now: ThreadState) -> tuple[int, int, float, str] | None:
    rise = now.score - before.score
    if now.level.rank > before.level.rank:
        return (0, -now.level.rank, -rise, now.thread)
    if now.level.rank < before.level.rank:
        return (2, -before.level.rank, rise, now.thread)
    if now.level is not Level.NONE and rise >= LEAST_RISE:
        return (1, -now.level.rank, -rise, now.thread)
    return None


def _movement(before: ThreadState, now: ThreadState) -> Movement:
    clauses = {"before": _before(before, now), "now": _now(before, now), "people": _people(now.people)}
    return Movement(
        thread=now.thread,
        before=before.level,
        now=now.level,
        rise=now.score - before.score,
        changed=_changed(before, now),
        sentence=Sentence(frame=FRAME, clauses=clauses),
    )


def _changed(before: ThreadState, now: ThreadState) -> tuple[ReasonPoints, ...]:
    points: dict[str, float] = defaultdict(float)
    for reasons, sign in ((now.reasons, 1), (before.reasons, -1)):
        for reason in reasons:
            points[reason.rule] += sign * reason.points
    changed = [ReasonPoints(rule=rule, points=change) for rule, change in points.items() if abs(change) > NO_CHANGE]
    return tuple(sorted(changed, key=lambda reason: (-abs(reason.points), reason.rule)))


def _before(before: ThreadState, now: ThreadState) -> Phrase:
    """What the contact gave so far; what it gave for the first time this week only where nothing else is new."""
    for clause in BEFORE:
        times = _times(clause, before.tactics) or _times(clause, now.tactics)
        if times:
            return clause.phrase(times)
    return phrase(NO_FAVOUR)


def _now(before: ThreadState, now: ThreadState) -> Phrase:
    if now.level.rank < before.level.rank:
        return phrase(LOWER)
    for clause in NEW_TACTICS:
        if _times(clause, now.tactics) > _times(clause, before.tactics):
            return clause.phrase(1)
    if now.ask_level > before.ask_level:
        return phrase(NEW_ASKS[now.ask_level])
    if _BANDS.index(now.favour) > _BANDS.index(before.favour):
        return phrase(WARMER)
    return phrase(STRONGER)


def _times(clause: Clause, tactics: Mapping[str, int]) -> int:
    return sum(tactics.get(tactic, 0) for tactic in clause.tactics)


def _people(people: int) -> Phrase:
    if people <= 1:
        return phrase(N_("one colleague told of it"))
    return phrase(N_("{people} colleagues told of it"), people=people)
