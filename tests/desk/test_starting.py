"""The start of a desk on what is there: keys are never made anew over records that were sealed with others, and left-overs go."""

import os
import shutil
import subprocess
import sys

import pytest

FILL = """
import sys
from pathlib import Path
from gifthorse.desk import starting
folder = Path(sys.argv[1])
starting.make_folders(folder)
starting.set_up()
starting.first_administrator()
"""


def start(folder, *, then="", **environment):
    surroundings = {"PATH": os.environ["PATH"], "GIFTHORSE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "gifthorse.desk.settings"}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", FILL + then, str(folder)],
        env=surroundings | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def serve(folder):
    """`gifthorse desk` as somebody types it, on a desk that must not start."""
    surroundings = {"PATH": os.environ["PATH"]}
    program = "import sys; from gifthorse.cli import main; sys.argv[0] = 'gifthorse'; main()"
    command = [sys.executable, "-c", program, "desk", "--port", "48613", "--data", str(folder)]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filled") / "data"
    done = start(folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def data(filled, tmp_path):
    return shutil.copytree(filled, tmp_path / "data")


def everything(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "static" not in path.parts and not path.name.endswith(("-shm", "-wal"))
    }


def test_without_its_keyring_a_desk_with_records_refuses_and_changes_nothing(data):
    shutil.rmtree(data / "keyring")
    before = everything(data)
    done = serve(data)
    assert done.returncode == 2
    assert "keyring is missing" in done.stderr
    assert "Bring the keyring folder back" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert everything(data) == before


@pytest.mark.parametrize("name", ["kek", "signing"])
def test_half_a_keyring_is_named_and_not_completed(data, name):
    (data / "keyring" / name).unlink()
    done = serve(data)
    assert done.returncode == 2
    assert str(data / "keyring" / name) in done.stderr
    assert not (data / "keyring" / name).exists()


def test_the_keyring_of_another_desk_is_refused(data, tmp_path):
    other = tmp_path / "other"
    assert start(other).returncode == 0
    shutil.rmtree(data / "keyring")
    shutil.copytree(other / "keyring", data / "keyring")
    done = serve(data)
    assert done.returncode == 2
    assert "another database" in done.stderr


def test_with_its_keyring_back_it_starts_again(data, tmp_path):
    (data / "keyring").rename(tmp_path / "kept elsewhere")
    assert start(data).returncode != 0
    (tmp_path / "kept elsewhere").rename(data / "keyring")
    assert start(data).returncode == 0


def test_what_a_crash_left_half_arrived_is_swept_at_the_start(data):
    left = data / "vault" / "arriving" / "sealed-LEFTOVER"
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"half")
    assert start(data).returncode == 0
    assert not left.exists()


def test_the_secret_of_sessions_is_the_kept_one_from_the_first_start(tmp_path):
    then = "from django.conf import settings; print(settings.SECRET_KEY)"
    first, second = (start(tmp_path / "data", then=then) for _turn in range(2))
    assert first.stdout == second.stdout
    assert first.stdout.strip() == (tmp_path / "data" / "keyring" / "session-secret").read_text()
