"""Backups: one encrypted file with everything that is kept, and beside it the records' keys, of which only the latest are kept.

A backup is made while the desk is used and shows one moment of it. It has the same form for SQLite and PostgreSQL, so what was backed
up from one is restored to the other. The records' own keys lie in `gifthorse.keys` in the same folder, which each backup replaces: a
record that was erased is gone from every older backup too as soon as the next one is made. The key-encryption key is in neither.
"""

import os
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from django.conf import settings

from gifthorse import __version__
from gifthorse.model import moments
from gifthorse.model.roles import Procedure
from gifthorse.store import archive, backed_up, ledger
from gifthorse.store.damage import Progress, no_progress
from gifthorse.store.keyring import keyring
from gifthorse.store.snapshot import snapshot
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.sealed import RecordKey, Sealed

BACKUP: Final = "backup"
KEYS: Final = "record-keys"
KEYS_FILE: Final = "gifthorse.keys"
MANIFEST: Final = "manifest.json"
KEYS_AT_ONCE: Final = 2_000


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows of a table there are, and the sum of their digests."""

    rows: int
    digest: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive holds. `missing_files` are sealed records whose file was not there, erased while the backup ran or lost."""

    version: str
    made_at: str
    position: int
    head: str
    tables: dict[str, Table] = {}
    migrations: tuple[str, ...] = ()
    files: int = 0
    missing_files: tuple[str, ...] = ()


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A backup that was made. `lost` are records whose file is gone though they were never erased."""

    path: str
    keys: str
    bytes: int
    rows: int
    files: int
    position: int
    lost: tuple[str, ...]


class KeyLine(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A sealed record and its wrapped key; none when the record was erased."""

    id: str
    wrapped: bytes | None


def back_up(path: Path, *, moment: datetime, progress: Progress = no_progress) -> Made:
    """A backup at *path* and the records' keys beside it, both whole and on the disk.

    Raises NotAccepted when *path* is taken or can't be written, KeyMissing without a keyring.
    """
    keyring()
    keys = path.parent / KEYS_FILE
    with archive.written(path, BACKUP, replace=False) as writer:
        with snapshot():
            manifest = _write(writer, _start(moment), progress)
        # a view of its own, so that what was erased meanwhile is not in it; and in place before the archive is:
        # keys newer than an archive serve it, older ones don't
        with snapshot():
            _write_keys(keys, _start(moment))
            missing = manifest.missing_files
            erased = set(Sealed.objects.filter(pk__in=missing, erased=True).values_list("pk", flat=True))
    return Made(
        path=str(path),
        keys=str(keys),
        bytes=path.stat().st_size,
        rows=sum(table.rows for table in manifest.tables.values()),
        files=manifest.files,
        position=manifest.position,
        lost=tuple(sealed_id for sealed_id in missing if sealed_id not in erased),
    )


def _start(moment: datetime) -> Manifest:
    position, head = ledger.head()
    return Manifest(
        version=__version__,
        made_at=moments.written(moment),
        position=position,
        head=head.hex(),
        migrations=tuple(backed_up.migrations()),
    )


def last_backup() -> datetime | None:
    """When the last backup was made, as the ledger knows it."""
    return LedgerEntry.objects.filter(procedure=Procedure.BACK_UP.value).order_by("-position").values_list("at", flat=True).first()


def _write(writer: archive.Writer, start: Manifest, progress: Progress) -> Manifest:
    tables = {model._meta.label_lower: _write_table(writer, model, progress) for model in backed_up.tables()}
    files, missing = _write_files(writer, progress)
    manifest = msgspec.structs.replace(start, tables=tables, files=files, missing_files=tuple(missing))
    writer.add(MANIFEST, msgspec.json.encode(manifest))
    return manifest


def _write_table(writer: archive.Writer, model: backed_up.Model, progress: Progress) -> Table:
    label, total = model._meta.label_lower, model._default_manager.count()
    rows = backed_up.RowSum()
    for part, (_, lines) in enumerate(backed_up.chunks(model)):
        rows.add(lines.splitlines())
        writer.add(f"tables/{label}/{part:08}", zlib.compress(lines))
        progress(label, rows.count, total)
    return Table(rows=rows.count, digest=rows.digest)


def _write_files(writer: archive.Writer, progress: Progress) -> tuple[int, list[str]]:
    sealed = Sealed.objects.exclude(file="").filter(erased=False)
    total, done, missing = sealed.count(), 0, []
    for record in sealed.only("pk", "file").order_by("pk").iterator():
        try:
            with (Path(settings.GIFTHORSE_VAULT) / record.file).open("rb") as file:
                writer.add_file(f"vault/{record.pk}", file, os.fstat(file.fileno()).st_size)
        except FileNotFoundError:
            missing.append(record.pk)
        done += 1
        progress("files", done, total)
    return done - len(missing), missing


def _write_keys(path: Path, manifest: Manifest) -> None:
    with archive.written(path, KEYS, replace=True) as writer:
        for part, lines in enumerate(_key_lines()):
            writer.add(f"keys/{part:08}", lines)
        writer.add(MANIFEST, msgspec.json.encode(manifest))


def _key_lines() -> Iterator[bytes]:
    waiting: list[KeyLine] = []
    for line in _keys():
        waiting.append(line)
        if len(waiting) == KEYS_AT_ONCE:
            yield msgspec.json.encode(waiting)
            waiting = []
    yield msgspec.json.encode(waiting)


def _keys() -> Iterator[KeyLine]:
    for sealed_id, wrapped in RecordKey.objects.values_list("pk", "wrapped").iterator(chunk_size=KEYS_AT_ONCE):
        yield KeyLine(id=sealed_id, wrapped=bytes(wrapped))
    for sealed_id in Sealed.objects.filter(erased=True).values_list("pk", flat=True).iterator(chunk_size=KEYS_AT_ONCE):
        yield KeyLine(id=sealed_id, wrapped=None)
