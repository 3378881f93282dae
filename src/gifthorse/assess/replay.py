"""Cases replayed: after each observation, the score, the level and the reasons that the desk would have had."""

import msgspec

from gifthorse.assess.case_files import Case
from gifthorse.assess.levels import level_of
from gifthorse.assess.scale import Scale
from gifthorse.assess.score import steps
from gifthorse.model.observations import Level, Thresholds
from gifthorse.model.words import Phrase

SCHEMA = "gifthorse.replay/1"


class ReplayedReason(msgspec.Struct, frozen=True, kw_only=True):
    """As `Reason`; `observations` are positions in the file's timeline, from 0."""

    rule: str
    points: float
    observations: tuple[int, ...]
    sentence: Phrase


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """How a case stood right after one observation."""

    month: float
    score: float
    level: Level
    reasons: tuple[ReplayedReason, ...]


class First(msgspec.Struct, frozen=True, kw_only=True):
    """The month of the first step at or above each level, or None."""

    watch: float | None
    talk: float | None
    act: float | None


class ReplayedCase(msgspec.Struct, frozen=True, kw_only=True):
    """One case."""

    id: str
    steps: tuple[Step, ...]
    first: First

    @property
    def highest(self) -> Level:
        """The highest level that the case ever had."""
        return max((step.level for step in self.steps), key=lambda level: level.rank, default=Level.NONE)


def replay(case: Case, thresholds: Thresholds, scale: Scale | None = None) -> ReplayedCase:
    """The case, step by step. *Act* is reported where the score reaches it and the reasons allow it; otherwise the level is talk."""
    found = tuple(
        Step(
            month=observation.month,
            score=scored.score,
            level=level_of(scored, thresholds),
            reasons=tuple(
                ReplayedReason(
                    rule=reason.rule,
                    points=reason.points,
                    observations=tuple(sorted(case.places[place] for place in reason.observations)),
                    sentence=reason.sentence,
                )
                for reason in scored.reasons
            ),
        )
        for observation, scored in zip(case.thread, steps(case.thread, scale), strict=True)
    )
    return ReplayedCase(id=case.id, steps=found, first=First(**{level: _first(found, Level(level)) for level in ("watch", "talk", "act")}))


def _first(found: tuple[Step, ...], level: Level) -> float | None:
    return next((step.month for step in found if step.level.rank >= level.rank), None)
