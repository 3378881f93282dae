"""The desk examines itself: what is missing, what is wrong, and what to do about it. It changes nothing."""

import tempfile
from pathlib import Path

from gifthorse.model.errors import GifthorseError
from gifthorse.model.words import phrase
from gifthorse.procedures.acting import now
from gifthorse.procedures.inspect_source import Options, inspect_source, open_sources
from gifthorse.store import doctor
from gifthorse.store.doctor import Checked, State

__all__ = ["Checked", "State", "examine", "is_set_up", "is_up_to_date"]

CONFINEMENTS = ("no_new_privs", "rlimits", "landlock", "seccomp")


def examine() -> list[Checked]:
    """Everything that was looked at: the store, and whether this kernel confines the parsers of untrusted bytes."""
    return [*doctor.examine(now()), _confinement()]


def is_set_up() -> bool:
    """Whether there is a desk where the settings point."""
    return doctor.database_exists()


def is_up_to_date() -> bool:
    """Whether the desk's tables are those of this version."""
    return doctor.is_up_to_date()


def _confinement() -> Checked:
    """Inspects a small file of our own and asks which confinements held around its reader."""
    to_do = phrase("Run the desk on Linux 5.13 or later with Landlock and seccomp switched on; until then inspect nothing hostile here.")
    try:
        held = _confinements_of_an_inspection()
    except (GifthorseError, OSError) as error:
        return doctor.problem("inspect.works", phrase("An inspection of a harmless file failed: {error}", error=error), to_do)
    missing = [name for name in CONFINEMENTS if name not in held]
    if missing:
        return doctor.problem(
            "inspect.confined", phrase("Parsers can't be fully confined here; missing: {names}.", names=", ".join(missing)), to_do
        )
    return doctor.ok("inspect.confined", phrase("Parsers of untrusted bytes run confined: {names}.", names=", ".join(held)))


def _confinements_of_an_inspection() -> tuple[str, ...]:
    with tempfile.TemporaryDirectory(prefix="gifthorse-doctor-") as folder:
        path = Path(folder) / "note.txt"
        path.write_text("With our compliments.\n", encoding="utf-8")
        (source,) = open_sources([str(path)], "auto")
        try:
            return inspect_source(source, Options(workers=1), None).engine.confinement
        finally:
            source.close()
