"""A long reading sees one state and holds up nobody."""

import threading

import pytest
from django.db import connection, transaction

from gifthorse.procedures.acting import now
from gifthorse.store import ledger
from gifthorse.store.snapshot import snapshot
from gifthorse.store.tables.ledger_entry import LedgerEntry

pytestmark = pytest.mark.django_db(transaction=True)


def write():
    try:
        with transaction.atomic():
            ledger.append(at=now(), actor="person-1", procedure="view-item", subject="item-1", records=())
    finally:
        connection.close()


def in_another_thread(target):
    thread = threading.Thread(target=target)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


def test_a_writer_is_not_held_up_and_not_seen():
    in_another_thread(write)
    with snapshot():
        assert LedgerEntry.objects.count() == 1
        in_another_thread(write)
        assert LedgerEntry.objects.count() == 1
    assert LedgerEntry.objects.count() == 2


def test_the_snapshot_is_there_from_its_first_line():
    with snapshot():
        in_another_thread(write)
        assert LedgerEntry.objects.count() == 0


def test_writing_transactions_take_the_lock_at_their_start_again():
    with snapshot():
        pass
    assert getattr(connection, "transaction_mode", "IMMEDIATE") == "IMMEDIATE"


def test_within_a_transaction_its_own_changes_are_seen():
    with transaction.atomic():
        ledger.append(at=now(), actor="person-1", procedure="view-item", subject="item-1", records=())
        with snapshot():
            assert LedgerEntry.objects.count() == 1
