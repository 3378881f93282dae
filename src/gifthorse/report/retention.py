"""How long a closed report is kept, for what purpose and why: reviewed data, read by kind and outcome."""

from calendar import monthrange
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Final

import msgspec

from gifthorse.model.reports import ReportKind, ReportOutcome, RetentionClass

SCHEMA: Final = "gifthorse.retention/1"


class Term(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many months a class is kept after closing, and why (a message id)."""

    months: int
    reason: str


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"retention": "class"}):
    """The class of these kinds (none named: any kind) with these outcomes."""

    kinds: tuple[ReportKind, ...]
    outcomes: tuple[ReportOutcome, ...]
    retention: RetentionClass


class Schedule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reviewed retention schedule: the first rule that fits decides."""

    schema: str
    reviewed_on: date
    classes: dict[RetentionClass, Term]
    purposes: dict[str, str]
    kinds: dict[ReportKind, str]
    rules: tuple[Rule, ...]


class Keeping(msgspec.Struct, frozen=True, kw_only=True):
    """Why a report is kept, for how many months after closing, and whether its reporter may end that at any time."""

    retention: RetentionClass
    months: int
    purpose: str
    reason: str
    reporter_may_end: bool


@lru_cache(maxsize=1)
def packaged_schedule() -> Schedule:
    """The schedule that comes with this version, validated."""
    return read_schedule((files("gifthorse.report") / "data" / "retention.json").read_bytes())


def read_schedule(body: bytes) -> Schedule:
    """The schedule in *body*; raises msgspec.ValidationError unless it decides every kind with every outcome."""
    found = msgspec.json.decode(body, type=Schedule)
    complete = set(found.classes) == set(RetentionClass) and set(found.kinds) == set(ReportKind)
    decided = complete and all(_rule(found, kind, outcome) for kind in ReportKind for outcome in ReportOutcome)
    purposes = set(found.kinds.values()) <= set(found.purposes)
    if found.schema != SCHEMA or not decided or not purposes or any(term.months < 1 for term in found.classes.values()):
        raise msgspec.ValidationError(f"expected {SCHEMA} with a term, a purpose and a rule for every kind and outcome")
    return found


def keeping(kind: ReportKind, outcome: ReportOutcome, schedule: Schedule | None = None) -> Keeping:
    """How a report of this kind with this outcome is kept."""
    schedule = schedule or packaged_schedule()
    rule = _rule(schedule, kind, outcome)
    assert rule is not None  # read_schedule saw to it
    term = schedule.classes[rule.retention]
    return Keeping(
        retention=rule.retention,
        months=term.months,
        purpose=schedule.purposes[schedule.kinds[kind]],
        reason=term.reason,
        reporter_may_end=rule.retention is RetentionClass.REPORTER_DECIDES,
    )


def due(kind: ReportKind, outcome: ReportOutcome, closed_on: date, schedule: Schedule | None = None) -> date:
    """The day on which a report that was closed on *closed_on* is to be erased."""
    return months_later(closed_on, keeping(kind, outcome, schedule).months)


def months_later(day: date, months: int) -> date:
    """The same day of the month *months* later, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def message_ids(schedule: Schedule) -> tuple[str, ...]:
    """Every text of the schedule that a person reads."""
    return (*(term.reason for term in schedule.classes.values()), *schedule.purposes.values())


def _rule(schedule: Schedule, kind: ReportKind, outcome: ReportOutcome) -> Rule | None:
    return next((rule for rule in schedule.rules if outcome in rule.outcomes and (not rule.kinds or kind in rule.kinds)), None)
