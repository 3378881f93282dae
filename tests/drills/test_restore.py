"""Backup, wipe, restore, verify, as whoever runs the machine does it; and from one kind of database to the other and back."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests import on_postgresql

pytestmark = [pytest.mark.drill, pytest.mark.slow]


@pytest.fixture(scope="module")
def postgresql():
    if on_postgresql.programs() is None:
        pytest.fail("install Debian's postgresql: this drill restores from one kind of database to the other")
    with on_postgresql.server() as address:
        yield address


def program(*arguments, url=""):
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "GIFTHORSE_DATA"}}
    if url:
        environment["DATABASE_URL"] = url
    return subprocess.run([sys.executable, *map(str, arguments)], capture_output=True, text=True, check=False, env=environment)


def gifthorse(*arguments, url=""):
    return program("-c", "from gifthorse.cli import main; main()", *arguments, url=url)


def sums(data, url=""):
    done = program("-m", "tests.samples.made_desk", "sums", data, url=url)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def desk(tmp_path):
    """A desk that was worked with, in a folder of its own; its database is SQLite."""
    done = program("-m", "tests.samples.made_desk", "make", tmp_path / "desk")
    assert done.returncode == 0, done.stderr
    return tmp_path / "desk"


def without_the_ledgers_end(found):
    """The tables that neither a backup nor a restore writes to."""
    return {label: found[label] for label in found.keys() - {"store.ledgerentry", "store.checkpoint"}}


def wipe(data):
    """Nothing is left of the desk but its keyring."""
    keyring = data.parent / "keyring-kept-elsewhere"
    shutil.copytree(data / "keyring", keyring, dirs_exist_ok=True)
    shutil.rmtree(data)
    data.mkdir(mode=0o700)
    shutil.copytree(keyring, data / "keyring")


def test_a_desk_that_was_wiped_comes_back_whole(desk, tmp_path):
    before = sums(desk)
    assert gifthorse("backup", tmp_path / "monday", "--data", desk).returncode == 0
    wipe(desk)
    assert gifthorse("verify", "--data", desk).returncode == 2
    restored = gifthorse("restore", tmp_path / "monday", "--data", desk, "--json")
    assert restored.returncode == 0, restored.stderr
    assert json.loads(restored.stdout)["whole"]
    assert without_the_ledgers_end(sums(desk)) == without_the_ledgers_end(before)
    verified = gifthorse("verify", "--data", desk, "--json")
    assert (verified.returncode, json.loads(verified.stdout)["damages"]) == (0, [])


def test_a_desk_moves_to_postgresql_and_back(desk, tmp_path, postgresql):
    before = sums(desk)
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    assert gifthorse("backup", tmp_path / "one" / "sqlite", "--data", desk).returncode == 0
    wipe(desk)
    moved = gifthorse("restore", tmp_path / "one" / "sqlite", "--data", desk, url=postgresql)
    assert moved.returncode == 0, moved.stderr
    assert without_the_ledgers_end(sums(desk, url=postgresql)) == without_the_ledgers_end(before)
    assert gifthorse("verify", "--data", desk, url=postgresql).returncode == 0
    there = sums(desk, url=postgresql)
    assert gifthorse("backup", tmp_path / "two" / "postgresql", "--data", desk, url=postgresql).returncode == 0
    wipe(desk)
    back = gifthorse("restore", tmp_path / "two" / "postgresql", "--data", desk)
    assert back.returncode == 0, back.stderr
    assert without_the_ledgers_end(sums(desk)) == without_the_ledgers_end(there) == without_the_ledgers_end(before)
    assert gifthorse("verify", "--data", desk).returncode == 0


def test_a_restore_that_is_killed_leaves_the_desk_as_it_was(desk, tmp_path):
    assert gifthorse("backup", tmp_path / "monday", "--data", desk).returncode == 0
    before = sums(desk)
    for delay in (0.9, 1.1, 1.3):
        command = [
            sys.executable,
            "-c",
            "from gifthorse.cli import main; main()",
            "restore",
            tmp_path / "monday",
            "--force",
            "--data",
            desk,
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        verified = gifthorse("verify", "--data", desk, "--json")
        assert (verified.returncode, json.loads(verified.stdout)["damages"]) == (0, [])
        assert without_the_ledgers_end(sums(desk)) == without_the_ledgers_end(before)
