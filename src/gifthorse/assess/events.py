"""Approaches at events, against what the event's kind and size explain (catalogue P91).

Event by event: how many colleagues reported an approach, plus one for each pair that shares a contact cluster, a first phrase or a
site, against the base rate of the kind in earlier quarters. Within a quarter false discoveries are held to 10 %. Delegations are
gatherings of their own kind; site-weeks (colleagues at one site in one week) are built by `site_weeks`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Final, NamedTuple

import msgspec

from gifthorse.assess.chance import BaseRates, Rate, base_rates, discoveries, predictive_tail
from gifthorse.model.errors import NotAccepted
from gifthorse.model.words import N_, Phrase, phrase

DELEGATION: Final = "delegation"
SITE_WEEK: Final = "site-week"
CLOSE_DAYS: Final = 14


class Approach(msgspec.Struct, frozen=True, kw_only=True):
    """One reported approach: all ids opaque, `day` a date's ordinal (`date.toordinal`).

    `cluster` is the cluster of linked contacts, `wording` the fingerprint of the first message's phrase, `pretext` a tactic id.
    """

    id: str
    day: int
    person: str
    contact: str | None = None
    cluster: str | None = None
    wording: str | None = None
    site: str | None = None
    pretext: str | None = None


class Gathering(msgspec.Struct, frozen=True, kw_only=True):
    """One event, delegation or site-week: `attendees` of ours were there and could have been approached, from `day` on."""

    id: str
    kind: str
    day: int
    attendees: int
    approaches: tuple[Approach, ...] = ()


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """One of our people was at `site` (opaque) on `day`."""

    person: str
    site: str
    day: int


class GatheringResult(msgspec.Struct, frozen=True, kw_only=True):
    """What one gathering's reports come to.

    `seen` colleagues were approached, `counted` is seen plus the linked pairs (never above the attendees), `expected` what the kind
    and size explain; `p` is the chance of `counted` or more.
    """

    gathering: str
    kind: str
    quarter: int
    attendees: int
    seen: int
    linked_pairs: tuple[tuple[str, str], ...]
    counted: int
    expected: float
    p: float
    flagged: bool
    approaches: tuple[str, ...]
    sentence: Phrase


class ClosePair(msgspec.Struct, frozen=True, kw_only=True):
    """Two approaches by linked contacts within a fortnight, on two of our people or by two of the contacts."""

    first: str
    second: str
    cluster: str
    days: int
    sentence: Phrase


def quarter(day: int) -> int:
    """The quarter of a date's ordinal, counted from the year 0."""
    on = date.fromordinal(day)
    return on.year * 4 + (on.month - 1) // 3


def week(day: int) -> int:
    """The week of a date's ordinal, from Monday to Sunday."""
    return (day - 1) // 7


def assess_gatherings(gatherings: Iterable[Gathering]) -> tuple[GatheringResult, ...]:
    """A result per gathering, by quarter, flagged first, then the least likely first; each quarter is judged by the ones before it."""
    by_quarter: dict[int, list[Gathering]] = defaultdict(list)
    for gathering in sorted(gatherings, key=lambda g: g.id):
        if gathering.attendees < 0:
            raise NotAccepted(N_("The number of attendees can't be negative. Please correct it."), field="attendees")
        by_quarter[quarter(gathering.day)].append(gathering)
    results: list[GatheringResult] = []
    history: list[tuple[str, int, int]] = []
    for number in sorted(by_quarter):
        rates = base_rates(history)
        results += _quarter_results(number, by_quarter[number], rates)
        history += [(g.kind, _attendees(g), _seen(g)) for g in by_quarter[number]]
    return tuple(results)


def _quarter_results(number: int, gatherings: Sequence[Gathering], rates: BaseRates) -> list[GatheringResult]:
    counts = {gathering.id: _count(gathering, rates.of(gathering.kind)) for gathering in gatherings}
    if len(counts) < len(gatherings):
        raise NotAccepted(N_("Two gatherings have the same id. Please list each once."), field="id")
    standing = discoveries({identifier: count.p for identifier, count in counts.items()})
    results = [_result(number, gathering, counts[gathering.id], flagged=gathering.id in standing) for gathering in gatherings]
    return sorted(results, key=lambda result: (not result.flagged, result.p, result.gathering))


class _Count(NamedTuple):
    attendees: int
    seen: int
    pairs: tuple[tuple[str, str], ...]
    counted: int
    expected: float
    p: float


def _count(gathering: Gathering, rate: Rate) -> _Count:
    attendees, seen, pairs = _attendees(gathering), _seen(gathering), _linked_pairs(gathering)
    counted = min(attendees, seen + len(pairs))
    return _Count(attendees, seen, pairs, counted, attendees * rate.mean, predictive_tail(attendees, counted, rate))


def _result(number: int, gathering: Gathering, count: _Count, *, flagged: bool) -> GatheringResult:
    return GatheringResult(
        gathering=gathering.id,
        kind=gathering.kind,
        quarter=number,
        attendees=count.attendees,
        seen=count.seen,
        linked_pairs=count.pairs,
        counted=count.counted,
        expected=count.expected,
        p=count.p,
        flagged=flagged,
        approaches=tuple(sorted(approach.id for approach in gathering.approaches)),
        sentence=_sentence(count, flagged=flagged),
    )


def _attendees(gathering: Gathering) -> int:
    return max(gathering.attendees, _seen(gathering))  # a list of attendees can be incomplete, a report can't


def _seen(gathering: Gathering) -> int:
    return len({approach.person for approach in gathering.approaches})


def _linked_pairs(gathering: Gathering) -> tuple[tuple[str, str], ...]:
    people: dict[tuple[int, str], set[str]] = defaultdict(set)
    for approach in gathering.approaches:
        # all of a site-week happens at one site: there the pretext links
        third = approach.pretext if gathering.kind == SITE_WEEK else approach.site
        for sort, value in enumerate((approach.cluster, approach.wording, third)):
            if value is not None:
                people[sort, value].add(approach.person)
    return tuple(sorted({pair for group in people.values() for pair in combinations(sorted(group), 2)}))


def _sentence(count: _Count, *, flagged: bool) -> Phrase:
    values = {"seen": count.seen, "attendees": count.attendees, "expected": f"{count.expected:.1f}"}
    if flagged and count.pairs:
        return phrase(
            N_(
                "Approached: {seen} of {attendees} colleagues, usual is {expected}; "
                "pairs with a contact, phrase, site or pretext in common: {pairs}."
            ),
            **values,
            pairs=len(count.pairs),
        )
    if flagged:
        return phrase(N_("Approached: {seen} of {attendees} colleagues, usual is {expected}: more than chance explains."), **values)
    return phrase(N_("Approached: {seen} of {attendees} colleagues, usual is {expected}: not unusual."), **values)


def site_weeks(stays: Iterable[Stay], approaches: Iterable[Approach]) -> tuple[Gathering, ...]:
    """One gathering per site and week in which two or more of our people were there, with what was reported from it."""
    people: dict[tuple[str, int], set[str]] = defaultdict(set)
    reported: dict[tuple[str, int], set[Approach]] = defaultdict(set)
    for stay in stays:
        people[stay.site, week(stay.day)].add(stay.person)
    for approach in approaches:
        if approach.site is not None:
            people[approach.site, week(approach.day)].add(approach.person)
            reported[approach.site, week(approach.day)].add(approach)
    return tuple(
        Gathering(
            id=f"{SITE_WEEK}:{site}:{number}",
            kind=SITE_WEEK,
            day=number * 7 + 1,
            attendees=len(there),
            approaches=tuple(sorted(reported[site, number], key=lambda approach: approach.id)),
        )
        for (site, number), there in sorted(people.items())
        if len(there) >= 2
    )


def close_pairs(approaches: Iterable[Approach], within_days: int = CLOSE_DAYS) -> tuple[ClosePair, ...]:
    """Every pair of approaches by linked contacts at most *within_days* apart; one contact who meets one person again is no pair."""
    by_cluster: dict[str, list[Approach]] = defaultdict(list)
    for approach in sorted(set(approaches), key=lambda approach: (approach.day, approach.id)):
        if approach.cluster is not None:
            by_cluster[approach.cluster].append(approach)
    return tuple(pair for cluster in sorted(by_cluster) for pair in _close(cluster, by_cluster[cluster], within_days))


def _close(cluster: str, ordered: Sequence[Approach], within_days: int) -> Iterable[ClosePair]:
    for index, first in enumerate(ordered):
        for second in ordered[index + 1 :]:
            days = second.day - first.day
            if days > within_days:
                break
            if (first.person, first.contact) != (second.person, second.contact):
                yield ClosePair(first=first.id, second=second.id, cluster=cluster, days=days, sentence=_close_sentence(first, second, days))


def _close_sentence(first: Approach, second: Approach, days: int) -> Phrase:
    if first.person != second.person:
        return phrase(N_("Linked contacts approached two colleagues. Days between: {days}."), days=days)
    return phrase(N_("Two linked contacts approached one colleague. Days between: {days}."), days=days)
