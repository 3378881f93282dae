"""Finds the record that a procedure is about, with the relation of the actor to it."""

from gifthorse.model.errors import NotFound
from gifthorse.model.roles import Actor, Relation
from gifthorse.procedures.acting import NOT_THERE, relation_to
from gifthorse.store.tables.exhibit import Exhibit
from gifthorse.store.tables.inspection import Inspection
from gifthorse.store.tables.item import Item


def item_and_relation(actor: Actor, item_id: str, *, to_change: bool = False) -> tuple[Item, Relation]:
    """The item and how the actor stands to it; *to_change* locks its row until the transaction ends. Raises NotFound."""
    items = Item.objects.select_for_update() if to_change else Item.objects.all()
    item = items.filter(pk=item_id).first()
    if item is None:
        raise NotFound(NOT_THERE)
    return item, relation_to(actor, item.reporter_id)


def exhibit_and_relation(actor: Actor, exhibit_id: str) -> tuple[Exhibit, Relation]:
    """The exhibit with its item, and how the actor stands to the item. Raises NotFound."""
    exhibit = Exhibit.objects.select_related("item", "content", "name").filter(pk=exhibit_id).first()
    if exhibit is None:
        raise NotFound(NOT_THERE)
    return exhibit, relation_to(actor, exhibit.item.reporter_id)


def inspection_and_relation(actor: Actor, inspection_id: str) -> tuple[Inspection, Relation]:
    """The inspection with item and exhibit, and how the actor stands to the item. Raises NotFound."""
    found = Inspection.objects.select_related("item", "exhibit__name", "exhibit__content", "result").filter(pk=inspection_id).first()
    if found is None:
        raise NotFound(NOT_THERE)
    return found, relation_to(actor, found.item.reporter_id)
