import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from gifthorse.cli import obey
from gifthorse.demonstration import gifts
from gifthorse.inspect.report.forms import FORMS
from tests.samples.own_detectors import detector_that

GIFTHORSE = [sys.executable, "-c", "from gifthorse.cli import main; main()"]


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text("Dear friend,\nit was a pleasure to meet you at the fair.\n")
    return path


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "holiday.jpg.bat"
    path.write_text("@echo off\necho hello\n")
    return path


def test_nothing_found_ends_with_0_and_never_says_safe(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(["inspect", str(letter)]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == "letter.txt: Nothing found as far as could be seen."
    assert "1 of 1 items were looked into" in out
    assert "The readers ran confined (no_new_privs, rlimits, landlock, seccomp)." in out
    assert "clean" not in out.lower()
    assert "safe" not in out.lower()
    assert err == ""


def test_something_to_act_on_ends_with_1_and_says_why_and_what_to_do(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(["inspect", str(program)]) == 1
    out = capsys.readouterr().out
    for words in ("name.double-extension", "Why it matters:", "What to do:", "Harmless if:", "holiday.jpg.bat"):
        assert words in out


def test_json_is_one_document_in_the_shape_of_the_contract(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(["inspect", "--json", str(program)]) == 1
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert err == ""
    assert document["schema"] == "gifthorse.inspection/1"
    assert document.keys() >= {"source", "verdict", "findings", "coverage", "engine", "timings"}
    assert document["source"].keys() == {"name", "kind", "bytes", "sha256"}
    assert document["coverage"].keys() == {"bytes_total", "bytes_accounted", "items_total", "items_inspected", "not_inspected"}
    wanted = {"id", "severity", "confidence", "title", "why", "what_to_do", "benign_explanation", "technique", "detector", "evidence"}
    assert all(finding.keys() >= wanted for finding in document["findings"])
    places = {"path", "partition", "offset", "length", "sha256", "excerpt"}
    assert all(evidence.keys() >= places for finding in document["findings"] for evidence in finding["evidence"])
    assert document["timings"]["total_s"] > 0


def test_several_sources_make_a_list(letter: Path, program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(["inspect", "--json", str(letter), str(program)]) == 1
    documents = json.loads(capsys.readouterr().out)
    assert [document["source"]["name"] for document in documents] == ["letter.txt", "holiday.jpg.bat"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["/no/such/file"],
        ["--no-such-option"],
        [],
        ["--as", "banana", "LETTER"],
        ["--as", "folder", "LETTER"],
        ["--workers", "0", "LETTER"],
        ["--workers", "many", "LETTER"],
        ["--password-file", "/no/such/file", "LETTER"],
        ["--report", "/no/such/folder/x.json", "LETTER"],
        ["--report", "/no/such/folder/x.pdf", "LETTER"],
        ["--report", "x.pdf", "LETTER", "LETTER"],
        ["--report", ".json", "LETTER"],
        ["--report", "x.doc", "LETTER"],
        ["LETTER", "/no/such/file"],
        ["/dev/null"],
        ["/etc/passwd/x"],
    ],
)
def test_what_can_not_be_done_ends_with_2_and_one_line(letter: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert obey(["inspect", *(str(letter) if argument == "LETTER" else argument for argument in arguments)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("gifthorse: ")
    assert "Traceback" not in err


def test_a_report_is_written_beside_the_answer(program: Path, tmp_path: Path) -> None:
    report = tmp_path / "out.json"
    assert obey(["inspect", str(program), "--report", str(report)]) == 1
    document = json.loads(report.read_bytes())
    assert document["contents"][0]["path"] == "holiday.jpg.bat"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["holiday.jpg.bat", "out.json"]


def test_every_form_of_report_is_written_and_shows_the_finding(tmp_path: Path) -> None:
    image = tmp_path / "stick.img"
    with image.open("wb+") as target:
        gifts.autorun_stick(target)
    out = tmp_path / "out"
    out.mkdir()
    words = [word for suffix in FORMS for word in ("--report", str(out / f"r.{suffix}"))]
    assert obey(["inspect", str(image), *words]) == 1
    assert sorted(path.name for path in out.iterdir()) == sorted(f"r.{suffix}" for suffix in FORMS)
    assert (out / "r.pdf").read_bytes().startswith(b"%PDF-")
    for suffix in set(FORMS) - {"pdf"}:
        assert b"autorun.inf" in (out / f"r.{suffix}").read_bytes(), suffix
    for suffix in set(FORMS) - {"pdf", "html"}:
        assert json.loads((out / f"r.{suffix}").read_bytes())
    assert f"gifthorse inspect {image} --report" in (out / "r.html").read_text()
    assert json.loads((out / "r.json").read_bytes())["inspected_at"].endswith("Z")


def test_a_json_report_holds_several_sources_as_a_list(letter: Path, program: Path, tmp_path: Path) -> None:
    report = tmp_path / "both.json"
    assert obey(["inspect", str(letter), str(program), "--report", str(report)]) == 1
    assert [one["contents"][0]["path"] for one in json.loads(report.read_bytes())] == ["letter.txt", "holiday.jpg.bat"]


def test_a_report_that_would_alter_the_source_is_refused(tmp_path: Path, letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = letter.read_bytes()
    assert obey(["inspect", str(tmp_path), "--report", str(tmp_path / "report.json")]) == 2
    renamed = letter.rename(tmp_path / "letter.json")
    assert obey(["inspect", str(renamed), "--report", str(renamed)]) == 2
    assert renamed.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["letter.json"]
    assert "would alter" in capsys.readouterr().err


def test_the_source_is_not_altered(tmp_path: Path) -> None:
    gift = tmp_path / "gift"
    gift.mkdir()
    (gift / "a.txt").write_text("x")
    os.utime(gift / "a.txt", ns=(1, 1))
    os.utime(gift, ns=(1, 1))
    facts = [(path, path.stat()) for path in (gift, gift / "a.txt")]
    obey(["inspect", str(gift)])
    for path, before in facts:
        after = path.stat()
        assert (after.st_mtime_ns, after.st_ctime_ns, after.st_size) == (before.st_mtime_ns, before.st_ctime_ns, before.st_size)
    assert (gift / "a.txt").stat().st_atime_ns == 1


def test_an_image_says_that_firmware_can_not_be_seen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    image = tmp_path / "stick.img"
    image.write_bytes(bytes(1 << 20))
    obey(["inspect", "--as", "image", str(image)])
    assert "firmware" in capsys.readouterr().out


def test_help_is_there_at_once() -> None:
    """Processor time, since the wall clock belongs to everybody: the limit is five times what it takes."""
    before = os.times()
    done = subprocess.run([*GIFTHORSE, "--help"], capture_output=True, check=False)
    after = os.times()
    assert done.returncode == 0
    assert b"inspect" in done.stdout
    assert after.children_user + after.children_system - before.children_user - before.children_system < 1.0


def test_no_arguments_show_the_help_and_end_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert obey([]) == 2
    assert "Usage: gifthorse" in capsys.readouterr().out


def _helpers(coordinator: int) -> list[str]:
    return [pid for pid in os.listdir("/proc") if pid.isdigit() and _is_helper(pid, coordinator)]


def _is_helper(pid: str, coordinator: int) -> bool:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"gifthorse.inspect.confine.zygote" in words and str(coordinator).encode() in words


def _hanging(tmp_path: Path) -> subprocess.Popen[bytes]:
    """An inspection that is held up by a detector in C, and has begun."""
    gift = tmp_path / "gift"
    gift.mkdir()
    (gift / "a.trap").write_bytes(b"x")
    own = detector_that(tmp_path, "import time", "time.sleep(600)")
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"  # a run in the background inherits it ignored
        "from gifthorse import cli; from gifthorse.procedures import inspect_source as p; real = p.inspect_source;"
        "import msgspec; p.inspect_source = lambda s, o, g: real(s, msgspec.structs.replace(o, own_detectors=(sys.argv.pop(),)), g); cli.main()"
    )
    (tmp_path / "scratch").mkdir()
    command = [sys.executable, "-c", code, "inspect", str(gift), "--workers", "2", own]
    environment = {**os.environ, "TMPDIR": str(tmp_path / "scratch")}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=tmp_path / "scratch")


def _wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(400):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to that within 20 s")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_ended_at_any_time_it_leaves_no_process_and_no_file(tmp_path: Path, number: signal.Signals) -> None:
    process = _hanging(tmp_path)
    _wait_until(lambda: len(_helpers(process.pid)) >= 2)  # the zygote and a worker
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    _wait_until(lambda: not _helpers(process.pid))
    assert list((tmp_path / "scratch").iterdir()) == []
    assert [path.name for path in (tmp_path / "gift").iterdir()] == ["a.trap"]
    assert out == b""
    if number == signal.SIGINT:
        assert (process.returncode, err) == (2, b"gifthorse: Stopped. Nothing was kept.\n")


def test_a_reader_that_has_had_enough_gets_no_traceback(tmp_path: Path) -> None:
    for number in range(2000):
        (tmp_path / f"{number}.bat").write_text("@echo off\n")
    process = subprocess.Popen([*GIFTHORSE, "inspect", "--json", str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    assert process.wait() in {1, 2}


def test_a_name_that_the_terminal_can_not_show_is_written_out(tmp_path: Path) -> None:
    path = tmp_path / "写真.bat"
    path.write_text("@echo off\n")
    done = subprocess.run(
        [*GIFTHORSE, "inspect", str(path)], capture_output=True, env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C.UTF-8"}, check=False
    )
    assert b"\\u5199" in done.stdout
    assert done.returncode in {0, 1}


def test_the_verdict_in_json_decodes_as_an_inspection(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    obey(["inspect", "--json", str(letter)])
    assert msgspec.json.decode(capsys.readouterr().out)["verdict"] == "clear"
