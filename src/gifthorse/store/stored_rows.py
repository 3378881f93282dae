"""Rows as they really lie in the database, read so that no damage hides and none stops the reading.

SQLite stores any type in any column and Django forgives much: a flag of 3 reads as true, "2026-11-22!09:30:00" as a time. So each value
is read with its storage class and its bytes, and must be exactly what the desk would have written for it.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from django.db import connection, models

from gifthorse.model.words import Phrase, phrase

BATCH: Final = 128

Stored = tuple[str, bytes | None]
AnyField = models.Field[Any, Any]


class Row(NamedTuple):
    """One row: its primary key as text, the instance (None when it can't be read), and what is wrong with the form of its values."""

    key: str
    record: models.Model | None
    fault: Phrase | None


def batches(model: type[models.Model], *, size: int = BATCH) -> Iterator[list[Row]]:
    """All rows of *model* by primary key, in lists of at most *size*."""
    fields = list(model._meta.concrete_fields)
    read = _read_sqlite if connection.vendor == "sqlite" else _read_postgresql
    with connection.chunked_cursor() as cursor:
        cursor.execute(_question(model, fields))
        while rows := cursor.fetchmany(size):
            yield [read(model, fields, row) for row in rows]


def _question(model: type[models.Model], fields: list[AnyField]) -> str:
    quoted = [f'"{field.column}"' for field in fields]
    if connection.vendor == "sqlite":
        quoted = [f"typeof({name}), CAST({name} AS BLOB)" for name in quoted]
    assert model._meta.pk is not None
    return f'SELECT {", ".join(quoted)} FROM "{model._meta.db_table}" ORDER BY "{model._meta.pk.column}"'  # noqa: S608 - our own names


def _read_postgresql(model: type[models.Model], fields: list[AnyField], row: tuple[Any, ...]) -> Row:
    """PostgreSQL keeps each type to its form; only JSON arrives as text here."""
    values = [json.loads(v) if isinstance(f, models.JSONField) and isinstance(v, str) else v for f, v in zip(fields, row, strict=True)]
    record = model.from_db(connection.alias, [field.attname for field in fields], values)
    return Row(str(record.pk), record, None)


def _read_sqlite(model: type[models.Model], fields: list[AnyField], row: tuple[Any, ...]) -> Row:
    stored: list[Stored] = list(zip(row[::2], row[1::2], strict=True))
    key = _shown(stored[[field.primary_key for field in fields].index(True)])
    values = []
    for field, value in zip(fields, stored, strict=True):
        try:
            values.append(_value(field, value))
        except ValueError:
            return Row(key, None, phrase("The value in the column {column} can't be read.", column=field.column))
    record = model.from_db(connection.alias, [field.attname for field in fields], values)
    for field, value, raw in zip(fields, values, stored, strict=True):
        if _as_written(field, value) != raw:
            return Row(
                key, record, phrase("The value in the column {column} is stored in a form that the desk never writes.", column=field.column)
            )
    return Row(key, record, None)


def _value(field: AnyField, stored: Stored) -> Any:
    kind, raw = stored
    if raw is None:
        return None
    if kind == "blob":
        return raw
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return next((read for known, read in _READERS if isinstance(field, known)), bytes.decode)(raw)


def _moment(raw: bytes) -> datetime:
    return datetime.fromisoformat(raw.decode()).replace(tzinfo=UTC)


_READERS: Final[tuple[tuple[type[AnyField], Callable[[bytes], Any]], ...]] = (
    (models.DateTimeField, _moment),
    (models.DateField, lambda raw: date.fromisoformat(raw.decode())),
    (models.BooleanField, lambda raw: bool(int(raw))),
    (models.IntegerField, int),
    (models.JSONField, json.loads),
)


def _as_written(field: AnyField, value: Any) -> Stored:
    """Storage class and bytes of *value* as Django hands it to SQLite. Source: sqlite.org/datatype3.html."""
    prepared = field.get_db_prep_save(value, connection)
    match prepared:
        case None:
            return "null", None
        case bytes() | memoryview():
            return "blob", bytes(prepared)
        case int():
            return "integer", b"%d" % prepared
        case _:
            return "text", str(prepared).encode()


def _shown(stored: Stored) -> str:
    return (stored[1] or b"").decode("utf-8", "backslashreplace")
