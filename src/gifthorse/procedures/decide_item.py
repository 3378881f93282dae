"""An officer decides what is to happen with an item, and closes it when that is done and answered."""

from gifthorse.model.custody import ItemState, Outcome, move
from gifthorse.model.errors import NotAccepted, WrongState
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act
from gifthorse.procedures.finding_records import item_and_relation
from gifthorse.store import vault
from gifthorse.store.tables.decision import Decision
from gifthorse.store.tables.item import Item


def decide(actor: Actor, item_id: str, outcome: Outcome, reason: str) -> Decision:
    """The decision with its sealed reason. Raises NotAccepted without a reason, WrongState before custody and after closing."""
    item, relation = item_and_relation(actor, item_id)
    with act(actor, Procedure.DECIDE_ITEM, relation, subject=item.pk) as deed:
        item, _ = item_and_relation(actor, item_id, to_change=True)
        if not reason.strip():
            raise NotAccepted(N_("Please give your reason in a sentence. It stays with the item."), field="reason")
        item.state = move(ItemState(item.state), ItemState.DECIDED).value
        item.changed_at = deed.moment
        deed.keep(item)
        sealed_reason = deed.note(vault.keep(reason.strip().encode(), moment=deed.moment))
        return deed.keep(Decision(item=item, outcome=outcome.value, reason=sealed_reason, decided_by_id=actor.person))


def close(actor: Actor, item_id: str) -> Item:
    """The item, closed. Raises WrongState before it is decided, and while its reporter has no answer."""
    item, relation = item_and_relation(actor, item_id)
    with act(actor, Procedure.DECIDE_ITEM, relation, subject=item.pk) as deed:
        item, _ = item_and_relation(actor, item_id, to_change=True)
        closed = move(ItemState(item.state), ItemState.CLOSED)
        if not item.messages.filter(to_reporter=True).exists():
            raise WrongState(N_("Please answer the person who handed it in before you close the item."))
        item.state = closed.value
        item.changed_at = deed.moment
        return deed.keep(item)
