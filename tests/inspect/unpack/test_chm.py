"""Compiled help: plain members come out, compressed pages are told as not seen."""

from gifthorse.inspect.filetypes import FileType
from gifthorse.model.inspections import Reason
from tests.samples.archives import chm_of, unfold


def test_plain_members_come_out_and_compressed_pages_are_counted():
    body = chm_of({"/index.htm": (1, b"x" * 10), "/run.bat": (0, b"echo inert"), "/page.htm": (1, b"y"), "::DataSpace/NameList": (0, b"z")})
    result = unfold(body, "a.chm", FileType.CHM)
    assert result.files == {"a.chm > run.bat": b"echo inert"}
    assert [(line.reason, line.detail) for line in result.unseen] == [(Reason.UNSUPPORTED, "2 pages compressed with LZX")]


def test_a_help_file_without_its_directory_is_told():
    assert [line.reason for line in unfold(b"ITSF" + bytes(500), "a.chm", FileType.CHM).unseen] == [Reason.UNREADABLE]


def test_a_directory_chunk_cut_in_its_first_bytes_is_told_or_skipped():
    body = chm_of({"/run.bat": (0, b"echo inert")})
    assert not unfold(body[: body.find(b"PMGL") + 5], "a.chm", FileType.CHM).files
