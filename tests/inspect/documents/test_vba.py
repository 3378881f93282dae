import random
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.documents.compound import compound_from
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.vba import decompress, projects_in
from tests.samples import documents as make

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the other reader's own dependencies warn when they are imported
    from oletools.olevba import VBA_Parser, decompress_stream

TEXT = st.text(alphabet="abc Sub()\r\n", max_size=9000).map(lambda text: text.encode("ascii"))


@given(TEXT)
def test_what_was_compressed_comes_back_and_an_independent_reader_agrees(text):
    packed = make.vba_compressed(text)
    assert decompress(packed) == text
    if text:
        assert bytes(decompress_stream(bytearray(packed))) == text


@pytest.mark.parametrize("start", [15, 16, 17, 32, 33, 64, 128, 256, 512, 1024, 2048, 2049])
def test_a_copy_at_a_place_where_the_split_of_its_bits_changes_is_read_right(start):
    beginning = random.Random(start).randbytes(start)
    text = beginning + beginning[:9] + beginning[3:12]
    packed = make.vba_compressed(text)
    assert decompress(packed) == text == bytes(decompress_stream(bytearray(packed)))


@given(st.binary(max_size=600))
def test_any_bytes_are_decompressed_or_refused(noise):
    for container in (noise, b"\x01" + noise):
        try:
            assert len(decompress(container)) <= 600 * 4096
        except DamagedDocument:
            continue


def test_a_copy_from_before_the_chunk_is_refused():
    with pytest.raises(DamagedDocument):
        decompress(b"\x01\x02\xb0\x01\xff\xff")


def test_modules_have_their_names_and_text_as_an_independent_reader_sees_them():
    project = make.vba_project({"ThisDocument": "Sub A()\nEnd Sub", "Module1": "Sub B()\n  x = 1\nEnd Sub"})
    (read,) = projects_in(compound_from(project))
    theirs = {stream.rpartition("/")[2]: code for _, stream, _, code in VBA_Parser("vbaProject.bin", data=project).extract_macros()}
    assert {module.name for module in read.modules} == set(theirs) == {"ThisDocument", "Module1"}
    assert all(
        module.source.splitlines()[1:] == theirs[module.name].splitlines()[-len(module.source.splitlines()) + 1 :]
        for module in read.modules
    )
