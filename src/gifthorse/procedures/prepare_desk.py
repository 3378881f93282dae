"""Before a desk is opened: its keys fit its records, its tables are those of this version, and left-overs of a crash are gone."""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from gifthorse.model.errors import KeyMissing
from gifthorse.model.roles import DESK_ITSELF, Role
from gifthorse.model.words import N_
from gifthorse.procedures.acting import now
from gifthorse.procedures.keep_accounts import create
from gifthorse.store import doctor
from gifthorse.store.keyring import KEK_FILE, SIGNING_FILE, Keyring, keyring
from gifthorse.store.sweep import sweep
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.sealed import RecordKey

KEYS_ARE_GONE: Final = N_(
    "The keyring is missing, but the database already holds records that were sealed with it. Nothing was changed. Bring the keyring "
    "folder back from where you keep it, or name its place in GIFTHORSE_KEYRING; with new keys nobody could ever read these records."
)
OTHER_KEYS: Final = N_(
    "This keyring belongs to another database: it opens none of the records that are here. Nothing was changed. Put the keyring that "
    "belongs to this database in its place, or choose the data folder that belongs to this keyring."
)
LOOKED_AT: Final = 20


def have_keys() -> Path:
    """The folder of the keyring that sealed what is there, or of a new one where nothing was sealed yet.

    Raises KeyMissing, with nothing changed, when the keys are not those of the records that are there.
    """
    folder = Path(settings.GIFTHORSE_KEYRING)
    if (folder / SIGNING_FILE).exists() or (folder / KEK_FILE).exists():
        _require_fitting(keyring())
    elif _has_rows(LedgerEntry._meta.db_table):
        raise KeyMissing(KEYS_ARE_GONE)
    else:
        Keyring.create(folder)
    return folder


def bring_up_to_date() -> None:
    """The tables are those of this version, and what a crash left in the vault's folder is gone."""
    if not doctor.is_up_to_date():
        call_command("migrate", interactive=False, verbosity=0)
    sweep(now())


def first_administrator(login: str, password: str) -> bool:
    """Whether this desk had no account yet and has this administrator now."""
    if Account.objects.exists():
        return False
    create(DESK_ITSELF, login, password, [Role.ADMIN], {"name": login})
    return True


def _require_fitting(keys: Keyring) -> None:
    """Raises KeyMissing when none of the records looked at was sealed with *keys*; a single damaged row keeps no desk from starting."""
    if not _has_rows(RecordKey._meta.db_table):
        return
    some = [bytes(wrapped) for wrapped in RecordKey.objects.values_list("wrapped", flat=True)[:LOOKED_AT]]
    if not any(wrapped.startswith(keys.fingerprint) for wrapped in some):
        raise KeyMissing(OTHER_KEYS)


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return False
        cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608 - our own names
        return cursor.fetchone() is not None
