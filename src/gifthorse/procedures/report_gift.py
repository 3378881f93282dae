"""Somebody was given something and says so."""

from typing import Final

import msgspec

from gifthorse.model.custody import ItemState
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import act
from gifthorse.report.gift import GiftReport, checked
from gifthorse.store import search_index, vault
from gifthorse.store.tables.item import Item

ITEM: Final = "item"


def report_gift(actor: Actor, report: GiftReport) -> Item:
    """The new item, with its story sealed; the actor is its reporter. Raises NotAccepted for what doesn't fit."""
    with act(actor, Procedure.REPORT_GIFT, Relation.NONE) as deed:
        fitting = checked(report, deed.moment.date())
        story = deed.note(vault.keep_json(msgspec.to_builtins(fitting), moment=deed.moment))
        item = deed.keep(
            Item(
                reporter_id=actor.person,
                kind=fitting.kind.value,
                value_band=fitting.value_band.value,
                state=ItemState.REPORTED.value,
                report=story,
                changed_at=deed.moment,
            )
        )
        deed.subject = item.pk
        search_index.note(ITEM, item.pk, actor.person, *item_words(fitting))
        return item


def item_words(report: GiftReport) -> tuple[list[str], list[str]]:
    """The texts (found by their beginnings as well) and the prose (found by whole words) by which an item is found."""
    return [report.what, report.giver], [report.place, report.occasion, report.said]
