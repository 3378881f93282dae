"""Levels set by a budget of false alerts: 24, 4 and 0.5 a year per 200 staff for watch, talk and act.

Each kind of contact, and within it each length of thread, is sampled by itself and weighted by how often it comes, so that the rare
ones (they alarm) are known as well as the common ones; more samples go where they narrow the thresholds most. A thread is one false
alert of a level if it reaches it once in its life; for *act* its reasons must allow it, too. The alerts that are reported were counted
on threads that took no part in setting the thresholds.

Thresholds hold for the rates that they were made with: if twice as many recruiters write, twice as many of their threads alarm. Whoever
has a year's counts gives them as rates and calibrates again; then the budget holds again (rates changed by half either way: tested).
"""

from collections.abc import Mapping, Sequence
from math import ceil, fsum, log, sqrt
from statistics import fmean
from typing import Final

import msgspec

from gifthorse.assess.archetypes import OrdinaryLife
from gifthorse.assess.sampling import Laboratory, Sample, sampled, strata_of
from gifthorse.model.errors import NotAccepted
from gifthorse.model.observations import Level, Thresholds
from gifthorse.model.words import N_

SCHEMA: Final = "gifthorse.calibration/1"
BUDGET_STAFF: Final = 200
BUDGETS: Final = {Level.WATCH: 24.0, Level.TALK: 4.0, Level.ACT: 0.5}  # false alerts a year for so many staff
# However few contacts an organisation has, a single friendly evening is no alert.
LEAST: Final = Thresholds(watch=1.0, talk=1.75, act=2.5)
PILOT: Final = 80  # threads of each stratum before the rest is allotted
# Of the threads that reach this part of a threshold, about so many reach the whole of it; and what to think of a stratum with none.
NEAR: Final = {1.0: 1.0, 0.85: 0.4, 0.7: 0.12, 0.55: 0.03}
NEVER_SEEN: Final = 0.005
THREADS_PER_YEAR: Final = 1_000  # simulated for each year asked for
FEWEST_POINTS: Final = 10  # for the line through the tail
FEWEST, MOST = 8_000, 80_000  # threads in all: fewer don't settle the level act, more don't change it
MOST_YEARS: Final = 1_000
MOST_STAFF: Final = 10_000_000


class Alerts(msgspec.Struct, frozen=True, kw_only=True):
    """False alerts a year, by level; every higher one is a lower one as well."""

    watch: float
    talk: float
    act: float


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """How many people, and how many of them outsiders may want something from."""

    staff: int
    exposed: int


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """Thresholds with what made them. `by_archetype`: the false alerts of each kind."""

    schema: str
    thresholds: Thresholds
    threads_per_year: float
    false_alerts_per_year: Alerts
    budget_per_year: Alerts
    staff: int
    exposed: int
    seed: int
    years: int
    threads_simulated: int
    rates: dict[str, float]
    by_archetype: dict[str, Alerts]


def calibrate(size: Size, life: OrdinaryLife, seed: int, years: int, laboratory: Laboratory) -> Calibration:
    """Thresholds at which so many harmless threads alarm as the budget allows. Raises NotAccepted for sizes without sense."""
    _check(size, life, years)
    strata = [stratum for kind in life.archetypes for stratum in strata_of(kind, kind.yearly_rate * size.exposed)]
    budget = {level: alerts * size.staff / BUDGET_STAFF for level, alerts in BUDGETS.items()}
    pilot = sampled(strata, [PILOT] * len(strata), "pilot", laboratory)
    counts = _allotted(pilot, budget, min(max(years * THREADS_PER_YEAR, FEWEST), MOST))
    measured = sampled(strata, counts, "thresholds", laboratory)
    thresholds = _thresholds(measured, budget)
    checked = sampled(strata, counts, "check", laboratory)
    return Calibration(
        schema=SCHEMA,
        thresholds=thresholds,
        threads_per_year=round(sum(stratum.yearly for stratum in strata), 3),
        false_alerts_per_year=_alerts(checked, thresholds),
        budget_per_year=Alerts(**{level.value: alerts for level, alerts in budget.items()}),
        staff=size.staff,
        exposed=size.exposed,
        seed=seed,
        years=years,
        threads_simulated=sum(len(sample.peaks) for sample in (*pilot, *measured, *checked)),
        rates={archetype.id: archetype.yearly_rate for archetype in life.archetypes},
        by_archetype={
            kind.id: _alerts([sample for sample in checked if sample.stratum.kind.id == kind.id], thresholds)
            for kind in life.archetypes
            if kind.yearly_rate > 0
        },
    )


def _check(size: Size, life: OrdinaryLife, years: int) -> None:
    if not 1 <= size.staff <= MOST_STAFF:
        raise NotAccepted(N_("The number of staff must be from 1 to 10,000,000."), field="staff")
    if not 1 <= size.exposed <= size.staff:
        raise NotAccepted(N_("The number of exposed people must be at least 1, and not above the number of staff."), field="exposed")
    if not 1 <= years <= MOST_YEARS:
        raise NotAccepted(N_("The years to simulate must be from 1 to 1,000."), field="years")
    if not any(archetype.yearly_rate > 0 for archetype in life.archetypes):
        raise NotAccepted(N_("All rates are zero: there is nothing to calibrate with. Give at least one kind a rate."), field="rates")


def _thresholds(samples: Sequence[Sample], budget: Mapping[Level, float]) -> Thresholds:
    scores = sorted(((peak.score, sample.weight) for sample in samples for peak in sample.peaks), reverse=True)
    for_act = sorted(((peak.score_for_act, sample.weight) for sample in samples for peak in sample.peaks), reverse=True)
    watch = max(_least_within(scores, budget[Level.WATCH]), LEAST.watch)
    talk = max(_least_within(scores, budget[Level.TALK]), LEAST.talk, watch)
    act = max(_least_within(for_act, budget[Level.ACT]), LEAST.act, talk)
    return Thresholds(watch=watch, talk=talk, act=act)


def _least_within(falling: Sequence[tuple[float, float]], budget: float) -> float:
    """The score that threads reach *budget* times a year, by a line through (log of how often, score) from half to twice the budget; 0 if
    there are too few such threads to alarm even if every one did.
    """
    spent = 0.0
    points: list[tuple[float, float]] = []
    for score, weight in falling:
        spent += weight
        if budget / 2 <= spent <= budget * 2:
            points.append((log(spent / budget), score))
    if spent <= budget or len(points) < FEWEST_POINTS:
        return 0.0
    often, height = (fmean(values) for values in zip(*points, strict=True))
    spread = fsum((x - often) ** 2 for x, _ in points)
    slope = fsum((x - often) * (score - height) for x, score in points) / spread
    return ceil((height - slope * often) * 10_000) / 10_000  # four places are more than the weights deserve, and read well


def _allotted(pilot: Sequence[Sample], budget: Mapping[Level, float], total: int) -> list[int]:
    """How many threads of each stratum: by how much each makes the number of false alerts uncertain (Neyman's allocation)."""
    provisional = _thresholds(pilot, budget)
    doubts = []
    for sample in pilot:
        expected = _expected_shares(sample, provisional)
        variance = sum(share / budget[level] ** 2 for level, share in expected.items())
        doubts.append(sample.stratum.yearly * sqrt(variance / sample.stratum.count))  # a long thread costs more to score
    whole = sum(doubts)
    return [max(PILOT // 2, round(total * doubt / whole)) for doubt in doubts]


def _expected_shares(sample: Sample, thresholds: Thresholds) -> dict[Level, float]:
    """Which part would reach each level: where a small pilot saw none, guessed from what comes near."""
    expected = dict.fromkeys(BUDGETS, NEVER_SEEN / len(sample.peaks))
    for part, guess in NEAR.items():
        lower = Thresholds(watch=thresholds.watch * part, talk=thresholds.talk * part, act=thresholds.act * part)
        for level, share in _shares(sample, lower).items():
            expected[level] = max(expected[level], guess * share)
    return expected


def _shares(sample: Sample, thresholds: Thresholds) -> dict[Level, float]:
    """Which part of the sample reaches each level."""
    peaks = sample.peaks
    return {
        Level.WATCH: sum(peak.score >= thresholds.watch for peak in peaks) / len(peaks),
        Level.TALK: sum(peak.score >= thresholds.talk for peak in peaks) / len(peaks),
        Level.ACT: sum(peak.score_for_act >= thresholds.act for peak in peaks) / len(peaks),
    }


def _alerts(samples: Sequence[Sample], thresholds: Thresholds) -> Alerts:
    """The false alerts a year that the samples stand for."""
    found = [(sample.stratum.yearly, _shares(sample, thresholds)) for sample in samples]
    return Alerts(**{level.value: round(sum(yearly * shares[level] for yearly, shares in found), 4) for level in BUDGETS})
