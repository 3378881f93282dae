"""The custodian erases an item's content: its keys are destroyed, its place in the ledger stays."""

from gifthorse.model.custody import ItemState
from gifthorse.model.errors import NotAccepted, WrongState
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act
from gifthorse.procedures.finding_records import item_and_relation
from gifthorse.store import search_index, vault
from gifthorse.store.tables.finding_note import FindingNote
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.picture import Picture
from gifthorse.store.tables.sealed import Sealed


def erase(actor: Actor, item_id: str, reason: str) -> int:
    """How many sealed texts and files of the item can't be read any more, by anybody. Raises WrongState while it is open."""
    item, relation = item_and_relation(actor, item_id)
    with act(actor, Procedure.ERASE_ITEM, relation, subject=item.pk) as deed:
        if not reason.strip():
            raise NotAccepted(N_("Please say why this may be erased. The reason stays on record."), field="reason")
        if ItemState(item.state) not in {ItemState.CLOSED, ItemState.WITHDRAWN}:
            raise WrongState(N_("Only a closed or withdrawn item can be erased. Please close it first."))
        deed.note(vault.keep(reason.strip().encode(), moment=deed.moment))
        sealed = list(Sealed.objects.filter(pk__in=_sealed_ids(item), erased=False).select_related("key"))
        for one in sealed:
            deed.note(vault.destroy(one))
        search_index.forget(item.pk)
        return len(sealed)


def _sealed_ids(item: Item) -> set[str]:
    ids = {item.report_id}
    for rows in (
        item.exhibits.values_list("name_id", "content_id"),
        Picture.objects.filter(exhibit__item=item).values_list("content_id"),
        item.inspections.values_list("result_id"),
        item.decisions.values_list("reason_id"),
        item.messages.values_list("body_id"),
        item.custody.values_list("outside_id"),
        FindingNote.objects.filter(inspection__item=item).values_list("text_id"),
    ):
        ids.update(sealed_id for row in rows for sealed_id in row if sealed_id)
    return ids
