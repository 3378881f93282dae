"""Two contacts laid side by side: what agrees, what contradicts, and how many bits of evidence each is worth.

The posterior is that of Fellegi and Sunter: prior and weights are added as logarithms of odds. What can't be compared (a side is empty,
the scripts don't allow an answer, another phone, another portrait) adds nothing.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from math import fsum
from typing import Final

import msgspec

from gifthorse.resolve import fingerprints
from gifthorse.resolve.names.likeness import MISSING, NameLevel, NameMatch, compared
from gifthorse.resolve.names.reading import Name
from gifthorse.resolve.population import Population
from gifthorse.resolve.prepared import Prepared
from gifthorse.resolve.weights import levels, weights

SAME_PICTURE: Final = 4  # bits that may differ
ALIKE_PICTURE: Final = 8
SAME_MESSAGE: Final = 0.75  # of the bins
ALIKE_MESSAGE: Final = 0.4
RARE_WORD: Final = 0.01
ROUNDING: Final = 1e-9  # bits

# The kinds of values and the level that each reaches; a mailbox takes the strongest of its three
VALUE_LEVELS: Final = {
    "phone": ("phone", "same"),
    "mail": ("mail", "same"),
    "shared_mailbox": ("mail", "shared_mailbox"),
    "local_part": ("mail", "same_local_part"),
    "profile": ("profile", "same"),
    "messenger": ("messenger", "same"),
    "account": ("account", "same"),
    "card": ("card", "same"),
}
WITHOUT_WEIGHT: Final = frozenset({NameLevel.UNTOLD, NameLevel.MISSING})


class Evidence(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One comparison's outcome. `detail` is the value that agrees, for the sentence."""

    comparison: str
    level: str
    bits: float
    detail: str = ""


def evidence(one: Prepared, other: Prepared, population: Population, at_least: float | None = None) -> list[Evidence]:
    """What speaks for and against *one* and *other* being one person, the prior first; the sum of the bits is the whole.

    Which of the two comes first makes no difference to any bit. With *at_least*, nothing is returned when even the best agreement of
    names couldn't bring the sum to so many bits: most pairs end there, before their names are compared.
    """
    if other.id < one.id:
        one, other = other, one
    hard = _hard(one, other, population)
    circumstances = _circumstances(one, other, population)
    if at_least is not None:
        without_names = sum(item.bits for item in hard) + sum(item.bits for item in circumstances)
        if without_names + weights().names_at_most.bits < at_least - ROUNDING:
            return []
    return [*hard, *_names(one, other, population), *circumstances]


def total_bits(found: list[Evidence]) -> float:
    """The sum, rounded once."""
    return fsum(item.bits for item in found)


def _hard(one: Prepared, other: Prepared, population: Population) -> list[Evidence]:
    found = [_prior()]
    if not one.values.isdisjoint(other.values):
        found.extend(_values(one.values & other.values, population))
    if one.portrait is not None and other.portrait is not None:
        found.extend(_portraits(one.portrait, other.portrait, population))
    return found


@lru_cache(maxsize=1)
def _prior() -> Evidence:
    return Evidence(comparison="prior", level="prior", bits=weights().prior_bits)


@lru_cache(maxsize=64)
def _fixed(comparison: str, level: str) -> Evidence:
    """The outcome of a level whose weight depends on nothing else."""
    return Evidence(comparison=comparison, level=level, bits=levels()[comparison, level].bits())


def _values(shared: frozenset[str], population: Population) -> Iterator[Evidence]:
    best: dict[str, Evidence] = {}
    for value in sorted(shared):
        kind, _, text = value.partition(":")
        comparison, level = VALUE_LEVELS[kind]
        bits = levels()[comparison, level].bits(population.chance_of_bearing(value))
        if comparison not in best or bits > best[comparison].bits:
            best[comparison] = Evidence(comparison=comparison, level=level, bits=bits, detail=text)
    yield from best.values()


def _portraits(one: int, other: int, population: Population) -> Iterator[Evidence]:
    differing = (one ^ other).bit_count()
    if differing <= SAME_PICTURE:
        chance = max(population.chance_of_bearing(f"portrait:{bits:016x}") for bits in (one, other))
        yield Evidence(comparison="portrait", level="same", bits=levels()["portrait", "same"].bits(chance))
    elif differing <= ALIKE_PICTURE:
        yield _fixed("portrait", "alike")


def _names(one: Prepared, other: Prepared, population: Population) -> Iterator[Evidence]:
    best: tuple[float, str] | None = None
    for left in one.names:
        for right in other.names:
            match = compared(left, right)
            if match.level not in WITHOUT_WEIGHT:
                weighed = (_name_bits(match, left, right, population), str(match.level))
                best = weighed if best is None else max(best, weighed)
            elif match is not MISSING:
                best = max(best or (0.0, str(match.level)), (0.0, str(match.level)))
    if best is not None:
        yield Evidence(comparison="name", level=best[1], bits=best[0])
        yield from _limit("name", best[0], weights().names_at_most.bits)


def _name_bits(match: NameMatch, one: Name, other: Name, population: Population) -> float:
    level = levels()["name", match.level]
    chance = population.share_of_parts(match, one, other) if level.share == "parts" else 0.0
    return level.bits(chance)


def _circumstances(one: Prepared, other: Prepared, population: Population) -> list[Evidence]:
    found: list[Evidence] = []
    if one.employers and other.employers:
        found.extend(_employers(one, other, population))
    if not one.events.isdisjoint(other.events):
        found.append(_rarest("event", one.events & other.events, population.share))
    if one.introducers or other.introducers:
        found.extend(_introducers(one, other, population))
    if one.message and other.message:
        found.extend(_messages(one.message, other.message, population))
    if len(found) > 1:
        found.extend(_limit("circumstances", total_bits(found), weights().circumstances_at_most.bits))
    return found


def _rarest(comparison: str, shared: frozenset[str], share: Callable[[str], float]) -> Evidence:
    chance, detail = min((share(f"{comparison}:{value}"), value) for value in shared)
    return Evidence(comparison=comparison, level="same", bits=levels()[comparison, "same"].bits(chance), detail=detail)


def _employers(one: Prepared, other: Prepared, population: Population) -> Iterator[Evidence]:
    shared = one.employer_keys & other.employer_keys
    if shared:
        yield _rarest("employer", shared, population.share)
        return
    words = one.employer_words & other.employer_words
    chance, word = min(((population.share(f"word:{word}"), word) for word in words), default=(1.0, ""))
    if chance <= RARE_WORD:
        yield Evidence(comparison="employer", level="alike", bits=levels()["employer", "alike"].bits(chance), detail=word)
    elif any(left.script is right.script for left in one.employers for right in other.employers):
        yield _fixed("employer", "other")


def _introducers(one: Prepared, other: Prepared, population: Population) -> Iterator[Evidence]:
    if one.id in other.introducers or other.id in one.introducers:
        yield _fixed("introducer", "introduced_the_other")
    elif not one.introducers.isdisjoint(other.introducers):
        yield _rarest("introducer", one.introducers & other.introducers, population.share)


def _messages(one: tuple[int, ...], other: tuple[int, ...], population: Population) -> Iterator[Evidence]:
    likeness = fingerprints.text_likeness(one, other)
    if likeness < ALIKE_MESSAGE:
        return
    if likeness < SAME_MESSAGE:
        yield _fixed("message", "alike")
        return
    shared = frozenset(fingerprints.text_bands(one)) & frozenset(fingerprints.text_bands(other))
    chance = min((population.chance_of_bearing(f"message_band:{band}") for band in shared), default=0.0)
    yield Evidence(comparison="message", level="same", bits=levels()["message", "same"].bits(chance))


def _limit(group: str, bits: float, most: float) -> Iterator[Evidence]:
    if bits > most:
        yield Evidence(comparison="limit", level=group, bits=most - bits)
