"""camera.foreign-file: what no camera writes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gifthorse.inspect.detectors import camera_foreign_file as detector
from gifthorse.inspect.formats.exif import camera_of
from gifthorse.model.findings import Severity
from tests.samples.files import exif, item_of, jpeg, mp4, ole, pdf, png, seen_of, severities, shortcut, zip_of


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("offer.docx", zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})),
        ("old.xls", ole("Workbook")),
        ("pictures.zip", zip_of({"a.jpg": b"x"})),
        ("view.lnk", shortcut("C:\\a.exe")),
        ("show.vbs", b"MsgBox 1"),
        ("IMG_0001.JPG", zip_of({"a.jpg": b"x"})),
    ],
)
def test_documents_archives_and_scripts_among_photographs_are_medium(name: str, body: bytes) -> None:
    assert severities(detector, body, f"DCIM/100CANON/{name}") == [Severity.MEDIUM]


def test_a_pdf_among_photographs_is_only_noted() -> None:
    assert severities(detector, pdf(), "DCIM/100CANON/manual.pdf") == [Severity.INFO]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("DCIM/100CANON/IMG_0001.JPG", jpeg()),
        ("DCIM/100CANON/IMG_0001.xmp", b"<?xml version='1.0'?><x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>"),
        ("DCIM/100GOPRO/GX010001.THM", jpeg()),
        ("DCIM/100MEDIA/DJI_0001.SRT", b"1\n00:00:00,000 --> 00:00:01,000\niso: 100\n"),
        ("DCIM/CANONMSC/M0100.CTG", b"\0\1\2\3" * 100),
        ("DCIM/Camera/IMG_20261122_101010.jpg", jpeg()),
        ("DCIM/Camera/VID_20261122.mp4", mp4()),
        ("DCIM/Screenshots/a.png", png()),
        ("DCIM/.nomedia", b""),
        ("DCIM/Thumbs.db", ole("256_1")),
        ("DCIM/100OLYMP/track.log", b"@OLYMPUS/20261122\n$GPGGA,1\n"),
        ("DCIM/desktop.ini", b"[.ShellClassInfo]\nConfirmFileOp=0\n"),
        ("documents/offer.zip", zip_of({"a": b"x"})),
        ("MISC/AUTPRINT.MRK", b"[HDR]\nGEN REV = 01.00\n"),
    ],
)
def test_what_cameras_phones_and_computers_write_is_silent(path: str, body: bytes) -> None:
    assert severities(detector, body, path) == []


def card(count: int, *others: bytes) -> list[object]:
    own = [seen_of(detector, jpeg(exif("Canon", "EOS R")), f"DCIM/100CANON/IMG_{number:04}.JPG", partition=0) for number in range(count)]
    return own + [seen_of(detector, body, f"DCIM/100CANON/IMG_9{number:03}.JPG", partition=0) for number, body in enumerate(others)]


def test_a_photograph_of_another_camera_is_noted() -> None:
    (finding,) = detector.examine_medium(card(9, jpeg(exif("NIKON", "D5"))))  # type: ignore[arg-type]
    assert finding.severity is Severity.INFO
    assert [place.path for place in finding.evidence] == ["DCIM/100CANON/IMG_9000.JPG"]


def test_one_cameras_card_and_a_mixed_collection_are_silent() -> None:
    assert list(detector.examine_medium(card(9))) == []  # type: ignore[arg-type]
    mixed = card(5, *(jpeg(exif("NIKON", f"D{number}")) for number in range(5)))
    assert list(detector.examine_medium(mixed)) == []  # type: ignore[arg-type]


def test_maker_model_and_date_are_read() -> None:
    facts = detector.about(item_of(jpeg(exif("Canon", "EOS R", "2026:11:20 10:00:00")), "a.jpg"))
    assert facts == {"camera": "Canon EOS R", "taken": "2026:11:20 10:00:00"}


@given(st.binary(max_size=300))
def test_any_exif_block_is_taken(body: bytes) -> None:
    camera_of(b"\xff\xd8\xff\xe1\0\0Exif\0\0" + body)
    camera_of(b"II*\0" + body)


def written_by(program: str) -> bytes:
    notes = Image.Exif()
    notes[0x010F], notes[0x0110], notes[0x0131] = "Canon", "EOS R", program
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=notes)
    return out.getvalue()


def test_a_picture_that_a_computers_program_wrote_is_noted_in_a_cameras_own_folder() -> None:
    body = written_by("Adobe Photoshop 25.0 (Windows)")
    assert severities(detector, body, "DCIM/100CANON/IMG_0001.JPG") == [Severity.INFO]
    assert severities(detector, body, "DCIM/Edited/IMG_0001.JPG") == []
    assert severities(detector, written_by("Firmware Version 1.0.2"), "DCIM/100CANON/IMG_0001.JPG") == []


def test_a_picture_under_a_name_that_no_camera_gives_is_noted_among_photographs() -> None:
    stranger = seen_of(detector, jpeg(), "DCIM/100CANON/Group photo.jpg", partition=0)
    (finding,) = detector.examine_medium([*card(4), stranger])
    assert finding.severity is Severity.INFO
    assert [place.path for place in finding.evidence] == ["DCIM/100CANON/Group photo.jpg"]


def test_an_edited_picture_of_a_telephone_and_a_card_with_few_photographs_are_silent() -> None:
    edited = seen_of(detector, jpeg(exif("Apple", "iPhone 15")), "DCIM/100CANON/IMG_E0001.JPG", partition=0)
    assert list(detector.examine_medium([*card(4), edited])) == []
    assert list(detector.examine_medium([*card(3), seen_of(detector, jpeg(), "DCIM/100CANON/Group photo.jpg", partition=0)])) == []
