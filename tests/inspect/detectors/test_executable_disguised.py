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
