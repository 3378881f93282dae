"""Cabinets: stored and MSZIP, the window that reaches from block to block, and what is not read."""

import hashlib
import struct

import pytest

from gifthorse.inspect.unpack import libarchive
from gifthorse.model.inspections import Reason
from tests.samples.archives import cab_of, unfold

FILES = {"a.txt": b"hello " * 20_000, "d\\b.bin": hashlib.shake_256(b"b").digest(50_000), "empty": b""}


@pytest.mark.parametrize("packed", [True, False])
def test_members_come_out_as_they_went_in(packed):
    result = unfold(cab_of(FILES, packed=packed), "a.cab")
    assert list(result.files.values()) == list(FILES.values())
    assert "a.cab > d/b.bin" in result.files
    assert not result.findings


def test_other_compression_is_not_inspected_without_the_library(monkeypatch):
    monkeypatch.setattr(libarchive, "_library", [None])
    body = bytearray(cab_of(FILES))
    struct.pack_into("<H", body, 36 + 6, 3)
    result = unfold(bytes(body), "a.cab")
    assert {line.reason for line in result.unseen} == {Reason.UNSUPPORTED}
    assert not result.files


def test_a_file_that_goes_on_in_another_cabinet_is_told():
    body = bytearray(cab_of({"a.txt": b"hello"}))
    struct.pack_into("<H", body, 44 + 8, 0xFFFE)
    assert [line.reason for line in unfold(bytes(body), "a.cab").unseen] == [Reason.UNSUPPORTED]
