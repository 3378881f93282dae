"""The ends of kinds that are reckoned from what they point to."""

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.detectors import type_appended_data as detector
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.stated_ends import compound_end, icon_end, seven_zip_end, sound_end, tiff_end
from gifthorse.inspect.formats.true_end import true_end
from gifthorse.model.findings import Severity
from tests.samples.documents import compound_file
from tests.samples.files import findings_of, pe, severities, zip_of

FRAME = b"\xff\xfb\x90\x64" + bytes(413)
ID3 = b"ID3\3\0\0\0\0\0\x0a" + bytes(10)
SONG = ID3 + FRAME * 40


def picture(kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", (32, 32), random.Random(3).randbytes(3072)).save(out, kind, **how)
    return out.getvalue()


def packed() -> bytes:
    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writestr(b"hello" * 30, "a.txt")
    return out.getvalue()


HOSTS = {
    "a.tif": picture("TIFF"),
    "b.tif": picture("TIFF", compression="tiff_lzw"),
    "c.ico": picture("ICO", sizes=[(16, 16), (32, 32)]),
    "d.7z": packed(),
    "e.mp3": SONG,
    "f.doc": compound_file({"WordDocument": bytes(5000), "1Table": bytes(700)}),
    "g.xls": compound_file({"Workbook": bytes(90_000)}),
}


@pytest.mark.parametrize("name", HOSTS)
@pytest.mark.parametrize("carried", [pe(), zip_of({"a.txt": b"x"})])
def test_a_program_or_archive_behind_them_is_high_and_its_place_is_told(name: str, carried: bytes) -> None:
    (finding,) = findings_of(detector, HOSTS[name] + carried, name)
    assert finding.severity is Severity.HIGH
    assert abs(finding.evidence[0].offset - len(HOSTS[name])) <= 1


@pytest.mark.parametrize("name", HOSTS)
def test_nothing_behind_them_and_notes_of_programs_are_silent(name: str) -> None:
    assert severities(detector, HOSTS[name], name) == []
    assert severities(detector, HOSTS[name] + b"a note of the program that made it", name) == []


def test_a_song_with_tags_at_both_ends_ends_where_its_frames_do() -> None:
    assert sound_end(MemoryContent(SONG + b"TAG" + bytes(125)), 0) is None
    assert sound_end(MemoryContent(SONG + pe() + b"TAG" + bytes(125)), 0) == len(SONG)


def test_pictures_of_several_pages_and_previews_are_walked_through() -> None:
    pages = io.BytesIO()
    first = Image.new("RGB", (8, 8))
    first.save(pages, "TIFF", save_all=True, append_images=[Image.new("RGB", (40, 40), "red")])
    assert true_end(MemoryContent(pages.getvalue() + pe()), FileType.TIFF) in range(len(pages.getvalue()) - 15, len(pages.getvalue()) + 1)


@pytest.mark.parametrize("reader", [tiff_end, icon_end, seven_zip_end, sound_end, compound_end])
@given(body=st.binary(max_size=400), start=st.sampled_from([b"", b"II*\0\x08\0\0\0", b"\0\0\1\0\2\0", SONG[:900]]))
def test_any_bytes_give_an_end_or_none(reader: object, body: bytes, start: bytes) -> None:
    end = reader(MemoryContent(start + body), 0)  # type: ignore[operator]
    assert end is None or end >= 0
