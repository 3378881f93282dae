"""tar in all its forms, read from headers alone."""

import tarfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.inspect.filetypes import FileType
from gifthorse.model.inspections import Reason
from tests.samples.archives import sparse_tar, tar_header, tar_of, unfold

NAMES = st.text("abcdefghijklmnopqrstuvwxyzäöü0123456789-", min_size=1, max_size=240).filter(lambda name: not name.endswith("-"))


@settings(max_examples=40, deadline=None)
@given(
    files=st.dictionaries(NAMES, st.binary(max_size=2000), min_size=1, max_size=5),
    form=st.sampled_from([tarfile.PAX_FORMAT, tarfile.GNU_FORMAT]),
)
def test_every_member_comes_out_as_it_went_in(files, form):
    result = unfold(tar_of(files, form=form), "a.tar", FileType.TAR)
    direct = {path: body for path, body in result.files.items() if path.count(" > ") == 1}
    assert sorted(direct.values()) == sorted(files.values())
    assert not result.findings


def test_a_sparse_member_is_shown_with_its_holes():
    result = unfold(sparse_tar(4096), "a.tar")
    assert result.files["a.tar > huge"] == bytes(3584) + b"x" * 512


def test_an_extended_header_of_a_gigabyte_is_not_read_into_memory():
    body = tar_header(b"pax", b"x", 1 << 30) + bytes(4096)
    result = unfold(body, "a.tar", FileType.TAR)
    assert [line.reason for line in result.unseen] == [Reason.UNREADABLE]


@pytest.mark.parametrize("size", [1 << 70, (1 << 63) - 1])
def test_a_member_of_impossible_size_is_said_to_be_cut_off(size):
    result = unfold(tar_header(b"a", b"0", size) + b"hello", "a.tar", FileType.TAR)
    assert [line.reason for line in result.unseen] == [Reason.UNREADABLE]


def test_garbage_after_a_member_is_said():
    body = tar_of({"a": b"x"})[:1024] + b"garbage" * 200
    result = unfold(body, "a.tar", FileType.TAR)
    assert result.files == {"a.tar > a": b"x"}
    assert [line.reason for line in result.unseen] == [Reason.UNREADABLE]


def test_the_times_that_star_keeps_behind_its_prefix_are_no_folder():
    raw = bytearray(tar_header(b"misc/a", b"0", 1))
    raw[257:265] = b"ustar\x0000"
    raw[476:487] = b"07611004066"
    raw[148:156] = b" " * 8
    raw[148:156] = b"%06o\x00 " % sum(raw)
    result = unfold(bytes(raw) + b"x".ljust(512, b"\x00"), "a.tar", FileType.TAR)
    assert result.files == {"a.tar > misc/a": b"x"}
    assert not result.findings
