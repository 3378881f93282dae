"""archive.hidden-member: two lists of one archive that don't agree."""

from tests.samples.archives import unfold, zip_of, zip_with_hidden_member


def test_the_hidden_member_is_the_main_place():
    (finding,) = unfold(zip_with_hidden_member({"a.txt": b"a"}, "b.exe", b"MZ"), "a.zip").findings
    assert (finding.id, finding.severity) == ("archive.hidden-member", "medium")
    assert finding.evidence[0].path == "a.zip > b.exe"


def test_lists_that_agree_are_nothing():
    assert not unfold(zip_of({"a.txt": b"a", "b.exe": b"MZ"}), "a.zip").findings


def test_an_archive_stored_in_an_archive_hides_nothing():
    import zipfile

    inner = zip_of({"c.txt": b"c"}, zipfile.ZIP_STORED)
    assert not unfold(zip_of({"inner.zip": inner}, zipfile.ZIP_STORED), "a.zip").findings
