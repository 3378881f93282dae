"""What needs an officer today, each with its age."""

from datetime import datetime

import msgspec
from django.db.models import Exists, OuterRef, QuerySet

from gifthorse.model.custody import InspectionState, ItemState
from gifthorse.model.roles import Actor, Procedure, Relation, require
from gifthorse.procedures.start_inspection import UNFINISHED
from gifthorse.store.tables.inspection import Inspection
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.message import Message

SHOWN = 20


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Items that wait for one kind of step; `total` counts all of them, `items` holds the longest-waiting."""

    items: tuple[Item, ...]
    total: int
    oldest: datetime | None


class OfficerBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The officer's first screen."""

    to_take_in: Waiting
    to_inspect: Waiting
    to_decide: Waiting
    to_answer: Waiting
    to_close: Waiting
    running: tuple[Inspection, ...]


def officer_board(actor: Actor) -> OfficerBoard:
    """What needs the officer today. Raises Refused."""
    require(actor, Procedure.VIEW_ITEM, Relation.OTHERS)
    answered = Exists(Message.objects.filter(item=OuterRef("pk"), to_reporter=True))
    inspected = Exists(Inspection.objects.filter(item=OuterRef("pk"), state=InspectionState.DONE.value))
    items = Item.objects.annotate(answered=answered, inspected=inspected)
    in_custody = items.filter(state=ItemState.IN_CUSTODY.value)
    return OfficerBoard(
        to_take_in=_waiting(items.filter(state=ItemState.REPORTED.value)),
        to_inspect=_waiting(in_custody.filter(inspected=False)),
        to_decide=_waiting(in_custody.filter(inspected=True)),
        to_answer=_waiting(items.filter(state=ItemState.DECIDED.value, answered=False)),
        to_close=_waiting(items.filter(state=ItemState.DECIDED.value, answered=True)),
        running=tuple(Inspection.objects.filter(state__in=UNFINISHED).select_related("item", "progress")[:SHOWN]),
    )


def _waiting(items: QuerySet[Item]) -> Waiting:
    oldest_first = items.order_by("changed_at", "pk")
    shown = tuple(oldest_first[:SHOWN])
    total = len(shown) if len(shown) < SHOWN else oldest_first.count()
    return Waiting(items=shown, total=total, oldest=shown[0].changed_at if shown else None)
