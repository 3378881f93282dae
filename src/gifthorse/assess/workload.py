"""The auditor's figures: how much the desk raised, what became of it, and whether some units carry more of it than they report.

Alerts are counted per report, never per person. Numbers of reports below five are left out, and by-unit counts so that no total gives
them back; figures by officer and by level are not, since they hold officers to account and tell nothing about those who reported.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from statistics import median

import msgspec

from gifthorse.assess.suppression import SMALL, suppressed
from gifthorse.model.errors import NotAccepted
from gifthorse.model.observations import Level
from gifthorse.model.words import N_


class Outcome(StrEnum):
    """What became of a raised level."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Raised(msgspec.Struct, frozen=True, kw_only=True):
    """One raised level: `unit`, `decided_by` are opaque; `days` from raising to deciding, None while it is open."""

    id: str
    unit: str
    level: Level
    outcome: Outcome = Outcome.OPEN
    decided_by: str | None = None
    days: float | None = None


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a number of raised levels, and how long decisions took (None without any)."""

    raised: int
    confirmed: int
    dismissed: int
    open: int
    median_days: float | None
    longest_days: float | None


class UnitFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One unit's figures; None where a small count is left out, or another one to protect it."""

    unit: str
    reports: int | None
    alerts: int | None
    alerts_per_report: float | None


class Workload(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of a period; `by_officer` counts decided levels alone, `by_unit` is empty where there is but one unit.

    `reports` is None for fewer than five but some, and the ratio with it: what was raised would give the number back.
    """

    overall: Counts
    by_level: dict[Level, Counts]
    by_officer: dict[str, Counts]
    reports: int | None
    alerts_per_report: float | None
    by_unit: tuple[UnitFigures, ...]


def workload(raised: Iterable[Raised], reports: Mapping[str, int]) -> Workload:
    """The figures of a period, from the levels raised in it and the number of *reports* of each unit.

    Raises NotAccepted for a decided level without who and how long, an open one with them, or a count below zero.
    """
    entries = list(raised)
    _check(entries, reports)
    officers = sorted({entry.decided_by for entry in entries if entry.decided_by is not None})
    total = sum(reports.values())
    hidden = 0 < total < SMALL
    return Workload(
        overall=_counts(entries),
        by_level={level: _counts([e for e in entries if e.level is level]) for level in Level if any(e.level is level for e in entries)},
        by_officer={officer: _counts([e for e in entries if e.decided_by == officer]) for officer in officers},
        reports=None if hidden else total,
        alerts_per_report=len(entries) / total if total and not hidden else None,
        by_unit=() if hidden else _by_unit(entries, reports),
    )


def _check(entries: Iterable[Raised], reports: Mapping[str, int]) -> None:
    for entry in entries:
        decided = entry.outcome is not Outcome.OPEN
        if decided != (entry.decided_by is not None) or decided != (entry.days is not None):
            raise NotAccepted(N_("A decision needs who decided and after how many days; an open entry has neither."), field="outcome")
        if entry.days is not None and entry.days < 0:
            raise NotAccepted(N_("A decision can't come before the alert. Please check the dates."), field="days")
    if any(count < 0 for count in reports.values()):
        raise NotAccepted(N_("The number of reports can't be negative. Please correct it."), field="reports")


def _counts(entries: list[Raised]) -> Counts:
    outcomes = Counter(entry.outcome for entry in entries)
    days = [entry.days for entry in entries if entry.days is not None]
    return Counts(
        raised=len(entries),
        confirmed=outcomes[Outcome.CONFIRMED],
        dismissed=outcomes[Outcome.DISMISSED],
        open=outcomes[Outcome.OPEN],
        median_days=median(days) if days else None,
        longest_days=max(days, default=None),
    )


def _by_unit(entries: Iterable[Raised], reports: Mapping[str, int]) -> tuple[UnitFigures, ...]:
    alerts = Counter(entry.unit for entry in entries)
    units = sorted({*reports, *alerts})
    if len(units) < 2:
        return ()
    shown_reports = suppressed({unit: reports.get(unit, 0) for unit in units})
    shown_alerts = suppressed({unit: alerts[unit] for unit in units})
    return tuple(_unit(unit, shown_reports[unit], shown_alerts[unit]) for unit in units)


def _unit(unit: str, reports: int | None, alerts: int | None) -> UnitFigures:
    ratio = alerts / reports if alerts is not None and reports is not None else None  # a shown count is never 0
    return UnitFigures(unit=unit, reports=reports, alerts=alerts, alerts_per_report=ratio)
