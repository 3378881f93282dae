"""Reciprocity: what came in against what went out and what a contract covers (catalogue P92).

Bands count in units of 50 (the lowest policy threshold): none is worth nothing that a policy would see, small is 50 to 100, medium
100 to 250, large above; each band counts as the geometric middle of its bounds, large as 500. A benefit that no policy lets pass
(cash, crypto, travel, help to a relative) and a career held out count as medium at least. The imbalance is
I = log1p(in) - log1p(out + contract), so one medium gift is 1.4, one large 2.4, and ten dinners are not ten proofs.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log1p
from typing import Final

import msgspec

from gifthorse.model.favours import Direction, Favour, FavourKind
from gifthorse.model.observations import AskLevel, FavourBand, Observation
from gifthorse.model.words import N_, Phrase, phrase

BAND_VALUE: Final = {FavourBand.NONE: 0.0, FavourBand.SMALL: 1.414, FavourBand.MEDIUM: 3.162, FavourBand.LARGE: 10.0}
ALWAYS: Final = frozenset({FavourKind.CASH, FavourKind.CRYPTO, FavourKind.TRAVEL, FavourKind.FAMILY})
NEVER_SMALL: Final = ALWAYS | {FavourKind.CAREER}
FLAG_ABOVE: Final = 2.0
ASK_AT_LEAST: Final = AskLevel.PERSONAL
ASK_WITHIN_MONTHS: Final = 12
RISING_ENTRIES: Final = 3

# What the policy asks for in each band, whatever the statistics say.
POLICY: Final = {
    FavourBand.NONE: N_("Below 50: nothing to do."),
    FavourBand.SMALL: N_("50 to 100: write it into the register."),
    FavourBand.MEDIUM: N_("100 to 250: ask before accepting."),
    FavourBand.LARGE: N_("Above 250: decline, or hand it to the organisation."),
}
POLICY_ALWAYS: Final = N_("Cash, crypto, travel and help to relatives: always ask first, whatever they are worth.")

_ORDER: Final = {Direction.CONTRACT: 0, Direction.OUT: 1, Direction.IN: 2}  # within a month in doubt for the contact


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """The balance after one entry of the ledger; sums in units of 50."""

    month: float
    received: float
    returned: float
    covered: float
    imbalance: float


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """The reciprocity of one thread.

    `series` is the running balance, oldest first; `asks` are positions in the observations given; `rising` says that three entries on
    end each raised the imbalance; `policy` what the house's rules say to the favours received, without repeats.
    """

    thread: str
    series: tuple[Point, ...]
    imbalance: float
    flagged: bool
    asks: tuple[int, ...]
    rising: bool
    policy: tuple[Phrase, ...]
    sentence: Phrase


def balances(favours: Iterable[Favour], observations: Sequence[Observation]) -> tuple[Balance, ...]:
    """One balance per thread with favours, by thread; flagged when an ask follows an imbalance, or the imbalance keeps rising."""
    by_thread: dict[str, list[Favour]] = defaultdict(list)
    for favour in favours:
        by_thread[favour.thread].append(favour)
    asks: dict[str, list[int]] = defaultdict(list)
    for index, observation in enumerate(observations):
        if observation.ask_level >= ASK_AT_LEAST:
            asks[observation.thread].append(index)
    return tuple(
        _balance(thread, by_thread[thread], [(observations[index].month, index) for index in asks[thread]]) for thread in sorted(by_thread)
    )


def worth(favour: Favour) -> float:
    """What *favour* counts for, in units of 50."""
    value = BAND_VALUE[favour.band]
    return max(value, BAND_VALUE[FavourBand.MEDIUM]) if favour.kind in NEVER_SMALL else value


def policy_line(favour: Favour) -> Phrase:
    """What the house's policy asks for a favour of this kind and band."""
    return phrase(POLICY_ALWAYS if favour.kind in ALWAYS else POLICY[favour.band])


def imbalance(received: float, returned: float, covered: float) -> float:
    """log1p(received) - log1p(returned + covered): above 0 the contact gave more than it got."""
    return log1p(received) - log1p(returned + covered)


def _balance(thread: str, favours: list[Favour], asks: Iterable[tuple[float, int]]) -> Balance:
    ordered = sorted(favours, key=lambda favour: (favour.month, _ORDER[favour.direction], worth(favour), favour.kind))
    series = _series(ordered)
    received = sorted({favour.month for favour in ordered if favour.direction is Direction.IN})
    following = tuple(index for month, index in asks if _follows(month, series, received))
    rising = _rises(series)
    return Balance(
        thread=thread,
        series=series,
        imbalance=series[-1].imbalance,
        flagged=bool(following) or rising,
        asks=following,
        rising=rising,
        policy=_policy(ordered),
        sentence=_sentence(following, rising),
    )


def _series(ordered: Iterable[Favour]) -> tuple[Point, ...]:
    sums = dict.fromkeys(Direction, 0.0)
    points = []
    for favour in ordered:
        sums[favour.direction] += worth(favour)
        received, returned, covered = sums[Direction.IN], sums[Direction.OUT], sums[Direction.CONTRACT]
        points.append(
            Point(
                month=favour.month,
                received=received,
                returned=returned,
                covered=covered,
                imbalance=imbalance(received, returned, covered),
            )
        )
    return tuple(points)


def _follows(month: float, series: Sequence[Point], received: Sequence[float]) -> bool:
    """Whether an ask in *month* came on a high balance and within a year of the last favour before it."""
    before = [point for point in series if point.month <= month]
    lately = [when for when in received if 0 <= month - when <= ASK_WITHIN_MONTHS]
    return bool(before and lately) and before[-1].imbalance > FLAG_ABOVE


def _rises(series: Sequence[Point]) -> bool:
    run, level = 0, 0.0
    for point in series:
        run = run + 1 if point.imbalance > max(level, 0.0) else 0
        level = point.imbalance
        if run >= RISING_ENTRIES:
            return True
    return False


def _policy(favours: Iterable[Favour]) -> tuple[Phrase, ...]:
    received = [favour for favour in favours if favour.direction is Direction.IN]
    lines = [POLICY_ALWAYS] if any(favour.kind in ALWAYS for favour in received) else []
    bands = {favour.band for favour in received if favour.kind not in ALWAYS}
    return tuple(phrase(line) for line in lines + [POLICY[band] for band in FavourBand if band in bands])


def _sentence(following: Sequence[int], rising: bool) -> Phrase:
    if following:
        return phrase(
            N_("The contact gave clearly more than it got, and an ask followed within a year. Asks: {asks}."),
            asks=len(following),
        )
    if rising:
        return phrase(N_("Three entries on end, the contact gave more and got too little back."))
    return phrase(N_("What came in and what went out give no reason to act."))
