"""rar: the list, its locks, stored members; compressed ones when the system's library is there."""

import pytest

from gifthorse.inspect.unpack import libarchive
from gifthorse.model.inspections import Reason
from tests.samples.archives import rar4_of, rar5_of, unfold

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
