"""What a worker can't do: each is really tried, from inside a worker, by a detector of the test."""

from pathlib import Path

import pytest

from gifthorse.inspect import engine
from gifthorse.model.inspections import Inspection
from tests.samples.own_detectors import detector_that_reports

_TRY = (
    "import ctypes, os, socket, subprocess, sys, signal, errno",
    "libc = ctypes.CDLL(None, use_errno=True)",
    "def tried(what):",
    "    try:",
    "        return f'done: {what()!r}'",
    "    except BaseException as error:",
    "        return f'refused: {type(error).__name__} {getattr(error, \"errno\", None)}'",
    "def called(number, *rest):",
    "    ctypes.set_errno(0)",
    "    if libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, rest)) < 0:",
    "        raise OSError(ctypes.get_errno(), 'refused')",
    "    return 'done'",
)
ATTEMPTS = {
    "open a network socket": "socket.socket(socket.AF_INET)",
    "open a local socket": "socket.socket(socket.AF_UNIX)",
    "make a pair of sockets": "socket.socketpair()",
    "read a file of the system": "open('/etc/passwd').read()",
    "read its own memory map": "open('/proc/self/maps').read()",
    "list the root folder": "os.listdir('/')",
    "write a file": "open('/tmp/gifthorse-was-here', 'w')",
    "make a folder": "os.mkdir('/tmp/gifthorse-was-here')",
    "remove a file": "os.unlink('/etc/hostname')",
    "follow the descriptor to the source": "os.open('/proc/self/fd/4', os.O_RDWR)",
    "start a program": "subprocess.run(['/bin/true'])",
    "become a program": "os.execv('/bin/true', ['/bin/true'])",
    "fork": "os.fork()",
    "fork by its old number": "called(58)",
    "clone a process": "called(56, 17, 0, 0, 0, 0)",
    "clone a process the new way": "called(435, 0, 88)",
    "trace the parent": "called(101, 16, os.getppid(), 0, 0)",
    "read another process": "called(310, os.getppid(), 0, 0, 0, 0, 0)",
    "kill the parent": "os.kill(os.getppid(), 0)",
    "kill the group": "os.killpg(0, 0)",
    "raise its own limits": "__import__('resource').setrlimit(__import__('resource').RLIMIT_AS, (-1, -1))",
    "mount": "called(165, 0, 0, 0, 0, 0)",
    "leave its namespaces": "called(272, 0x10000000)",
    "load a kernel program": "called(321, 0, 0, 0)",
    "read kernel keys": "called(250, 0, 0)",
    "set up io_uring": "called(425, 8, 0)",
    "open by handle": "called(304, -1, 0, 0)",
    "watch page faults": "called(323, 0)",
    "become another user": "os.setuid(1)",
    "ask the device itself": "__import__('fcntl').ioctl(4, 0x5331)",
    "call by the x32 table": "called(0x40000000 + 39)",
}


def _detail(inspection: Inspection) -> str:
    (finding,) = [finding for finding in inspection.findings if finding.id == "test.trap"]
    assert finding.detail is not None
    return finding.detail.in_english()


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "a.trap").write_bytes(b"some bytes")
    return folder


@pytest.mark.parametrize("source", ["file", "folder"])
def test_a_worker_can_do_nothing_but_read_what_it_was_given(tmp_path: Path, trap: Path, source: str) -> None:
    results = "; ".join(f"{name}={{tried(lambda: {code})}}".replace("'", '"') for name, code in ATTEMPTS.items())
    own = detector_that_reports(tmp_path, f"f'''{results}'''", *_TRY)
    inspection = engine.inspect(str(trap if source == "folder" else trap / "a.trap"), options=engine.Options(own_detectors=(own,)))
    answers = dict(answer.split("=", 1) for answer in _detail(inspection).split("; "))
    assert [f"{name}: {answer}" for name, answer in answers.items() if not answer.startswith("refused")] == []
    assert answers.keys() == ATTEMPTS.keys()
    assert not Path("/tmp/gifthorse-was-here").exists()


def test_the_confinements_that_held_are_named(trap: Path) -> None:
    assert engine.inspect(str(trap)).engine.confinement == ("no_new_privs", "rlimits", "landlock", "seccomp")


def test_a_worker_on_a_folder_reads_below_it_and_nowhere_else(tmp_path: Path, trap: Path) -> None:
    (tmp_path / "secret").write_text("not for the worker")
    outside = detector_that_reports(tmp_path, f"tried(lambda: open('{tmp_path}/secret').read())", *_TRY)
    assert _detail(engine.inspect(str(trap), options=engine.Options(own_detectors=(outside,)))).startswith("refused")


def test_a_worker_has_no_open_descriptors_but_its_channel_and_the_source(tmp_path: Path, trap: Path) -> None:
    probe = (
        "import os",
        "def is_open(fd):",
        "    try:",
        "        os.fstat(fd)",
        "    except OSError:",
        "        return False",
        "    return True",
    )
    own = detector_that_reports(tmp_path, "[fd for fd in range(64) if is_open(fd)]", *probe)
    inspection = engine.inspect(str(trap / "a.trap"), options=engine.Options(own_detectors=(own,)))
    assert _detail(inspection) == "[0, 1, 2, 3, 4]"


def test_a_worker_sees_nothing_of_the_callers_environment(tmp_path: Path, trap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    own = detector_that_reports(tmp_path, "'DATABASE_URL' in os.environ", "import os")
    assert _detail(engine.inspect(str(trap), options=engine.Options(own_detectors=(own,)))) == "False"


def test_threads_still_work_inside_a_worker(tmp_path: Path, trap: Path) -> None:
    lines = ("import threading", "done = []", "thread = threading.Thread(target=lambda: done.append(1))", "thread.start()", "thread.join()")
    own = detector_that_reports(tmp_path, "done", *lines)
    assert _detail(engine.inspect(str(trap), options=engine.Options(own_detectors=(own,)))) == "[1]"
