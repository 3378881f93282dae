"""help.chm: compiled help."""

from gifthorse.inspect.detectors import help_chm as detector
from gifthorse.model.findings import Severity
from tests.samples.files import severities

HELP = b"ITSF\3\0\0\0\x60\0\0\0\1\0\0\0" + b"\0" * 200 + b"\0/index.htm\0/#SYSTEM\0"


def test_the_control_that_starts_programs_is_high() -> None:
    assert severities(detector, HELP + b"classid='clsid:adb880a6-d8ff-11cf-9377-00AA003B7A11'", "manual.chm") == [Severity.HIGH]


def test_a_program_inside_is_medium() -> None:
    assert severities(detector, HELP + b"\x0b/update.exe\0\1", "manual.chm") == [Severity.MEDIUM]


def test_an_ordinary_manual_is_low_and_other_files_are_silent() -> None:
    assert severities(detector, HELP, "manual.chm") == [Severity.LOW]
    assert severities(detector, b"about ITSF", "note.txt") == []
