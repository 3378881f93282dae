"""Files that were not hashed when they were read, and are, once a finding names them."""

import hashlib
from pathlib import Path

import pytest

from gifthorse.demonstration.media import Format
from gifthorse.inspect import engine
from gifthorse.inspect.confine.messages import Answer, Target, Task
from gifthorse.inspect.detectors.camera_foreign_file import KINDS
from gifthorse.inspect.engine import Options
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.late_digests import LateDigests, places_digested
from gifthorse.model.findings import Evidence
from gifthorse.model.inspections import Inspection
from gifthorse.model.inspections import to_json as document
from tests.samples.disks import own_volume
from tests.samples.files import exif, jpeg, pe

NAMED = "DCIM/100CANON/IMG_9001.JPG"  # of another camera than the rest: only the medium as a whole tells that
PLAIN = "DCIM/100CANON/IMG_0001.JPG"


def _photograph(model: str, number: int) -> bytes:
    """One of more than 64 KiB, which is as much as is hashed in any case."""
    return jpeg(exif("Canon" if model == "EOS R" else "Nikon", model), scan=hashlib.sha256(bytes([number])).hexdigest().encode() * 1100)


def _program() -> bytes:
    return pe() + bytes(70_000)


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {f"DCIM/100CANON/IMG_{number:04}.JPG": _photograph("EOS R", number) for number in range(1, 13)}
    files |= {NAMED: _photograph("Z9", 99), "Films/run.mp4": _program()}
    image = tmp_path_factory.mktemp("card") / "card.img"
    image.write_bytes(own_volume(Format.FAT32, files))
    return image


@pytest.fixture(scope="module")
def hasty(card: Path) -> Inspection:
    return engine.inspect(str(card), options=Options(digests=False))


def test_findings_are_the_same_with_and_without_a_digest_of_every_file(card: Path, hasty: Inspection) -> None:
    thorough = engine.inspect(str(card))
    assert hasty.findings == thorough.findings
    assert any(evidence.path == NAMED and evidence.sha256 for finding in hasty.findings for evidence in finding.evidence)


def test_what_no_finding_names_goes_without_a_digest(hasty: Inspection) -> None:
    digests = {content.path: content.sha256 for content in hasty.contents}
    assert digests[PLAIN] is None
    assert digests["Films/run.mp4"] == hashlib.sha256(_program()).hexdigest()


def test_by_default_every_file_has_its_digest(card: Path) -> None:
    digests = {content.path: content.sha256 for content in engine.inspect(str(card)).contents}
    assert digests[PLAIN] == hashlib.sha256(_photograph("EOS R", 1)).hexdigest()
    assert all(digest for path, digest in digests.items() if path.endswith((".JPG", ".mp4")))


def test_a_folder_has_every_digest_since_nothing_else_is_hashed(tmp_path: Path) -> None:
    body = _photograph("EOS R", 1)
    (tmp_path / "a.jpg").write_bytes(body)
    (content,) = engine.inspect(str(tmp_path), options=Options(digests=False)).contents
    assert content.sha256 == hashlib.sha256(body).hexdigest()


def test_what_is_printed_is_the_same(card: Path, hasty: Inspection) -> None:
    assert b'"contents"' not in document(hasty)


def _task(*paths: str) -> Task:
    return Task(number=1, duty="examine", targets=tuple(Target(path=path, raw_name=b"a", size=9, partition=0) for path in paths))


def _seen(path: str, **more: object) -> Seen:
    return Seen(path=path, size=9, filetype=FileType.JPEG, partition=0, **more)  # type: ignore[arg-type]


def test_only_files_without_a_digest_that_are_named_are_hashed_late() -> None:
    late, task = LateDigests(), _task("a", "b", "c")
    seen = (_seen("a"), _seen("b", sha256="0" * 64), _seen("c"), _seen("c > d", depth=1), _seen("e", folder=True))
    late.met(task, Answer(task=1, seen=seen))
    named = KINDS[0].found(*(Evidence(path=path, partition=0) for path in ("c", "c > d", "b", "e", "unknown")))
    assert [target.path for target in late.named_by([named])] == ["c"]


def test_digests_of_nothing_that_was_asked_for_are_left_out() -> None:
    targets, good = _task("a", "b").targets, "0123456789abcdef" * 4
    digests = {0: good, 1: "g" * 64, 2: good, -1: good}
    assert places_digested(targets, digests) == {(0, "a"): good}
    assert places_digested(targets, {1: good[:-1], 0: good.upper()}) == {}
