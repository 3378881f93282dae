"""On PostgreSQL, assessment reads as a role of its own that can see nothing but what it may read.

The role has SELECT on the observations, on which report and group they belong to, and on the threads: no names, no trips, no places, no
contents. SQLite knows no roles: there the neutrality tests of the code stand alone, and `gifthorse doctor` says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

ROLE: Final = "gifthorse_assess"
# Table and columns; all columns where none are named.
READABLE: Final[dict[str, tuple[str, ...]]] = {
    "observation": (),
    "contact": ("id", "joined_to"),
    "report": ("id", "reporter_id"),
    "thread": (),
}
# our own name alone is filled in
_CREATE: Final = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}') THEN
    CREATE ROLE {ROLE} NOLOGIN;
  END IF;
  EXECUTE format('GRANT {ROLE} TO %I', current_user);
EXCEPTION
  WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL;
END $$
"""  # noqa: S608 - the name of the role is ours


def create(to: BaseDatabaseWrapper) -> None:
    """The role is there with its rights, where the database user may make it; nothing happens otherwise, nor on SQLite."""
    if to.vendor != "postgresql":
        return
    with to.cursor() as cursor:
        cursor.execute(_CREATE)
        if not _may_become(cursor):
            return
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        cursor.execute(f"GRANT USAGE ON SCHEMA {to.ops.quote_name(schema)} TO {ROLE}")
        for table, columns in READABLE.items():
            which = f"({', '.join(columns)})" if columns else ""
            cursor.execute(f"GRANT SELECT {which} ON {table} TO {ROLE}")


def exists(of: BaseDatabaseWrapper | None = None) -> bool:
    """Whether assessment can read as the role."""
    database = of or connection
    if database.vendor != "postgresql":
        return False
    with database.cursor() as cursor:
        return _may_become(cursor)


@contextmanager
def reading_as_assess() -> Iterator[bool]:
    """Within, the database shows what assessment may read and nothing else; False where there is no such role."""
    if not exists():
        yield False
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield True  # after an error the transaction is undone, and the role with it
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def _may_become(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = %s", [ROLE])
    found = cursor.fetchone()
    return bool(found and found[0])
