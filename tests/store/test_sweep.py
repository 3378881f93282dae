"""Left-overs of a crash are cleared away; what lives stays."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction

from gifthorse.procedures.acting import now
from gifthorse.store import vault
from gifthorse.store.sweep import sweep

pytestmark = pytest.mark.django_db
TOMORROW = now() + timedelta(days=2)
DIES_WRITING = """
import os, sys, django
django.setup()
from gifthorse.procedures.acting import now
from gifthorse.store.vault import SealingWriter
writer = SealingWriter(now())
writer.write(b"x" * 3_000_000)
os.kill(os.getpid(), 9)
"""


def files():
    return {path for path in settings.GIFTHORSE_VAULT.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def empty_vault():
    for path in files():
        path.unlink()


def test_a_file_whose_writer_was_killed_is_cleared_away():
    done = subprocess.run(
        [sys.executable, "-c", DIES_WRITING], env={**os.environ, "DJANGO_SETTINGS_MODULE": "gifthorse.desk.settings"}, check=False
    )
    assert done.returncode == -9
    assert len(files()) == 1
    assert sweep(now()) == 1
    assert files() == set()


def test_a_file_that_is_being_written_stays():
    writer = vault.SealingWriter(now())
    writer.write(b"x")
    assert sweep(TOMORROW) == 0
    assert vault.open_sealed(writer.finish()) == b"x"


def test_a_whole_file_without_a_row_goes_after_a_day():
    writer = vault.SealingWriter(now())
    with transaction.atomic():
        writer.finish()
        transaction.set_rollback(True)
    assert sweep(now()) == 0
    assert len(files()) == 1
    assert sweep(TOMORROW) == 1
    assert files() == set()


def test_a_file_on_record_stays_for_good():
    writer = vault.SealingWriter(now())
    writer.write(b"x")
    kept = writer.finish()
    assert sweep(TOMORROW) == 0
    assert vault.open_sealed(kept) == b"x"
