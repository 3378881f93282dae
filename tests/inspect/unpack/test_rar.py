"""rar: the list, its locks, stored members; compressed ones when the system's library is there."""

import pytest

from gifthorse.inspect.unpack import libarchive
from gifthorse.model.inspections import Reason
from tests.samples.archives import rar4_of, rar5_of, unfold
from tests.samples.rar5 import HARD_LINK, WINDOWS_LINK, Part, link, rar5, stream

FILES = {"a.txt": b"hello", "d/b.txt": b"there"}


@pytest.mark.parametrize("make", [rar4_of, rar5_of])
def test_stored_members_come_out(make):
    result = unfold(make(FILES), "a.rar")
    assert result.files == {f"a.rar > {name}": body for name, body in FILES.items()}
    assert not result.findings


@pytest.mark.parametrize("make", [rar4_of, rar5_of])
def test_locked_members_are_told(make):
    result = unfold(make(FILES, locked=True), "a.rar")
    assert result.ids == {"archive.encrypted"}
    assert {line.reason for line in result.unseen} == {Reason.ENCRYPTED}


def test_without_the_library_compressed_members_are_not_inspected_and_the_missing_library_is_named(monkeypatch):
    monkeypatch.setattr(libarchive, "_library", [None])
    result = unfold(rar4_of(FILES, method=0x33), "a.rar")
    assert {line.reason for line in result.unseen} == {Reason.UNSUPPORTED}
    assert "libarchive" in result.unseen[0].detail


def test_an_encrypted_list_is_told_for_the_whole_archive():
    body = b"Rar!\x1a\x07\x01\x00" + b"\x00\x00\x00\x00" + b"\x03\x04\x00\x00" + bytes(20)
    result = unfold(body, "a.rar")
    assert result.ids == {"archive.encrypted"}
    assert [line.reason for line in result.unseen] == [Reason.ENCRYPTED]


UPWARDS = ":..\\..\\Start Menu\\Programs\\Startup\\a.lnk"


def test_a_hidden_stream_comes_out_as_a_member_of_its_own():
    result = unfold(rar5([Part(name="plan.pdf", body=b"%PDF-1.4"), stream(":notes.exe", b"MZ inert")]), "a.rar")
    assert result.files == {"a.rar > plan.pdf": b"%PDF-1.4", "a.rar > plan.pdf:notes.exe": b"MZ inert"}


def test_a_hidden_stream_that_steps_upwards_is_dangerous():
    result = unfold(rar5([Part(name="plan.pdf"), stream(UPWARDS, b"x")]), "a.rar")
    assert result.ids == {"archive.traversal"}
    assert result.severity("archive.traversal") == "high"


def test_the_mark_that_a_file_came_from_elsewhere_is_no_finding():
    result = unfold(rar5([Part(name="plan.pdf", body=b"x"), stream(":Zone.Identifier", b"[ZoneTransfer]\r\nZoneId=3\r\n")]), "a.rar")
    assert not result.findings


def test_a_compressed_stream_is_told_where_nothing_opens_it():
    result = unfold(rar5([Part(name="plan.pdf", body=b"x"), stream(":a.exe", b"packed", method=3)]), "a.rar")
    assert [line.reason for line in result.unseen] == [Reason.UNSUPPORTED]


@pytest.mark.parametrize(
    "part",
    [
        link("docs", "../../etc"),
        link("a/b", "/etc/passwd"),
        link("c", "/??/C:/Users", WINDOWS_LINK),
        link("d", "\\??\\C:\\x", WINDOWS_LINK),
    ],
)
def test_a_link_that_points_outside_is_found(part):
    assert unfold(rar5([part]), "a.rar").ids == {"archive.link"}


def test_links_that_stay_inside_and_copies_of_a_member_are_nothing():
    parts = [Part(name="a/c.txt", body=b"x"), link("a/b", "c.txt"), link("a/d", "a/c.txt", HARD_LINK)]
    assert not unfold(rar5(parts), "a.rar").findings
