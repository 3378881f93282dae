"""type.polyglot: two kinds of file in the same bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.detectors import type_polyglot as detector
from gifthorse.model.findings import Severity
from tests.samples.files import box, chunk, comment, findings_of, gif, jpeg, mp4, pdf, pe, png, severities, shortcut, wav, zip_of


@pytest.mark.parametrize("host", [jpeg(), png(), gif(), pdf(), mp4()])
def test_a_picture_that_is_a_zip_too_is_found(host: bytes) -> None:
    archive = zip_of({"notes.txt": b"x" * 50})
    (finding,) = findings_of(detector, host + archive, "a")
    assert finding.severity is Severity.MEDIUM
    assert finding.evidence[0].offset == len(host) + archive.index(b"PK\1\2")


def test_one_that_brings_programs_is_high() -> None:
    assert severities(detector, gif() + zip_of({"A.class": b"x"}), "a.gif") == [Severity.HIGH]
    assert severities(detector, jpeg() + zip_of({"readme.txt": b"x", "run.exe": b"x"}), "a.jpg") == [Severity.HIGH]


def test_an_archive_whose_places_count_from_the_files_start_is_found() -> None:
    import io
    import zipfile

    buffer = io.BytesIO(png())
    buffer.seek(0, 2)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("a.txt", b"x")
    assert severities(detector, buffer.getvalue(), "a.png") == [Severity.MEDIUM]


def test_a_document_in_the_first_kilobyte_of_a_picture_is_found() -> None:
    assert severities(detector, jpeg(comment(pdf())), "a.jpg") == [Severity.MEDIUM]


def test_a_disc_image_behind_a_pictures_start_is_high() -> None:
    body = png() + b"\0" * (32768 - len(png())) + b"\1CD001\1" + b"\0" * 3000
    assert severities(detector, body, "a.png") == [Severity.HIGH]


def test_an_active_page_in_a_shortcut_or_picture_is_found() -> None:
    page = b"<script language='vbscript'>x=1</script>"
    assert severities(detector, shortcut("C:\\a.txt") + page, "a.lnk") == [Severity.HIGH]
    assert severities(detector, jpeg(comment(page)), "a.jpg") == [Severity.MEDIUM]
    assert severities(detector, b"GIF89a/*" + gif()[6:] + b"*/=1;alert(1)", "a.gif") == [Severity.MEDIUM]


def test_a_program_that_is_a_document_too_is_high() -> None:
    body = pe()
    assert severities(detector, body[:900] + b"%PDF-1.4 1 0 obj" + body[916:], "a.exe") == [Severity.HIGH]


@pytest.mark.parametrize(
    "body",
    [
        jpeg(),
        png(),
        pdf(),
        zip_of({"a.pdf": pdf(), "b.jpg": jpeg()}),
        pe() + zip_of({"setup.dat": b"x"}),
        b"#!/usr/bin/env python3\n" + zip_of({"__main__.py": b"x"}),
        jpeg(comment(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF></rdf:RDF></x:xmpmeta>")),
        pdf() + b"PK\5\6 is how a zip ends",
        b"<html><script>1</script></html>",
        shortcut("C:\\a.txt"),
    ],
)
def test_files_of_one_kind_and_programs_that_unpack_themselves_are_silent(body: bytes) -> None:
    assert severities(detector, body, "a") == []


@given(st.sampled_from([jpeg(), png(), gif(), pdf()]), st.binary(max_size=80))
def test_any_bytes_behind_are_taken(host: bytes, behind: bytes) -> None:
    findings_of(detector, host + behind + b"PK\5\6" + behind, "a")


@pytest.mark.parametrize(
    ("host", "name"),
    [
        (png(chunk(b"juNk", pe())), "a.png"),
        (jpeg(b"\xff\xeb" + (len(pe()) + 6).to_bytes(2) + b"doc\0" + pe()), "a.jpg"),
        (jpeg(comment(zip_of({"a.exe": pe()}))), "b.jpg"),
        (mp4() + box(b"free", pe()), "a.mp4"),
        (mp4() + box(b"uuid", bytes(16) + zip_of({"a.txt": b"x" * 90})) + box(b"free", bytes(99)), "b.mp4"),
        (wav() + b"junk" + len(pe()).to_bytes(4, "little") + pe(), "a.wav"),
    ],
)
def test_a_program_or_archive_in_a_part_that_viewers_skip_is_found(host: bytes, name: str) -> None:
    (finding,) = findings_of(detector, host, name)
    assert finding.severity is Severity.HIGH
    start = finding.evidence[0].offset
    assert start is not None
    assert host[start : start + 2] in {b"MZ", b"PK"}


@pytest.mark.parametrize(
    "host", [png(chunk(b"vpAg", bytes(90))), jpeg(b"\xff\xe2\x01\x00" + b"ICC_PROFILE\0" + bytes(242)), mp4() + box(b"free", bytes(4096))]
)
def test_parts_that_hold_what_they_should_are_silent(host: bytes) -> None:
    assert findings_of(detector, host, "a") == []


def test_a_page_before_a_pdf_is_found() -> None:
    (finding,) = findings_of(detector, b"<html><hta:application><script language='vbscript'>x</script></html>\n" + pdf(), "a.pdf")
    assert finding.severity is Severity.HIGH
    assert findings_of(detector, b"\r\n\r\n" + pdf(), "a.pdf") == []


@pytest.mark.parametrize("width", [b"(\0\x14\0", b";\0\x20\0", b"=\0=\0"])
def test_a_picture_as_wide_as_a_sign_of_script_is_none(width: bytes) -> None:
    assert findings_of(detector, b"GIF89a" + width + gif()[10:], "a.gif") == []


def _carrying(archive: bytes) -> bytes:
    stream = b"<</Length %d>>\nstream\n" % len(archive) + archive + b"\nendstream\nendobj\n"
    return b"%PDF-1.4\n9 0 obj\n" + stream + pdf()[9:]


def test_an_archive_of_programs_within_a_pdf_is_high_and_one_of_texts_is_not() -> None:
    assert severities(detector, _carrying(zip_of({"a.exe": pe()})), "a.pdf") == [Severity.HIGH]
    assert severities(detector, _carrying(zip_of({"a.txt": b"1"})), "a.pdf") == []


def test_a_page_with_an_archive_in_its_comment_is_high() -> None:
    assert severities(detector, b"<html><!--" + zip_of({"a.exe": pe()}) + b"--></html>", "a.html") == [Severity.HIGH]
    assert severities(detector, b"<html><p>PK\x05\x06</p></html>", "a.html") == []
