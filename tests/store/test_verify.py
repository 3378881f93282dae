"""The check of the records against the ledger: a whole desk is whole, and each kind of tampering is named."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection, models

from gifthorse.procedures.acting import now
from gifthorse.store import ledger, triggers, vault
from gifthorse.store.check_records import record_tables
from gifthorse.store.keyring import Keyring
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.ledger_entry import Checkpoint, LedgerEntry
from gifthorse.store.tables.message import Message
from gifthorse.store.tables.sealed import RecordKey, Sealed
from gifthorse.store.verify import verify
from tests.samples.worked_desk import undo

pytestmark = pytest.mark.django_db
while_tampering = pytest.mark.usefixtures("tampering")


@contextmanager
def changed(change):
    yield from undo(change)


def execute(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def named():
    """Table and id of each damage, but for the guards that the fixture took away."""
    return [(damage.table, damage.id) for damage in verify().damages if "trigger" not in damage.what.text]


def test_a_whole_desk_is_whole(worked_desk):
    report = verify()
    assert report.damages == ()
    assert report.entries == LedgerEntry.objects.count() > 15
    assert report.records == sum(table.objects.count() for table in record_tables()) > 40
    assert (report.files, report.checkpoints) == (1, 1)


def test_something_is_in_every_table_that_the_tests_tamper_with(worked_desk):
    assert [table.table_name() for table in record_tables() if not table.objects.exists()] == []


def test_an_empty_desk_is_whole():
    assert verify().damages == ()


def test_a_guard_that_is_gone_is_told(worked_desk):
    triggers.drop(connection)
    assert {damage.table for damage in verify().damages} == {"ledger_entry", "checkpoint"}
    triggers.create(connection)
    assert verify().damages == ()


def flipped(field, value):
    """*value* with one bit of it changed, in a way that every database stores."""
    match value:
        case bool():
            return not value
        case int():
            return value ^ 4096
        case str():
            return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"
        case bytes() | memoryview():
            return bytes(value)[:-1] + bytes([bytes(value)[-1] ^ 1])
        case list():
            return [*value, "admin"]
        case dict():
            return {**value, "admin": True}
        case date() if not isinstance(value, datetime):
            return value + timedelta(days=1)
        case None:
            return 1 if isinstance(field, models.BooleanField | models.IntegerField) else None
        case _:
            return value + timedelta(microseconds=1)


@while_tampering
@pytest.mark.parametrize("table", [*record_tables(), LedgerEntry, Checkpoint, RecordKey], ids=lambda table: table._meta.db_table)
def test_a_change_in_any_recorded_column_is_named(table):
    name = table._meta.db_table
    for row in table.objects.all()[:3]:
        for field in table._meta.concrete_fields:
            value = field.value_from_object(row)
            if field.attname in getattr(table, "UNRECORDED", ()) or flipped(field, value) is None:
                continue
            with changed(lambda: table.objects.filter(pk=row.pk).update(**{field.attname: flipped(field, value)})):  # noqa: B023
                assert {(name, str(row.pk)), (name, str(flipped(field, row.pk)))} & set(named()), (field.name, value)
    assert named() == []


@while_tampering
@pytest.mark.parametrize("table", [*record_tables(), LedgerEntry, Checkpoint, RecordKey], ids=lambda table: table._meta.db_table)
def test_a_row_that_is_gone_is_named(table):
    name, column = table._meta.db_table, table._meta.pk.column
    keys = list(table.objects.values_list("pk", flat=True))
    for key in keys[:-1] if table is LedgerEntry else keys:
        with changed(lambda: execute(f'DELETE FROM "{name}" WHERE "{column}" = %s', key)):  # noqa: B023
            assert (name, str(key)) in named()


@while_tampering
def test_a_whole_row_from_another_desk_is_named():
    message = Message.objects.first()
    message.pk = "message-0000000000000"
    with changed(lambda: message.save(force_insert=True)):
        assert named() == [("message", "message-0000000000000")]


@while_tampering
def test_rows_that_changed_places_are_named():
    one, other = Item.objects.all()[:2]

    def swap():
        execute("UPDATE item SET id = 'x' WHERE id = %s", one.pk)
        execute("UPDATE item SET id = %s WHERE id = %s", one.pk, other.pk)
        execute("UPDATE item SET id = %s WHERE id = 'x'", other.pk)

    with changed(swap):
        assert {("item", one.pk), ("item", other.pk)} <= set(named())


@while_tampering
def test_entries_that_changed_places_are_named_and_no_other():
    def swap():
        for old, new in ((3, 1_000), (7, 3), (1_000, 7)):
            execute("UPDATE ledger_entry SET position = %s WHERE position = %s", new, old)

    with changed(swap):
        assert named() == [("ledger_entry", "3"), ("ledger_entry", "7")]


@while_tampering
def test_an_entry_that_was_slipped_in_at_the_end_by_somebody_without_the_keyring_is_named(monkeypatch, tmp_path):
    stranger = Keyring.create(tmp_path)

    def forge():
        with monkeypatch.context() as patch:
            patch.setattr(ledger, "keyring", lambda: stranger)
            ledger.append(at=now(), actor="person-x", procedure="view-item", subject="item-x", records=())

    with changed(forge):
        assert named() == [("ledger_entry", str(LedgerEntry.objects.count()))]


@while_tampering
def test_many_entries_that_are_gone_are_summed_up(monkeypatch):
    count, digest = ledger.head()

    def skip():
        with monkeypatch.context() as patch:
            patch.setattr(ledger, "head", lambda: (count + 5_000, digest))
            ledger.append(at=now(), actor="person-x", procedure="view-item", subject="item-x", records=())

    with changed(skip):
        assert named() == [("ledger_entry", str(position)) for position in range(count + 1, count + 1_002)]


@while_tampering
def test_a_file_that_was_changed_cut_or_removed_is_named():
    sealed = Sealed.objects.exclude(file="").get(erased=False)
    path = settings.GIFTHORSE_VAULT / sealed.file
    whole = path.read_bytes()
    for damaged in (whole[:-1], whole + b"\0", bytes([whole[0] ^ 1]) + whole[1:], b""):
        path.write_bytes(damaged)
        assert named() == [("sealed", sealed.pk)]
    path.unlink()
    assert named() == [("sealed", sealed.pk)]
    path.write_bytes(whole)
    assert named() == []


@while_tampering
def test_a_record_that_was_erased_past_the_desk_is_named():
    sealed = Sealed.objects.filter(erased=False).first()
    with changed(lambda: vault.destroy(sealed)):
        assert named() == [("sealed", sealed.pk)]


@while_tampering
def test_an_erased_record_that_came_back_is_named():
    sealed = Sealed.objects.filter(erased=True).first()
    with changed(lambda: RecordKey(sealed=sealed, wrapped=b"x").save(force_insert=True)):
        assert ("record_key", sealed.pk) in named()


def test_the_progress_goes_from_the_ledger_over_the_records_to_the_end(worked_desk):
    seen = []
    verify(lambda *step: seen.append(step))
    assert [phase for phase, done, total in seen if done == total] == ["ledger", "records"]
