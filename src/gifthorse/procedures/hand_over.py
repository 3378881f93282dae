"""An item changes hands: to a colleague, back to its owner, or to somebody outside."""

from datetime import datetime

from gifthorse.model.custody import ItemState, move
from gifthorse.model.errors import NotAccepted
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act
from gifthorse.procedures.finding_records import item_and_relation
from gifthorse.procedures.take_custody import add_step, moment_of_step
from gifthorse.store import vault
from gifthorse.store.tables.item import CustodyStep
from gifthorse.store.tables.person import Person


def hand_over(
    actor: Actor,
    item_id: str,
    *,
    receiver: str = "",
    outside: str = "",
    seal_number: str = "",
    place: str = "",
    seal_intact: bool | None = None,
    happened_at: datetime | None = None,
) -> CustodyStep:
    """The next custody step, from the actor to the person *receiver* or to somebody *outside* (kept sealed).

    Raises NotAccepted unless exactly one of the two is given, and WrongState when the item is not in custody.
    """
    item, relation = item_and_relation(actor, item_id)
    with act(actor, Procedure.HAND_OVER, relation, subject=item.pk) as deed:
        item, _ = item_and_relation(actor, item_id, to_change=True)
        state = ItemState(item.state)
        move(state, state if state is ItemState.DECIDED else ItemState.IN_CUSTODY)
        if state is ItemState.REPORTED or bool(receiver) == bool(outside.strip()):
            raise NotAccepted(N_("Please say who receives the item: a colleague, or somebody outside."), field="receiver")
        step = CustodyStep(
            item=item,
            giver_id=holder(item.pk) or actor.person,
            receiver=_colleague(receiver),
            outside=deed.note(vault.keep(outside.strip().encode(), moment=deed.moment)) if outside.strip() else None,
            seal_number=seal_number.strip(),
            seal_intact=seal_intact,
            place=place.strip(),
            happened_at=moment_of_step(deed, happened_at),
        )
        return add_step(deed, item, step)


def holder(item_id: str) -> str | None:
    """The person who holds the item by its last custody step, or None before the first and when it went outside."""
    last = CustodyStep.objects.filter(item_id=item_id).order_by("-position").first()
    return last.receiver_id if last else None


def _colleague(person_id: str) -> Person | None:
    if not person_id:
        return None
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotAccepted(N_("We don't know this colleague. Please choose from the list."), field="receiver")
    return person
