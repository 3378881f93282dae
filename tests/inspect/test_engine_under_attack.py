"""Readers that crash, hang, eat memory or fail cost the item they do it on, and nothing else."""

import os
from pathlib import Path

import pytest

from gifthorse.inspect import engine
from gifthorse.inspect.engine import Options
from gifthorse.model.inspections import Inspection, Reason, Verdict
from tests.samples.own_detectors import detector_that

OTHERS = 60


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    for number in range(OTHERS):
        (folder / f"{number:02}.txt").write_text(f"letter {number}")
    (folder / "30-bad.trap").write_bytes(b"inert")
    return folder


def _inspected(source: Path, *lines: str, **options: object) -> Inspection:
    own = detector_that(source.parent, *lines)
    return engine.inspect(str(source), options=Options(own_detectors=(own,), **options))  # type: ignore[arg-type]


def _check_only_the_trap_is_lost(inspection: Inspection) -> str:
    """What the one crash says."""
    (crash,) = [finding for finding in inspection.findings if finding.id == "parser.crashed"]
    assert crash.evidence[0].path == "30-bad.trap"
    assert {(gap.path, gap.reason) for gap in inspection.coverage.not_inspected} == {("30-bad.trap", Reason.PARSER_CRASHED)}
    others = [content for content in inspection.contents if content.path != "30-bad.trap"]
    assert len(others) == OTHERS
    assert all(content.sha256 for content in others)
    assert inspection.verdict is Verdict.CAUTION
    assert crash.detail is not None
    return crash.detail.in_english()


def test_a_reader_that_crashes_the_process_costs_one_item(source: Path) -> None:
    inspection = _inspected(source, "import ctypes", "ctypes.string_at(0)")
    assert "SIGSEGV" in _check_only_the_trap_is_lost(inspection)
    assert inspection.coverage.items_inspected == OTHERS


def test_a_reader_that_ends_the_process_quietly_costs_one_item(source: Path) -> None:
    assert "status 0" in _check_only_the_trap_is_lost(_inspected(source, "import os", "os._exit(0)"))


def test_a_reader_that_aborts_costs_one_item(source: Path) -> None:
    assert "reader was ended by" in _check_only_the_trap_is_lost(_inspected(source, "import os", "os.abort()"))


def test_a_reader_that_hangs_in_python_is_interrupted(source: Path) -> None:
    lines = ("while True:", "    pass")
    assert "longer than 1 s" in _check_only_the_trap_is_lost(_inspected(source, *lines, item_seconds=1.0))


def test_a_reader_that_hangs_and_swallows_everything_is_interrupted(source: Path) -> None:
    lines = ("import time", "while True:", "    try:", "        time.sleep(1)", "    except Exception:", "        pass")
    assert "longer than 1 s" in _check_only_the_trap_is_lost(_inspected(source, *lines, item_seconds=1.0))


def test_a_reader_that_hangs_where_no_alarm_reaches_is_killed(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gifthorse.inspect.confine.worker_seen.GRACE_SECONDS", 0.5)
    lines = ("import signal, time", "signal.signal(signal.SIGALRM, signal.SIG_IGN)", "while True:", "    time.sleep(60)")
    assert "longer than 1 s" in _check_only_the_trap_is_lost(_inspected(source, *lines, item_seconds=1.0))


def test_a_reader_that_eats_memory_is_stopped_by_its_limit(source: Path) -> None:
    lines = ("hoard = []", "while True:", "    hoard.append(bytearray(1 << 24))")
    assert "MemoryError" in _check_only_the_trap_is_lost(_inspected(source, *lines))


def test_a_reader_that_fails_is_named_with_its_error(source: Path) -> None:
    assert "own_detector" in _check_only_the_trap_is_lost(_inspected(source, "raise ValueError('not what I expected')"))
    assert "RecursionError" in _check_only_the_trap_is_lost(_inspected(source, "def f(): return f()", "f()"))
    assert "MemoryError" in _check_only_the_trap_is_lost(_inspected(source, "raise MemoryError"))


def test_what_was_found_before_a_reader_failed_is_kept(source: Path) -> None:
    inspection = _inspected(source, "yield KIND.found(item.here())", "raise ValueError")
    assert {finding.id for finding in inspection.findings if finding.evidence[0].path == "30-bad.trap"} >= {"test.trap", "parser.crashed"}


def test_many_crashing_files_are_each_found_and_the_rest_is_inspected(source: Path) -> None:
    for number in range(5):
        (source / f"more-{number}.trap").write_bytes(b"inert")
    inspection = _inspected(source, "import ctypes", "ctypes.string_at(0)")
    assert sum(finding.id == "parser.crashed" for finding in inspection.findings) == 6
    assert inspection.coverage.items_inspected == OTHERS


def test_a_single_file_that_crashes_its_reader_is_not_inspected_and_never_clear(tmp_path: Path) -> None:
    (tmp_path / "one.trap").write_bytes(b"inert")
    own = detector_that(tmp_path, "import os", "os._exit(1)")
    inspection = engine.inspect(str(tmp_path / "one.trap"), options=Options(own_detectors=(own,)))
    assert inspection.verdict is Verdict.NOT_INSPECTED


@pytest.mark.parametrize(
    "bytes_sent",
    [b"\x00\x00\x00\x00", b"\xff\xff\xff\xff" + b"x" * 100, b"\x05\x00\x00\x00hello", b"\x01\x00\x00\x00\xc0"],
    ids=["empty", "huge", "not a message", "null"],
)
def test_a_worker_that_was_taken_over_and_talks_nonsense_is_ended(source: Path, bytes_sent: bytes) -> None:
    text = _check_only_the_trap_is_lost(_inspected(source, "import os", f"os.write(3, {bytes_sent!r})", "while True:", "    pass"))
    assert "rules of its confinement" in text


FORGED = {
    "an unknown kind of finding": "told=[['no.such-kind', 'high', 1.0, [{'path': 'x'}], None]]",
    "a finding without a place": "told=[['test.trap', 'high', 1.0, [], None]]",
    "a format that fills the memory": "told=[['test.trap', 'high', 1.0, [{'path': 'x'}], {'text': '{x:>999999999}', 'values': {'x': 'y'}}]]",
    "a format that looks inside": "told=[['test.trap', 'high', 1.0, [{'path': 'x'}], {'text': '{x.__class__}', 'values': {'x': 'y'}}]]",
    "an answer about another task": "task=99999",
    "a target that was not asked for": "answered=[77777]",
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_answer_is_refused(source: Path, name: str) -> None:
    lines = (
        "import os, msgspec, struct, gc",
        "from gifthorse.inspect.outcomes import Outcomes",
        "task = next(o for o in gc.get_objects() if isinstance(o, Outcomes))._task",
        f"body = msgspec.msgpack.encode({{**dict(task=task), **dict({FORGED[name]})}})",
        "os.write(3, struct.pack('<I', len(body)) + body)",
        "while True:",
        "    pass",
    )
    assert "rules of its confinement" in _check_only_the_trap_is_lost(_inspected(source, *lines))


def test_control_characters_from_a_worker_never_reach_a_terminal(source: Path) -> None:
    inspection = _inspected(
        source, "from gifthorse.model.findings import Evidence", "yield KIND.found(Evidence(path='a\\x1b[2Jb', excerpt='\\u202e'))"
    )
    (finding, *_) = [
        finding
        for finding in inspection.findings
        if finding.id == "test.trap" and "b" in finding.evidence[0].path and finding.evidence[0].excerpt
    ]
    assert finding.evidence[0].path == "a\\u{001B}[2Jb"
    assert finding.evidence[0].excerpt == "\\u{202E}"


def test_no_process_is_left_after_crashes(source: Path) -> None:
    before = _children()
    _inspected(source, "import ctypes", "ctypes.string_at(0)")
    assert _children() == before


def _children() -> set[str]:
    """Zygotes of this very process, and their workers."""
    return {pid for pid in os.listdir("/proc") if pid.isdigit() and _is_ours(Path(f"/proc/{pid}/cmdline"))}


def _is_ours(command: Path) -> bool:
    try:
        words = command.read_bytes().split(b"\0")
    except OSError:  # it is gone
        return False
    return b"gifthorse.inspect.confine.zygote" in words and str(os.getpid()).encode() in words
