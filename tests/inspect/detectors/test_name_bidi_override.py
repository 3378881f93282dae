"""name.bidi-override: names that appear otherwise than they are stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.detectors import name_bidi_override as detector
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.bidi import CONTROLS, displayed
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, severities

RLO, LRO, RLE, PDF, RLI, PDI, LRM, RLM = "\u202e\u202d\u202b\u202c\u2067\u2069\u200e\u200f"


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        (f"holiday{RLO}gpj.exe", "holidayexe.jpg"),
        (f"ann{RLO}fdp.scr", "annrcs.pdf"),
        (f"{RLO}cod.nal{PDF}p.exe", "lan.docp.exe"),
        (f"a{RLI}b{PDI}c.txt", "abc.txt"),
        (f"{LRM}report.pdf", "report.pdf"),
        ("plain.txt", "plain.txt"),
    ],
)
def test_a_name_is_displayed_as_a_file_manager_draws_it(name: str, seen: str) -> None:
    assert displayed(name) == seen


@pytest.mark.parametrize("name", [f"holiday{RLO}gpj.exe", f"invoice {RLO}xslx.bat", f"Photo_{RLO}gnp.scr", f"أ{RLO}fdp.exe"])
def test_an_override_that_changes_the_ending_is_high(name: str) -> None:
    assert severities(detector, b"x", f"folder/{name}") == [Severity.HIGH]


def test_the_finding_says_what_is_seen_and_what_is_true() -> None:
    (finding,) = findings_of(detector, b"x", f"holiday{RLO}gpj.exe")
    assert finding.detail is not None
    assert finding.detail.values == {"seen": "holidayexe.jpg", "ending": "exe"}
    assert "\\u{202E}" in (finding.evidence[0].excerpt or "")


def test_an_override_that_leaves_the_ending_is_medium() -> None:
    assert severities(detector, b"x", f"a{LRO}b{PDF}.txt") == [Severity.MEDIUM]
    assert severities(detector, b"x", f"nam{RLO}cba{PDF}.pdf") == [Severity.MEDIUM]


@pytest.mark.parametrize("name", [f"تقرير{RLM}.pdf", f"דוח{RLM} 2026.docx", f"{LRM}2026-11-22.pdf", f"{RLI}تقرير{PDI}.pdf"])
def test_marks_in_right_to_left_names_and_pasted_marks_are_only_noted(name: str) -> None:
    assert severities(detector, b"x", name) == [Severity.INFO]


@pytest.mark.parametrize("name", ["تقرير سنوي.pdf", "דוח.docx", "Ünïcode.txt", "写真.jpg", "exe.jpg", "name\udcff.txt"])
def test_names_without_controls_are_silent(name: str) -> None:
    assert severities(detector, b"x", name) == []


@given(st.text(alphabet=st.sampled_from([*CONTROLS, *"ab.1 ", "ש", "ع"]), max_size=40))
def test_displaying_keeps_every_visible_character(name: str) -> None:
    assert sorted(displayed(name)) == sorted(character for character in name if character not in CONTROLS)


def test_a_folder_whose_name_is_turned_around_is_medium_and_others_are_silent() -> None:
    def folder(path: str) -> Seen:
        return Seen(path=path, size=0, filetype=FileType.EMPTY, folder=True)

    found = list(detector.examine_medium([folder("a/x\\u{202E}gpj.exe"), folder("plain"), folder("a\\u{202E}b/inner")]))
    assert [(finding.severity, finding.evidence[0].path) for finding in found] == [(Severity.MEDIUM, "a/x\\u{202E}gpj.exe")]
