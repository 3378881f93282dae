"""executable.present: programs and what can be said of them."""

import pytest

from gifthorse.inspect.detectors import executable_present as detector
from gifthorse.inspect.filetypes import FileType
from gifthorse.model.findings import Severity
from tests.samples.files import elf, findings_of, macho, pe, severities, zip_of


@pytest.mark.parametrize("body", [pe(), elf(), macho()])
def test_a_program_is_low(body: bytes) -> None:
    assert severities(detector, body, "tool") == [Severity.LOW]


@pytest.mark.parametrize("body", [pe(library=True), elf(library=True)])
def test_a_library_is_only_noted(body: bytes) -> None:
    assert severities(detector, body, "part") == [Severity.INFO]


def facts(body: bytes, name: str = "tool.exe") -> str:
    (finding,) = findings_of(detector, body, name)
    assert finding.detail is not None
    return finding.detail.values["facts"]


def test_the_state_of_the_signature_is_told() -> None:
    assert "not signed" in facts(pe())
    assert "carries a signature" in facts(pe(signature=b"\1" * 64))
    assert "cut off" in facts(pe(signature=b"\1" * 64)[:-32])


def test_a_packer_is_named() -> None:
    assert "UPX" in facts(pe(sections=(b"UPX0", b"UPX1")))


def test_a_renamed_program_is_told_by_its_own_name() -> None:
    assert "≠ psexec.c" in facts(pe(original_name="psexec.c"), "viewer.exe")
    assert "≠" not in facts(pe(original_name="Viewer.EXE"), "viewer.exe")


def test_every_shortened_program_is_taken() -> None:
    whole = pe(original_name="a.exe", signature=b"\1" * 8)
    for length in range(64, len(whole), 7):
        findings_of(detector, whole[:length], "tool.exe")


def test_documents_are_silent() -> None:
    assert severities(detector, b"MZ was here first", "note.txt") == []


def test_a_java_archive_is_a_program_too() -> None:
    assert severities(detector, zip_of({"META-INF/MANIFEST.MF": b"Main-Class: A\n"}), "a.jar") == [Severity.LOW]


def test_a_damaged_program_under_its_own_name_is_low_and_other_data_is_silent() -> None:
    assert severities(detector, b"MZ" + b"\0" * 200, "a.exe") == [Severity.LOW]
    assert severities(detector, b"MZ" + b"\0" * 200, "a.bin") == []
    assert severities(detector, b"\0" * 200, "a.exe") == []


@pytest.mark.parametrize(
    "body", [bytes.fromhex("cafebabe00000034") + b"\0\x0a\x07" + bytes(60), b"\xa7\x0d\x0d\x0a" + bytes(12) + b"\xe3" + bytes(60)]
)
def test_what_a_languages_own_program_runs_is_only_noted(body: bytes) -> None:
    assert severities(detector, body, "part") == [Severity.INFO]


def test_parts_of_a_program_that_is_told_as_a_whole_are_not_told_again() -> None:
    compiled = bytes.fromhex("cafebabe00000034") + b"\0\x0a\x07" + bytes(60)
    assert severities(detector, compiled, "a.jar > a.class", chain=(FileType.JAR,)) == []
    assert severities(detector, b"\xa7\x0d\x0d\x0a" + bytes(12) + b"\xe3" + bytes(60), "x/__pycache__/a.cpython-312.pyc") == []
