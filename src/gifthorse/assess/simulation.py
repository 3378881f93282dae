"""Threads of ordinary professional life, made from the archetypes with randomness that the caller passes in."""

from collections.abc import Iterator, Sequence
from math import exp, log
from typing import Final, Protocol

from gifthorse.assess.archetypes import Archetype, Encounter, OrdinaryLife
from gifthorse.model.grades import Grade
from gifthorse.model.observations import AskLevel, FavourBand, Mitigator, Observation
from gifthorse.model.tactics import catalogue

Thread = tuple[Observation, ...]

_MONEY: Final = "T53"  # counts as secrecy in the catalogue, but something is given


class Generator(Protocol):
    """What makes randomness: `random.Random`, or anything alike."""

    def random(self) -> float:
        """A number from 0 (included) to 1 (excluded)."""
        ...


def ordinary_thread(archetype: Archetype, generator: Generator, count: int | None = None) -> Thread:
    """One harmless thread of this kind, oldest first, its first report in month 0; with *count* reports, or as many as chance brings."""
    holds = [mitigator for mitigator, share in archetype.mitigators.items() if generator.random() < share]
    month = 0.0
    found = []
    for place in range(more_reports(archetype, archetype.encounters.least, generator) if count is None else count):
        if place:
            month -= log(1.0 - generator.random()) * archetype.gap_months
        encounter = archetype.later if place else archetype.first
        found.append(_report(archetype, encounter, month, holds, generator))
    return tuple(found)


def years_of_life(life: OrdinaryLife, exposed: int, years: float, generator: Generator) -> Iterator[tuple[str, Thread]]:
    """The harmless threads that begin within *years*, with the id of their kind: as many of each as chance brings (Poisson)."""
    for archetype in life.archetypes:
        for _ in range(_arrivals(archetype.yearly_rate * exposed * years, generator)):
            yield archetype.id, ordinary_thread(archetype, generator)


def goes_on(archetype: Archetype) -> float:
    """The chance that another report follows, whatever was before."""
    return archetype.encounters.mean_more / (1.0 + archetype.encounters.mean_more)


def more_reports(archetype: Archetype, count: int, generator: Generator) -> int:
    """How many reports a thread has in the end that has *count* of them now."""
    while count < archetype.encounters.most and generator.random() < goes_on(archetype):
        count += 1
    return count


def _report(archetype: Archetype, encounter: Encounter, month: float, holds: Sequence[Mitigator], generator: Generator) -> Observation:
    tactics = tuple(tactic_id for tactic_id, share in encounter.tactics.items() if generator.random() < share)
    ask = _chosen(encounter.ask, generator)
    band = _chosen(encounter.favour, generator)
    return Observation(
        month=month,
        thread="",
        reporter="colleague" if generator.random() < archetype.other_reporter else "target",
        tactics=tactics,
        ask_level=AskLevel(ask),
        favour=_BANDS[band] if _GIVING.intersection(tactics) else FavourBand.NONE,
        grade=Grade.read(archetype.grade),
        mitigators=tuple(mitigator for mitigator in holds if generator.random() < archetype.mitigator_said),
    )


def _chosen(shares: Sequence[float], generator: Generator) -> int:
    """A position, with a chance in proportion to its share."""
    left = generator.random() * sum(shares)
    for place, share in enumerate(shares):
        left -= share
        if left < 0:
            return place
    return max(place for place, share in enumerate(shares) if share > 0)  # what rounding leaves over


def _arrivals(mean: float, generator: Generator) -> int:
    """A Poisson number (Knuth's product of uniforms, in parts so that nothing underflows)."""
    count = 0
    while mean > 0:
        part = min(mean, 500.0)
        mean -= part
        product, least = generator.random(), exp(-part)
        while product > least:
            product *= generator.random()
            count += 1
    return count


_BANDS: Final = tuple(FavourBand)
_GIVING: Final = frozenset(tactic.id for tactic in catalogue().tactics if tactic.group == "favour") | {_MONEY}
