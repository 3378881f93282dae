"""The vault: what people tell and bring, encrypted with a key per record.

Small texts lie in their row, larger ones and files under the vault's folder. A record's key is wrapped by the key-encryption key and
lies in a table that backups treat apart, so that destroying the key erases the record, old backups included. All functions that
write belong inside the caller's transaction; the rows that they return belong into its ledger entry.
"""

import fcntl
import io
import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
from django.conf import settings
from django.db import connection, transaction

from gifthorse.model.errors import Damaged, KeyMissing
from gifthorse.model.ids import opaque_id
from gifthorse.model.words import N_
from gifthorse.store.keyring import KEY_LENGTH, keyring
from gifthorse.store.segments import DAMAGED, SEGMENT_LENGTH, Sealer, opened
from gifthorse.store.tables.sealed import RecordKey, Sealed

LARGEST_IN_ROW: Final = SEGMENT_LENGTH
ARRIVING: Final = "arriving"
ERASED: Final = N_("This was erased; nobody can read it any more.")


class SealingWriter:
    """Encrypts a file into the vault while it arrives; holds about 1 MiB, and touches the database only in `finish`."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment
        self._id = opaque_id(Sealed.PREFIX, secrets.token_bytes)
        self._key = secrets.token_bytes(KEY_LENGTH)
        self._part = _folder() / ARRIVING / self._id
        self._file = _create(self._part)
        # held until the file is whole: tells `sweep` that this one is no left-over
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self._sealer = Sealer(self._key, self._id.encode(), self._file.write)

    @property
    def size(self) -> int:
        """Bytes of plaintext so far."""
        return self._sealer.size

    @property
    def sha256(self) -> str:
        """SHA-256 of the plaintext so far, in hex."""
        return self._sealer.sha256

    def write(self, chunk: bytes) -> None:
        """*chunk* is encrypted."""
        self._sealer.write(chunk)

    def finish(self) -> Sealed:
        """The sealed row, saved; its file is whole and on the disk before. Belongs inside the transaction that records it."""
        _require_transaction()
        self._sealer.finish()
        self._file.flush()
        os.fsync(self._file.fileno())
        name = file_name(self._id)
        _settle(self._part, _folder() / name)
        self._file.close()
        return _save(self._id, self._key, self._moment, file=name, size=self.size, digest=self._sealer.digest)

    def abandon(self) -> None:
        """What had arrived is gone. Harmless after `finish`, whose file then belongs to its row."""
        self._file.close()
        self._part.unlink(missing_ok=True)


def keep(plaintext: bytes, *, moment: datetime) -> Sealed:
    """The sealed row of *plaintext*, saved together with its wrapped key."""
    if len(plaintext) > LARGEST_IN_ROW:
        writer = SealingWriter(moment)
        writer.write(plaintext)
        return writer.finish()
    _require_transaction()
    sealed_id = opaque_id(Sealed.PREFIX, secrets.token_bytes)
    key = secrets.token_bytes(KEY_LENGTH)
    body = io.BytesIO()
    sealer = Sealer(key, sealed_id.encode(), body.write)
    sealer.write(plaintext)
    sealer.finish()
    return _save(sealed_id, key, moment, body=body.getvalue(), size=sealer.size, digest=sealer.digest)


def keep_json(value: object, *, moment: datetime) -> Sealed:
    """The sealed row of *value* as JSON."""
    return keep(msgspec.json.encode(value), moment=moment)


def open_sealed(sealed: Sealed) -> bytes:
    """The plaintext. Raises KeyMissing when it was erased or the keyring is another one, Damaged when it was changed."""
    return b"".join(read_out(sealed))


def open_text(sealed: Sealed) -> str:
    """The text, with bytes that are not UTF-8 as surrogates. Raises as `open_sealed`."""
    return open_sealed(sealed).decode("utf-8", "surrogateescape")


def open_json(sealed: Sealed) -> Any:
    """The value that `keep_json` kept. Raises as `open_sealed`."""
    return msgspec.json.decode(open_sealed(sealed))


def open_text_or_none(sealed: Sealed) -> str | None:
    """The text, or None when it was erased. Raises Damaged or KeyMissing for everything else that is wrong."""
    return None if sealed.erased else open_text(sealed)


def open_json_or_none(sealed: Sealed) -> Any:
    """The value, or None when it was erased. Raises Damaged or KeyMissing for everything else that is wrong."""
    return None if sealed.erased else open_json(sealed)


def read_out(sealed: Sealed) -> Iterator[bytes]:
    """The plaintext in chunks of at most 1 MiB. Raises as `open_sealed`, at the latest at the chunk that was changed."""
    key = record_key(sealed)
    with open_ciphertext(sealed) as file:
        yield from opened(key, sealed.pk.encode(), file.read)


def copy_out(sealed: Sealed, fd: int) -> int:
    """Bytes of plaintext written to the descriptor *fd* at its position. Raises as `open_sealed`."""
    written = 0
    for chunk in read_out(sealed):
        view = memoryview(chunk)
        while view:
            step = os.write(fd, view)
            written += step
            view = view[step:]
    return written


def destroy(sealed: Sealed) -> Sealed:
    """*sealed* without key and content, for good: the row stays and says that it was erased, and goes into the ledger entry.

    Once the transaction is committed the file is removed and the database forgets the key's bytes (`forget_deleted`).
    """
    _require_transaction()
    path = _folder() / sealed.file if is_in_file(sealed) else None
    RecordKey.objects.filter(pk=sealed.pk).delete()
    sealed._state.fields_cache.pop("key", None)
    sealed.erased = True
    sealed.body = None
    sealed.save(force_update=True, update_fields=["erased", "body"])
    transaction.on_commit(lambda: _after_destroying(path))
    return sealed


def forget_deleted() -> bool:
    """Whether bytes of deleted rows are out of the database files.

    SQLite overwrites them in the database (secure_delete) but its write-ahead log keeps old pages until it is emptied, which a long
    reader can hold up: then False, and the next call tries again. PostgreSQL frees the rows; its log goes when it is recycled.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return bool(cursor.fetchone()[0] == 0)
        cursor.execute("VACUUM record_key")
    return True


def record_key(sealed: Sealed) -> bytes:
    """The record's own key, unwrapped. Raises KeyMissing or Damaged."""
    if sealed.erased:
        raise KeyMissing(ERASED)
    try:
        wrapped = sealed.key.wrapped
    except RecordKey.DoesNotExist as error:
        raise KeyMissing(N_("This record's key is gone though it was never erased. Run `gifthorse verify`.")) from error
    return keyring().unwrap(bytes(wrapped), sealed.pk)


def open_ciphertext(sealed: Sealed) -> BinaryIO:
    """The sealed bytes as they lie in the row or on the disk. Raises Damaged when they are gone."""
    if not is_in_file(sealed):
        return io.BytesIO(bytes(sealed.body or b""))
    try:
        return (_folder() / sealed.file).open("rb")
    except OSError as error:
        raise Damaged(DAMAGED) from error


def is_in_file(sealed: Sealed) -> bool:
    """Whether the content lies in the vault's folder. Raises Damaged for a name that the vault never gave."""
    if sealed.file not in {"", file_name(sealed.pk)}:
        raise Damaged(DAMAGED)
    return bool(sealed.file)


def file_name(sealed_id: str) -> str:
    """Where a record's file lies, relative to the vault's folder; spread over 1,024 folders by two random characters."""
    return f"{sealed_id[-3:-1].lower()}/{sealed_id}"


def _after_destroying(path: Path | None) -> None:
    if path is not None:
        path.unlink(missing_ok=True)
    forget_deleted()


def _save(sealed_id: str, key: bytes, moment: datetime, *, size: int, digest: bytes, body: bytes | None = None, file: str = "") -> Sealed:
    sealed = Sealed(id=sealed_id, created_at=moment, body=body, file=file, size=size, digest=digest)
    sealed.save(force_insert=True)
    RecordKey(sealed=sealed, wrapped=keyring().wrap(key, sealed_id)).save(force_insert=True)
    return sealed


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("The vault writes only inside the transaction that also writes the ledger entry.")


def _folder() -> Path:
    return Path(settings.GIFTHORSE_VAULT)


def _create(path: Path) -> BinaryIO:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    return os.fdopen(fd, "wb")


def _settle(part: Path, final: Path) -> None:
    """Moves a whole file to its place so that it is still there after a power cut."""
    final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part.rename(final)
    for folder in (final.parent, final.parent.parent):
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """The folder's own entries are on the disk."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
