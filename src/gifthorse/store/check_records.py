"""Holds each record against what the ledger says about it last: finds those that were changed, removed or slipped in, and names them."""

import hashlib
import hmac
from collections.abc import Iterator

from django.apps import apps
from django.db import DatabaseError

from gifthorse.model.errors import Damaged, KeyMissing
from gifthorse.model.words import Phrase, phrase
from gifthorse.store.damage import Damage, Progress
from gifthorse.store.keyring import Keyring
from gifthorse.store.latest import Latest
from gifthorse.store.stored_rows import Row, batches
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import RecordKey, Sealed
from gifthorse.store.vault import is_in_file, open_ciphertext

CHUNK = 1 << 20
KEYS = RecordKey._meta.db_table


def record_tables() -> list[type[Record]]:
    """All tables of records, by name."""
    return sorted(
        (model for model in apps.get_app_config("store").get_models() if issubclass(model, Record)), key=lambda model: model.table_name()
    )


class RecordWalk:
    """One walk over all records. Afterwards: `damages`, `count`, `files`."""

    def __init__(self, keyring: Keyring, latest: Latest) -> None:
        self._keyring = keyring
        self._latest = latest
        self.damages: list[Damage] = []
        self.doubtful_files: list[Sealed] = []
        self.count = 0
        self.files = 0

    def walk(self, total: int, progress: Progress) -> None:
        """Every record, its key and its file is checked."""
        self._note_keys()
        for model in record_tables():
            try:
                self._table(model, total, progress)
            except DatabaseError as error:
                self._tell(model.table_name(), "", phrase("The database can't read this table to its end: {error}", error=error))
        for table, record_id, position in self._latest.unseen():
            self._tell(table, record_id, phrase("This record is missing; ledger entry {position} knows it.", position=position))
        for record_id in self._latest.unseen_keys():
            self._tell(KEYS, record_id, phrase("This key belongs to no record."))

    def _note_keys(self) -> None:
        for batch in batches(RecordKey):
            for row in batch:
                if row.fault:
                    self._tell(KEYS, row.key, row.fault)
            self._latest.note_keys([(row.key, bytes(row.record.wrapped)) for row in batch if isinstance(row.record, RecordKey)])

    def _table(self, model: type[Record], total: int, progress: Progress) -> None:
        for batch in batches(model):
            known = self._latest.digests(model.table_name(), [row.key for row in batch])
            keys = self._latest.keys([row.key for row in batch]) if model is Sealed else {}
            for row in batch:
                self._record(model, row, known.get(row.key))
                if isinstance(row.record, Sealed):
                    self._sealed(row.record, keys.get(row.key))
            progress("records", self.count, total)

    def _record(self, model: type[Record], row: Row, known: bytes | None) -> None:
        self.count += 1
        fault = row.fault
        if known is None:
            fault = phrase("No ledger entry knows this record.")
        elif fault is None and isinstance(row.record, Record):
            fault = None if self._fits(row.record, known) else phrase("This record is not as the desk left it.")
        if fault:
            self._tell(model.table_name(), row.key, fault)

    def _fits(self, record: Record, known: bytes) -> bool:
        return hmac.compare_digest(hmac.digest(self._keyring.ledger_key, record.canonical(), hashlib.sha256), known)

    def _sealed(self, sealed: Sealed, wrapped: bytes | None) -> None:
        for table, fault in self._sealed_faults(sealed, wrapped):
            self._tell(table, sealed.pk, fault)

    def _sealed_faults(self, sealed: Sealed, wrapped: bytes | None) -> Iterator[tuple[str, Phrase]]:
        if sealed.erased:
            if wrapped is not None or sealed.body is not None:
                yield (KEYS, phrase("This record was erased, but its key or content is still there."))
            return
        if fault := self._key_fault(sealed, wrapped):
            yield (KEYS, fault)
        try:
            in_file = is_in_file(sealed)
            self.files += in_file
            if in_file and not self._digest_fits(sealed):
                # perhaps erased since this view of the database was taken: looked at once more at the end
                self.doubtful_files.append(sealed)
            elif not in_file and not self._digest_fits(sealed):
                yield (sealed.table_name(), phrase("The sealed content was changed."))
        except Damaged:
            yield (sealed.table_name(), phrase("The record names a file that the vault never gave."))

    def _key_fault(self, sealed: Sealed, wrapped: bytes | None) -> Phrase | None:
        if wrapped is None:
            return phrase("The key of this record is missing though it was never erased.")
        try:
            self._keyring.unwrap(wrapped, sealed.pk)
        except Damaged:
            return phrase("The key of this record was changed.")
        except KeyMissing:
            return phrase("The key of this record was wrapped under another key-encryption key.")
        return None

    def _digest_fits(self, sealed: Sealed) -> bool:
        try:
            with open_ciphertext(sealed) as file:
                digest = hashlib.sha256()
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
        except (Damaged, OSError):
            return False
        return digest.digest() == bytes(sealed.digest)

    def settle_doubtful_files(self) -> None:
        """Files that were missing or changed are told, unless their record was erased meanwhile. Belongs after the snapshot."""
        still = set(Sealed.objects.filter(pk__in=[sealed.pk for sealed in self.doubtful_files], erased=False).values_list("pk", flat=True))
        for sealed in self.doubtful_files:
            if sealed.pk in still:
                self._tell(sealed.table_name(), sealed.pk, phrase("The file of this record is missing or was changed."))

    def _tell(self, table: str, record_id: str, what: Phrase) -> None:
        self.damages.append(Damage(table=table, id=record_id, what=what))
