"""A backup of the whole desk is made, with a signed checkpoint in it."""

from pathlib import Path

from django.db import transaction

from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import act, authorise, now
from gifthorse.store import backup, checkpoint
from gifthorse.store.backup import Made
from gifthorse.store.check_ledger import SIGNED
from gifthorse.store.damage import Progress, no_progress

__all__ = ["Made", "back_up"]


def back_up(actor: Actor, path: Path, progress: Progress = no_progress) -> Made:
    """The backup at *path* and the record keys beside it, both whole and on the disk; only then the ledger says so.

    Raises Refused, NotAccepted when *path* is taken or can't be written, KeyMissing without a keyring.
    """
    authorise(actor, Procedure.BACK_UP, Relation.NONE)
    with transaction.atomic():
        signed = checkpoint.sign(at=now())
    made = backup.back_up(path, moment=now(), progress=progress)
    with act(actor, Procedure.BACK_UP, Relation.NONE, subject=f"{SIGNED}{signed.position}"):
        return made
