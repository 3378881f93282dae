"""archive.traversal: names that lead out of the folder."""

from tests.samples.archives import tar_of, unfold, zip_of


def test_steps_upwards_are_dangerous_and_shown():
    (finding,) = unfold(zip_of({"../../.bashrc": b"x"}), "a.zip").findings
    assert (finding.id, finding.severity) == ("archive.traversal", "high")
    assert finding.evidence[0].excerpt == "../../.bashrc"
    assert finding.evidence[0].path == "a.zip > ../../.bashrc"


def test_a_thousand_such_members_are_one_finding():
    result = unfold(zip_of({f"../{index}": b"" for index in range(1000)}), "a.zip")
    assert len(result.findings) == 1
    assert "1000 members" in result.details()


def test_ordinary_names_are_nothing():
    assert not unfold(tar_of({"./a": b"x", "a/../b": b"y", "c\\d.txt": b"z"}), "a.tar").findings
