"""Names and links that lead out of the folder they are unpacked into."""

import pytest

from gifthorse.inspect.unpack.names import leads_up, points_outside
from tests.samples.archives import cab_of, cpio_of, tar_of, unfold, zip_of


@pytest.mark.parametrize(
    "name",
    [
        "../a",
        "a/../../b",
        "..\\..\\a",
        "C:\\a",
        "c:a",
        "\\\\server\\share\\a",
        "//server/a",
        "\\a",
        "a\\..\\..\\b",
        "a.pdf:b.exe",
        "d/a.docx:..\\b.lnk",
        "a.txt:x.JS",
    ],
)
def test_names_that_lead_out(name):
    assert leads_up(name)


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "a/b",
        "./a",
        "a/../b",
        "a\\b",
        "..a/b..",
        "a/.../b",
        "x:y/" * 0 + "word",
        "at 12:30.txt",
        "log.1:2.txt",
        "2024-01-01T12:30:00.txt",
        "a.tar:1",
    ],
)
def test_names_that_stay_inside(name):
    assert not leads_up(name)


@pytest.mark.parametrize(("link", "target"), [("a", "/etc/passwd"), ("a", "../b"), ("d/a", "../../b"), ("a", "C:\\x")])
def test_links_that_point_outside(link, target):
    assert points_outside(link, target)


@pytest.mark.parametrize(("link", "target"), [("a", "b"), ("d/a", "../b"), ("lib.so", "lib.so.1"), ("d/e/f", "../../x")])
def test_links_that_stay_inside(link, target):
    assert not points_outside(link, target)


@pytest.mark.parametrize("make", [zip_of, tar_of, cpio_of, cab_of])
def test_a_member_that_steps_upwards_is_found_in_every_kind_of_archive(make):
    result = unfold(make({"../../start/run.bat": b"echo inert", "b.txt": b"b"}), "a.bin")
    assert result.ids == {"archive.traversal"}
    assert result.severity("archive.traversal") == "high"
    assert len(result.files) == 2


def test_a_name_from_the_root_weighs_less():
    result = unfold(tar_of({"/etc/motd": b"hi"}), "a.tar")
    assert result.severity("archive.traversal") == "medium"


def test_an_absolute_link_alone_is_worth_a_line():
    result = unfold(tar_of({"a": b"x"}, {"link": "/etc/alternatives/x"}), "a.tar")
    assert result.severity("archive.link") == "low"


def test_a_member_written_through_an_outside_link_is_an_attack():
    result = unfold(tar_of({"link/cron.d/job": b"x"}, {"link": "/etc"}), "a.tar")
    assert result.severity("archive.link") == "high"


def test_links_inside_the_folder_are_nothing():
    result = unfold(tar_of({"lib/lib.so.1": b"x"}, {"lib/lib.so": "lib.so.1", "current": "lib"}), "a.tar")
    assert not result.findings
