"""Backups: made while the desk is used, restored to the same digests, readable by nobody without the keyring."""

import json
import shutil

import pytest
from django.apps import apps
from django.conf import settings

from gifthorse.model.errors import Damaged, KeyMissing, NotAccepted, Refused, WrongState
from gifthorse.model.roles import DESK_ITSELF, Actor, Role
from gifthorse.procedures import erase_item, withdraw_item
from gifthorse.procedures.acting import now
from gifthorse.procedures.back_up import back_up
from gifthorse.procedures.restore_backup import restore
from gifthorse.store import archive, backed_up, backup, checkpoint, ledger, triggers, vault
from gifthorse.store.keyring import Keyring
from gifthorse.store.tables.item import Item
from gifthorse.store.tables.ledger_entry import LedgerEntry
from gifthorse.store.tables.sealed import RecordKey, Sealed
from gifthorse.store.verify import verify
from tests.samples.worked_desk import PHOTOGRAPH, SPOKEN

pytestmark = pytest.mark.django_db


def sums():
    found = {}
    for model in backed_up.tables():
        rows = backed_up.RowSum()
        for _, lines in backed_up.chunks(model):
            rows.add(lines.splitlines())
        found[model._meta.label_lower] = (rows.count, rows.digest)
    return found


def wipe():
    triggers.drop(backed_up.connection)
    from gifthorse.store.restore import _empty

    _empty()
    triggers.create(backed_up.connection)
    shutil.rmtree(settings.GIFTHORSE_VAULT)
    settings.GIFTHORSE_VAULT.mkdir(mode=0o700)


@pytest.fixture
def made(worked_desk, tmp_path):
    """A backup of the worked desk, its path, and what the desk was like when it was made."""
    before = sums()
    result = back_up(DESK_ITSELF, tmp_path / "monday")
    return result, tmp_path / "monday", before


def test_every_table_is_either_backed_up_or_left_out_for_a_reason():
    everything = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    assert everything == {model._meta.label_lower for model in backed_up.tables()} | set(backed_up.LEFT_OUT)


def test_after_wiping_and_restoring_everything_is_as_it_was(made):
    result, path, before = made
    wipe()
    restored = restore(DESK_ITSELF, path)
    assert restored.report.damages == ()
    assert restored.loaded.rows == result.rows
    after = sums()
    # the backup holds its own checkpoint; the restore is one entry more
    for label in before.keys() - {"store.ledgerentry", "store.checkpoint"}:
        assert after[label] == before[label], label
    assert LedgerEntry.objects.count() == result.position + 1


def test_texts_and_files_open_again(made, worked_desk):
    _, path, _ = made
    wipe()
    restore(DESK_ITSELF, path)
    item = Item.objects.get(pk=worked_desk.pk)
    assert vault.open_json(item.report)["said"] == SPOKEN
    assert vault.open_sealed(item.exhibits.get().content) == PHOTOGRAPH


def test_the_ledger_goes_on_from_where_the_backup_left_it(made):
    result, path, _ = made
    wipe()
    restore(DESK_ITSELF, path)
    entry = LedgerEntry.objects.latest("position")
    assert (entry.position, entry.procedure) == (result.position + 1, "restore-backup")


def test_the_checkpoint_in_the_backup_agrees_with_the_restored_ledger(made):
    _, path, _ = made
    document = checkpoint.export(checkpoint.Checkpoint.objects.latest("position"))
    wipe()
    restore(DESK_ITSELF, path)
    assert checkpoint.check_against(document) == ()


def test_a_desk_in_use_is_replaced_only_when_that_is_said(made):
    _, path, _ = made
    with pytest.raises(WrongState, match="--force"):
        restore(DESK_ITSELF, path)
    assert restore(DESK_ITSELF, path, replace=True).report.damages == ()


def test_what_came_after_the_backup_is_gone_after_restoring_over_it(made, an_item):
    _, path, _ = made
    later = an_item("staff")
    restore(DESK_ITSELF, path, replace=True)
    assert not Item.objects.filter(pk=later.pk).exists()


def test_a_backup_that_was_changed_or_cut_changes_nothing(made):
    _, path, _ = made
    whole, before = path.read_bytes(), sums()
    for damaged in (
        whole[:-1],
        whole[: len(whole) // 2],
        whole + b"\0",
        whole[:200] + bytes([whole[200] ^ 1]) + whole[201:],
        whole[:-40] + bytes(40),
    ):
        path.write_bytes(damaged)
        with pytest.raises((Damaged, NotAccepted, KeyMissing)):
            restore(DESK_ITSELF, path, replace=True)
        assert sums() == before


@pytest.mark.parametrize("content", [b"", b"x", b"gifthorse-backup/1\n", b"gifthorse-backup/1\n{}\n", b"\xff" * 5000])
def test_a_file_that_is_no_backup_is_sent_back(made, content):
    _, path, _ = made
    path.write_bytes(content)
    with pytest.raises(NotAccepted):
        restore(DESK_ITSELF, path, replace=True)


def test_a_missing_backup_or_keys_file_is_named(made, tmp_path):
    _, path, _ = made
    with pytest.raises(NotAccepted, match="tuesday"):
        restore(DESK_ITSELF, tmp_path / "tuesday", replace=True)
    (tmp_path / backup.KEYS_FILE).unlink()
    with pytest.raises(NotAccepted, match=r"gifthorse\.keys"):
        restore(DESK_ITSELF, path, replace=True)


def test_the_keys_file_is_not_taken_for_a_backup(made, tmp_path):
    _, path, _ = made
    with pytest.raises(NotAccepted):
        restore(DESK_ITSELF, tmp_path / backup.KEYS_FILE, keys=path, replace=True)


def test_an_older_keys_file_is_sent_back(made, tmp_path, an_item):
    shutil.copy(tmp_path / backup.KEYS_FILE, tmp_path / "old-keys")
    an_item("staff")
    back_up(DESK_ITSELF, tmp_path / "tuesday")
    with pytest.raises(NotAccepted, match="older than this backup"):
        restore(DESK_ITSELF, tmp_path / "tuesday", keys=tmp_path / "old-keys", replace=True)


def test_without_the_keyring_nothing_opens(made, monkeypatch, tmp_path):
    _, path, _ = made
    stranger = Keyring.create(tmp_path / "other")
    monkeypatch.setattr(archive, "keyring", lambda: stranger)
    with pytest.raises(KeyMissing):
        restore(DESK_ITSELF, path, replace=True)


def test_what_was_erased_later_is_gone_from_the_older_backup_after_the_next_one(made, an_item, actors, tmp_path):
    item = an_item("staff", said="to be forgotten")
    back_up(DESK_ITSELF, tmp_path / "tuesday")
    withdraw_item.withdraw(actors["staff"], item.pk)
    erase_item.erase(actors["custodian"], item.pk, "retention is over")
    back_up(DESK_ITSELF, tmp_path / "wednesday")
    restored = restore(DESK_ITSELF, tmp_path / "tuesday", replace=True)
    assert restored.loaded.erased_since == (item.report_id,)
    assert restored.report.damages == ()
    assert Item.objects.get(pk=item.pk).report.erased
    with pytest.raises(KeyMissing):
        vault.open_sealed(Sealed.objects.get(pk=item.report_id))


def test_a_file_that_was_erased_while_the_backup_ran_leaves_a_backup_that_restores(worked_desk, tmp_path, monkeypatch):
    content = worked_desk.exhibits.get().content
    write_table = backup._write_table

    def erase_meanwhile(writer, model, progress):
        if model is LedgerEntry:
            (settings.GIFTHORSE_VAULT / content.file).unlink()
        return write_table(writer, model, progress)

    monkeypatch.setattr(backup, "_write_table", erase_meanwhile)
    lost = back_up(DESK_ITSELF, tmp_path / "monday").lost
    assert lost == (content.pk,)
    with pytest.raises(Damaged, match="1 damaged"):
        restore(DESK_ITSELF, tmp_path / "monday", replace=True)
    assert [damage.id for damage in restore(DESK_ITSELF, tmp_path / "monday", replace=True, even_damaged=True).report.damages] == [
        content.pk
    ]


def test_a_backup_never_takes_the_place_of_another_file(made, tmp_path):
    _, path, _ = made
    whole = path.read_bytes()
    with pytest.raises(NotAccepted, match="already"):
        back_up(DESK_ITSELF, path)
    assert path.read_bytes() == whole


def test_a_backup_that_fails_leaves_nothing_and_is_not_in_the_ledger(worked_desk, tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "_write_files", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(NotAccepted, match="No space left"):
        back_up(DESK_ITSELF, tmp_path / "monday")
    assert list(tmp_path.iterdir()) == []
    assert backup.last_backup() is None


def test_the_time_of_the_last_backup_is_known(made):
    assert (now() - backup.last_backup()).total_seconds() < 60


def test_only_the_desk_itself_makes_and_restores_backups(worked_desk, tmp_path):
    for role in set(Role) - {Role.DESK}:
        actor = Actor(person="person-1", roles=frozenset({role}))
        with pytest.raises(Refused):
            back_up(actor, tmp_path / "x")
        with pytest.raises(Refused):
            restore(actor, tmp_path / "x")


def test_a_backup_is_readable_by_its_own_user_alone_and_holds_no_plaintext(made, tmp_path):
    for path in tmp_path.iterdir():
        assert oct(path.stat().st_mode)[-3:] == "600"
        content = path.read_bytes()
        for word in (SPOKEN.encode(), b"Name of staff", b"item-", b"scrypt", b"report-gift", PHOTOGRAPH[:64]):
            assert word not in content


def test_the_record_keys_are_in_the_keys_file_alone(made, tmp_path):
    _, path, _ = made
    names = [name for name, content in archive.members(path, backup.BACKUP, lambda *_: None) if content]
    assert not [name for name in names if "recordkey" in name]
    lines = []
    for name, content in archive.members(tmp_path / backup.KEYS_FILE, backup.KEYS, lambda *_: None):
        if name != backup.MANIFEST:
            lines += json.loads(content.read())
    assert sum(wrapped is not None for _, wrapped in lines) == RecordKey.objects.count()
    assert {sealed_id for sealed_id, wrapped in lines if wrapped is None} == set(
        Sealed.objects.filter(erased=True).values_list("pk", flat=True)
    )


def test_the_progress_ends_at_its_totals(worked_desk, tmp_path):
    seen = {}
    back_up(DESK_ITSELF, tmp_path / "monday", lambda phase, done, total: seen.__setitem__(phase, (done, total)))
    assert all(done == total for done, total in seen.values())
    wipe()
    seen.clear()
    restore(DESK_ITSELF, tmp_path / "monday", progress=lambda phase, done, total: seen.__setitem__(phase, (done, total)))
    assert set(seen) == {"restore", "ledger", "records"}
    assert all(done == total for done, total in seen.values())


def test_a_backup_of_an_empty_desk_restores(tmp_path):
    back_up(DESK_ITSELF, tmp_path / "empty")
    assert ledger.head()[0] == 1
    assert restore(DESK_ITSELF, tmp_path / "empty", replace=True).report.damages == ()
    assert verify().damages == ()


def test_a_backup_of_another_version_is_sent_back(made, monkeypatch):
    _, path, _ = made
    monkeypatch.setattr(backed_up, "migrations", lambda: ["store.9999_later"])
    with pytest.raises(NotAccepted, match="another version"):
        restore(DESK_ITSELF, path, replace=True)
