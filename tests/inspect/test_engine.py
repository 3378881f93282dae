import gzip
import hashlib
import os
import threading
import time
import zipfile
from pathlib import Path

import msgspec
import pytest

from gifthorse.demonstration.media import Format
from gifthorse.inspect import engine
from gifthorse.inspect.engine import Options
from gifthorse.model.errors import Interrupted
from gifthorse.model.inspections import Inspection, Reason, SourceKind, Verdict, to_json
from tests.samples.disks import own_volume
from tests.samples.files import zip_of
from tests.samples.own_detectors import detector_that


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "gift"
    (root / "sub").mkdir(parents=True)
    (root / "letter.txt").write_text("Dear friend,\nit was a pleasure.\n")
    (root / "empty").touch()
    (root / "sub" / ".hidden").write_text("x" * 100)
    with zipfile.ZipFile(root / "sub" / "inner.zip", "w") as archive:
        archive.writestr("a.txt", "first")
        archive.writestr("deeper.txt.gz", gzip.compress(b"second"))
    return root


def _paths(inspection: Inspection) -> list[str]:
    return [content.path for content in inspection.contents]


def test_a_folder_is_seen_whole_hidden_files_and_members_too(folder: Path) -> None:
    inspection = engine.inspect(str(folder))
    members = ["sub/inner.zip > a.txt", "sub/inner.zip > deeper.txt.gz", "sub/inner.zip > deeper.txt.gz > deeper.txt"]
    assert _paths(inspection) == ["empty", "letter.txt", "sub", "sub/.hidden", "sub/inner.zip", *members]
    coverage = inspection.coverage
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    assert (coverage.items_total, coverage.items_inspected, coverage.not_inspected) == (7, 7, ())
    assert (coverage.bytes_total, coverage.bytes_accounted) == (size, size)
    assert inspection.verdict is Verdict.CLEAR
    assert (inspection.source.kind, inspection.source.sha256, inspection.source.name) == (SourceKind.FOLDER, None, "gift")


def test_each_file_has_its_own_digest(folder: Path) -> None:
    digests = {content.path: content.sha256 for content in engine.inspect(str(folder)).contents}
    assert digests["letter.txt"] == hashlib.sha256((folder / "letter.txt").read_bytes()).hexdigest()
    assert digests["sub/inner.zip > a.txt"] == hashlib.sha256(b"first").hexdigest()
    assert digests["empty"] == hashlib.sha256().hexdigest()


def test_a_single_file_is_named_by_its_name_and_hashed(folder: Path) -> None:
    inspection = engine.inspect(str(folder / "letter.txt"))
    digest = hashlib.sha256((folder / "letter.txt").read_bytes()).hexdigest()
    assert _paths(inspection) == ["letter.txt"]
    assert (inspection.source.sha256, inspection.contents[0].sha256) == (digest, digest)


def test_the_same_source_gives_the_same_document_however_many_workers(folder: Path) -> None:
    for number in range(300):
        (folder / f"run {number}.bat").write_text(f"@echo off\necho {number}\n")

    def document(workers: int) -> bytes:
        inspection = engine.inspect(str(folder), options=Options(workers=workers))
        return to_json(msgspec.structs.replace(inspection, timings=engine.Timings(total_s=0), inspected_at=None), contents=True)

    first = document(1)
    assert b"script.present" in first
    assert document(3) == first
    assert document(3) == first


def test_contents_point_at_their_findings(folder: Path) -> None:
    (folder / "a.trap").write_bytes(b"x")
    own = detector_that(folder.parent, "pass")
    inspection = engine.inspect(str(folder), options=Options(own_detectors=(own,)))
    (content,) = [content for content in inspection.contents if content.path == "a.trap"]
    assert [inspection.findings[position].id for position in content.findings] == ["test.trap"]


def test_the_gravest_findings_come_first(folder: Path) -> None:
    for name in ("b.trap", "a.trap", "c.trap"):
        (folder / name).write_bytes(b"x")
    grave = "severity = Severity.HIGH if item.untrusted_name.startswith('c') else Severity.LOW"
    own = detector_that(folder.parent, grave, "yield KIND.found(item.here(), severity=severity)", "return")
    inspection = engine.inspect(str(folder), options=Options(own_detectors=(own,)))
    assert [finding.evidence[0].path for finding in inspection.findings] == ["c.trap", "a.trap", "b.trap"]
    assert inspection.verdict is Verdict.DANGEROUS


def test_links_are_listed_and_not_followed(folder: Path) -> None:
    (folder / "out").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to("..")
    inspection = engine.inspect(str(folder))
    assert {content.path: content.size for content in inspection.contents if content.path in {"out", "loop"}} == {"out": 0, "loop": 0}
    assert inspection.verdict is Verdict.CLEAR


def test_pipes_are_told_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    inspection = engine.inspect(str(folder))
    assert [(gap.path, gap.reason) for gap in inspection.coverage.not_inspected] == [("pipe", Reason.UNSUPPORTED)]
    assert inspection.verdict is Verdict.CAUTION


def test_names_that_are_not_utf8_are_shown_byte_by_byte(folder: Path) -> None:
    os.close(os.open(os.fsencode(folder) + b"/caf\xe9.txt", os.O_CREAT | os.O_WRONLY))
    assert "caf\\xE9.txt" in _paths(engine.inspect(str(folder)))


def test_a_huge_sparse_file_is_read_to_its_end(folder: Path) -> None:
    size = 300_000_000
    os.truncate(folder / "empty", size)
    inspection = engine.inspect(str(folder / "empty"))
    assert inspection.coverage.bytes_accounted == size
    assert inspection.contents[0].sha256 == inspection.source.sha256


def test_a_file_that_vanishes_meanwhile_is_told(folder: Path) -> None:
    for number in range(3000):
        (folder / f"{number}.txt").write_bytes(b"x")

    def vanish(_phase: str, done: int, _known: int) -> None:
        for number in range(2000, 3000) if done else ():
            (folder / f"{number}.txt").unlink(missing_ok=True)

    slow = detector_that(folder.parent, "pass")
    Path(slow).write_text(
        Path(slow).read_text().replace("def examine(item):", "def examine(item):\n    import time\n    time.sleep(0.001)")
    )
    inspection = engine.inspect(str(folder), options=Options(own_detectors=(slow,), workers=1), progress=vanish)
    gone = [gap for gap in inspection.coverage.not_inspected if gap.reason is Reason.UNREADABLE]
    assert gone
    assert {"No such file or directory"} == {gap.detail for gap in gone}
    assert len([finding for finding in inspection.findings if finding.id == "walk.unreadable"]) == len(gone)
    assert inspection.verdict is Verdict.CAUTION


_REFUSING = """
import os
KINDS = ()
real_open, real_pread = os.open, os.pread

def refusing(path, *rest, **more):
    if path == b"locked":
        raise PermissionError(13, "Permission denied")
    return real_open(path, *rest, **more)

def failing(fd, length, offset):
    body = real_pread(fd, length, offset)
    if body.startswith(b"bad sector"):
        raise OSError(5, "Input/output error")
    return body

os.open, os.pread = refusing, failing
"""


def test_files_that_may_not_or_can_not_be_read_are_told(folder: Path) -> None:
    (folder / "locked").write_bytes(b"x")
    (folder / "scratched").write_bytes(b"bad sector")
    own = folder.parent / "own.py"
    own.write_text(_REFUSING)
    inspection = engine.inspect(str(folder), options=Options(own_detectors=(str(own),)))
    gaps = {(gap.path, gap.reason, gap.detail) for gap in inspection.coverage.not_inspected}
    assert gaps == {("locked", Reason.UNREADABLE, "Permission denied"), ("scratched", Reason.UNREADABLE, "Input/output error")}
    assert {finding.evidence[0].path for finding in inspection.findings if finding.id == "walk.unreadable"} == {"locked", "scratched"}
    assert inspection.coverage.bytes_accounted == inspection.coverage.bytes_total - 11
    assert inspection.verdict is Verdict.CAUTION


def test_a_folder_of_nothing_but_unreadable_things_is_not_inspected(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert engine.inspect(str(tmp_path)).verdict is Verdict.NOT_INSPECTED


def test_it_stops_when_it_is_asked_to_and_leaves_nothing(folder: Path) -> None:
    (folder / "a.trap").write_bytes(b"x")
    own = detector_that(folder.parent, "while True:", "    pass")
    stop = threading.Event()
    threading.Timer(1.0, stop.set).start()
    began = time.monotonic()
    with pytest.raises(Interrupted):
        engine.inspect(str(folder), options=Options(own_detectors=(own,)), should_stop=stop.is_set)
    assert time.monotonic() - began < 20
    assert not [pid for pid in os.listdir("/proc") if pid.isdigit() and _is_helper(pid)]


def _is_helper(pid: str) -> bool:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"gifthorse.inspect.confine.zygote" in words and str(os.getpid()).encode() in words


def test_it_can_be_run_in_a_thread(folder: Path) -> None:
    results: list[Inspection] = []
    thread = threading.Thread(target=lambda: results.append(engine.inspect(str(folder))))
    thread.start()
    thread.join()
    assert results[0].verdict is Verdict.CLEAR


def test_progress_is_told_and_never_passes_what_is_known(folder: Path) -> None:
    for number in range(40):
        (folder / f"{number}.bin").write_bytes(os.urandom(1_000_000))
    told: list[tuple[str, int, int]] = []
    engine.inspect(str(folder), progress=lambda *values: told.append(values))
    assert told
    assert all(0 <= done <= known for _phase, done, known in told)


def test_the_timings_say_which_part_of_the_work_took_how_long(tmp_path):
    (tmp_path / "a.zip").write_bytes(zip_of({"a.txt": b"hello" * 1000}))
    image = tmp_path / "a.img"
    image.write_bytes(own_volume(Format.FAT12, {"a.zip": (tmp_path / "a.zip").read_bytes()}))
    parts = engine.inspect(str(image)).timings.parts_s
    assert list(parts) == ["layout", "walk", "read", "identify", "detect", "rules", "unpack", "correlate", "hash"]
    assert all(0 <= seconds < 60 for seconds in parts.values())
    os.remove(image)
    assert "hash" not in engine.inspect(str(tmp_path)).timings.parts_s
