"""archive.encrypted is worth a line; that the content was not seen stands in the coverage and caps the verdict."""

from gifthorse.inspect.detectors.archive_encrypted import encrypted
from gifthorse.model.inspections import Coverage, Reason, Verdict, verdict_of
from gifthorse.model.words import phrase
from tests.samples.archives import item_of, rar5_of, unfold, zip_of


def test_a_locked_archive_caps_the_verdict_at_caution():
    result = unfold(rar5_of({"a.txt": b"x"}, locked=True), "a.rar")
    coverage = Coverage(bytes_total=1, bytes_accounted=1, items_total=2, items_inspected=1, not_inspected=tuple(result.unseen))
    assert {line.reason for line in result.unseen} == {Reason.ENCRYPTED}
    assert verdict_of(result.findings, coverage) is Verdict.CAUTION


def test_an_open_archive_has_no_such_finding():
    assert not unfold(zip_of({"a.txt": b"x"}), "a.zip").findings


def test_the_archive_is_the_main_place():
    finding = encrypted(item_of(b"PK", "a.zip"), phrase("{count} members", count=2))
    assert finding.evidence[0].path == "a.zip"
    assert finding.severity == "low"
