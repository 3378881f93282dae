"""The library behind Django's database is one without the WAL-reset defect, and set up as the desk needs it."""

import subprocess
import sys

import pytest
from django.db import connection

from gifthorse.store.sqlite import has_wal_reset_defect, library_version


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
        ((4, 0, 0), False),
    ],
)
def test_versions_with_the_defect_are_known(version, affected):
    assert has_wal_reset_defect(version) is affected


def test_the_library_in_use_is_a_fixed_one():
    assert not has_wal_reset_defect(library_version())


@pytest.mark.django_db
def test_django_uses_it():
    if connection.vendor != "sqlite":
        pytest.skip("runs on PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        assert cursor.fetchone()[0] == ".".join(map(str, library_version()))


@pytest.mark.django_db
def test_the_database_is_durable_and_forgets_what_is_deleted():
    if connection.vendor != "sqlite":
        pytest.skip("runs on PostgreSQL")
    with connection.cursor() as cursor:
        answers = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    assert answers == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


def test_a_door_that_only_knows_django_gets_the_fixed_library_too():
    program = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'gifthorse.desk.settings'; os.environ.pop('DATABASE_URL', None)\n"
        "django.setup()\n"
        "from django.db import connection\n"
        "print(connection.Database.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "pysqlite3.dbapi2"
