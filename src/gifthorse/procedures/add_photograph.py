"""Photographs of an item, by the person who was given it or the officer who took it in."""

from gifthorse.model.roles import Actor, Procedure
from gifthorse.procedures.acting import authorise
from gifthorse.procedures.attach_exhibit import Arrival
from gifthorse.procedures.finding_records import item_and_relation
from gifthorse.store.tables.exhibit import ExhibitKind


def begin(actor: Actor, item_id: str, untrusted_name: str) -> Arrival:
    """An arrival to write the picture to. Raises Refused or NotFound before a byte is taken."""
    _, relation = item_and_relation(actor, item_id)
    authorise(actor, Procedure.ADD_PHOTOGRAPH, relation)
    return Arrival(actor, Procedure.ADD_PHOTOGRAPH, item_id, untrusted_name, ExhibitKind.PHOTOGRAPH)
