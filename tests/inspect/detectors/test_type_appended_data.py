"""type.appended-data: what lies behind the true end."""

import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.detectors import type_appended_data as detector
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.true_end import true_end
from gifthorse.model.findings import Severity
from tests.samples.archives import iso_of
from tests.samples.files import bmp, box, comment, elf, exif, findings_of, gif, identified, jpeg, mp4, pdf, pe, png, severities, wav, zip_of

HOSTS = {
    "a.jpg": jpeg(exif("Canon")),
    "a.png": png(),
    "a.gif": gif(),
    "a.bmp": bmp(),
    "a.mp4": mp4(),
    "a.wav": wav(),
    "a.pdf": pdf(),
    "a.zip": zip_of({"a": b"x"}, b"a comment"),
}
DENSE = random.Random(1).randbytes(2 << 20)


@pytest.mark.parametrize("name", HOSTS)
def test_the_true_end_of_each_kind_is_its_size(name: str) -> None:
    body = HOSTS[name]
    for behind in (b"", b"more behind it, of no known kind"):
        end = true_end(MemoryContent(body + behind), identified(body))
        assert body[:end].rstrip() == body.rstrip()


@pytest.mark.parametrize("name", HOSTS)
@pytest.mark.parametrize(
    "carried", [zip_of({"tool.txt": b"x"}), pe(), b"Rar!\x1a\7\1\0" + b"\0" * 40, b"7z\xbc\xaf\x27\x1c\0\4" + b"\0" * 40, elf()]
)
def test_an_archive_or_program_behind_any_kind_is_high(name: str, carried: bytes) -> None:
    if name == "a.zip" and carried.startswith(b"PK"):
        return  # two zips in a row are one zip with something before it
    (finding,) = findings_of(detector, HOSTS[name] + carried, name)
    assert finding.severity is Severity.HIGH
    assert finding.evidence[0].offset == len(HOSTS[name].rstrip() if name == "a.pdf" else HOSTS[name]) + (0 if name != "a.pdf" else 1)


def test_padding_before_the_archive_hides_nothing() -> None:
    assert severities(detector, jpeg() + b"\0" * 5000 + zip_of({"a": b"x"}), "a.jpg") == [Severity.HIGH]
    assert severities(detector, png() + b"junkjunk" * 20 + pe(), "a.png") == [Severity.HIGH]


def test_an_end_marker_inside_a_segment_or_thumbnail_is_no_end() -> None:
    assert severities(detector, jpeg(comment(jpeg() + pe())), "a.jpg") == []


def test_further_scans_belong_to_the_picture() -> None:
    tables = b"\xff\xc4\x00\x06\xff\xd9\x00\x00"
    second_scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x11\x22"
    progressive = jpeg()[:-2] + tables + second_scan + b"\xff\xd9"
    assert true_end(MemoryContent(progressive + b"x" * 50), FileType.JPEG) == len(progressive)


def test_a_script_behind_a_picture_is_medium() -> None:
    assert severities(detector, jpeg() + b"<?php echo 'inert'; ?>", "a.jpg") == [Severity.MEDIUM]


def test_unknown_data_weighs_by_size_and_density_unless_a_camera_made_the_picture() -> None:
    assert severities(detector, jpeg() + b"some maker's notes of unknown kind", "a.jpg") == [Severity.LOW]
    assert severities(detector, jpeg() + DENSE, "a.jpg") == [Severity.MEDIUM]
    assert severities(detector, jpeg(exif("Canon")) + DENSE, "a.jpg") == [Severity.LOW]


def samsung(film: bytes) -> bytes:
    """Samsung's block behind a photograph: one named part, its directory, its length, its mark."""
    name = b"MotionPhoto_Data"
    part = struct.pack("<HHI", 0, 0x0A30, len(name)) + name + film
    directory = b"SEFH" + struct.pack("<II", 107, 1) + struct.pack("<HHII", 0, 0x0A30, len(part), len(part))
    return part + directory + struct.pack("<I", len(directory)) + b"SEFT"


@pytest.mark.parametrize(
    "body",
    [
        jpeg() + mp4(),
        jpeg() + jpeg(),
        jpeg() + b"\0" * 3000,
        jpeg() + b"\xff" * 64,
        jpeg() + b"\0\0" + jpeg() + mp4(),
        jpeg() + samsung(mp4()),
        png() + b"\n",
        pdf() + b"\r\n" + b" " * 30,
        pdf() + b"\n% signed by a tool\n",
        zip_of({"a": b"x"}, b"comment" * 100),
        mp4() + box(b"free", b"x" * 90),
        mp4() + box(b"uuid", b"x" * 90),
        gif() + b"\0",
        wav() + b"\0",
    ],
)
def test_what_cameras_phones_and_programs_add_is_silent(body: bytes) -> None:
    assert severities(detector, body, "a") == []


def test_an_archive_in_a_phones_block_is_no_motion_photo() -> None:
    assert severities(detector, jpeg() + samsung(zip_of({"a": b"x"})), "a.jpg") != []


@given(st.sampled_from(sorted(HOSTS)), st.integers(min_value=0, max_value=400), st.binary(max_size=60))
def test_shortened_and_damaged_files_are_taken(name: str, keep: int, behind: bytes) -> None:
    findings_of(detector, HOSTS[name][:keep] + behind, name)


def test_a_disc_image_behind_the_end_is_high_though_it_begins_with_zeros() -> None:
    assert severities(detector, png() + iso_of({"a.txt": b"1"}), "a.png") == [Severity.HIGH]
    assert severities(detector, png() + bytes(40_000), "b.png") == []


@pytest.mark.parametrize(
    "script", [b'CreateObject("WScript.Shell").Run "calc"', b'Set a = CreateObject("x")', b"Invoke-Expression $a # more"]
)
def test_more_spellings_of_scripts_behind_the_end_are_found(script: bytes) -> None:
    assert severities(detector, png() + b"\r\n" + script, "a.png") == [Severity.MEDIUM]
