"""gzip, bzip2, xz, lzma, zstd: one content, streams in a row joined, what is appended told."""

import bz2
import gzip
import lzma

import pytest
from backports import zstd

from gifthorse.inspect.filetypes import FileType
from gifthorse.model.inspections import Reason
from tests.samples.archives import tar_of, unfold
from tests.samples.files import pe

PACKERS = {
    FileType.GZIP: gzip.compress,
    FileType.BZIP2: bz2.compress,
    FileType.XZ: lzma.compress,
    FileType.LZMA: lambda body: lzma.compress(body, lzma.FORMAT_ALONE),
    FileType.ZSTD: zstd.compress,
}
MANY = [kind for kind in PACKERS if kind is not FileType.LZMA]


@pytest.mark.parametrize("kind", PACKERS)
def test_the_content_comes_out_under_the_name_without_its_ending(kind):
    result = unfold(PACKERS[kind](b"hello" * 1000), "a.txt.xz", kind)
    assert result.files == {"a.txt.xz > a.txt": b"hello" * 1000}
    assert not result.unseen


@pytest.mark.parametrize("kind", MANY)
def test_streams_in_a_row_are_one_content(kind):
    body = PACKERS[kind](b"one ") + PACKERS[kind](b"two")
    assert list(unfold(body, "a", kind).files.values()) == [b"one two"]


@pytest.mark.parametrize("kind", PACKERS)
def test_what_is_appended_comes_out_as_a_part_of_its_own(kind):
    result = unfold(PACKERS[kind](b"hello") + b"appended words", "a", kind)
    assert sorted(result.files.values()) == [b"appended words", b"hello"]


@pytest.mark.parametrize("kind", PACKERS)
def test_zeros_behind_the_end_are_padding(kind):
    result = unfold(PACKERS[kind](b"hello") + bytes(512), "a", kind)
    assert list(result.files.values()) == [b"hello"]


@pytest.mark.parametrize("kind", PACKERS)
def test_a_stream_cut_short_gives_what_there_is_and_says_so(kind):
    noise = bytes(range(256)) * 400
    whole = PACKERS[kind](noise)
    result = unfold(whole[: len(whole) - 5], "a", kind)
    assert [line.reason for line in result.unseen] == [Reason.UNREADABLE]


def test_a_compressed_tar_opens_in_two_steps():
    assert unfold(gzip.compress(tar_of({"a": b"x"})), "b.tgz").files["b.tgz > b.tar > a"] == b"x"


def test_skippable_frames_of_zstd_are_skipped():
    frame = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"note"
    result = unfold(frame + zstd.compress(b"hello"), "a", FileType.ZSTD)
    assert list(result.files.values()) == [b"hello"]


@pytest.mark.parametrize("kind", MANY)
def test_a_program_behind_the_last_stream_is_told(kind):
    result = unfold(PACKERS[kind](b"hello" * 100) + pe(), "a.xz", kind)
    assert [(finding.id, finding.severity) for finding in result.findings] == [("type.appended-data", "high")]
    assert not unfold(PACKERS[kind](b"hello" * 100) + b"more words", "a.xz", kind).findings
