"""The check of everything that is kept against the ledger; each damaged record is named.

It reads one unchanging view of the database, holds up no writer, and needs little memory however much there is. What it can't see by
itself is a ledger whose end was cut off, or that was rewritten by somebody who has the keyring: that takes a checkpoint kept elsewhere
(`checkpoint.check_against`).
"""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from django.db import DatabaseError, connection

from gifthorse.model.errors import KeyMissing
from gifthorse.model.words import N_, phrase
from gifthorse.store import triggers
from gifthorse.store.check_checkpoints import checkpoint_damages, stored_checkpoints
from gifthorse.store.check_ledger import LedgerWalk
from gifthorse.store.check_records import RecordWalk, record_tables
from gifthorse.store.damage import Damage, Progress, Report, no_progress
from gifthorse.store.keyring import FINGERPRINT_LENGTH, Keyring, keyring
from gifthorse.store.latest import Latest
from gifthorse.store.snapshot import snapshot
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.sealed import RecordKey

ASKED_FOR_THEIR_KEY: Final = 8


def verify(progress: Progress = no_progress) -> Report:
    """What was checked and what is damaged. Raises KeyMissing when the keyring is not the one that belongs to this database."""
    keys = keyring()
    with tempfile.TemporaryDirectory(prefix="gifthorse-verify-") as folder, closing(Latest(Path(folder))) as latest:
        with snapshot():
            _same_keyring(keys)
            rows = stored_checkpoints()
            ledger = LedgerWalk(keys.ledger_key, latest, {int(row.key) for row in rows if row.key.isdecimal()})
            ledger.walk(LedgerEntry.objects.count(), progress)
            records = RecordWalk(keys, latest)
            records.walk(sum(model._default_manager.count() for model in record_tables()), progress)
            checkpoints = list(checkpoint_damages(rows, ledger.digests, ledger.position, ledger.signings))
            database = list(_database_damages())
        records.settle_doubtful_files()
    return Report(
        entries=ledger.count,
        records=records.count,
        files=records.files,
        checkpoints=len(rows),
        head=ledger.digest.hex(),
        damages=(*ledger.damages, *records.damages, *checkpoints, *database),
    )


def _same_keyring(keys: Keyring) -> None:
    """Tells a keyring that was mixed up, which would make every single record look damaged, from damage."""
    wrapped = [bytes(one) for one in RecordKey.objects.values_list("wrapped", flat=True)[:ASKED_FOR_THEIR_KEY]]
    if len(wrapped) > 1 and all(one[:FINGERPRINT_LENGTH] != keys.fingerprint for one in wrapped):
        raise KeyMissing(
            N_("The keyring is not the one that this database was made with. Bring the right keyring folder back and try again.")
        )


def _database_damages() -> Iterator[Damage]:
    for name in sorted(triggers.wanted(connection).keys() - triggers.standing(connection)):
        what = phrase("The database no longer refuses changes here: its trigger {name} is gone or off. Run the migrations.", name=name)
        yield Damage(table=name.partition("_refuses_")[0], id="", what=what)
    if connection.vendor == "sqlite":
        yield from (Damage(table="sqlite", id="", what=phrase("{finding}", finding=finding)) for finding in _integrity())


def _integrity() -> Iterator[str]:
    """What SQLite finds wrong with its own file. Source: sqlite.org/pragma.html#pragma_integrity_check."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(20)")
            yield from (line for (line,) in cursor.fetchall() if line != "ok")
    except DatabaseError as error:
        yield str(error)
