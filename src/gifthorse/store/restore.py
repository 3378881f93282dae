"""Restoring: the desk becomes what it was when a backup was made, in one transaction, or stays as it is.

Rows go in exactly as they were, are read back and compared with the manifest. Files of the vault are put in place before the
transaction ends; until then no row names them, and `sweep` removes them if it never does.
"""

import os
import zlib
from pathlib import Path
from typing import IO, Final

import msgspec
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection

from gifthorse.model.errors import Damaged, NotAccepted, WrongState
from gifthorse.model.ids import read_id
from gifthorse.model.words import N_
from gifthorse.store import archive, backed_up, triggers
from gifthorse.store.archive import CUT
from gifthorse.store.backup import BACKUP, KEYS, KEYS_FILE, MANIFEST, KeyLine, Manifest
from gifthorse.store.damage import Progress, no_progress
from gifthorse.store.tables.account import Account
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.sealed import RecordKey, Sealed
from gifthorse.store.vault import file_name, sync_folder

CHUNK: Final = 1 << 20
MADE_BY_MIGRATIONS: Final = frozenset({"contenttypes.contenttype", "auth.permission"})


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What was restored. `erased_since` are sealed records that were erased after the backup was made, still to be erased here."""

    made_at: str
    position: int
    head: str
    rows: int
    files: int
    erased_since: tuple[str, ...]


def load(path: Path, *, replace: bool = False, keys: Path | None = None, progress: Progress = no_progress) -> Loaded:
    """The rows and files of the backup at *path* are in place, inside the caller's transaction; *keys* is beside it unless given.

    Raises WrongState for a desk that is in use unless *replace*, NotAccepted for a file that is no backup or of another version,
    KeyMissing with another keyring, Damaged when anything isn't as it was written.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A backup is restored inside one transaction, so that a desk is never half of one and half of another.")
    if not (replace or is_empty()):
        raise WrongState(
            N_("There are records in this desk already. Restore into an empty data folder, or say --force to replace them all.")
        )
    known, of_keys = _read_keys(keys or path.parent / KEYS_FILE)
    triggers.drop(connection)
    _empty()
    manifest = _load_members(path, progress)
    _check(manifest, of_keys)
    gone = _put_keys(known)
    triggers.create(connection)
    _reset_sequences()
    return Loaded(
        made_at=manifest.made_at,
        position=manifest.position,
        head=manifest.head,
        rows=sum(table.rows for table in manifest.tables.values()),
        files=manifest.files,
        erased_since=tuple(gone),
    )


def is_empty() -> bool:
    """Whether nobody has used this desk yet."""
    return not (LedgerEntry.objects.exists() or Account.objects.exists())


def _empty() -> None:
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    with connection.cursor() as cursor:
        for model in models:
            if model._meta.label_lower not in MADE_BY_MIGRATIONS:
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608 - our own names


def _load_members(path: Path, progress: Progress) -> Manifest:
    models = {model._meta.label_lower: model for model in backed_up.tables()}
    manifest = None
    for name, content in archive.members(path, BACKUP, lambda done, total: progress("restore", done, total)):
        kind, _, rest = name.partition("/")
        if kind == "tables":
            _load_rows(models.get(rest.partition("/")[0]), content)
        elif kind == "vault":
            _load_file(rest, content)
        elif name == MANIFEST:
            manifest = msgspec.json.decode(content.read(), type=Manifest)
    if manifest is None:
        raise Damaged(CUT)
    return manifest


def _load_rows(model: backed_up.Model | None, content: IO[bytes]) -> None:
    if model is None:
        raise NotAccepted(N_("This backup was made by another version of gifthorse. Restore it with that version, then upgrade."))
    try:
        rows = backed_up.rows(model, zlib.decompress(content.read()))
    except (KeyError, ValueError, zlib.error) as error:
        raise NotAccepted(
            N_("This backup was made by another version of gifthorse. Restore it with that version, then upgrade.")
        ) from error
    model._default_manager.bulk_create(rows, batch_size=backed_up.ROWS)


def _load_file(untrusted_id: str, content: IO[bytes]) -> None:
    folder = Path(settings.GIFTHORSE_VAULT)
    path = folder / file_name(read_id(untrusted_id, Sealed.PREFIX))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        while chunk := content.read(CHUNK):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    sync_folder(path.parent)


def _read_keys(path: Path) -> tuple[dict[str, bytes | None], Manifest]:
    known: dict[str, bytes | None] = {}
    manifest = None
    for name, content in archive.members(path, KEYS, lambda _done, _total: None):
        if name == MANIFEST:
            manifest = msgspec.json.decode(content.read(), type=Manifest)
        else:
            known.update((line.id, line.wrapped) for line in msgspec.json.decode(content.read(), type=list[KeyLine]))
    if manifest is None:
        raise Damaged(CUT)
    return known, manifest


def _check(manifest: Manifest, of_keys: Manifest) -> None:
    """Raises unless everything that was put in is, read back, what the manifest says."""
    if list(manifest.migrations) != backed_up.migrations():
        raise NotAccepted(N_("This backup was made by another version of gifthorse. Restore it with that version, then upgrade."))
    if of_keys.position < manifest.position:
        raise NotAccepted(
            f"The record keys ({KEYS_FILE}) are older than this backup, so its latest records could not be read. "
            "Bring the keys file that was written with it or later."
        )
    for model in backed_up.tables():
        rows = backed_up.RowSum()
        for _, lines in backed_up.chunks(model):
            rows.add(lines.splitlines())
        told = manifest.tables.get(model._meta.label_lower)
        if told is None or (told.rows, told.digest) != (rows.count, rows.digest):
            raise Damaged(CUT)


def _put_keys(known: dict[str, bytes | None]) -> list[str]:
    """The keys of the restored records are in place; the ids of those that were erased since."""
    gone, keys = [], []
    for sealed_id in Sealed.objects.filter(erased=False).values_list("pk", flat=True).iterator(chunk_size=backed_up.ROWS):
        wrapped = known.get(sealed_id)
        if wrapped is not None:
            keys.append(RecordKey(sealed_id=sealed_id, wrapped=wrapped))
        elif sealed_id in known:
            gone.append(sealed_id)
    RecordKey.objects.bulk_create(keys, batch_size=backed_up.ROWS)
    return gone


def _reset_sequences() -> None:
    """The next number that PostgreSQL gives is above those that were put in; SQLite sees to it by itself."""
    statements = connection.ops.sequence_reset_sql(no_style(), backed_up.tables())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
