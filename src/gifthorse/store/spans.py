"""How long something took and in which month it was, worked out by the database, so that a year's rows needn't be fetched."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, CharField, Func, IntegerField, Value, When
from django.db.models.sql.compiler import SQLCompiler

_SQLITE: Final = "CAST((ROUND((julianday(%(expressions)s)) * 86400.0, 1) + 1800) / 3600 AS INTEGER)"
_POSTGRESQL: Final = "FLOOR((ROUND(EXTRACT(EPOCH FROM (%(expressions)s)), 1) + 1800) / 3600)::integer"


class WholeHours(Func):
    """The hours from one column to a later one, `WholeHours(later, earlier)`, rounded to whole ones, halves up."""

    output_field = IntegerField()
    arity = 2

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> tuple[str, tuple[Any, ...]]:
        """As SQLite says it: its times are texts."""
        sql, values = super().as_sql(compiler, connection, template=_SQLITE, arg_joiner=") - julianday(", **more)
        return sql, tuple(values)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> tuple[str, tuple[Any, ...]]:
        """As PostgreSQL says it."""
        sql, values = super().as_sql(compiler, connection, template=_POSTGRESQL, arg_joiner=" - ", **more)
        return sql, tuple(values)


def month_of(column: str, begins: Sequence[datetime]) -> Case:
    """The month, as 2026-11, in which *column* lies: one of those that begin at *begins* (in UTC), "" before all of them."""
    latest_first = sorted(begins, reverse=True)
    return Case(
        *(When(**{f"{column}__gte": begin}, then=Value(_written(begin))) for begin in latest_first),
        default=Value(""),
        output_field=CharField(),
    )


def _written(begin: date) -> str:
    return begin.strftime("%Y-%m")
