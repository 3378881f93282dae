"""A thread read into columns: what each observation proves in each group, and how strongly each measure is seen in it.

Softening: a mitigator of an observation lowers what this very observation adds (a question within a contract is less of a question),
unless there is coercion anywhere in the thread.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

import msgspec

from gifthorse.assess.scale import COERCION, Scale, Seen
from gifthorse.model.errors import NotAccepted
from gifthorse.model.observations import Mitigator, Observation
from gifthorse.model.words import N_

Column = list[tuple[int, float]]  # position of an observation and its value, oldest first


class ReadThread(msgspec.Struct, frozen=True, gc=False):
    """The columns of one thread at one moment.

    `reliance`: 1.0 for a report of the grade of reference; `softness`: the share that mitigators leave; `age`: months before the moment.
    `evidence`: group → tactic → strengths; `carriers`: group → positions. `said`: positions that say anything at all, by reporter.
    """

    months: list[float]
    ages: list[float]
    reliance: list[float]
    softness: list[float]
    evidence: dict[str, dict[str, list[float]]]
    carriers: dict[str, set[int]]
    measures: dict[str, Column]
    said: dict[str, list[int]]
    asks: Column
    mitigators: dict[Mitigator, list[int]]
    coerced: bool


def read_thread(thread: Sequence[Observation], moment: float, scale: Scale) -> ReadThread:
    """The columns of what was known at *moment*. Raises NotAccepted for a thread out of order and for an unknown tactic."""
    known = _known(thread, moment)
    coerced = _is_coerced(known, scale)
    read = ReadThread([], [], [], [], {}, {}, {}, {}, [], {}, coerced)
    for place, observation in enumerate(known):
        for mitigator in observation.mitigators:
            read.mitigators.setdefault(mitigator, []).append(place)
        read.months.append(observation.month)
        read.ages.append(moment - observation.month)
        read.reliance.append(scale.grades[observation.grade] / scale.reference)
        read.softness.append(1.0 if coerced else _softness(observation, scale))
        _add_evidence(read, place, observation, scale)
        _add_measures(read, place, observation, scale)
    return read


def _known(thread: Sequence[Observation], moment: float) -> Sequence[Observation]:
    for before, after in pairwise(thread):
        if not before.month <= after.month:
            raise NotAccepted(N_("The observations of a thread must be oldest first."), field="month")
    if thread and not thread[-1].month <= moment:
        return [observation for observation in thread if observation.month <= moment]
    return thread


def _is_coerced(known: Sequence[Observation], scale: Scale) -> bool:
    table = scale.tactics
    for observation in known:
        for tactic_id in observation.tactics:
            if tactic_id not in table:
                if tactic_id in scale.switched_off:
                    continue
                raise NotAccepted(N_("The catalogue has no such tactic. Choose one of its ids."), field="tactics")
            if table[tactic_id].group == COERCION:
                return True
    return False


def _softness(observation: Observation, scale: Scale) -> float:
    share = 1.0
    for mitigator in sorted(set(observation.mitigators)):
        share *= scale.mitigators[mitigator].softens_to
    return share


def _add_evidence(read: ReadThread, place: int, observation: Observation, scale: Scale) -> None:
    reliance = scale.grades[observation.grade]
    for tactic_id in set(observation.tactics):
        tactic = scale.tactics.get(tactic_id)
        if tactic is None:
            continue
        group = scale.groups[tactic.group]
        strength = tactic.weight * reliance * 2.0 ** (-read.ages[place] / group.half_life)
        if group.softened:
            strength *= read.softness[place]
        read.evidence.setdefault(tactic.group, {}).setdefault(tactic_id, []).append(strength)
        read.carriers.setdefault(tactic.group, set()).add(place)


def _add_measures(read: ReadThread, place: int, observation: Observation, scale: Scale) -> None:
    seen: list[Seen] = [scale.tactics[tactic_id].seen for tactic_id in observation.tactics if tactic_id in scale.tactics]
    seen.append(scale.by_ask[observation.ask_level])
    seen.append(scale.by_favour[observation.favour])
    strongest: dict[str, float] = {}
    for some in seen:
        for measure, value in some:
            if value > strongest.get(measure, 0.0):
                strongest[measure] = value
    for measure, value in strongest.items():
        read.measures.setdefault(measure, []).append((place, value))
    if observation.ask_level:
        read.asks.append((place, float(observation.ask_level)))
    if observation.ask_level or observation.tactics or observation.favour != "none":
        read.said.setdefault(observation.reporter, []).append(place)


def weighed(read: ReadThread, column: Column, *, softened: bool, half_life: float, root: bool) -> Column:
    """The column's values times reliance, softness and decay; their square roots where two observations carry one reason together."""
    found = []
    for place, value in column:
        weight = read.reliance[place]
        if softened:
            weight *= read.softness[place]
        weight *= 2.0 ** (-read.ages[place] / half_life)
        found.append((place, value * (sqrt(weight) if root else weight)))
    return found
