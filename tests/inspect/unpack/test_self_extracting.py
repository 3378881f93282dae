"""Programs that carry an archive behind their end."""

import pytest

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.unpack.self_extracting import end_of_program
from tests.samples.archives import cab_of, program_of, rar5_of, unfold, zip_of

FILES = {"a.txt": b"hello"}


@pytest.mark.parametrize(("make", "ending"), [(zip_of, "zip"), (cab_of, "cab"), (rar5_of, "rar")])
def test_the_archive_behind_a_program_is_opened(make, ending):
    result = unfold(program_of(make(FILES)), "setup.exe", FileType.PE)
    assert result.files[f"setup.exe > appended.{ending} > a.txt"] == b"hello"


def test_a_program_without_an_overlay_has_no_members():
    assert not unfold(program_of(), "setup.exe", FileType.PE).files


def test_a_signature_behind_the_program_is_no_archive():
    assert not unfold(program_of(b"\x00" * 8 + b"signature" * 50), "setup.exe", FileType.PE).files


def test_the_end_is_where_the_last_section_ends():
    assert end_of_program(MemoryContent(program_of(b"x" * 100))) == 1024
    assert end_of_program(MemoryContent(b"MZ short")) is None
