"""executable.disguised: programs under other names."""

import pytest

from gifthorse.inspect.detectors import executable_disguised as detector
from gifthorse.model.findings import Severity
from tests.samples.files import elf, jpeg, macho, pe, severities


@pytest.mark.parametrize("name", ["photo.jpg", "film.MP4", "report.pdf", "song.mp3", "notes.txt", "backup.zip", "plan.docx"])
@pytest.mark.parametrize("body", [pe(), elf(), macho(), pe(library=True)])
def test_a_program_under_a_documents_name_is_high(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.HIGH]


def test_a_hidden_one_among_pictures_is_critical() -> None:
    assert severities(detector, pe(), "photo.jpg", attributes=["hidden"]) == [Severity.CRITICAL]


def test_endings_that_also_mean_firmware_are_medium() -> None:
    assert severities(detector, elf(), "dump.raw") == [Severity.MEDIUM]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("setup.exe", pe()),
        ("lib.so.1", elf()),
        ("driver.sys", pe()),
        ("tool", elf()),
        ("data.bin", elf()),
        ("photo.jpg", jpeg()),
        ("font.fon", pe()),
    ],
)
def test_programs_under_their_own_names_and_pictures_are_silent(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == []


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.jpg", b"MZ" + b"\0" * 200),
        ("a.pdf", b"MZ" + b"A" * 500),
        ("a.docx", pe()[:140]),
        ("a.png", b"\x7fELF" + b"\0" * 20),
        ("a.txt", b"MZ" + b"\0" * 300),
    ],
)
def test_the_damaged_beginning_of_a_program_is_medium(name: str, body: bytes) -> None:
    assert severities(detector, body, name) == [Severity.MEDIUM]


@pytest.mark.parametrize("name", ["notes.txt", "day.log", "cv.doc", "list.csv"])
def test_a_text_that_begins_with_the_same_two_letters_is_silent(name: str) -> None:
    assert severities(detector, b"MZ wrote this on Sunday.\n" * 20, name) == []


@pytest.mark.parametrize("name", ["a.jpg.", "a.jpg ", "a.jpg\u00a0", "a.jpg::$DATA"])
def test_dots_blanks_and_stream_names_at_the_end_do_not_hide_the_ending(name: str) -> None:
    assert severities(detector, pe(), name) == [Severity.HIGH]


def test_a_program_in_a_hidden_stream_is_high() -> None:
    assert severities(detector, pe(), "a.txt:b.exe", attributes={"stream"}) == [Severity.HIGH]
