"""Weights made ready for scoring: each tactic, ask level, favour band and grade looked up once instead of for every observation."""

import math
from collections.abc import Collection
from functools import lru_cache
from typing import Final

import msgspec

from gifthorse.assess.weights import ASK_LEVELS, FAVOUR_BANDS, Rule, Weights, standard_weights
from gifthorse.model.errors import NotAccepted
from gifthorse.model.grades import Credibility, Reliability
from gifthorse.model.observations import AskLevel, FavourBand, Mitigator
from gifthorse.model.tactics import Catalogue, catalogue
from gifthorse.model.words import N_

MAY_BE_SWITCHED_OFF: Final = frozenset({"T07", "T12"})
COERCION: Final = "coerce"

Seen = tuple[tuple[str, float], ...]  # measures and how strongly each is seen, 0 to 1


class TacticWeight(msgspec.Struct, frozen=True):
    """What one tactic weighs, where, and which measures read it."""

    group: str
    weight: float
    seen: Seen
    place: int  # in the catalogue: the order in which sentences list tactics


class GroupScale(msgspec.Struct, frozen=True):
    """How the evidence of one group adds up. `half_life` in months, infinite where nothing decays."""

    cap: float
    half_life: float
    softened: bool


class MitigatorScale(msgspec.Struct, frozen=True):
    """Points off the thread, and the share left of the observation's own evidence."""

    points: float
    softens_to: float


class Scale(msgspec.Struct, frozen=True):
    """Everything that scoring reads. `switched_off`: tactics that this organisation doesn't count."""

    tactics: dict[str, TacticWeight]
    switched_off: frozenset[str]
    groups: dict[str, GroupScale]
    by_ask: dict[AskLevel, Seen]
    by_favour: dict[FavourBand, Seen]
    softened: dict[str, bool]
    rules: dict[str, Rule]
    mitigators: dict[Mitigator, MitigatorScale]
    mitigators_most: float
    repeat: float
    grades: dict[tuple[Reliability, Credibility], float]
    reference: float


def scale_of(weights: Weights, tactics: Catalogue, switched_off: Collection[str] = ()) -> Scale:
    """The scale of *weights*. Raises NotAccepted for a tactic that can't be switched off."""
    refused = set(switched_off) - MAY_BE_SWITCHED_OFF
    if refused:
        raise NotAccepted(N_("Only the tactics T07 and T12 can be switched off."), field="switched_off")
    return Scale(
        tactics=_tactics(weights, tactics, switched_off),
        switched_off=frozenset(switched_off),
        groups={
            group_id: GroupScale(group.cap, group.half_life_months or math.inf, group.softened)
            for group_id, group in weights.groups.items()
        },
        by_ask={level: _seen(weights, "ask", level) for level in ASK_LEVELS},
        by_favour={band: _seen(weights, "favour", place) for place, band in enumerate(FAVOUR_BANDS)},
        softened={measure_id: measure.softened for measure_id, measure in weights.measures.items()},
        rules=weights.rules,
        mitigators={key: MitigatorScale(found.points, found.softens_to) for key, found in weights.mitigators.items()},
        mitigators_most=weights.mitigators_most.value,
        repeat=weights.repeat.value,
        grades={
            (reliability, credibility): weights.reliability[reliability].value * weights.credibility[credibility].value
            for reliability in Reliability
            for credibility in Credibility
        },
        reference=weights.grade_of_reference.value,
    )


@lru_cache(maxsize=8)
def standard_scale(switched_off: frozenset[str] = frozenset()) -> Scale:
    """The scale of the weights and the catalogue that come with this version."""
    return scale_of(standard_weights(), catalogue(), switched_off)


def _tactics(weights: Weights, tactics: Catalogue, switched_off: Collection[str]) -> dict[str, TacticWeight]:
    found = {}
    for place, tactic in enumerate(tactics.tactics):
        if tactic.id in switched_off:
            continue
        override = weights.tactics.get(tactic.id)
        seen = tuple(
            (measure_id, measure.tactics[tactic.id]) for measure_id, measure in weights.measures.items() if measure.tactics.get(tactic.id)
        )
        found[tactic.id] = TacticWeight(tactic.group, override.value if override else tactic.prior_weight, seen, place)
    return found


def _seen(weights: Weights, kind: str, place: int) -> Seen:
    steps = ((measure_id, getattr(measure, kind)) for measure_id, measure in weights.measures.items())
    return tuple((measure_id, values[place]) for measure_id, values in steps if values is not None and values[place])
