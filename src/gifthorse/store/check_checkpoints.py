"""Holds the stored checkpoints against the ledger: their signatures, the digests they name, and that none is missing."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import msgspec

from gifthorse.model.words import Phrase, phrase
from gifthorse.store.checkpoint import TABLE, State, is_signed_by_us
from gifthorse.store.damage import Damage
from gifthorse.store.stored_rows import Row, batches
from gifthorse.store.tables.ledger_entry import Checkpoint


def stored_checkpoints() -> list[Row]:
    """All checkpoints; there is about one a day."""
    return list(chain.from_iterable(batches(Checkpoint)))


def checkpoint_damages(rows: list[Row], digests: Mapping[int, bytes], end: int, signings: Iterable[str]) -> Iterator[Damage]:
    """What is wrong with the checkpoints. *digests* are the ledger's at their positions, *signings* the positions it knows as signed."""
    present = {row.key for row in rows}
    for row in rows:
        fault = row.fault or _fault(row, digests, end)
        if fault:
            yield Damage(table=TABLE, id=row.key, what=fault)
    for position in signings:
        if position not in present:
            yield Damage(table=TABLE, id=position, what=phrase("This checkpoint is missing."))


def _fault(row: Row, digests: Mapping[int, bytes], end: int) -> Phrase | None:
    if not isinstance(row.record, Checkpoint):
        return phrase("This checkpoint can't be read.")
    body = bytes(row.record.body)
    if not is_signed_by_us(body, bytes(row.record.signature)):
        return phrase("This checkpoint was changed after it was signed.")
    state = msgspec.json.decode(body, type=State)
    if state.position != row.record.position:
        return phrase("This checkpoint belongs at position {place}; it was moved.", place=state.position)
    if state.position > end:
        return phrase(
            "The ledger had {then} entries when this was signed and ends at {end} now: its end was cut off.", then=state.position, end=end
        )
    if state.position and digests.get(state.position, b"").hex() != state.digest:
        return phrase("The ledger's entry at this position is not the one that was signed.")
    return None
