"""Standings written many at a time: they are derived, so no record object and no ledger has to see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection

AT_ONCE: Final = 5_000


class StandingRow(NamedTuple):
    """One standing; `state` and `last_week` are JSON text."""

    thread: str
    score: float
    level: str
    state: str
    observations: int
    last_month: int
    week: int
    last_week: str


_COLUMNS: Final = ("thread_id", "score", "level", "state", "observations", "last_month", "week", "last_week", "assessed_at")


def write(rows: Sequence[StandingRow], at: datetime) -> None:
    """*rows* stand, in place of those of the same threads, within the caller's transaction."""
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            cursor.executemany(_statement(), [(*row, moment) for row in rows[start : start + AT_ONCE]])


def _statement() -> str:
    json = "%s::jsonb" if connection.vendor == "postgresql" else "%s"
    places = ", ".join(json if column in {"state", "last_week"} else "%s" for column in _COLUMNS)
    changed = ", ".join(f"{column} = excluded.{column}" for column in _COLUMNS[1:])
    return f"INSERT INTO standing ({', '.join(_COLUMNS)}) VALUES ({places}) ON CONFLICT (thread_id) DO UPDATE SET {changed}"  # noqa: S608
