"""executable.disguised: programs under other names."""

import base64

import pytest

from gifthorse.inspect.detectors import executable_disguised as detector
from gifthorse.model.findings import Severity
from tests.samples.files import elf, findings_of, jpeg, macho, pe, severities
from tests.samples.posted import uuencoded, yencoded


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


@pytest.mark.parametrize(
    "text",
    [
        base64.encodebytes(pe()),
        b"-----BEGIN CERTIFICATE-----\r\n" + base64.encodebytes(pe()) + b"-----END CERTIFICATE-----\r\n",
        b"\xef\xbb\xbf" + base64.b64encode(elf() + bytes(400)),
        pe().hex().encode(),
        ", ".join(f"0x{byte:02X}" for byte in pe()).encode(),
        b"\r\n".join(pe().hex(" ").encode()[at : at + 48] for at in range(0, 3 * len(pe()), 48)),
    ],
)
def test_a_program_written_in_letters_or_digits_is_found(text: bytes) -> None:
    (finding,) = findings_of(detector, text, "certificate.txt")
    assert finding.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    "text",
    [
        b"TVqQ is how the letters of a program begin in base64, says this sentence, which goes on for a while. " * 9,
        base64.encodebytes(b"a photograph, not a program" * 40),
        b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(b"0\x82\x03" + bytes(900)) + b"-----END CERTIFICATE-----\n",
        b"deadbeef " * 100,
        b"",
    ],
)
def test_other_texts_are_silent(text: bytes) -> None:
    assert findings_of(detector, text, "a.txt") == []


@pytest.mark.parametrize("write", [uuencoded, yencoded])
def test_a_program_in_letters_under_a_texts_name_is_found(write) -> None:
    assert severities(detector, write("a.bin", pe()), "notes.txt") == [Severity.MEDIUM]
    assert severities(detector, write("a.bin", b"words " * 60), "notes.txt") == []
    assert severities(detector, write("a.bin", pe()), "tool.uue") == []


def test_a_program_in_letters_behind_some_words_is_found() -> None:
    assert severities(detector, b"Dear Ann,\n\n" + uuencoded("a.bin", elf()), "letter.txt") == [Severity.MEDIUM]


def test_a_program_under_the_name_of_an_app_is_high() -> None:
    assert severities(detector, pe(), "game.apk") == [Severity.HIGH]
    assert severities(detector, elf(), "tool.jar") == [Severity.HIGH]
