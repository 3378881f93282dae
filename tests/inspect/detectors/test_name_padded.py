"""name.padded: names that push their ending out of sight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.detectors import name_padded as detector
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, severities


@pytest.mark.parametrize(
    "name",
    [
        "photo.jpg" + " " * 40 + ".exe",
        "photo.jpg" + "\u00a0" * 12 + ".scr",
        "写真.jpg" + "\u3000" * 9 + ".lnk",
        "plan.pdf" + "\u2800" * 8 + ".bat",
        "plan.pdf" + "_" * 60 + ".exe",
        "plan.docx" + " \u2003" * 10 + "final.hta",
        "plan.docx" + "\t" * 6 + ".vbs  ",
    ],
)
def test_a_program_behind_a_run_of_blanks_is_high(name: str) -> None:
    assert severities(detector, b"x", name) == [Severity.HIGH]


def test_the_number_of_blanks_is_told() -> None:
    (finding,) = findings_of(detector, b"x", "photo.jpg" + " " * 40 + ".exe")
    assert finding.detail is not None
    assert finding.detail.values["count"] == "40"


@pytest.mark.parametrize(
    "name",
    [
        "Letter to  Anna.pdf",
        "a - b - c.docx",
        "Chapter 1      .pdf",
        "title" + " " * 8 + "- page 2.pdf",
        "__init__.py",
        "----.txt",
        "x.tar.gz",
        "2026-11-22 12.30.45.jpg",
        "....exe",
    ],
)
def test_ordinary_blanks_and_lines_are_silent(name: str) -> None:
    assert severities(detector, b"x", name) == []


@given(st.text(max_size=200))
def test_any_name_is_taken(name: str) -> None:
    findings_of(detector, b"x", name.replace("/", "") or "n")
