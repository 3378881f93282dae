"""The reviewed weights of evidence: what an agreement or a contradiction adds, in bits, each with its reason (`data/weights.json`)."""

from functools import lru_cache
from importlib.resources import files
from math import exp2, log2
from typing import Final, Literal

import msgspec

SCHEMA: Final = "gifthorse.link_weights/1"


class LevelWeight(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One outcome of a comparison: how often it is seen between two reports of one person (`m`) and between two people (`u`)."""

    id: str
    m: float
    u: float
    share: Literal["none", "parts", "value", "bearers"]
    reason: str
    factor: float = 1.0

    def bits(self, chance: float = 0.0) -> float:
        """log2(m/u), where u is *chance* if that is larger; a chance of 1 or more counts as 1."""
        return log2(self.m / min(1.0, max(self.u, chance * self.factor)))


class Comparison(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is compared, and its outcomes that weigh anything."""

    id: str
    group: Literal["hard", "names", "circumstances"]
    levels: tuple[LevelWeight, ...]


class Prior(msgspec.Struct, frozen=True, kw_only=True):
    """One pair in so many is one person."""

    one_in: int
    reason: str


class Threshold(msgspec.Struct, frozen=True, kw_only=True):
    """The least posterior."""

    posterior: float
    reason: str


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """The least share that a part of a name is taken to have by chance."""

    value: float
    reason: str


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """The most that a group of comparisons may add."""

    bits: float
    reason: str


class Weights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of it, as reviewed."""

    schema: str
    note: str
    prior: Prior
    suggest: Threshold
    queue: Threshold
    least_share: Share
    further_part: Share
    names_at_most: Limit
    circumstances_at_most: Limit
    comparisons: tuple[Comparison, ...]

    @property
    def prior_bits(self) -> float:
        """The prior as log2 of its odds."""
        return -log2(self.prior.one_in - 1)

    @property
    def queue_bits(self) -> float:
        """The least sum that queues a pair."""
        return log2(self.queue.posterior / (1 - self.queue.posterior))


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights that come with this version of gifthorse, validated."""
    return read_weights((files("gifthorse.resolve") / "data" / "weights.json").read_bytes())


@lru_cache(maxsize=1)
def levels() -> dict[tuple[str, str], LevelWeight]:
    """Every level by comparison and level id."""
    return {(comparison.id, level.id): level for comparison in weights().comparisons for level in comparison.levels}


def read_weights(body: bytes) -> Weights:
    """The weights in *body*; raises msgspec.ValidationError when something is missing, doubled, without a reason, or when a name alone
    could suggest a link.
    """
    found = msgspec.json.decode(body, type=Weights)
    ids = [(comparison.id, level.id) for comparison in found.comparisons for level in comparison.levels]
    if found.schema != SCHEMA or len(ids) != len(set(ids)):
        raise msgspec.ValidationError(f"expected {SCHEMA} with distinct levels")
    for comparison in found.comparisons:
        for level in comparison.levels:
            if not level.reason or not 0 < level.m <= 1 or not 0 <= level.u <= 1 or (level.u == 0 and level.share != "parts"):
                raise msgspec.ValidationError(f"{comparison.id}.{level.id} needs a reason and two probabilities")
    if posterior(found.prior_bits + found.names_at_most.bits) >= found.suggest.posterior:
        raise msgspec.ValidationError("a name alone must not reach the threshold of suggestions")
    if posterior(found.prior_bits + found.circumstances_at_most.bits) >= found.queue.posterior:
        raise msgspec.ValidationError("circumstances alone must not reach the queue")
    return found


def posterior(bits: float) -> float:
    """The probability of odds of 2 to the power of *bits*."""
    odds = exp2(-abs(bits))  # never more than one, so that it can't overflow
    return odds / (1.0 + odds) if bits < 0 else 1.0 / (1.0 + odds)
