"""Everything that is kept is checked against the ledger, and the ledger against checkpoints that were kept elsewhere."""

from collections.abc import Iterable

import msgspec

from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import act, authorise
from gifthorse.store import checkpoint
from gifthorse.store.damage import Progress, Report, no_progress
from gifthorse.store.verify import verify as verify_store

SUBJECT = "records"


def verify(actor: Actor, *, untrusted_checkpoints: Iterable[bytes] = (), progress: Progress = no_progress) -> Report:
    """What was checked and everything that is damaged, by name; that it was checked is on record afterwards.

    Raises Refused, KeyMissing with the wrong keyring, NotAccepted for a file that is no checkpoint.
    """
    authorise(actor, Procedure.VERIFY_RECORDS, Relation.NONE)
    against = [damage for document in untrusted_checkpoints for damage in checkpoint.check_against(document)]
    # outside the transaction: a check takes minutes in a large desk and must hold up no writer
    report = verify_store(progress)
    with act(actor, Procedure.VERIFY_RECORDS, Relation.NONE, subject=SUBJECT):
        return msgspec.structs.replace(report, damages=(*report.damages, *against))
