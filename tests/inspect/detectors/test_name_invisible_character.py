"""name.invisible-character: names with characters that show as nothing."""

import pytest

from gifthorse.inspect.detectors import name_invisible_character as detector
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.model.findings import Severity
from tests.samples.files import findings_of, severities


@pytest.mark.parametrize("name", ["photo\u200b.exe", "report.p\u200ddf", "plan.ex\u2060e", "x\ufeff.bat", "holiday.jpg\u3164"])
def test_one_at_the_ending_or_in_a_programs_name_is_medium(name: str) -> None:
    assert severities(detector, b"x", name) == [Severity.MEDIUM]


def test_one_within_the_words_is_low_and_named() -> None:
    (finding,) = findings_of(detector, b"x", "annual\u200breport.pdf")
    assert finding.severity is Severity.LOW
    assert finding.detail is not None
    assert finding.detail.values == {"characters": "U+200B"}


def test_control_characters_are_found() -> None:
    assert severities(detector, b"x", "a\x01b.txt") == [Severity.LOW]


def test_hidden_tags_outside_flags_are_found() -> None:
    assert severities(detector, b"x", "note\U000e0041\U000e0042s.txt") == [Severity.LOW]


def test_soft_hyphens_from_titles_are_only_noted() -> None:
    assert severities(detector, b"x", "Jahres\u00adbericht.pdf") == [Severity.INFO]


@pytest.mark.parametrize(
    "name",
    [
        "می\u200cخواهم.txt",
        "क्\u200dष.pdf",
        "👩\u200d💻.png",
        "❤\ufe0f.jpg",
        "🏴\U000e0067\U000e0062\U000e0065\U000e007f.txt",
        "Icon\r",
        "été.txt",
        "葛\U000e0100.txt",
        "ㅎㅎ.txt",
    ],
)
def test_spelling_emoji_and_flags_are_silent(name: str) -> None:
    assert severities(detector, b"x", name) == []


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x9b"])
def test_line_separators_and_controls_of_the_second_kind_do_not_show(character: str) -> None:
    assert severities(detector, b"x", f"a.txt{character}.exe") == [Severity.MEDIUM]


def folder(name: str, **more: object) -> Seen:
    return Seen(path=f"docs/{name}", size=0, filetype=FileType.EMPTY, folder=True, **more)


@pytest.mark.parametrize("name", ["A\\u{200B}dmin", "\\u{00A0}", "\u2800\u2800", "\\u{FEFF}docs"])
def test_a_folder_whose_name_cannot_be_seen_is_found(name: str) -> None:
    (finding,) = detector.examine_medium([folder(name)])
    assert finding.evidence[0].path == f"docs/{name}"


@pytest.mark.parametrize("name", ["Admin", "می\\u{200C}خواهم", "a\\u{00A0}b", "Familie \U0001f468\\u{200D}\U0001f469"])
def test_folders_with_ordinary_names_are_silent(name: str) -> None:
    assert list(detector.examine_medium([folder(name)])) == []
