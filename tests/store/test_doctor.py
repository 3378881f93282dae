"""The store's self-check: each thing that can be wrong is named, with what to do."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection

from gifthorse.model.roles import DESK_ITSELF
from gifthorse.procedures import examine_desk
from gifthorse.procedures.acting import now
from gifthorse.procedures.back_up import back_up
from gifthorse.store import doctor, triggers
from gifthorse.store.doctor import State
from gifthorse.store.tables.inspection import Inspection, InspectionProgress

pytestmark = pytest.mark.django_db


def states(moment=None):
    checks = doctor.examine(moment or now())
    assert all(check.what_to_do for check in checks if check.state is not State.OK)
    assert all(check.what.in_english() and (check.what_to_do is None or check.what_to_do.in_english()) for check in checks)
    return {check.id: check.state for check in checks}


@pytest.fixture(autouse=True)
def private_folders():
    for name in ("GIFTHORSE_DATA", "GIFTHORSE_VAULT", "GIFTHORSE_KEYRING"):
        getattr(django_settings, name).chmod(0o700)


def problems(moment=None):
    return {check for check, state in states(moment).items() if state is State.PROBLEM}


def test_a_desk_in_order_has_no_problem(worked_desk):
    assert problems() == set()


def test_debugging_and_a_short_secret_are_named(settings):
    settings.DEBUG = True
    settings.SECRET_KEY = "short"
    assert problems() == {"settings.debug", "settings.secret"}


@pytest.mark.parametrize(("mode", "there"), [(0o755, True), (0o700, False)])
def test_a_folder_that_others_may_look_into_is_named(settings, tmp_path, mode, there):
    settings.GIFTHORSE_VAULT = tmp_path / "vault"
    settings.GIFTHORSE_VAULT.mkdir()
    settings.GIFTHORSE_VAULT.chmod(mode)
    assert ("folder.vault" in problems()) is there


def test_missing_folders_and_keys_are_named(settings, tmp_path):
    settings.GIFTHORSE_VAULT = settings.GIFTHORSE_KEYRING = tmp_path / "gone"
    assert problems() == {"folder.vault", "folder.keyring", "keyring.opens"}


def test_keys_that_others_may_read_are_named():
    key = django_settings.GIFTHORSE_KEYRING / "kek"
    key.chmod(0o640)
    assert problems() == {"keyring.private"}
    key.chmod(0o600)


def test_a_keyring_beside_the_data_is_fine_and_inside_it_worth_a_word(settings, tmp_path):
    assert states()["keyring.apart"] is State.ADVICE
    settings.GIFTHORSE_DATA = tmp_path
    tmp_path.chmod(0o700)
    assert "keyring.apart" not in states()


def test_little_room_is_named(monkeypatch):
    for free, state in ((500 << 20, State.PROBLEM), (5 << 30, State.ADVICE), (50 << 30, State.OK)):
        monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _, free=free: type("Usage", (), {"free": free}))
        assert states()["disk.room"] is state


def test_a_sqlite_that_loses_writes_is_named(monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("runs on PostgreSQL")
    monkeypatch.setattr(connection, "get_database_version", lambda: (3, 40, 1))
    assert problems() == {"database.version"}


def test_pending_migrations_are_named(monkeypatch):
    monkeypatch.setattr(doctor, "_pending", lambda: 2)
    assert problems() == {"database.migrations"}


def test_a_database_that_does_not_answer_is_named(monkeypatch):
    def refuse():
        raise DatabaseError("connection refused")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    monkeypatch.setattr(doctor, "database_exists", lambda: True)
    assert problems() == {"database.answers"}


def test_a_database_that_is_not_there_is_not_made_by_asking(monkeypatch):
    monkeypatch.setattr(doctor, "database_exists", lambda: False)
    assert problems() == {"database.there"}


def test_missing_guards_are_named(worked_desk):
    triggers.drop(connection)
    assert problems() == {"ledger.guards"}
    triggers.create(connection)


def test_a_week_of_use_without_a_backup_is_named(worked_desk, tmp_path):
    assert problems(now() + timedelta(days=6)) == set()
    assert problems(now() + timedelta(days=8)) == {"backup.recent"}
    back_up(DESK_ITSELF, tmp_path / "monday")
    assert problems() == set()
    assert problems(now() + timedelta(days=8)) == {"backup.recent"}


def test_a_week_without_a_checkpoint_is_worth_a_word(worked_desk):
    assert states()["checkpoint.recent"] is State.OK
    assert states(now() + timedelta(days=8))["checkpoint.recent"] is State.ADVICE


@pytest.mark.parametrize(("state", "silent"), [("queued", timedelta(hours=2)), ("running", timedelta(minutes=10))])
def test_inspections_that_do_not_move_are_named(worked_desk, state, silent):
    inspection = Inspection.objects.get()
    InspectionProgress.objects.create(inspection=inspection, heartbeat=now())
    Inspection.objects.update(state=state)
    assert problems() == set()
    assert problems(now() + silent) == {"jobs.moving"}


def test_the_confinement_of_this_kernel_is_told_by_a_real_inspection(monkeypatch):
    (check,) = [check for check in examine_desk.examine() if check.id.startswith("inspect.")]
    assert check.id == "inspect.confined"
    monkeypatch.setattr(examine_desk, "_confinements_of_an_inspection", lambda: ("rlimits",))
    (check,) = [check for check in examine_desk.examine() if check.id.startswith("inspect.")]
    assert (check.state, check.what.values["names"]) == (State.PROBLEM, "no_new_privs, landlock, seccomp")
