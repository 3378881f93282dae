"""Sealing thousands of small values at once: what `vault.keep_json` and `vault.destroy` do, written in batches."""

import io
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
from django.db import connection, transaction

from gifthorse.model.ids import opaque_id
from gifthorse.store.keyring import KEY_LENGTH, keyring
from gifthorse.store.segments import Sealer
from gifthorse.store.tables.sealed import RecordKey, Sealed
from gifthorse.store.vault import LARGEST_IN_ROW, forget_deleted

BATCH: Final = 500


def keep_many_json(values: Sequence[object], *, moment: datetime) -> list[Sealed]:
    """The sealed rows of *values* as JSON, in their order, each with a key of its own. Values are small: each at most 1 MiB."""
    if not connection.in_atomic_block:
        raise RuntimeError("The vault writes only inside the transaction that also writes the ledger entry.")
    keys = keyring()
    rows, wrapped = [], []
    for value in values:
        sealed, key = _sealed(msgspec.json.encode(value), moment)
        rows.append(sealed)
        wrapped.append(RecordKey(sealed=sealed, wrapped=keys.wrap(key, sealed.pk)))
    Sealed.objects.bulk_create(rows, batch_size=BATCH)
    RecordKey.objects.bulk_create(wrapped, batch_size=BATCH)
    return rows


def destroy_many(rows: Sequence[Sealed]) -> list[Sealed]:
    """*rows* without keys and content, for good, as `vault.destroy` does for one. Rows whose content lies in a file are none of these."""
    if not connection.in_atomic_block:
        raise RuntimeError("The vault writes only inside the transaction that also writes the ledger entry.")
    if any(row.file for row in rows):
        raise ValueError("Content in a file is destroyed with `vault.destroy`.")
    for start in range(0, len(rows), BATCH):
        ids = [row.pk for row in rows[start : start + BATCH]]
        RecordKey.objects.filter(pk__in=ids).delete()
        Sealed.objects.filter(pk__in=ids).update(erased=True, body=None)
    for row in rows:
        row._state.fields_cache.pop("key", None)
        row.erased, row.body = True, None
    transaction.on_commit(forget_deleted)
    return list(rows)


def _sealed(plaintext: bytes, moment: datetime) -> tuple[Sealed, bytes]:
    if len(plaintext) > LARGEST_IN_ROW:
        raise ValueError("A value of more than 1 MiB lies in a file of its own: seal it with `vault.keep`.")
    sealed_id = opaque_id(Sealed.PREFIX, secrets.token_bytes)
    key = secrets.token_bytes(KEY_LENGTH)
    body = io.BytesIO()
    sealer = Sealer(key, sealed_id.encode(), body.write)
    sealer.write(plaintext)
    sealer.finish()
    row = Sealed(id=sealed_id, created_at=moment, body=body.getvalue(), file="", size=sealer.size, digest=sealer.digest)
    return row, key
