"""How often chance alone does this: base rates that borrow strength, tails, and many questions asked at once.

Base rates are beta-binomial with an empirical Bayes prior: kinds of event with little history lean on all the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import comb, exp, fsum, lgamma
from typing import Final

import msgspec

from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_

# With no history at all: one approach in twenty attendances, as sure of it as after having watched twenty.
FIRST_MEAN: Final = 0.05
FIRST_STRENGTH: Final = 20.0
# Bounds of the prior's strength when it is estimated: below, one evening decides; above, a kind could never differ.
LEAST_STRENGTH: Final = 5.0
MOST_STRENGTH: Final = 200.0
FEWEST_KINDS: Final = 3  # a spread between fewer kinds says nothing
FALSE_DISCOVERIES: Final = 0.10


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a base rate: a beta distribution."""

    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        """The expected share of attendees who report an approach."""
        return self.alpha / (self.alpha + self.beta)


class BaseRates(msgspec.Struct, frozen=True, kw_only=True):
    """The rate of each kind of event with a history, and the one for all others."""

    kinds: dict[str, Rate]
    other: Rate

    def of(self, kind: str) -> Rate:
        """The rate of *kind*."""
        return self.kinds.get(kind, self.other)


def base_rates(history: Iterable[tuple[str, int, int]]) -> BaseRates:
    """The rates after *history*, a series of (kind, attendees, attendees who were approached).

    The prior's mean pools all kinds with `FIRST_MEAN`; its strength is the method of moments over kinds (Kleinman 1973), within bounds.
    """
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for kind, attendees, approached in history:
        if not 0 <= approached <= attendees:
            raise NotAccepted(N_("More people were approached than attended. Please check the two numbers."), field="attendees")
        totals[kind][0] += attendees
        totals[kind][1] += approached
    attended = sum(n for n, _ in totals.values())
    mean = (FIRST_MEAN * FIRST_STRENGTH + sum(k for _, k in totals.values())) / (FIRST_STRENGTH + attended)
    strength = _strength([(n, k) for n, k in totals.values() if n > 0], mean)
    prior = Rate(alpha=mean * strength, beta=(1 - mean) * strength)
    return BaseRates(
        kinds={kind: Rate(alpha=prior.alpha + k, beta=prior.beta + n - k) for kind, (n, k) in sorted(totals.items())}, other=prior
    )


def _strength(kinds: Sequence[tuple[int, int]], mean: float) -> float:
    if len(kinds) < FEWEST_KINDS:
        return FIRST_STRENGTH
    total = sum(n for n, _ in kinds)
    spread = fsum(n * (k / n - mean) ** 2 for n, k in kinds)
    sampling = mean * (1 - mean)
    room = total - fsum(n * n for n, _ in kinds) / total
    excess = (spread - (len(kinds) - 1) * sampling) / room
    if excess <= 0:
        return MOST_STRENGTH
    return min(max(sampling / excess - 1, LEAST_STRENGTH), MOST_STRENGTH)


def binomial_tail(attendees: int, seen: int, rate: float) -> float:
    """P(K >= seen) when each of *attendees* is approached with probability *rate* on their own."""
    return min(1.0, fsum(comb(attendees, k) * rate**k * (1 - rate) ** (attendees - k) for k in range(max(seen, 0), attendees + 1)))


def predictive_tail(attendees: int, seen: int, rate: Rate) -> float:
    """P(K >= seen) when the rate itself is only known as *rate* (beta-binomial): with much history the same as `binomial_tail`."""
    if seen <= 0:
        return 1.0
    return min(1.0, fsum(exp(_log_chance(attendees, k, rate)) for k in range(seen, attendees + 1)))


def _log_chance(attendees: int, k: int, rate: Rate) -> float:
    ways = lgamma(attendees + 1) - lgamma(k + 1) - lgamma(attendees - k + 1)
    return ways + _log_beta(rate.alpha + k, rate.beta + attendees - k) - _log_beta(rate.alpha, rate.beta)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def discoveries(chances: Mapping[str, float], share: float = FALSE_DISCOVERIES) -> frozenset[str]:
    """The ids that stand out when at most *share* of those named may be false on average (Benjamini and Hochberg 1995)."""
    ranked = sorted(chances, key=chances.__getitem__)
    standing = max((rank for rank, found in enumerate(ranked, 1) if chances[found] <= share * rank / len(ranked)), default=0)
    return frozenset(ranked[:standing])
