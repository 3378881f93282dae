"""Sizes, places, certainty and durations in words."""

import pytest

from gifthorse.inspect.report.measures import confidence_words, duration_words, exact_size, offset_words, size_words


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (31_914_983_424, "31.9 GB"), (8 * 10**15, "8,000 TB"), (999_900, "1,000 kB")],
)
def test_a_size_is_said_as_the_label_of_the_stick_says_it(count, words):
    assert size_words(count) == words


def test_an_exact_size_keeps_every_byte():
    assert exact_size(8_053_063_680).in_english() == "8.05 GB (8,053,063,680 bytes)"
    assert exact_size(12).in_english() == "12 bytes"


def test_a_place_stands_in_decimal_and_as_hexadecimal_tools_show_it():
    assert offset_words(1_048_576) == "1,048,576 (0x100000)"


def test_certainty_never_says_certain_and_falls_with_the_number():
    words = [confidence_words(value) for value in (1.0, 0.95, 0.9, 0.6, 0.3, 0.1, 0.0)]
    assert words == ["almost certain", "almost certain", "very likely", "likely", "possible", "a weak sign", "a weak sign"]


@pytest.mark.parametrize(("seconds", "words"), [(0.0123, "12 ms"), (12.4, "12.4 s"), (119.0, "119 s"), (150.0, "2 min 30 s")])
def test_a_duration_is_said_to_the_digits_that_matter(seconds, words):
    assert duration_words(seconds) == words
