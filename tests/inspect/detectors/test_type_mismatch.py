"""type.mismatch: contents that are not what the name promises."""

import pytest

from gifthorse.inspect.detectors import type_mismatch as detector
from gifthorse.model.findings import Severity
from tests.samples.files import elf, findings_of, gif, jpeg, mp4, ole, pdf, pe, png, severities, shortcut, zip_of


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.jpg", pe()),
        ("a.pdf", elf()),
        ("a.mp4", pe()),
        ("a.png", shortcut("C:\\a.exe")),
        ("a.docx", zip_of({"META-INF/MANIFEST.MF": b"x", "A.class": b"x"})),
    ],
)
def test_what_can_act_under_a_passive_name_is_high(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.HIGH]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.jpg", zip_of({"a": b"x"})),
        ("film.mp4", b"Rar!\x1a\7\0" + b"\0" * 50),
        ("a.png", ole("WordDocument")),
        ("a.pdf", zip_of({"a": b"x"})),
    ],
)
def test_a_container_under_a_pictures_or_films_name_is_medium(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.MEDIUM]


@pytest.mark.parametrize(("name", "body"), [("a.jpg", png()), ("a.png", jpeg()), ("a.gif", mp4()), ("a.jpg", gif()), ("a.pdf", jpeg())])
def test_one_picture_under_anothers_name_is_only_noted(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.INFO]


def test_the_two_kinds_are_told() -> None:
    (finding,) = findings_of(detector, png(), "a.jpg")
    assert finding.detail is not None
    assert finding.detail.values == {"ending": "jpg", "kind": "png"}


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.jpg", jpeg()),
        ("a.JPG", jpeg()),
        ("a.doc", b"{\\rtf1 hello}"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("a.docx", ole("EncryptedPackage", "EncryptionInfo")),
        ("a.doc", zip_of({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"})),
        ("a.txt", b"#!/bin/sh\n"),
        ("a.dng", b"II*\0\x08\0\0\0\0\0\0\0\0\0"),
        ("program", pe()),
        ("a.xyz", pe()),
        ("a.jpg", b""),
        ("a.jpg", b"\0\1\2\3unknown"),
        ("a.pdf", b"\n\n" + pdf()),
    ],
)
def test_ordinary_contents_are_silent(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == []


@pytest.mark.parametrize("name", ["a.jpg", "a.mp4", "a.pdf", "a.docx", "a.odt"])
@pytest.mark.parametrize("body", [b"#!/bin/bash\necho hi\n", b"<html><body>x</body></html>"])
def test_a_script_or_page_under_a_pictures_or_documents_name_is_medium(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.MEDIUM]


def test_a_batch_file_under_a_pictures_name_is_medium() -> None:
    assert severities(detector, b"@echo off\r\nset a=1\r\n", "a.png") == [Severity.MEDIUM]


@pytest.mark.parametrize(("name", "body"), [("a.jpg", b"MZ" + b"\0" * 99), ("a.pdf", b"MZ" + b"A" * 99), ("a.gif", b"\x7fELF" + b"\0" * 9)])
def test_the_damaged_beginning_of_a_program_is_medium(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.MEDIUM]


def test_a_text_that_begins_with_mz_is_silent() -> None:
    assert severities(detector, b"MZ came late.\n" * 9, "diary.txt") == []
