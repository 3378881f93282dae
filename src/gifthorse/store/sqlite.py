"""Makes Django use a SQLite without the WAL-reset defect.

The defect (sqlite.org/wal.html, "the WAL-reset bug"; fixed in 3.51.3, 3.50.7 and 3.44.6) can lose committed writes when two
connections write and one of them resets the write-ahead log. Debian 12 brings 3.40.1, which has it; the package pysqlite3 brings a
library of its own that doesn't. Django imports the module ``sqlite3`` by name, so its place in ``sys.modules`` is what is exchanged.
"""

import importlib
import sys
from typing import Final

SWAPPED: Final = ("sqlite3", "sqlite3.dbapi2")
FIRST_AFFECTED: Final = (3, 7, 0)
FIXED: Final = (3, 51, 3)
BACKPORTS: Final = ((3, 44, 6), (3, 50, 7))


def use_fixed_sqlite() -> bool:
    """Whether ``import sqlite3`` gives a fixed library from now on; to be called before Django's backend is imported."""
    try:
        replacement = importlib.import_module("pysqlite3")
        interface = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:  # a platform without the package: `gifthorse doctor` names the library that is used instead
        return not has_wal_reset_defect(library_version())
    if has_wal_reset_defect(replacement.sqlite_version_info):
        return False
    sys.modules.update(zip(SWAPPED, (replacement, interface), strict=True))
    return True


def library_version() -> tuple[int, int, int]:
    """The version of the SQLite library behind ``import sqlite3``."""
    major, minor, patch = importlib.import_module("sqlite3").sqlite_version_info
    return major, minor, patch


def has_wal_reset_defect(version: tuple[int, int, int]) -> bool:
    """Whether SQLite of this version may lose committed writes in WAL mode."""
    if not FIRST_AFFECTED <= version < FIXED:
        return False
    return not any(version[:2] == backport[:2] and version >= backport for backport in BACKPORTS)
