"""The store's self-check: database, keys, room on the disk, backups. What is wrong comes with what to do."""

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from gifthorse.model.custody import InspectionState
from gifthorse.model.errors import KeyMissing
from gifthorse.model.words import Phrase, phrase
from gifthorse.store import assess_role, triggers
from gifthorse.store.backup import last_backup
from gifthorse.store.keyring import KEK_FILE, SIGNING_FILE, Keyring
from gifthorse.store.sqlite import has_wal_reset_defect
from gifthorse.store.tables.inspection import Inspection
from gifthorse.store.tables.ledger_entry import Checkpoint, LedgerEntry

ROOM_NEEDED: Final = 1 << 30
ROOM_WISHED: Final = 10 << 30
LONGEST_WITHOUT_BACKUP: Final = timedelta(days=7)
LONGEST_WAIT: Final = timedelta(hours=1)
SILENT_FOR: Final = timedelta(minutes=5)
SHORTEST_SECRET: Final = 50  # as Django's own check security.W009


class State(StrEnum):
    """`OK`, `ADVICE` (works, could be better), `PROBLEM` (act on it)."""

    OK = "ok"
    ADVICE = "advice"
    PROBLEM = "problem"


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at, how it is, and what to do about it."""

    id: str
    state: State
    what: Phrase
    what_to_do: Phrase | None = None


def ok(check: str, what: Phrase) -> Checked:
    """All is well there."""
    return Checked(id=check, state=State.OK, what=what)


def advice(check: str, what: Phrase, what_to_do: Phrase) -> Checked:
    """It works and could be better."""
    return Checked(id=check, state=State.ADVICE, what=what, what_to_do=what_to_do)


def problem(check: str, what: Phrase, what_to_do: Phrase) -> Checked:
    """Somebody should act."""
    return Checked(id=check, state=State.PROBLEM, what=what, what_to_do=what_to_do)


def examine(moment: datetime) -> list[Checked]:
    """Everything that was looked at, whatever the state of the desk."""
    checks = [*_settings(), *_folders(), *_room(), *_keyring()]
    if not database_exists():
        return [*checks, problem("database.there", phrase("There is no database yet."), phrase("Start `gifthorse desk` once."))]
    try:
        checks += [*_database(), *_tables()]
        if is_up_to_date():
            checks += [*_guards(), *_assess_role(), *_backups(moment), *_checkpoints(moment), *_jobs(moment)]
    except DatabaseError as error:
        what = phrase("The database doesn't answer: {error}", error=" ".join(str(error).split()))
        checks.append(problem("database.answers", what, phrase("Check DATABASE_URL, that the server runs, and that the disk is not full.")))
    return checks


def database_exists() -> bool:
    """Whether there is a database to connect to: asking SQLite would make one."""
    return connection.vendor != "sqlite" or Path(connection.settings_dict["NAME"]).exists()


def is_up_to_date() -> bool:
    """Whether the tables are those of this version."""
    return not _pending()


def _pending() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _settings() -> Iterator[Checked]:
    if settings.DEBUG:
        yield problem("settings.debug", phrase("Debugging is on: error pages show the desk's inside."), phrase("Set DEBUG to False."))
    else:
        yield ok("settings.debug", phrase("Debugging is off."))
    secret = str(settings.SECRET_KEY)
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < 5:
        yield problem(
            "settings.secret",
            phrase("The secret that signs sessions is too short to keep anybody out."),
            phrase("Remove the session secret from the keyring and start the desk again: it makes a new one."),
        )
    else:
        yield ok("settings.secret", phrase("Sessions are signed with a long secret."))


def _folders() -> Iterator[Checked]:
    for name in ("GIFTHORSE_DATA", "GIFTHORSE_VAULT", "GIFTHORSE_KEYRING"):
        path = Path(getattr(settings, name))
        check = f"folder.{name.removeprefix('GIFTHORSE_').lower()}"
        if not path.is_dir():
            yield problem(
                check, phrase("The folder {path} is missing.", path=path), phrase("Start `gifthorse desk` once, or bring the folder back.")
            )
        elif path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield problem(
                check, phrase("Other users of this machine can look into {path}.", path=path), phrase("Run: chmod 700 {path}", path=path)
            )
        elif path.stat().st_uid != os.geteuid():
            yield problem(
                check, phrase("The folder {path} belongs to another user.", path=path), phrase("Run the desk as the user who owns it.")
            )
        else:
            yield ok(check, phrase("The folder {path} is for its own user alone.", path=path))


def _room() -> Iterator[Checked]:
    path = Path(settings.GIFTHORSE_DATA)
    if not path.is_dir():
        return
    free = shutil.disk_usage(path).free
    what = phrase("{free} GB are free where the desk keeps its data.", free=f"{free / 1e9:.1f}")
    to_do = phrase("Make room: an image needs twice its size while it is inspected.")
    yield (
        problem("disk.room", what, to_do)
        if free < ROOM_NEEDED
        else advice("disk.room", what, to_do)
        if free < ROOM_WISHED
        else ok("disk.room", what)
    )


def _keyring() -> Iterator[Checked]:
    folder = Path(settings.GIFTHORSE_KEYRING)
    try:
        Keyring.open(folder)
    except KeyMissing as error:
        yield problem("keyring.opens", phrase("The keyring can't be opened."), phrase("{reason}", reason=error))
        return
    yield ok("keyring.opens", phrase("The keyring opens."))
    open_files = [name for name in (KEK_FILE, SIGNING_FILE) if (folder / name).exists() and (folder / name).stat().st_mode & 0o077]
    if open_files:
        yield problem(
            "keyring.private",
            phrase("Other users of this machine can read the keys: {names}.", names=", ".join(open_files)),
            phrase("Run: chmod 600 {folder}/*", folder=folder),
        )
    if folder.is_relative_to(Path(settings.GIFTHORSE_DATA)):
        yield advice(
            "keyring.apart",
            phrase("The keyring lies inside the data folder: who copies that folder has the keys as well."),
            phrase("Keep a copy of it elsewhere, and set GIFTHORSE_KEYRING to a folder that no copy of the data takes along."),
        )


def _database() -> Iterator[Checked]:
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        yield ok("database.version", phrase("PostgreSQL {version}.", version=".".join(map(str, connection.get_database_version()))))
        return
    version = connection.get_database_version()
    text = ".".join(map(str, version))
    if has_wal_reset_defect((version[0], version[1], version[2])):
        yield problem(
            "database.version",
            phrase("SQLite {version} has the WAL-reset defect: it can lose writes that were confirmed.", version=text),
            phrase("Install the package pysqlite3 (it brings a fixed library), or SQLite 3.51.3 or later, or use PostgreSQL."),
        )
    else:
        yield ok("database.version", phrase("SQLite {version}, without the WAL-reset defect.", version=text))


def _tables() -> Iterator[Checked]:
    if pending := _pending():
        what = phrase("The tables are not those of this version: {count} migrations are pending.", count=pending)
        yield problem("database.migrations", what, phrase("Make a backup, then start `gifthorse desk`: it brings them up to date."))
    else:
        yield ok("database.migrations", phrase("The tables are those of this version."))


def _guards() -> Iterator[Checked]:
    missing = sorted(triggers.wanted(connection).keys() - triggers.standing(connection))
    if missing:
        what = phrase("The database no longer refuses changes to the ledger; missing: {names}.", names=", ".join(missing))
        yield problem("ledger.guards", what, phrase("Run `gifthorse verify`, then find out who removed them."))
    else:
        yield ok("ledger.guards", phrase("The database refuses changes to the ledger."))


def _assess_role() -> Iterator[Checked]:
    """On PostgreSQL assessment reads as a role that sees no trips, names or contents; SQLite knows no roles, so there is nothing to say."""
    if connection.vendor != "postgresql":
        return
    if assess_role.exists():
        yield ok("assess.role", phrase("Assessment reads as {role}, which sees no trips, names or contents.", role=assess_role.ROLE))
    else:
        what = phrase("Assessment reads as the desk itself, since there is no role {role}.", role=assess_role.ROLE)
        todo = phrase(
            "As the database's administrator: CREATE ROLE {role}; GRANT {role} TO the desk's user; then start the desk once more.",
            role=assess_role.ROLE,
        )
        yield advice("assess.role", what, todo)


def _backups(moment: datetime) -> Iterator[Checked]:
    first = LedgerEntry.objects.order_by("position").values_list("at", flat=True).first()
    last = last_backup()
    since = last or first
    if since is not None and moment - since > LONGEST_WITHOUT_BACKUP:
        days = (moment - since).days
        what = (
            phrase("The last backup is {days} days old.", days=days)
            if last
            else phrase("No backup was made in {days} days of use.", days=days)
        )
        yield problem("backup.recent", what, phrase("Run `gifthorse backup FILE`, onto another machine or medium, once a day."))
    else:
        yield ok("backup.recent", phrase("Last backup: {at}.", at=last.isoformat(timespec="minutes") if last else "none yet"))


def _checkpoints(moment: datetime) -> Iterator[Checked]:
    last = Checkpoint.objects.order_by("-position").first()
    signed = None if last is None else LedgerEntry.objects.filter(position=last.position).values_list("at", flat=True).first()
    if LedgerEntry.objects.exists() and (signed is None or moment - signed > LONGEST_WITHOUT_BACKUP):
        yield advice(
            "checkpoint.recent",
            phrase("No checkpoint was signed this week: a ledger whose end was cut off could not be told from a whole one."),
            phrase("Run `gifthorse checkpoint FILE` and keep the file where the desk's own administrators can't change it."),
        )
    else:
        yield ok("checkpoint.recent", phrase("A checkpoint was signed this week, or there is nothing to sign."))


def _jobs(moment: datetime) -> Iterator[Checked]:
    waiting = Inspection.objects.filter(state=InspectionState.QUEUED.value, created_at__lt=moment - LONGEST_WAIT).count()
    silent = Inspection.objects.filter(state=InspectionState.RUNNING.value, progress__heartbeat__lt=moment - SILENT_FOR).count()
    if waiting or silent:
        what = phrase("{waiting} inspections wait for more than an hour, {silent} stopped moving.", waiting=waiting, silent=silent)
        yield problem("jobs.moving", what, phrase("Start the desk again; it takes them up where they were."))
    else:
        yield ok("jobs.moving", phrase("No inspection waits too long."))
