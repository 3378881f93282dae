"""A checkpoint of the ledger is signed, to be kept where the desk's own administrators can't reach it."""

from gifthorse.model.errors import NotAccepted
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.model.words import N_
from gifthorse.procedures.acting import act
from gifthorse.store import checkpoint
from gifthorse.store.check_ledger import SIGNED


def sign(actor: Actor) -> bytes:
    """The signed checkpoint as a JSON document; it covers everything before this very step. Raises NotAccepted for an empty ledger."""
    with act(actor, Procedure.SIGN_CHECKPOINT, Relation.NONE) as deed:
        signed = checkpoint.sign(at=deed.moment)
        if signed.position == 0:
            raise NotAccepted(N_("Nothing is on record yet. Sign a checkpoint once the desk has been used."))
        deed.subject = f"{SIGNED}{signed.position}"
        return checkpoint.export(signed)
