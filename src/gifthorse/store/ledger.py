"""The ledger: who did what to which records, and when; hash-chained, append-only, without content.

An entry's body is canonical JSON: position, at, actor, procedure, subject, records as [table, id, digest], the digest of the entry
before it, and a code (`mac`) that only the holder of the keyring can make, so that entries slipped in past the desk are told from
its own. A record's digest is keyed as well and tells nothing about the record.
"""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
from django.db import connection

from gifthorse.model import moments
from gifthorse.store.chain import GENESIS, seal
from gifthorse.store.keyring import keyring
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.record import Record

# any number that nothing else here locks; PostgreSQL's advisory locks are named by numbers
ADVISORY_LOCK: Final = 0x6769_6674


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one entry says. `records` holds [table, id, digest in hex] of each record as this deed left it."""

    position: int
    at: str
    actor: str
    procedure: str
    subject: str
    records: tuple[tuple[str, str, str], ...]
    previous: str
    mac: str = ""

    def encoded(self) -> bytes:
        """The canonical bytes: keys in order, no white space."""
        return msgspec.json.encode(self, order="sorted")

    def authentic(self, key: bytes) -> "Body":
        """The same body with the code that *key* gives it."""
        unsigned = msgspec.structs.replace(self, mac="")
        return msgspec.structs.replace(self, mac=hmac.digest(key, unsigned.encoded(), "sha256").hex())


def append(*, at: datetime, actor: str, procedure: str, subject: str, records: Sequence[Record]) -> LedgerEntry:
    """The new last entry, inside the caller's transaction: it is there if and only if the records are."""
    if not connection.in_atomic_block:
        raise RuntimeError("A ledger entry is written only inside the transaction that writes its records.")
    _hold_the_end()
    position, previous = head()
    key = keyring().ledger_key
    body = Body(
        position=position + 1,
        at=moments.written(at),
        actor=actor,
        procedure=procedure,
        subject=subject,
        records=tuple((record.table_name(), record.pk, record_digest(key, record).hex()) for record in records),
        previous=previous.hex(),
    ).authentic(key)
    encoded = body.encoded()
    entry = LedgerEntry(
        position=body.position,
        body=encoded,
        digest=seal(previous, encoded),
        at=moments.read(body.at),
        actor=actor,
        procedure=procedure,
        subject=subject,
    )
    entry.save(force_insert=True)
    return entry


def head() -> tuple[int, bytes]:
    """Position and digest of the last entry; 0 and the genesis digest when there is none."""
    last = LedgerEntry.objects.order_by("-position").values_list("position", "digest").first()
    return (0, GENESIS) if last is None else (last[0], bytes(last[1]))


def record_digest(key: bytes, record: Record) -> bytes:
    """HMAC-SHA256 of the record's canonical bytes."""
    return hmac.digest(key, record.canonical(), hashlib.sha256)


def _hold_the_end() -> None:
    """Nobody else appends until this transaction ends. SQLite's BEGIN IMMEDIATE has seen to that already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
