"""The permutation test behind the mosaic: which gain would a cluster show if it had asked at random?

A shuffle deals the clusters' labels anew over all asks of the asset. Every ask keeps its person, element and date, so each person's
exposure stays as it was, and every cluster keeps its number of asks. A cluster of n asks then holds n asks drawn without replacement:
clusters of one size share one distribution, and the first n of a shuffled order serve every size at once.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from gifthorse.assess.draws import BITS, draws

SHUFFLES: Final = 2000
PERCENTILE: Final = 99
BLOCK: Final = 4096  # draws made at a time


class Usual(msgspec.Struct, frozen=True, kw_only=True):
    """The gains that chance gives to a cluster of one size, in ascending order, in whole units."""

    gains: tuple[int, ...]

    @property
    def percentile(self) -> int:
        """The least gain that at least 99 in 100 shuffles don't exceed."""
        return self.gains[-(-len(self.gains) * PERCENTILE // 100) - 1]

    def p(self, gain: int) -> float:
        """The share of shuffles with at least this gain, the observed order counted as one of them (so never 0)."""
        return (1 + len(self.gains) - bisect_left(self.gains, gain)) / (1 + len(self.gains))


def usual_gains(asks: Sequence[tuple[str, int, str]], sizes: Iterable[int], seed: int, shuffles: int) -> dict[int, Usual]:
    """For each of *sizes* the gains of that many asks drawn at random; *asks* are (person, weight in whole units, element)."""
    wanted = sorted(set(sizes))
    if not wanted:
        return {}
    deck = _Deck(asks, wanted)
    columns: list[list[int]] = [[] for _ in wanted]
    for shuffle in range(shuffles):
        for column, gain in zip(columns, deck.gains(seed, shuffle), strict=True):
            column.append(gain)
    return {size: Usual(gains=tuple(sorted(column))) for size, column in zip(wanted, columns, strict=True)}


class _Deck:
    """All asks as cards; each shuffle goes on from the last one's order, which is as good as starting anew.

    A card is the number of its kind, a kind being one element asked of one person: plain numbers keep the innermost loop fast.
    """

    def __init__(self, asks: Sequence[tuple[str, int, str]], sizes: Sequence[int]) -> None:
        self.kinds = list(dict.fromkeys(asks))
        number = {kind: index for index, kind in enumerate(self.kinds)}
        self.cards = [number[ask] for ask in asks]
        self.sizes = sizes
        self.stops = sorted({*sizes, *range(BLOCK, sizes[-1], BLOCK)})
        whole = _Hand(len(self.kinds))
        for kind in self.kinds:
            whole.take(*kind)
        self.most = (whole.union, whole.single)

    def gains(self, seed: int, shuffle: int) -> list[int]:
        """The gain at each size along one shuffled order."""
        hand = _Hand(len(self.kinds))
        found: dict[int, int] = {}
        start = 0
        for stop in self.stops:
            if (hand.union, hand.single) != self.most:  # else no further card can change anything
                self._deal(start, draws(seed, f"{shuffle}/{start}", stop - start), hand)
            found[stop] = hand.union - hand.single
            start = stop
        return [found[size] for size in self.sizes]

    def _deal(self, start: int, numbers: Sequence[int], hand: "_Hand") -> None:
        cards, seen, kinds, take = self.cards, hand.seen, self.kinds, hand.take
        left = len(cards) - start
        for index, number in enumerate(numbers, start):
            other = index + (number * left >> BITS)  # Fisher and Yates, from the front
            left -= 1
            card = cards[other]
            cards[other] = cards[index]
            cards[index] = card
            if not seen[card]:
                seen[card] = 1
                take(*kinds[card])


class _Hand:
    """What the cards dealt so far add up to."""

    def __init__(self, kinds: int) -> None:
        self.seen = bytearray(kinds)
        self.known: set[str] = set()
        self.singles: dict[str, int] = defaultdict(int)
        self.union = 0
        self.single = 0

    def take(self, person: str, weight: int, element: str) -> None:
        """Adds a kind of card that wasn't dealt before."""
        self.singles[person] += weight
        self.single = max(self.single, self.singles[person])
        if element not in self.known:
            self.known.add(element)
            self.union += weight
