"""The ledger: entries follow each other, and nothing changes them."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from gifthorse.store import ledger, vault
from gifthorse.store.chain import GENESIS, Link, first_break
from gifthorse.store.tables.ledger_entry import Checkpoint, LedgerEntry

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def write(subject="item-1", records=()):
    return ledger.append(at=MOMENT, actor="person-1", procedure="report-gift", subject=subject, records=records)


def links():
    return [
        Link(position, bytes(body), bytes(digest))
        for position, body, digest in LedgerEntry.objects.values_list("position", "body", "digest")
    ]


def test_entries_are_counted_from_one_and_chained_from_the_beginning():
    assert ledger.head() == (0, GENESIS)
    entries = [write(f"item-{n}") for n in range(5)]
    assert [entry.position for entry in entries] == [1, 2, 3, 4, 5]
    assert first_break(links()) is None
    assert ledger.head() == (5, entries[-1].digest)


def test_an_entry_names_its_records_with_digests_that_tell_nothing():
    sealed = vault.keep(b"x", moment=MOMENT)
    body = ledger.msgspec.json.decode(write(records=[sealed]).body, type=ledger.Body)
    ((table, record_id, digest),) = body.records
    assert (table, record_id, len(digest)) == ("sealed", sealed.pk, 64)
    assert digest != ledger.hashlib.sha256(sealed.canonical()).hexdigest()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET actor = 'x'",
        "DELETE FROM ledger_entry",
        "UPDATE checkpoint SET position = 2",
        "DELETE FROM checkpoint",
        "TRUNCATE ledger_entry",
        "TRUNCATE checkpoint",
        "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry",
        "INSERT OR REPLACE INTO checkpoint SELECT * FROM checkpoint",
    ],
)
def test_the_database_refuses_to_change_what_the_ledger_says(statement):
    foreign = "TRUNCATE" if connection.vendor == "sqlite" else "OR REPLACE"
    write()
    Checkpoint(position=1, body=b"{}", signature=b"").save(force_insert=True)
    if foreign in statement:
        return  # this database has no such statement
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert LedgerEntry.objects.get().actor == "person-1"
    assert Checkpoint.objects.get().position == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_outside_a_transaction():
    with pytest.raises(RuntimeError, match="transaction"):
        write()
    with pytest.raises(RuntimeError, match="transaction"):
        vault.keep(b"x", moment=MOMENT)


@pytest.mark.django_db(transaction=True)
def test_an_entry_goes_when_its_records_go():
    with transaction.atomic():
        write(records=[vault.keep(b"x", moment=MOMENT)])
        transaction.set_rollback(True)
    assert ledger.head() == (0, GENESIS)
