"""archive.bomb says what is true of it. How bombs are found stands in tests/inspect/unpack/test_bombs.py."""

from gifthorse.inspect.detectors.archive_bomb import KINDS
from tests.samples.archives import overlapping_zip, unfold, zip_of


def test_a_bomb_is_dangerous_and_names_its_numbers():
    (finding,) = [one for one in unfold(overlapping_zip(), "a.zip").findings if one.id == "archive.bomb"]
    assert finding.severity == "high"
    assert finding.evidence[0].path == "a.zip"
    assert "199 of 200" in finding.detail.in_english()


def test_an_ordinary_archive_is_none():
    assert not unfold(zip_of({"a.txt": b"a" * 100_000}), "a.zip").findings


def test_its_words_are_complete():
    for kind in KINDS:
        assert all((kind.why, kind.what_to_do, kind.benign_explanation, kind.technique))
