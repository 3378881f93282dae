"""The database's own refusal to change or delete what the ledger and the checkpoints say (migration 0002 puts it in place)."""

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

GUARDED: Final = ("ledger_entry", "checkpoint")
_REFUSAL: Final = "the ledger is append-only"


def _sqlite(table: str) -> dict[str, str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    there_already = f"EXISTS (SELECT 1 FROM {table} WHERE position = NEW.position)"  # noqa: S608 - our own names
    return {
        f"{table}_refuses_update": f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} {refuse}",
        f"{table}_refuses_delete": f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} {refuse}",
        # INSERT OR REPLACE deletes the old row without any delete trigger (sqlite.org/lang_conflict.html)
        f"{table}_refuses_replace": (f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} WHEN {there_already} {refuse}"),
    }


def _postgresql(table: str) -> dict[str, str]:
    return {
        f"{table}_refuses_change": (
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_refuses()"
        ),
        f"{table}_refuses_truncate": (
            f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()"
        ),
    }


_FUNCTION: Final = (
    f"CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
)


def wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers that belong into this database: name and the statement that makes it."""
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    return {name: statement for table in GUARDED for name, statement in make(table).items()}


def create(connection: BaseDatabaseWrapper) -> None:
    """All triggers are in place."""
    present = standing(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for name, statement in wanted(connection).items():
            if name not in present:
                cursor.execute(statement)


def drop(connection: BaseDatabaseWrapper) -> None:
    """None of the triggers is in place: for tests, and for a restore over an old desk."""
    with connection.cursor() as cursor:
        for name in wanted(connection):
            table = name.partition("_refuses_")[0]
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def standing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that the database has and that are switched on."""
    question = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()}
