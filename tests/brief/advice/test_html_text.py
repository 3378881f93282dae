"""Nothing of a publisher's markup survives, and nothing that doesn't show."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gifthorse.brief.advice.html_text import MOST_CHARACTERS, legible, passages, plain


def test_text_stands_under_its_headings():
    found = passages("<p>First.</p><h2>Law <em>here</em></h2><p>Second.<br>Third.</p><h2>Empty</h2><h3>Health</h3>Fourth")
    assert [(passage.heading, passage.text) for passage in found] == [("", "First."), ("Law here", "Second.\nThird."), ("Health", "Fourth")]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>bad()</script>",
        "<style>bad{}</style>",
        "<svg><text>bad</text></svg>",
        "<template>bad</template>",
        "<!-- bad -->",
        "<iframe>bad</iframe>",
    ],
)
def test_what_does_not_show_is_left_out(hostile):
    assert plain(f"<p>Good.{hostile}</p><p>Fine.</p>") == "Good.\nFine."


def test_entities_are_read_and_directions_dropped():
    assert plain("a &amp; b &lt;script&gt; c\u202e d\u200b") == "a & b <script> c d"


def test_a_long_text_is_cut_between_words_and_says_so():
    passage = passages("word " * 5_000)[0]
    assert passage.shortened
    assert len(passage.text) <= MOST_CHARACTERS
    assert passage.text.endswith("word")


def test_an_element_that_is_never_closed_marks_the_text_as_shortened():
    assert passages("<p>Seen.</p><svg><p>Not seen.")[0].shortened


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read(text):
    for passage in passages(text):
        assert passage.text == legible(passage.text)
