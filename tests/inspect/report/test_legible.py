"""Untrusted text as the report shows it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.report.legible import MOST_CHARACTERS, legible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("invoice\u202efdp.exe", "invoice\\u{202E}fdp.exe"),
        ("a\u200bb", "a\\u{200B}b"),
        ("\udcff.bin", "\\xFF.bin"),
        ("line\nbreak", "line\\u{000A}break"),
        ("\u3164.exe", "\\u{3164}.exe"),
        ("Übung.pdf", "Übung.pdf"),
        ("写真-عربى.jpg", "写真-عربى.jpg"),
    ],
)
def test_what_would_not_show_is_written_out_and_ordinary_names_stay(text, shown):
    assert legible(text) == shown


def test_a_long_name_keeps_its_start_and_its_ending_and_says_how_much_is_left_out():
    shown = legible("start-" + "x" * 10_000 + "-end.exe")
    assert shown.startswith("start-x")
    assert shown.endswith("x-end.exe")
    assert "9,815 characters" in shown
    assert len(shown) < MOST_CHARACTERS + 60


def test_marks_piled_on_one_letter_are_written_out_beyond_what_any_language_needs():
    shown = legible("z" + "\u0301" * 50)
    assert shown.count("\u0301") == 4
    assert shown.count("\\u{0301}") == 46


@given(st.text(alphabet=st.characters(), max_size=400))
def test_no_text_brings_a_control_or_direction_mark_into_the_report(text):
    assert not [character for character in legible(text) if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
