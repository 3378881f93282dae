"""Puts the project's root on the path, so that tests share builders as ``tests.samples.…``, and gives every run a desk of its own.

The data folder (database, vault, keyring) of a test process is a temporary one. `DATABASE_URL` moves the tests to PostgreSQL, see
`tests/on_postgresql.py`.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

if settings.get_current_profile_name() == "default":  # no test depends on how fast the machine is; the mutation bench brings its own
    settings.register_profile("patient", deadline=None)
    settings.load_profile("patient")

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
# A browser that one test opened keeps an event loop running in its process, and Django would refuse the database to every test after
# it there. Tests run one after the other, so nothing is shared that could be mixed up.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session", autouse=True)
def desk_folder() -> Iterator[Path]:
    """The data folder of this test process, with a keyring; processes that a test starts see it as `GIFTHORSE_DATA`."""
    from django.conf import settings

    from gifthorse.store.keyring import Keyring

    folder = Path(tempfile.mkdtemp(prefix="gifthorse-tests-"))
    os.environ["GIFTHORSE_DATA"] = str(folder)
    settings.GIFTHORSE_DATA = folder
    for name in ("vault", "keyring", "spool", "logs"):
        (folder / name).mkdir(mode=0o700)
        setattr(settings, f"GIFTHORSE_{name.upper()}", folder / name)
    Keyring.create(folder / "keyring")
    # a slow password hash protects people; in tests it only costs minutes
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(desk_folder: Path, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite in a file, as the desk has it: an in-memory database knows no write-ahead log and no second connection."""
    from django.db import connections

    database = connections.databases["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(desk_folder / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """The test database, which `transaction=True` tests may empty although the ledger refuses it."""
    from django.db import connection

    from gifthorse.store import triggers

    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_without_triggers(self: object, statements: list[str]) -> None:
        triggers.drop(connection)
        flush(self, statements)
        triggers.create(connection)

    operations.execute_sql_flush = flush_without_triggers
    yield
    operations.execute_sql_flush = flush
