"""archive.link: links that point outside."""

from tests.samples.archives import tar_of, unfold


def test_the_target_is_shown():
    (finding,) = unfold(tar_of({}, {"etc": "../../../etc"}), "a.tar").findings
    assert (finding.id, finding.severity) == ("archive.link", "low")
    assert finding.evidence[0].excerpt == "etc -> ../../../etc"


def test_links_within_are_nothing():
    assert not unfold(tar_of({"b": b"x"}, {"a": "b"}), "a.tar").findings
