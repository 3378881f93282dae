"""Keeping thousands of records within one deed, and keeping a sealed value anew."""

from collections.abc import Sequence
from typing import Final, TypeVar

from gifthorse.procedures.acting import Deed, new_id
from gifthorse.store import vault
from gifthorse.store.sealing_many import destroy_many, keep_many_json
from gifthorse.store.tables.record import Record
from gifthorse.store.tables.sealed import Sealed

BATCH: Final = 500
CHANGED_AT_ONCE: Final = 100  # each changed row is one case more in the statement that every row of it goes through
Kept = TypeVar("Kept", bound=Record)


def keep_all(deed: Deed, records: Sequence[Kept]) -> Sequence[Kept]:
    """*records* (new ones of one table), saved in batches and noted for the ledger; each gets its id and time."""
    if not records:
        return records
    for record in records:
        record.pk = record.pk or new_id(record.PREFIX)
        record.created_at = record.created_at or deed.moment
    type(records[0])._default_manager.bulk_create(records, batch_size=BATCH)
    for record in records:
        deed.note(record)
    return records


def change_all(deed: Deed, records: Sequence[Kept], *fields: str) -> None:
    """*records* (of one table, kept before) with their new values in *fields*, in batches and noted for the ledger."""
    if not records:
        return
    type(records[0])._default_manager.bulk_update(records, fields, batch_size=CHANGED_AT_ONCE)
    for record in records:
        deed.note(record)


def all_sealed_anew(deed: Deed, old: Sequence[Sealed], values: Sequence[object]) -> list[Sealed]:
    """As `sealed_anew` for many small values."""
    fresh = [deed.note(one) for one in keep_many_json(values, moment=deed.moment)]
    for one in destroy_many([sealed for sealed in old if not sealed.erased]):
        deed.note(one)
    return fresh


def sealed_anew(deed: Deed, old: Sealed, value: object) -> Sealed:
    """*value*, sealed in place of *old*, whose key is destroyed: what was corrected is not kept where nobody could erase it.

    The record that points to *old* must be kept with the new one within the same deed.
    """
    fresh = deed.note(vault.keep_json(value, moment=deed.moment))
    if not old.erased:
        deed.note(vault.destroy(old))
    return fresh
