"""The score told again in the plainest and slowest way, straight from the weights' file: every pair, every chain, nothing clever.

Gives of each reason its points and the positions of its observations, as `score` does. A disagreement is a fault in one of the two.
"""

from itertools import combinations, pairwise
from math import exp, inf, sqrt

from gifthorse.assess.reasons import FLOOR, GROUP_RULES, MITIGATORS
from gifthorse.assess.weights import ASK_LEVELS, FAVOUR_BANDS, Shape, standard_weights
from gifthorse.model.tactics import catalogue

WEIGHTS = standard_weights()
TACTICS = {tactic.id: tactic for tactic in catalogue().tactics}


def plain_reasons(thread, moment):
    """Rule → (points, positions) of what was known at *moment*."""
    known = [(place, one) for place, one in enumerate(thread) if one.month <= moment]
    pressed = any(TACTICS[tactic].group == "coerce" for _, one in known for tactic in one.tactics)
    found = {**evidence(known, moment, pressed), **joined(known, moment, pressed)}
    if not pressed:
        found |= mitigated(known)
    total = sum(points for points, _ in found.values())
    if total < 0:
        found[FLOOR] = (-total, found[MITIGATORS][1])
    return {rule: one for rule, one in found.items() if one[0]}


def evidence(known, moment, pressed):
    found = {}
    for group_id, group in WEIGHTS.groups.items():
        by_tactic, places = {}, set()
        for place, one in known:
            for tactic in {tactic for tactic in one.tactics if TACTICS[tactic].group == group_id}:
                own = WEIGHTS.tactics[tactic].value if tactic in WEIGHTS.tactics else TACTICS[tactic].prior_weight
                strength = own * weight(one, moment, group.half_life_months or inf, softened=group.softened and not pressed, of_rule=False)
                by_tactic.setdefault(tactic, []).append(strength)
                places.add(place)
        whole = 0.0
        for strengths in by_tactic.values():
            share = 1.0
            for strength in sorted(strengths, reverse=True):
                whole += strength * share
                share *= WEIGHTS.repeat.value
        found[GROUP_RULES[group_id]] = (group.cap * (1 - exp(-whole / group.cap)), tuple(sorted(places)))
    return found


def weight(one, moment, half_life, *, softened, of_rule=True):
    relied = WEIGHTS.reliability[one.grade.reliability].value * WEIGHTS.credibility[one.grade.credibility].value
    share = relied / (WEIGHTS.grade_of_reference.value if of_rule else 1.0)  # evidence counts by the grade itself
    for mitigator in set(one.mitigators) if softened else ():
        share *= WEIGHTS.mitigators[mitigator].softens_to
    return share * 0.5 ** ((moment - one.month) / half_life)


def strength(one, measure_id):
    measure = WEIGHTS.measures[measure_id]
    if measure.ask:
        return measure.ask[ASK_LEVELS.index(one.ask_level)]
    if measure.favour:
        return measure.favour[FAVOUR_BANDS.index(one.favour)]
    return max((measure.tactics.get(tactic, 0.0) for tactic in one.tactics), default=0.0)


def joined(known, moment, pressed):
    tell = {
        Shape.SINGLE: single,
        Shape.SEQUENCE: pairs,
        Shape.LATER: pairs,
        Shape.BOTH: both,
        Shape.LADDER: ladder,
        Shape.REPORTERS: reporters,
    }
    found = {}
    for rule_id, rule in WEIGHTS.rules.items():
        share, places = tell[rule.shape](known, moment, pressed, rule)
        found[rule_id] = (rule.points * share, tuple(sorted(set(places))))
    return found


def column(known, moment, pressed, measure_id, half_life):
    softened = WEIGHTS.measures[measure_id].softened and not pressed
    return [
        (place, one.month, strength(one, measure_id), weight(one, moment, half_life, softened=softened))
        for place, one in known
        if strength(one, measure_id) > 0
    ]


def single(known, moment, pressed, rule):
    rows = column(known, moment, pressed, rule.then, rule.half_life_months)
    return max((value * share for _, _, value, share in rows), default=0.0), [place for place, *_ in rows]


def pairs(known, moment, pressed, rule):
    best, places = 0.0, set()
    for first, before, value, share in column(known, moment, pressed, rule.first, inf):
        for then, after, other, other_share in column(known, moment, pressed, rule.then, rule.half_life_months):
            in_order = before < after or (before == after and rule.shape is Shape.SEQUENCE)
            if in_order and after - before <= (rule.within_months or inf):
                best = max(best, value * sqrt(share) * other * sqrt(other_share))
                places |= {first, then}
    return best, places


def both(known, moment, pressed, rule):
    sides = [column(known, moment, pressed, side, rule.half_life_months) for side in (rule.first, rule.then)]
    best = [max((value * sqrt(share) for _, _, value, share in side), default=0.0) for side in sides]
    return best[0] * best[1], [place for side in sides for place, *_ in side] if all(best) else []


def ladder(known, moment, pressed, rule):
    asks = [
        (one.month, one.ask_level, place, weight(one, moment, rule.half_life_months, softened=not pressed))
        for place, one in known
        if one.ask_level
    ]
    best, places = 0.0, set()
    for size in range(2, 5):  # there are four levels to climb
        for chain in combinations(sorted(asks), size):
            if all(lower[1] < upper[1] for lower, upper in pairwise(chain)):
                best = max(best, sum(rung[3] for rung in chain[1:]))
                places |= {rung[2] for rung in chain}
    return best, places


def reporters(known, moment, pressed, rule):
    saying = [(place, one) for place, one in known if one.tactics or one.ask_level or one.favour != "none"]
    best = {}
    for _, one in saying:
        best[one.reporter] = max(best.get(one.reporter, 0.0), weight(one, moment, rule.half_life_months, softened=not pressed))
    return (sorted(best.values())[-2], [place for place, _ in saying]) if len(best) > 1 else (0.0, [])


def mitigated(known):
    said = {mitigator for _, one in known for mitigator in one.mitigators}
    off = min(sum(WEIGHTS.mitigators[mitigator].points for mitigator in said), WEIGHTS.mitigators_most.value)
    return {MITIGATORS: (-off, tuple(place for place, one in known if one.mitigators))}
