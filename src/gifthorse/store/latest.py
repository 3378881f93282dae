"""What the ledger says about each record last, kept in a temporary file while `verify` runs, so that it needs no memory per record."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

_TABLES: Final = """
CREATE TABLE latest (kind TEXT, id TEXT, position INTEGER, digest BLOB, seen INTEGER DEFAULT 0, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE wrapped (id TEXT PRIMARY KEY, bytes BLOB, seen INTEGER DEFAULT 0) WITHOUT ROWID;
"""
_NOTE: Final = (
    "INSERT INTO latest (kind, id, position, digest) VALUES (?, ?, ?, ?) "
    # an entry that was moved is met out of its turn
    "ON CONFLICT DO UPDATE SET position = excluded.position, digest = excluded.digest WHERE excluded.position >= position"
)


class Latest:
    """Digest and ledger position of each record, and the wrapped key of each sealed one."""

    def __init__(self, folder: Path) -> None:
        self._file = sqlite3.connect(folder / "latest", isolation_level=None)
        self._file.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES + "BEGIN;")

    def close(self) -> None:
        """Nothing may be asked any more."""
        self._file.close()

    def note(self, position: int, records: Iterable[tuple[str, str, bytes]]) -> None:
        """The entry at *position* left these records (table, id, digest)."""
        self._file.executemany(_NOTE, [(kind, record_id, position, digest) for kind, record_id, digest in records])

    def digests(self, kind: str, ids: list[str]) -> dict[str, bytes]:
        """The last digest of those of *ids* that the ledger knows; they count as seen from now on."""
        places = ",".join("?" * len(ids))
        self._file.execute(f"UPDATE latest SET seen = 1 WHERE kind = ? AND id IN ({places})", [kind, *ids])  # noqa: S608
        return dict(self._file.execute(f"SELECT id, digest FROM latest WHERE kind = ? AND id IN ({places})", [kind, *ids]))  # noqa: S608

    def unseen(self) -> Iterator[tuple[str, str, int]]:
        """Table, id and last ledger position of the records that the ledger knows and nobody has asked for."""
        yield from self._file.execute("SELECT kind, id, position FROM latest WHERE seen = 0 ORDER BY kind, id")

    def note_keys(self, keys: Iterable[tuple[str, bytes]]) -> None:
        """These sealed records have these wrapped keys."""
        self._file.executemany("INSERT OR REPLACE INTO wrapped (id, bytes) VALUES (?, ?)", keys)

    def keys(self, ids: list[str]) -> dict[str, bytes]:
        """The wrapped keys of those of *ids* that have one; they count as seen."""
        places = ",".join("?" * len(ids))
        self._file.execute(f"UPDATE wrapped SET seen = 1 WHERE id IN ({places})", ids)  # noqa: S608
        return dict(self._file.execute(f"SELECT id, bytes FROM wrapped WHERE id IN ({places})", ids))  # noqa: S608

    def unseen_keys(self) -> Iterator[str]:
        """Ids of keys that belong to no sealed record."""
        yield from (key for (key,) in self._file.execute("SELECT id FROM wrapped WHERE seen = 0 ORDER BY id"))
