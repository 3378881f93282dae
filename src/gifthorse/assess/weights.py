"""The weights of the assessment: reviewed data, each with one sentence of reason, who reviewed it and when; nothing is fitted.

A tactic weighs what the catalogue says unless the weights override it. Groups saturate and decay. Measures read an observation into
a number from 0 to 1 (how large a favour, how far an ask, how well hidden), and rules join measures over time.
"""

import math
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Final, Self

import msgspec

from gifthorse.model.grades import Credibility, Reliability
from gifthorse.model.observations import AskLevel, FavourBand, Mitigator
from gifthorse.model.tactics import Catalogue, catalogue

SCHEMA: Final = "gifthorse.weights/1"

NotNegative = Annotated[float, msgspec.Meta(ge=0)]
Positive = Annotated[float, msgspec.Meta(gt=0)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Sentence = Annotated[str, msgspec.Meta(min_length=1)]


class Reviewed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a weight is as it is (one sentence), who looked at it and when."""

    reason: Sentence
    reviewer: Sentence
    reviewed_on: date


class Weight(Reviewed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One number."""

    value: NotNegative


class Group(Reviewed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tactics that prove the same thing: the most that they can add (points), and the months after which half is left (None: never).

    `softened`: mitigators of an observation lower what it adds here.
    """

    cap: Positive
    half_life_months: Positive | None
    softened: bool


class Measure(Reviewed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is read off one observation, 0 to 1: by its tactics, by its ask level (0 to 4) or by its favour band (none to large)."""

    softened: bool
    tactics: dict[str, Share] = {}
    ask: tuple[Share, Share, Share, Share, Share] | None = None
    favour: tuple[Share, Share, Share, Share] | None = None


class Shape(StrEnum):
    """How a rule joins its measures."""

    SINGLE = "single"  # the strongest single observation
    SEQUENCE = "sequence"  # `first` and then `then`, the same month included
    LATER = "later"  # `first` and in a later month `then`
    BOTH = "both"  # in any order
    LADDER = "ladder"  # asks that climb, points for each step
    REPORTERS = "reporters"  # distinct people who reported


_TWO_MEASURES: Final = {Shape.SEQUENCE, Shape.LATER, Shape.BOTH}


class Rule(Reviewed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What adds points beyond the groups. `first` and `then` are ids of measures."""

    shape: Shape
    points: Positive
    half_life_months: Positive
    first: str | None = None
    then: str | None = None
    within_months: Positive | None = None


class Mitigation(Reviewed, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a mitigator takes off the thread (points), and the share that is left of what its own observation adds."""

    points: NotNegative
    softens_to: Annotated[float, msgspec.Meta(gt=0, le=1)]


class Weights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All weights. `tactics` overrides the catalogue's priors."""

    schema: str
    note: str
    groups: dict[str, Group]
    repeat: Weight
    tactics: dict[str, Weight]
    measures: dict[str, Measure]
    rules: dict[str, Rule]
    mitigators: dict[Mitigator, Mitigation]
    mitigators_most: Weight
    reliability: dict[Reliability, Weight]
    credibility: dict[Credibility, Weight]
    grade_of_reference: Weight

    def without(self, rule_ids: Iterable[str]) -> Self:
        """The weights without these rules; unknown ids raise KeyError."""
        rules = dict(self.rules)
        for rule_id in rule_ids:
            del rules[rule_id]
        return msgspec.structs.replace(self, rules=rules)


@lru_cache(maxsize=1)
def standard_weights() -> Weights:
    """The weights that come with this version of gifthorse, validated."""
    return read_weights((files("gifthorse.assess") / "data" / "weights.json").read_bytes(), catalogue())


def read_weights(body: bytes, tactics: Catalogue) -> Weights:
    """The weights in *body*; raises msgspec.ValidationError for what is missing, of the wrong type, unknown or out of range."""
    found = msgspec.json.decode(body, type=Weights)
    problem = next(_problems(found, tactics), None)
    if problem is not None:
        raise msgspec.ValidationError(problem)
    return found


def _problems(found: Weights, tactics: Catalogue) -> Iterator[str]:
    known = {tactic.id for tactic in tactics.tactics}
    if found.schema != SCHEMA:
        yield f"expected {SCHEMA}"
    for kind, needed, got in (
        ("group", {tactic.group for tactic in tactics.tactics}, found.groups),
        ("mitigator", set(Mitigator), found.mitigators),
        ("reliability", set(Reliability), found.reliability),
        ("credibility", set(Credibility), found.credibility),
    ):
        for missing in sorted(needed - set(got)):
            yield f"no weight for the {kind} {missing}"
    used = set(found.tactics).union(*(measure.tactics for measure in found.measures.values()))
    for tactic_id in sorted(used - known):
        yield f"unknown tactic {tactic_id}"
    if not (found.repeat.value < 1 and 0 < found.grade_of_reference.value <= 1 and math.isfinite(found.mitigators_most.value)):
        yield "a repeat must count for less than one, and the grade of reference for a share"
    yield from _measure_problems(found)


def _measure_problems(found: Weights) -> Iterator[str]:
    for measure_id, measure in found.measures.items():
        if sum((bool(measure.tactics), measure.ask is not None, measure.favour is not None)) != 1:
            yield f"the measure {measure_id} must read tactics, asks or favours"
        for steps in (measure.ask, measure.favour):
            if steps is not None and (list(steps) != sorted(steps) or steps[0] != 0):
                yield f"the measure {measure_id} must begin at nothing and not fall"
    for rule_id, rule in found.rules.items():
        wanted = {"first": rule.shape in _TWO_MEASURES, "then": rule.shape in _TWO_MEASURES or rule.shape is Shape.SINGLE}
        for side, needed in wanted.items():
            measure_id = getattr(rule, side)
            if needed != (measure_id is not None) or (needed and measure_id not in found.measures):
                yield f"the rule {rule_id} needs a known measure as its `{side}`, or none"


FAVOUR_BANDS: Final = tuple(FavourBand)
ASK_LEVELS: Final = tuple(AskLevel)
