"""What people met without having been briefed on it, and debriefs that never came, by department: what to train next.

Of behaviour alone: which tactics were met and whether a brief was read before. Numbers below five are left out, with what protects them.
For procedures: asks for no permission.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.db.models import Count, Exists, OuterRef, Subquery

from gifthorse.assess.suppression import SMALL
from gifthorse.model.tactics import catalogue
from gifthorse.procedures.debriefs_due import NOT_MADE
from gifthorse.procedures.report_figures import TIME_TO_TELL
from gifthorse.report.rates import Counted, Rate, rate_table
from gifthorse.store.tables.duty import Brief
from gifthorse.store.tables.placement import Placement, Unit
from gifthorse.store.tables.report import ObservationRow, Report
from gifthorse.store.tables.trip import Traveller, Trip

PERIOD: Final = timedelta(days=365)
MOST: Final = 12


class MetUnbriefed(msgspec.Struct, frozen=True, kw_only=True):
    """How often a tactic was met on trips, and how often of these the traveller had read no brief; `units` are those where most often."""

    tactic: str
    unbriefed: int
    met: int
    units: tuple[str, ...]


class UnitGap(msgspec.Struct, frozen=True, kw_only=True):
    """One department (its title, "" for people in none): ended trips, those without a brief read, and those without a debrief.

    None for what is left out.
    """

    unit: str
    trips: int | None
    unbriefed: int | None
    silent: int | None


class TrainingGaps(msgspec.Struct, frozen=True, kw_only=True):
    """The gaps of a year. Tactics met fewer than five times without a brief aren't listed; no rows where there is but one department."""

    tactics: tuple[MetUnbriefed, ...]
    units: tuple[UnitGap, ...]


def training_gaps(moment: datetime) -> TrainingGaps:
    """The gaps of the year before *moment*."""
    titles = dict(Unit.objects.values_list("pk", "title"))
    return TrainingGaps(tactics=_tactics(moment, titles), units=_units(moment, titles))


def _tactics(moment: datetime, titles: Mapping[str, str]) -> tuple[MetUnbriefed, ...]:
    """Tactics of open reports about a trip, by whether the one of ours whom they happened to had read its brief by the time of its end."""
    read = Brief.objects.filter(
        trip=OuterRef("report__trip"), person=OuterRef("subject"), read_at__isnull=False, read_at__lte=OuterRef("report__trip__ends_at")
    )
    trips = Trip.objects.filter(ends_at__gte=moment - PERIOD, ends_at__lte=moment).order_by().values("pk")
    reports = Report.objects.filter(trip__in=trips, is_sealed=False).order_by().values("pk")
    seen = ObservationRow.objects.filter(disputed=False, report__in=reports)
    rows = seen.order_by().annotate(briefed=Exists(read), unit=_unit_of("subject_id")).values_list("tactics", "briefed", "unit")
    met: Counter[str] = Counter()
    unbriefed: dict[str, Counter[str]] = {}
    for tactics, briefed, unit in rows:
        for tactic in set(tactics):
            met[tactic] += 1
            if not briefed:
                unbriefed.setdefault(tactic, Counter())[titles.get(unit, "")] += 1
    named = {tactic.id for tactic in catalogue().tactics if tactic.reportable}
    listed = [
        MetUnbriefed(tactic=tactic, unbriefed=number, met=met[tactic], units=_most(units))
        for tactic, units in unbriefed.items()
        if (number := units.total()) >= SMALL and tactic in named and _tells_nothing_small(number, met[tactic])
    ]
    return tuple(sorted(listed, key=lambda one: (-one.unbriefed, one.tactic))[:MOST])


def _tells_nothing_small(unbriefed: int, met: int) -> bool:
    """Whether the difference of both numbers, those who were briefed, is none or large enough itself."""
    return unbriefed == met or met - unbriefed >= SMALL


def _most(units: Counter[str]) -> tuple[str, ...]:
    return tuple(unit for unit, number in sorted(units.items(), key=lambda one: (-one[1], one[0])) if unit and number >= SMALL)[:3]


def _units(moment: datetime, titles: Mapping[str, str]) -> tuple[UnitGap, ...]:
    ended = Traveller.objects.filter(ended=False, trip__ends_at__gte=moment - PERIOD, trip__ends_at__lte=moment - TIME_TO_TELL)
    made = ended.exclude(trip__state__in=NOT_MADE).order_by().annotate(unit=_unit_of("person_id"))
    read = Brief.objects.filter(trip=OuterRef("trip"), person=OuterRef("person"), read_at__isnull=False)
    trips = _by_unit(titles, made.values_list("unit").annotate(number=Count("*")))
    told = _by_unit(titles, made.filter(debriefed_at__isnull=False).values_list("unit").annotate(number=Count("*")))
    briefed = _by_unit(titles, made.filter(Exists(read)).values_list("unit").annotate(number=Count("*")))
    if len(trips) < 2:
        return ()
    debriefs, briefs = _rates(trips, told), _rates(trips, briefed)
    return tuple(_gap(unit, debriefs[unit], briefs[unit]) for unit in sorted(trips))


def _rates(trips: Counter[str], part: Counter[str]) -> dict[str, Rate]:
    """The same table as that of the reporting figures: what one leaves out the other must not tell."""
    return {one.group: one for one in rate_table({unit: Counted(people=trips[unit], reported=part[unit]) for unit in sorted(trips)}).groups}


def _gap(unit: str, debriefs: Rate, briefs: Rate) -> UnitGap:
    if debriefs.people is None or debriefs.reported is None or briefs.people is None or briefs.reported is None:
        return UnitGap(unit=unit, trips=None, unbriefed=None, silent=None)
    return UnitGap(unit=unit, trips=debriefs.people, unbriefed=briefs.people - briefs.reported, silent=debriefs.people - debriefs.reported)


def _by_unit(titles: Mapping[str, str], rows: Iterable[tuple[str | None, int]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for unit, number in rows:
        counted[titles.get(unit or "", "")] += number
    return counted


def _unit_of(person: str) -> Subquery:
    return Subquery(Placement.objects.filter(person=OuterRef(person)).values("unit")[:1])
