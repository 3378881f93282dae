"""A reporter takes a report back, as long as the item is still in their hands."""

from gifthorse.model.custody import ItemState, move
from gifthorse.model.roles import Actor, Procedure
from gifthorse.procedures.acting import act
from gifthorse.procedures.finding_records import item_and_relation
from gifthorse.store.tables.item import Item


def withdraw(actor: Actor, item_id: str) -> Item:
    """The item, withdrawn. Raises WrongState once an officer has taken it in."""
    item, relation = item_and_relation(actor, item_id)
    with act(actor, Procedure.WITHDRAW_ITEM, relation, subject=item.pk) as deed:
        item, _ = item_and_relation(actor, item_id, to_change=True)
        item.state = move(ItemState(item.state), ItemState.WITHDRAWN).value
        item.changed_at = deed.moment
        return deed.keep(item)
