"""type.polyglot: two kinds of file in the same bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.detectors import type_polyglot as detector
from gifthorse.model.findings import Severity
from tests.samples.files import comment, findings_of, gif, jpeg, mp4, pdf, pe, png, severities, shortcut, zip_of


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
