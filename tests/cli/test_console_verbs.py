"""verify, checkpoint, backup, restore and doctor at the console: what they print, and their exit status."""

import json

import pytest
from django.db import connection

from gifthorse.cli import obey
from gifthorse.store import triggers
from gifthorse.store.tables.item import Item
from tests.samples.people import actors, an_item
from tests.samples.worked_desk import worked_desk

__all__ = ["actors", "an_item", "worked_desk"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def damaged_desk(worked_desk):
    Item.objects.filter(pk=worked_desk.pk).update(verdict="clear")
    return worked_desk


@pytest.fixture
def said(capsys):
    """Obeys a command: its exit status, what it printed, what it complained."""

    def say(*arguments):
        status = obey([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return say


def test_verify_says_that_a_whole_desk_is_whole(worked_desk, said):
    status, out, err = said("verify")
    assert (status, err) == (0, "")
    assert "Everything is as the desk left it." in out
    assert "--checkpoint" in out


def test_verify_names_what_is_damaged(damaged_desk, said):
    status, out, _ = said("verify")
    assert status == 1
    assert f"item {damaged_desk.pk}: This record is not as the desk left it." in out


def test_verify_gives_one_json_document(damaged_desk, said):
    status, out, _ = said("verify", "--json")
    document = json.loads(out)
    assert status == 1
    assert (document["schema"], document["whole"]) == ("gifthorse.verify/1", False)
    assert [(damage["table"], damage["id"]) for damage in document["damages"]] == [("item", damaged_desk.pk)]


def test_a_checkpoint_is_written_and_compared_with(worked_desk, said, tmp_path):
    assert said("checkpoint", tmp_path / "kept.json")[0] == 0
    status, out, _ = said("verify", "--checkpoint", tmp_path / "kept.json")
    assert status == 0
    assert "Compared with 1 checkpoints" in out


def test_a_checkpoint_goes_to_standard_output_when_no_file_is_named(worked_desk, said):
    status, out, _ = said("checkpoint")
    assert (status, json.loads(out)["schema"]) == (0, "gifthorse.checkpoint/1")


def test_a_checkpoint_is_never_written_over_another_file(worked_desk, said, tmp_path):
    (tmp_path / "kept.json").write_text("dear to somebody")
    status, _, err = said("checkpoint", tmp_path / "kept.json")
    assert (status, err.count("\n")) == (2, 1)
    assert (tmp_path / "kept.json").read_text() == "dear to somebody"


@pytest.mark.parametrize("content", [None, "not a checkpoint"])
def test_a_checkpoint_that_is_none_is_told_in_one_line(worked_desk, said, tmp_path, content):
    if content is not None:
        (tmp_path / "kept.json").write_text(content)
    status, out, err = said("verify", "--checkpoint", tmp_path / "kept.json")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "Traceback" not in err


def test_backup_and_restore_say_what_they_did(worked_desk, said, tmp_path):
    status, out, _ = said("backup", tmp_path / "monday")
    assert status == 0
    assert "gifthorse.keys" in out
    status, out, _ = said("restore", tmp_path / "monday", "--force")
    assert status == 0
    assert "Every record was checked against the ledger" in out


def test_backup_and_restore_give_json(worked_desk, said, tmp_path):
    status, out, _ = said("backup", tmp_path / "monday", "--json")
    made = json.loads(out)
    assert (status, made["schema"], made["lost"]) == (0, "gifthorse.backup/1", [])
    status, out, _ = said("restore", tmp_path / "monday", "--force", "--json")
    restored = json.loads(out)
    assert (status, restored["schema"], restored["whole"], restored["rows"]) == (0, "gifthorse.restore/1", True, made["rows"])


def test_restoring_over_a_desk_in_use_takes_a_word_more(worked_desk, said, tmp_path):
    said("backup", tmp_path / "monday")
    status, out, err = said("restore", tmp_path / "monday")
    assert (status, out) == (2, "")
    assert "--force" in err


def test_a_backup_of_a_damaged_desk_is_restored_only_when_that_is_said(damaged_desk, said, tmp_path):
    assert said("backup", tmp_path / "monday")[0] == 0
    status, _, err = said("restore", tmp_path / "monday", "--force")
    assert status == 2
    assert damaged_desk.pk in err
    status, out, _ = said("restore", tmp_path / "monday", "--force", "--damaged")
    assert status == 1
    assert damaged_desk.pk in out


def test_doctor_names_what_is_wrong_and_what_to_do(worked_desk, said):
    triggers.drop(connection)
    status, out, _ = said("doctor")
    assert status == 1
    assert "PROBLEM ledger.guards" in out
    assert "gifthorse verify" in out
    status, out, _ = said("doctor", "--json")
    (problem,) = [check for check in json.loads(out)["checks"] if check["state"] == "problem"]
    assert (status, problem["id"]) == (1, "ledger.guards")
    triggers.create(connection)
    assert said("doctor")[0] == 0


@pytest.mark.parametrize("verb", ["verify", "checkpoint", "backup", "restore", "doctor"])
def test_each_verb_has_help(verb, said):
    status, out, _ = said(verb, "--help")
    assert status == 0
    assert "--data" in out
    assert "--json" in out


@pytest.mark.parametrize("verb", [["verify"], ["checkpoint"], ["backup", "x"]])
def test_where_there_is_no_desk_none_is_made(verb, said, monkeypatch, tmp_path):
    from gifthorse.store import doctor

    monkeypatch.setattr(doctor, "database_exists", lambda: False)
    status, out, err = said(*verb)
    assert (status, out) == (2, "")
    assert "There is no desk" in err
