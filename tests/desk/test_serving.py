"""`gifthorse desk` as a person starts and ends it: real processes on a real port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder, port):
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    program = "import sys; from gifthorse.cli import main; sys.argv[0] = 'gifthorse'; main()"
    return subprocess.Popen(
        [sys.executable, "-c", program, "desk", "--port", str(port), "--data", str(folder)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def up(port, within=30.0):
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                return answer.read() == b"up\n"
        except OSError:
            time.sleep(0.05)
    return False


def children_of(pid):
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdecimal():
            try:
                with open(f"/proc/{entry}/stat", encoding="ascii", errors="replace") as file:
                    parent = int(file.read().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if parent == pid:
                found += [int(entry), *children_of(int(entry))]
    return found


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def are_gone(pids, within=15.0):
    until = time.monotonic() + within
    while any(is_running(pid) for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_starts_tells_its_address_and_ends_whole(tmp_path, ending):
    port = free_port()
    desk = start(tmp_path / "data", port)
    try:
        assert up(port), desk.stderr.read() if desk.poll() is not None else "it never answered"
        below = children_of(desk.pid)
        assert len(below) >= 2, "a web process and a worker"
        desk.send_signal(ending)
        told, complaints = desk.communicate(timeout=30)
    finally:
        desk.kill()
    assert desk.returncode == 0
    assert f"http://localhost:{port}/" in told
    assert "Traceback" not in complaints
    assert are_gone(below)


def test_killed_without_warning_it_leaves_no_process_and_starts_again(tmp_path):
    port = free_port()
    desk = start(tmp_path / "data", port)
    assert up(port)
    below = children_of(desk.pid)
    desk.kill()
    desk.communicate()
    assert are_gone(below)
    again = start(tmp_path / "data", port)
    assert up(port)
    again.terminate()
    again.communicate(timeout=30)
    assert again.returncode == 0


def test_its_folders_are_for_this_user_alone(tmp_path):
    port = free_port()
    desk = start(tmp_path / "data", port)
    assert up(port)
    desk.terminate()
    desk.communicate(timeout=30)
    for name in ("", "vault", "keyring", "spool", "logs"):
        assert (tmp_path / "data" / name).stat().st_mode & 0o077 == 0, name


def test_a_port_that_is_taken_ends_the_start_with_a_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        desk = start(tmp_path / "data", taken.getsockname()[1])
        _told, complaints = desk.communicate(timeout=60)
    assert desk.returncode == 2
    assert "port" in complaints
    assert "Traceback" not in complaints


def test_a_data_folder_that_can_not_be_used_is_named(tmp_path):
    (tmp_path / "data").write_text("a file, no folder")
    desk = start(tmp_path / "data", free_port())
    _told, complaints = desk.communicate(timeout=60)
    assert desk.returncode == 2
    assert str(tmp_path / "data") in complaints
    assert "Traceback" not in complaints
