"""The desk's first figures: how many tell us after a trip, how soon they hear from us, and how many thanks are owed."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

import msgspec
from django.db.models import QuerySet

from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise, now
from gifthorse.procedures.debriefs_due import NOT_MADE
from gifthorse.procedures.reading_reports import counted_for
from gifthorse.procedures.report_board import NOT_CLOSED
from gifthorse.report.rates import Counted, RateTable, median_answer_hours, rate_table, shown_count
from gifthorse.report.retention import months_later
from gifthorse.store.tables.report import Report
from gifthorse.store.tables.trip import Traveller

MONTHS: Final = 12
AT_ONCE: Final = 5000
TIME_TO_TELL: Final = timedelta(days=7)  # a trip counts once its traveller was reminded


class MonthOfAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """The reports of one month: how many came in and the median hours to the first answer; None where too few would show."""

    month: str
    reports: int | None
    hours: int | None


class ReportFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of the last twelve months. `owed` counts answers past their time, None where fewer than five but some."""

    by_unit: RateTable
    by_month: RateTable
    answers: tuple[MonthOfAnswers, ...]
    median_hours: int | None
    owed: int | None
    since: datetime


def report_figures(actor: Actor) -> ReportFigures:
    """The figures, with small numbers suppressed. Raises Refused."""
    authorise(actor, Procedure.VIEW_REPORT_FIGURES, Relation.NONE)
    moment = now()
    since = moment - timedelta(days=365)
    trips = _trips(since, moment)
    known = counted_for(actor)
    times = _answer_times(known, since)
    months = _months(moment)
    owed = known.filter(state__in=NOT_CLOSED, answered_at__isnull=True, due_at__lte=moment).count()
    return ReportFigures(
        by_unit=rate_table(_counted((unit, told) for unit, _month, told in trips)),
        by_month=rate_table(
            {month: one for month, one in _counted((month, told) for _unit, month, told in trips).items() if month in months}
        ),
        answers=tuple(_month_of_answers(month, times.get(month, [])) for month in months),
        median_hours=median_answer_hours([one for some in times.values() for one in some if one is not None]),
        owed=shown_count(owed),
        since=since,
    )


def _trips(since: datetime, moment: datetime) -> list[tuple[str, str, bool]]:
    """Each traveller of an ended trip: unit, month of the return, whether they told us."""
    ended = Traveller.objects.filter(trip__ends_at__gte=since, trip__ends_at__lte=moment - TIME_TO_TELL).exclude(trip__state__in=NOT_MADE)
    rows = ended.order_by("trip__ends_at", "pk").values_list("person__placement__unit__title", "trip__ends_at", "debriefed_at")
    return [(unit or "", _month(ended_at), told is not None) for unit, ended_at, told in rows]


def _counted(rows: Iterable[tuple[str, bool]]) -> Mapping[str, Counted]:
    people: dict[str, int] = {}
    reported: dict[str, int] = {}
    for group, told in rows:
        people[group] = people.get(group, 0) + 1
        reported[group] = reported.get(group, 0) + told
    return {group: Counted(people=number, reported=reported[group]) for group, number in sorted(people.items())}


def _answer_times(known: QuerySet[Report], since: datetime) -> dict[str, list[timedelta | None]]:
    """The time to the first answer of each report that was owed one, by the month it came in; None where nobody has answered."""
    rows = known.filter(created_at__gte=since, due_at__isnull=False).values_list("created_at", "answered_at")
    by_month: dict[tuple[int, int], list[timedelta | None]] = {}
    for created, answered in rows.iterator(chunk_size=AT_ONCE):
        by_month.setdefault((created.year, created.month), []).append(None if answered is None else answered - created)
    return {f"{year:04d}-{month:02d}": times for (year, month), times in by_month.items()}


def _month_of_answers(month: str, times: list[timedelta | None]) -> MonthOfAnswers:
    hours = median_answer_hours([one for one in times if one is not None])
    return MonthOfAnswers(month=month, reports=shown_count(len(times)), hours=hours)


def _months(moment: datetime) -> tuple[str, ...]:
    """The last twelve months and this one, oldest first, as 2026-11."""
    first = moment.date().replace(day=1)
    return tuple(months_later(first, -back).strftime("%Y-%m") for back in range(MONTHS, -1, -1))


def _month(moment: datetime) -> str:
    return moment.strftime("%Y-%m")
