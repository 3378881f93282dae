"""archive.link: links that point outside."""

import pytest

from tests.samples.archives import tar_header, tar_of, unfold


def test_the_target_is_shown():
    (finding,) = unfold(tar_of({}, {"etc": "../../../etc"}), "a.tar").findings
    assert (finding.id, finding.severity) == ("archive.link", "low")
    assert finding.evidence[0].excerpt == "etc -> ../../../etc"


def test_links_within_are_nothing():
    assert not unfold(tar_of({"b": b"x"}, {"a": "b"}), "a.tar").findings


@pytest.mark.parametrize(("kind", "words"), [(b"3", "character device"), (b"4", "block device"), (b"6", "pipe")])
def test_doors_to_devices_and_pipes_are_told(kind: bytes, words: str) -> None:
    body = tar_header(b"dev/sda", kind, 0) + bytes(1024)
    (finding,) = unfold(body, "a.tar").findings
    assert (finding.id, finding.severity) == ("archive.link", "low")
    assert finding.evidence[0].excerpt == f"dev/sda ({words})"
