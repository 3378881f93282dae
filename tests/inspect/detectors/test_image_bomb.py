"""image.bomb: pictures out of all proportion."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.detectors import image_bomb as detector
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.picture_size import stated_size
from gifthorse.model.findings import Severity
from tests.samples.files import bmp, box, chunk, gif, jpeg, png, severities


def test_an_enormous_picture_in_a_small_file_is_found() -> None:
    assert severities(detector, png(width=20_000, height=20_000), "a.png") == [Severity.MEDIUM]
    assert severities(detector, png(width=60_000, height=60_000), "a.png") == [Severity.HIGH]
    assert severities(detector, jpeg(width=65_000, height=65_000), "a.jpg") == [Severity.HIGH]
    assert severities(detector, gif()[:6] + struct.pack("<HH", 60_000, 60_000) + gif()[10:], "a.gif") == [Severity.HIGH]


def test_a_text_that_unpacks_without_end_is_found() -> None:
    packed = zlib.compress(b"\0" * (70 << 20))
    assert severities(detector, png(chunk(b"zTXt", b"Comment\0\0" + packed)), "a.png") == [Severity.MEDIUM]
    assert severities(detector, png(chunk(b"iCCP", b"profile\0\0" + packed)), "a.png") == [Severity.MEDIUM]
    assert severities(detector, png(chunk(b"iTXt", b"Comment\0\1\0en\0word\0" + packed)), "a.png") == [Severity.MEDIUM]


def test_entities_that_multiply_are_found() -> None:
    lines = "<!ENTITY a0 'lollollol'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 9))
    assert severities(detector, f"<?xml version='1.0'?><!DOCTYPE svg [{lines}]><svg>&a8;</svg>".encode(), "a.svg") == [Severity.HIGH]


def test_an_entity_that_contains_itself_ends() -> None:
    assert severities(detector, b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><svg>&a;</svg>", "a.svg") == [
        Severity.HIGH
    ]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.png", png()),
        ("a.jpg", jpeg(width=9000, height=6000)),
        ("a.gif", gif()),
        ("a.bmp", bmp()),
        ("a.png", png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 90_000)))),
    ],
)
def test_ordinary_pictures_are_silent(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == []


def test_ordinary_entities_are_silent() -> None:
    assert severities(detector, b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY ns 'http://example.org/'>]><svg a='&ns;'/>", "a.svg") == []


@given(st.binary(max_size=200), st.sampled_from(list(FileType)))
def test_any_bytes_have_a_size_or_none(head: bytes, filetype: FileType) -> None:
    assert stated_size(head, filetype) is None or len(stated_size(head, filetype) or ()) == 3


def test_enormous_drawings_and_photographs_of_phones_are_found() -> None:
    drawing = b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 200_000, 200_000, 8, 3) + bytes(60)
    assert severities(detector, drawing, "a.psd") == [Severity.HIGH]
    for side, expected in ((90_000, [Severity.HIGH]), (4000, [])):
        extents = box(b"ispe", bytes(4) + struct.pack(">II", 320, 240)) + box(b"ispe", bytes(4) + struct.pack(">II", side, side))
        photograph = box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", bytes(4) + box(b"iprp", box(b"ipco", extents)))
        assert severities(detector, photograph, "a.heic") == expected
