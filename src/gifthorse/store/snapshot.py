"""One view of the whole database that doesn't change while it is read, and that holds up no writer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_READ_ONLY: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


@contextmanager
def snapshot() -> Iterator[BaseDatabaseWrapper]:
    """Inside, every query sees the database as it is now; within a transaction, as that one sees it."""
    if connection.in_atomic_block:
        yield connection
        return
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with _deferred(connection), transaction.atomic():
            _touch()
            yield connection
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_READ_ONLY)
        _touch()
        yield connection


@contextmanager
def _deferred(sqlite: BaseDatabaseWrapper) -> Iterator[None]:
    """Transactions begin without the write lock that every other one of ours takes at its start."""
    mode = sqlite.transaction_mode  # type: ignore[attr-defined]
    sqlite.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        yield
    finally:
        sqlite.transaction_mode = mode  # type: ignore[attr-defined]


def _touch() -> None:
    """Reads something: both databases take the snapshot at the first read, not at BEGIN."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM checkpoint")
