"""The desk's first figures: how many tell us after a trip, how soon they hear from us, and how many thanks are owed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

import msgspec
from django.db.models import Count, OuterRef, QuerySet, Subquery

from gifthorse.model.reports import ReportState
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise, now
from gifthorse.procedures.debriefs_due import NOT_MADE
from gifthorse.procedures.reading_reports import counted_for
from gifthorse.report.rates import Counted, RateTable, median_of_hours, rate_table, shown_count
from gifthorse.report.retention import months_later
from gifthorse.store.spans import WholeHours, month_of
from gifthorse.store.tables.placement import Placement, Unit
from gifthorse.store.tables.report import Report
from gifthorse.store.tables.trip import Traveller

MONTHS: Final = 12
UNANSWERED: Final = -1
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
    months = _months(moment)
    trips = _trips(since, moment, months)
    known = counted_for(actor)
    times = _answer_times(known, since, months)
    owed = known.exclude(state=ReportState.CLOSED.value).filter(answered_at__isnull=True, due_at__isnull=False, due_at__lte=moment).count()
    named = [_written(month) for month in months]
    return ReportFigures(
        by_unit=rate_table(_counted((unit, one) for unit, _month, one in trips)),
        by_month=rate_table({month: one for month, one in _counted((month, one) for _unit, month, one in trips).items() if month in named}),
        answers=tuple(_month_of_answers(month, times.get(month, Counter())) for month in named),
        median_hours=median_of_hours(_answered(sum(times.values(), Counter()))),
        owed=shown_count(owed),
        since=since,
    )


def _trips(since: datetime, moment: datetime, months: Sequence[date]) -> list[tuple[str, str, Counted]]:
    """How many travellers of ended trips there were, and told us, by unit and month of the return."""
    ended = Traveller.objects.filter(ended=False, trip__ends_at__gte=since, trip__ends_at__lte=moment - TIME_TO_TELL)
    made = ended.exclude(trip__state__in=NOT_MADE).order_by().annotate(month=month_of("trip__ends_at", _begins(months)))
    by_unit = made.annotate(unit=Subquery(Placement.objects.filter(person=OuterRef("person_id")).values("unit")[:1]))
    titles = dict(Unit.objects.values_list("pk", "title"))
    rows = by_unit.values_list("unit", "month").annotate(people=Count("*"), told=Count("debriefed_at"))
    return [(titles.get(unit, ""), month, Counted(people=people, reported=told)) for unit, month, people, told in rows]


def _counted(rows: Iterable[tuple[str, Counted]]) -> Mapping[str, Counted]:
    people: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    for group, one in rows:
        people[group] += one.people
        reported[group] += one.reported
    return {group: Counted(people=number, reported=reported[group]) for group, number in sorted(people.items())}


def _answer_times(known: QuerySet[Report], since: datetime, months: Sequence[date]) -> dict[str, Counter[int]]:
    """How many reports that were owed an answer got it after how many hours, by the month they came in; UNANSWERED where nobody has."""
    owed = known.filter(created_at__gte=since, due_at__isnull=False).order_by().annotate(month=month_of("created_at", _begins(months)))
    by_hours = owed.annotate(hours=WholeHours("answered_at", "created_at")).values_list("month", "hours").annotate(number=Count("*"))
    found: dict[str, Counter[int]] = {}
    for month, hours, number in by_hours:
        found.setdefault(month, Counter())[UNANSWERED if hours is None else hours] += number
    return found


def _answered(times: Counter[int]) -> dict[int, int]:
    return {hours: number for hours, number in times.items() if hours != UNANSWERED}


def _month_of_answers(month: str, times: Counter[int]) -> MonthOfAnswers:
    return MonthOfAnswers(month=month, reports=shown_count(times.total()), hours=median_of_hours(_answered(times)))


def _months(moment: datetime) -> tuple[date, ...]:
    """The first days of the last twelve months and of this one, oldest first."""
    first = moment.date().replace(day=1)
    return tuple(months_later(first, -back) for back in range(MONTHS, -1, -1))


def _begins(months: Iterable[date]) -> list[datetime]:
    return [datetime(month.year, month.month, 1, tzinfo=UTC) for month in months]


def _written(month: date) -> str:
    return month.strftime("%Y-%m")
