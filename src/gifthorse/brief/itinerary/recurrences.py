"""The days of a recurrence rule (RFC 5545, 3.3.10), in a bounded number of steps.

Rules come from strangers, and the usual libraries follow a rule that never matches ("every 30 February") up to the year 9999, once for
each entry of a calendar. Here every day looked at costs a step of a budget that the whole file shares, and when it is spent the rule is
said not to have been read. Rules by hour, minute and second, week number and day of the year are no trips and are not followed.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

STEPS: Final = 1_000_000
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_PARTS: Final = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})
_BYDAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)\Z", re.ASCII)
_LONGEST: Final = 500


class Spent(Exception):
    """The file's rules take more steps than any honest calendar needs."""


class Budget:
    """The steps that are left for all rules of one file."""

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """*steps* fewer are left; raises Spent when there are none."""
        self.left -= steps
        if self.left < 0:
            raise Spent


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule by days. `weekdays` are (which one, 0 for every; weekday from Monday 0); `until` is the raw text, empty without one."""

    frequency: str
    interval: int = 1
    count: int = 0
    until: str = ""
    weekdays: tuple[tuple[int, int], ...] = ()
    monthdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_begins: int = 0


def rule_in(untrusted_text: str) -> Rule | None:
    """The rule that the value of an RRULE tells, None when it is broken or of a kind that is not followed."""
    parts = dict(part.partition("=")[::2] for part in untrusted_text.strip().upper()[:_LONGEST].split(";") if part)
    try:
        return _rule(parts)
    except ValueError:
        return None


def _rule(parts: dict[str, str]) -> Rule | None:
    if parts.get("FREQ") not in _FREQUENCIES or not set(parts) <= _PARTS:
        return None
    weekdays = tuple(_weekday(text) for text in _split(parts, "BYDAY"))
    frequency = parts["FREQ"]
    if frequency in {"DAILY", "WEEKLY"} and any(which for which, _day in weekdays):
        return None
    rule = Rule(
        frequency=frequency,
        interval=_within(parts.get("INTERVAL", "1"), 1, 10_000),
        count=_within(parts.get("COUNT", "0"), 0, 1_000_000),
        until=parts.get("UNTIL", ""),
        weekdays=weekdays,
        monthdays=tuple(_within(text, -31, 31) for text in _split(parts, "BYMONTHDAY")),
        months=tuple(_within(text, 1, 12) for text in _split(parts, "BYMONTH")),
        positions=tuple(_within(text, -366, 366) for text in _split(parts, "BYSETPOS")),
        week_begins=_WEEKDAYS.index(parts.get("WKST", "MO")),
    )
    return None if (rule.monthdays and frequency == "WEEKLY") or ("COUNT" in parts and not rule.count) else rule


def _split(parts: dict[str, str], name: str) -> list[str]:
    return parts[name].split(",") if name in parts else []


def _weekday(text: str) -> tuple[int, int]:
    found = _BYDAY.match(text.strip())
    if not found:
        raise ValueError(text)
    return int(found[1] or 0), _WEEKDAYS.index(found[2])


def _within(text: str, least: int, most: int) -> int:
    number = int(text)
    if not least <= number <= most:
        raise ValueError(text)
    return number


def days(rule: Rule, first: date, last: date, budget: Budget) -> Iterator[date]:
    """The days of *rule* from *first*, which is always one, to *last*, in order; COUNT is kept, UNTIL is the caller's business.

    Raises Spent when *budget* runs out.
    """
    yield first
    given = 1
    for period in _periods(rule, first, last, budget):
        for day in _chosen(rule, sorted(set(period))):
            if day > last or (rule.count and given >= rule.count):
                return
            if day > first:
                given += 1
                yield day


def _chosen(rule: Rule, period: list[date]) -> list[date]:
    if not rule.positions:
        return period
    wanted = {place - 1 if place > 0 else len(period) + place for place in rule.positions if place}
    return [day for place, day in enumerate(period) if place in wanted]


def _periods(rule: Rule, first: date, last: date, budget: Budget) -> Iterator[list[date]]:
    """The days that match in each period of the rule, period by period."""
    begin = _beginning(rule, first)
    number = 0
    while True:
        period = _moved(rule, begin, number * rule.interval)
        if period is None or period > last:
            return
        yield _matching(rule, period, first, budget)
        number += 1


def _beginning(rule: Rule, first: date) -> date:
    if rule.frequency == "WEEKLY":
        back = (first.weekday() - rule.week_begins) % 7
        return first - timedelta(days=min(back, (first - date.min).days))
    return {"DAILY": first, "MONTHLY": first.replace(day=1), "YEARLY": first.replace(month=1, day=1)}[rule.frequency]


def _moved(rule: Rule, begin: date, periods: int) -> date | None:
    try:
        if rule.frequency in {"DAILY", "WEEKLY"}:
            return begin + timedelta(days=periods * (7 if rule.frequency == "WEEKLY" else 1))
        months = begin.month - 1 + periods * (12 if rule.frequency == "YEARLY" else 1)
        return begin.replace(year=begin.year + months // 12, month=months % 12 + 1)
    except (OverflowError, ValueError):  # beyond the year 9999
        return None


def _matching(rule: Rule, period: date, first: date, budget: Budget) -> list[date]:
    budget.spend()
    if rule.frequency == "DAILY":
        return [period] if _fits(rule, period) else []
    if rule.frequency == "WEEKLY":
        budget.spend(7)
        wanted = {day for _which, day in rule.weekdays} or {first.weekday()}
        week = [period + timedelta(days=more) for more in range(7) if period <= date.max - timedelta(days=more)]
        return [day for day in week if day.weekday() in wanted and _in_months(rule, day)]
    if rule.frequency == "MONTHLY":
        return _in_month(rule, period, first, budget) if _in_months(rule, period) else []
    return _in_year(rule, period.year, first, budget)


def _in_months(rule: Rule, day: date) -> bool:
    return not rule.months or day.month in rule.months


def _fits(rule: Rule, day: date) -> bool:
    length = calendar.monthrange(day.year, day.month)[1]
    return (
        _in_months(rule, day)
        and (not rule.monthdays or day.day in rule.monthdays or day.day - length - 1 in rule.monthdays)
        and (not rule.weekdays or any(weekday == day.weekday() for _which, weekday in rule.weekdays))
    )


def _in_month(rule: Rule, month: date, first: date, budget: Budget) -> list[date]:
    """The days of one month that match."""
    budget.spend(31)
    length = calendar.monthrange(month.year, month.month)[1]
    every = [month.replace(day=number) for number in range(1, length + 1)]
    if not rule.monthdays and not rule.weekdays:
        return [day for day in every if day.day == first.day]
    if rule.monthdays:
        every = [day for day in every if day.day in rule.monthdays or day.day - length - 1 in rule.monthdays]
        return every if not rule.weekdays else [day for day in every if _nth(rule, day, (day.day - 1) // 7, (length - day.day) // 7)]
    return [day for day in every if _nth(rule, day, (day.day - 1) // 7, (length - day.day) // 7)]


def _nth(rule: Rule, day: date, before: int, after: int) -> bool:
    """Whether *day* is one of the rule's weekdays, with *before* and *after* of the same weekday in its period."""
    return any(weekday == day.weekday() and which in {0, before + 1, -after - 1} for which, weekday in rule.weekdays)


def _in_year(rule: Rule, year: int, first: date, budget: Budget) -> list[date]:
    if rule.weekdays and not rule.months and not rule.monthdays:
        budget.spend(366)
        length = 366 if calendar.isleap(year) else 365
        every = (date(year, 1, 1) + timedelta(days=number) for number in range(length))
        return [day for number, day in enumerate(every) if _nth(rule, day, number // 7, (length - 1 - number) // 7)]
    months = rule.months or (tuple(range(1, 13)) if rule.monthdays else (first.month,))
    return [day for month in sorted(set(months)) for day in _in_month(rule, date(year, month, 1), first, budget)]


def day_text(text: str) -> date | None:
    """The day at the head of an iCalendar date or time, None when there is none."""
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
