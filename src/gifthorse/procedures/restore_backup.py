"""A backup is brought back: the desk becomes what it was, less what was erased since, and is checked before it counts."""

from pathlib import Path

import msgspec
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from gifthorse.model.errors import Damaged
from gifthorse.model.roles import Actor, Procedure, Relation
from gifthorse.procedures.acting import act, authorise
from gifthorse.procedures.rebuild_index import made_anew
from gifthorse.store import restore as restore_store
from gifthorse.store import vault
from gifthorse.store.damage import Progress, Report, no_progress
from gifthorse.store.keyring import keyring
from gifthorse.store.restore import Loaded
from gifthorse.store.tables.sealed import Sealed
from gifthorse.store.verify import verify

SUBJECT = "backup"


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What was brought back, and the check of everything after it."""

    loaded: Loaded
    report: Report


def restore(
    actor: Actor,
    path: Path,
    *,
    keys: Path | None = None,
    replace: bool = False,
    even_damaged: bool = False,
    progress: Progress = no_progress,
) -> Restored:
    """The desk as it was in the backup. Whatever goes wrong, the desk stays as it was before.

    Raises Refused; WrongState for a desk in use unless *replace*; NotAccepted for a file that is no backup; KeyMissing with another
    keyring; Damaged when the backup isn't as it was written, or, unless *even_damaged*, when it was made of a desk with damage.
    """
    authorise(actor, Procedure.RESTORE_BACKUP, Relation.NONE)
    with transaction.atomic():
        loaded = restore_store.load(path, keys=keys, replace=replace, progress=progress)
        with act(actor, Procedure.RESTORE_BACKUP, Relation.NONE, subject=SUBJECT) as deed:
            for sealed in Sealed.objects.filter(pk__in=loaded.erased_since):
                deed.note(vault.destroy(sealed))
            made_anew()
        report = verify(progress)
        if report.damages and not even_damaged:
            first = report.damages[0]
            raise Damaged(
                f"This backup was made of a desk that had {len(report.damages)} damaged records already, "
                f"first of all {first.table} {first.id}. Nothing was restored. Take an earlier one, or restore it as it is with --damaged."
            )
        return Restored(loaded=loaded, report=report)


def prepare() -> None:
    """Folders and tables are there: for a restore into an empty data folder. Raises KeyMissing without a keyring."""
    keyring()
    for folder in (settings.GIFTHORSE_DATA, settings.GIFTHORSE_VAULT):
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
