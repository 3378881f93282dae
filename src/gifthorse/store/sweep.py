"""Clears away what a crash left in the vault's folder: half-arrived files, and whole ones that no row names."""

import fcntl
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from django.conf import settings

from gifthorse.store.tables.sealed import Sealed
from gifthorse.store.vault import ARRIVING

BATCH: Final = 500
# a whole file has no row between its last byte and the commit of the transaction that records it
SURELY_COMMITTED: Final = timedelta(hours=24)


def sweep(moment: datetime) -> int:
    """How many left-over files were removed. Files that are being written, or younger than a day, stay."""
    folder = Path(settings.GIFTHORSE_VAULT)
    abandoned = [path for path in (folder / ARRIVING).glob("*") if not _is_being_written(path)]
    nameless = list(_nameless(folder, moment - SURELY_COMMITTED))
    for path in (*abandoned, *nameless):
        path.unlink(missing_ok=True)
    return len(abandoned) + len(nameless)


def files_in_vault(folder: Path) -> Iterator[Path]:
    """All whole files in the vault's folder."""
    return (path for path in sorted(folder.glob("*/*")) if path.parent.name != ARRIVING)


def in_batches(paths: Iterable[Path]) -> Iterator[list[Path]]:
    """*paths* in lists of at most 500."""
    rest = iter(paths)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _nameless(folder: Path, before: datetime) -> Iterator[Path]:
    for batch in in_batches(files_in_vault(folder)):
        known = set(Sealed.objects.filter(pk__in=[path.name for path in batch], erased=False).values_list("pk", flat=True))
        yield from (path for path in batch if path.name not in known and _changed_at(path) < before)


def _changed_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _is_being_written(path: Path) -> bool:
    """Whether a live process holds the lock that every arriving file has."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
