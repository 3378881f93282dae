"""What happens before the desk serves: folders, keys, tables, public files, the first account, and the demonstration."""

import os
import secrets
from pathlib import Path
from typing import Final

from gifthorse.desk.surroundings import create_session_secret, session_secret
from gifthorse.model.errors import Unreadable

FIRST: Final = "admin"
FOLDERS: Final = ("vault", "spool", "logs", "static")


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
    from django.conf import settings
    from django.db import connections

    django.setup()
    from gifthorse.procedures import prepare_desk

    folder = prepare_desk.have_keys()
    create_session_secret(folder)
    settings.SECRET_KEY = session_secret(folder)
    prepare_desk.bring_up_to_date()
    _collect_public_files()
    connections.close_all()  # a fork must not share a connection


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

    from gifthorse.demonstration import load

    lines = load()
    connections.close_all()
    return lines


def first_administrator() -> list[str]:
    """The lines that tell the first administrator's password, when there was no account yet; none otherwise."""
    from django.db import connections

    from gifthorse.procedures import prepare_desk

    password = secrets.token_urlsafe(12)
    made = prepare_desk.first_administrator(FIRST, password)
    connections.close_all()
    if not made:
        return []
    return [f"Sign in as {FIRST} with the password {password}, change it at once, and make the other accounts."]
