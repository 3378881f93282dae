"""An officer takes an item in: from then on each hand-over is on record."""

from datetime import datetime

from gifthorse.model.custody import ItemState, move
from gifthorse.model.errors import NotAccepted
from gifthorse.model.moments import as_utc
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import Deed, act
from gifthorse.procedures.finding_records import item_and_relation
from gifthorse.store.tables.item import CustodyStep, Item


def take_custody(
    actor: Actor,
    item_id: str,
    *,
    seal_number: str,
    place: str = "",
    seal_intact: bool | None = None,
    happened_at: datetime | None = None,
) -> CustodyStep:
    """The first custody step of the item, from its reporter to the actor. Raises WrongState when it was taken in before."""
    item, relation = item_and_relation(actor, item_id)
    with act(actor, Procedure.TAKE_CUSTODY, relation, subject=item.pk) as deed:
        item, _ = item_and_relation(actor, item_id, to_change=True)
        if ItemState(item.state) is not ItemState.REPORTED:
            move(ItemState.CLOSED, ItemState.IN_CUSTODY)
        item.state = move(ItemState(item.state), ItemState.IN_CUSTODY).value
        step = CustodyStep(
            item=item,
            giver_id=item.reporter_id,
            receiver_id=actor.person,
            seal_number=seal_number.strip(),
            seal_intact=seal_intact,
            place=place.strip(),
            happened_at=moment_of_step(deed, happened_at),
        )
        return add_step(deed, item, step)


def add_step(deed: Deed, item: Item, step: CustodyStep) -> CustodyStep:
    """*step*, kept as the item's next one, with the item's own time of change."""
    step.position = item.custody.count()
    item.changed_at = deed.moment
    deed.keep(item)
    return deed.keep(step)


def moment_of_step(deed: Deed, happened_at: datetime | None) -> datetime:
    """When the hand-over took place: now, unless an earlier time is given. Raises NotAccepted for a time to come."""
    if happened_at is None:
        return deed.moment
    if as_utc(happened_at) > deed.moment:
        raise NotAccepted(N_("This time is still to come. Please check it."), field="happened_at")
    return as_utc(happened_at)
