"""An item's way through the house, from the ledger and the custody steps, without any content."""

from datetime import datetime

import msgspec

from gifthorse.model.roles import Actor, Procedure
from gifthorse.procedures.acting import authorise
from gifthorse.procedures.finding_records import item_and_relation
from gifthorse.store.tables.item import CustodyStep
from gifthorse.store.tables.ledger_entry import LedgerEntry


class TrailStep(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was done with the item: who (opaque), what, when, and the position in the ledger."""

    position: int
    at: datetime
    actor: str
    procedure: str


class Trail(msgspec.Struct, frozen=True, kw_only=True):
    """The item's states and hand-overs; people are opaque ids."""

    item_id: str
    kind: str
    state: str
    verdict: str
    steps: tuple[TrailStep, ...]
    custody: tuple[CustodyStep, ...]


def trail(actor: Actor, item_id: str) -> Trail:
    """The item from its receipt to its end. Raises NotFound or Refused."""
    item, relation = item_and_relation(actor, item_id)
    authorise(actor, Procedure.FOLLOW_ITEM, relation)
    entries = LedgerEntry.objects.filter(subject=item.pk).order_by("position").values_list("position", "at", "actor", "procedure")
    return Trail(
        item_id=item.pk,
        kind=item.kind,
        state=item.state,
        verdict=item.verdict,
        steps=tuple(TrailStep(position=position, at=at, actor=who, procedure=what) for position, at, who, what in entries),
        custody=tuple(CustodyStep.objects.filter(item=item).order_by("position")),
    )
