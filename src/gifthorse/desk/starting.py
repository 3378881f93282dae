"""What happens before the desk serves: folders, keys, tables, public files, the first account, and the demonstration."""

import os
import secrets
from importlib import import_module
from pathlib import Path
from typing import Final

from gifthorse.desk.surroundings import create_session_secret, session_secret
from gifthorse.model.errors import KeyMissing, Unreadable
from gifthorse.model.words import N_
from gifthorse.store.keyring import KEK_FILE, SIGNING_FILE, Keyring, keyring

FIRST: Final = "admin"
FOLDERS: Final = ("vault", "spool", "logs", "static")
KEYS_ARE_GONE: Final = N_(
    "The keyring is missing, but the database already holds records that were sealed with it. Nothing was changed. Bring the keyring "
    "folder back from where you keep it, or name its place in GIFTHORSE_KEYRING; with new keys nobody could ever read these records."
)
OTHER_KEYS: Final = N_(
    "This keyring belongs to another database: it opens none of the records that are here. Nothing was changed. Put the keyring that "
    "belongs to this database in its place, or choose the data folder that belongs to this keyring."
)
LOOKED_AT: Final = 20


def make_folders(data: Path) -> None:
    """The data folder with what belongs into it, readable by this user alone."""
    try:
        for folder in (data, *(data / name for name in FOLDERS)):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Unreadable(f"The data folder {data} can't be used ({error.strerror}). Please choose another one with --data.") from error


def set_up() -> None:
    """Django is ready, the keys are there, tables and public files are up to date, left-overs of a crash are gone.

    Raises KeyMissing, with nothing changed, when the keys are not those of the records that are there.
    """
    import django
    from django.core.management import call_command
    from django.db import connection, connections

    django.setup()
    _have_keys()
    if _has_unapplied_migrations():
        call_command("migrate", interactive=False, verbosity=0)
    _collect_public_files()
    _sweep()
    connection.close()
    connections.close_all()  # a fork must not share a connection


def _have_keys() -> None:
    """The keyring is in its place: the one that sealed what is there, or a new one where nothing was sealed yet."""
    from django.conf import settings

    folder = Path(settings.GIFTHORSE_KEYRING)
    if (folder / SIGNING_FILE).exists() or (folder / KEK_FILE).exists():
        _require_fitting(keyring())
    elif _has_rows("ledger_entry"):
        raise KeyMissing(KEYS_ARE_GONE)
    else:
        Keyring.create(folder)
    create_session_secret(folder)
    settings.SECRET_KEY = session_secret(folder)


def _require_fitting(keys: Keyring) -> None:
    """Raises KeyMissing when none of the records looked at was sealed with *keys*; a single damaged row keeps no desk from starting."""
    from gifthorse.store.tables.sealed import RecordKey

    if not _has_rows(RecordKey._meta.db_table):
        return
    some = [bytes(wrapped) for wrapped in RecordKey.objects.values_list("wrapped", flat=True)[:LOOKED_AT]]
    if not any(wrapped.startswith(keys.fingerprint) for wrapped in some):
        raise KeyMissing(OTHER_KEYS)


def _has_rows(table: str) -> bool:
    from django.db import connection

    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return False
        cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608 - our own names
        return cursor.fetchone() is not None


def _sweep() -> None:
    from gifthorse.procedures.acting import now
    from gifthorse.store.sweep import sweep

    sweep(now())


def _has_unapplied_migrations() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _collect_public_files() -> None:
    """Scripts, styles and fonts under names that carry their content's digest; made anew only when one of them changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    newest = ""
    for finder in get_finders():
        for path, storage in finder.list(None):
            newest += f"{path} {storage.size(path)} {os.stat(storage.path(path)).st_mtime_ns}\n"
    stamp = Path(settings.STATIC_ROOT) / "stamp"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == newest:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(newest, encoding="utf-8")


def demonstration() -> list[str]:
    """The lines that tell the demonstration's accounts; the fictional organisation is there."""
    from django.db import connections

    lines = [str(line) for line in import_module("gifthorse.demonstration").load()]
    connections.close_all()
    return lines


def first_administrator() -> list[str]:
    """The lines that tell the first administrator's password, when there was no account yet; none otherwise."""
    from django.db import connections

    from gifthorse.model.roles import DESK_ITSELF, Role
    from gifthorse.procedures.keep_accounts import create
    from gifthorse.store.tables.account import Account

    if Account.objects.exists():
        return []
    password = secrets.token_urlsafe(12)
    create(DESK_ITSELF, FIRST, password, [Role.ADMIN], {"name": FIRST})
    connections.close_all()
    return [f"Sign in as {FIRST} with the password {password}, change it at once, and make the other accounts."]
