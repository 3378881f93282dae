"""Everything that is kept is checked against the ledger, and the ledger against checkpoints that were kept elsewhere."""

from collections.abc import Iterable

import msgspec

from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import authorise
from gifthorse.store import checkpoint
from gifthorse.store.damage import Progress, Report, no_progress
from gifthorse.store.verify import verify as verify_store

__all__ = ["Report", "verify"]


def verify(actor: Actor, *, untrusted_checkpoints: Iterable[bytes] = (), progress: Progress = no_progress) -> Report:
    """What was checked and everything that is damaged, by name. Nothing is written.

    Raises Refused, KeyMissing with the wrong keyring, NotAccepted for a file that is no checkpoint.
    """
    authorise(actor, Procedure.VERIFY_RECORDS, Relation.NONE)
    against = [damage for document in untrusted_checkpoints for damage in checkpoint.check_against(document)]
    report = verify_store(progress)
    return msgspec.structs.replace(report, damages=(*report.damages, *against))
