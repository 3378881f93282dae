"""The score of one thread at one moment, with its reasons: a transparent weight of evidence, additive to the last reason.

Adding an observation never lowers a score, except by the mitigators that it carries; a mitigator never raises one. The order in which
observations of the same month are given changes nothing, not even the last bit. Scores are of threads, never of people.

The method follows `research` section 4.2 as the weights' file says (saturating groups, decay, grades, rules), with these differences:
repeats are halved by strength instead of by date (so that a weak early report can't lower a strong later one), rules count by the
grades of their observations and decay, a mitigator also softens the observation that carries it, and moving to a messenger counts as
hiding only for the part that it hides.
"""

from collections.abc import Iterable, Sequence
from math import exp, fsum

from gifthorse.assess.reading import ReadThread, read_thread
from gifthorse.assess.reasons import FLOOR, GROUP_RULES, MITIGATORS, Reason, Scored
from gifthorse.assess.rules import applied
from gifthorse.assess.scale import Scale, standard_scale
from gifthorse.assess.sentences import sentence
from gifthorse.model.observations import Observation

Found = tuple[str, float, list[int]]  # rule, points, positions of the observations that carry it


def score(thread: Sequence[Observation], moment: float | None = None, scale: Scale | None = None) -> Scored:
    """The thread's score at *moment* (months; its last observation where None) and the reasons that add up to it within 1e-9.

    *thread*: observations of one contact and one of our people, oldest first; what is younger than the moment isn't counted.
    Raises NotAccepted for a thread out of order and for a tactic that the catalogue lacks.
    """
    scale = scale or standard_scale()
    total, found = points_of(thread, moment, scale)
    return Scored(
        score=total,
        reasons=tuple(
            Reason(rule=rule, points=points, observations=tuple(places), sentence=sentence(rule, places, thread, scale))
            for rule, points, places in found
        ),
    )


def points_of(thread: Sequence[Observation], moment: float | None, scale: Scale) -> tuple[float, list[Found]]:
    """As `score`, without the sentences: the score, and of each reason the rule, the points and the positions."""
    if not thread:
        return 0.0, []
    read = read_thread(thread, thread[-1].month if moment is None else moment, scale)
    found = [*_evidence(read, scale), *_joined(read, scale), *_mitigated(read, scale)]
    total = fsum(points for _, points, _ in found)
    if total < 0:
        found.append((FLOOR, -total, found[-1][2]))  # only mitigators can bring it there, and they come last
        total = 0.0
    return total, found


def steps(thread: Sequence[Observation], scale: Scale | None = None) -> list[Scored]:
    """The score right after each observation of the thread (oldest first), as if the later ones hadn't been made yet."""
    return [score(thread[: place + 1], None, scale) for place in range(len(thread))]


def _evidence(read: ReadThread, scale: Scale) -> Iterable[Found]:
    """What each group adds: repeats of a tactic count less, the strongest wholly, and the sum saturates at the group's cap."""
    for group_id, rule in GROUP_RULES.items():
        if group_id not in read.evidence:
            continue
        parts: list[float] = []
        for strengths in read.evidence[group_id].values():
            strengths.sort(reverse=True)
            parts += [strength * scale.repeat**times for times, strength in enumerate(strengths)]
        cap = scale.groups[group_id].cap
        points = cap * (1.0 - exp(-fsum(parts) / cap))
        if points > 0:
            yield rule, points, sorted(read.carriers[group_id])


def _joined(read: ReadThread, scale: Scale) -> Iterable[Found]:
    for rule_id, rule in scale.rules.items():
        points, places = applied(read, rule, scale)
        if points > 0:
            yield rule_id, points, places


def _mitigated(read: ReadThread, scale: Scale) -> Iterable[Found]:
    """What makes the contact ordinary, once each and at most so much; void as soon as anybody was pressed."""
    if read.coerced or not read.mitigators:
        return
    off = fsum(scale.mitigators[mitigator].points for mitigator in read.mitigators)
    points = min(off, scale.mitigators_most)
    if points > 0:
        yield MITIGATORS, -points, sorted({place for places in read.mitigators.values() for place in places})
