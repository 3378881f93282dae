"""What happens before the desk serves: folders, keys, tables, public files, the first account, and the demonstration."""

import os
import secrets
from importlib import import_module
from pathlib import Path
from typing import Final

from gifthorse.desk.surroundings import create_session_secret
from gifthorse.model.errors import Unreadable

FIRST: Final = "admin"
FOLDERS: Final = ("vault", "spool", "logs", "static")


def make_folders(data: Path) -> None:
    """The data folder with what belongs into it, readable by this user alone; the session secret is there."""
    try:
        for folder in (data, *(data / name for name in FOLDERS)):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        create_session_secret(Path(os.environ.get("GIFTHORSE_KEYRING", data / "keyring")))
    except OSError as error:
        raise Unreadable(f"The data folder {data} can't be used ({error.strerror}). Please choose another one with --data.") from error


def set_up() -> None:
    """Django is ready, the keyring is there, tables and public files are up to date."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, connections

    from gifthorse.store.keyring import KEK_FILE, SIGNING_FILE, Keyring

    django.setup()
    folder = Path(settings.GIFTHORSE_KEYRING)
    if not (folder / SIGNING_FILE).exists() and not (folder / KEK_FILE).exists():
        Keyring.create(folder)
    if _has_unapplied_migrations():
        call_command("migrate", interactive=False, verbosity=0)
    _collect_public_files()
    connection.close()
    connections.close_all()  # a fork must not share a connection


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
