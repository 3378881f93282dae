"""A reporter writes to the officer about their own item."""

from gifthorse.model.roles import Actor, Procedure
from gifthorse.procedures.answer_reporter import write_message
from gifthorse.store.tables.message import Message


def write(actor: Actor, item_id: str, text: str) -> Message:
    """The sealed message, which officers see on the item's page."""
    return write_message(actor, Procedure.WRITE_TO_OFFICER, item_id, text, to_reporter=False)
