"""An officer answers the person who handed something in."""

from gifthorse.model.errors import NotAccepted
from gifthorse.model.roles import Actor, Procedure
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act
from gifthorse.procedures.finding_records import item_and_relation
from gifthorse.report.gift import LONGEST_TEXT
from gifthorse.store import vault
from gifthorse.store.tables.message import Message


def answer(actor: Actor, item_id: str, text: str) -> Message:
    """The sealed answer, which the reporter sees on the item's page."""
    return write_message(actor, Procedure.ANSWER_REPORTER, item_id, text, to_reporter=True)


def write_message(actor: Actor, procedure: Procedure, item_id: str, untrusted_text: str, *, to_reporter: bool) -> Message:
    """A sealed message about the item. Raises NotAccepted when it is empty or too long."""
    item, relation = item_and_relation(actor, item_id)
    with act(actor, procedure, relation, subject=item.pk) as deed:
        text = untrusted_text.strip()
        if not text or len(text) > LONGEST_TEXT:
            raise NotAccepted(N_("Please write between 1 and 8,000 characters."), field="text")
        body = deed.note(vault.keep(text.encode(), moment=deed.moment))
        return deed.keep(Message(item=item, author_id=actor.person, to_reporter=to_reporter, body=body))
