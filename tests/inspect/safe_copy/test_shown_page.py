"""What web pages show, as lines of text."""

import pytest

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.safe_copy.shown_page import shown
from gifthorse.inspect.safe_copy.texts import page_text
from tests.samples.documents import an_item


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<head><title>t</title><meta charset=utf-8><p>no end of the head", "no end of the head"),
        ("<html><head><script>a()</script></head>words<style>b{}</style> more", "words more"),
        ("<table><tr><td>a<td>b<tr><th>c</table><ul><li>d<li>e", "a b\nc\nd\ne"),
        ("see <img src=x alt='our stand'> &amp; <a href=http://x.invalid>click</a>", "see [picture: our stand] & click"),
        ("<title>only a title", ""),
    ],
    ids=["open head", "scripts and styles", "tables and lists", "pictures and links", "title"],
)
def test_a_page_says_what_a_reader_sees(page: str, lines: str) -> None:
    assert shown(page) == lines


@pytest.mark.parametrize(("stated", "codec"), [("windows-1251", "cp1251"), ("Shift_JIS", "shift_jis"), ("base64", "utf-8")])
def test_a_page_is_read_in_the_character_set_that_it_states(stated: str, codec: str) -> None:
    text = {"cp1251": "Привет", "shift_jis": "日本", "utf-8": "Grüße"}[codec]
    body = f'<html><meta http-equiv=content-type content="text/html; charset={stated}"><p>{text}'.encode(codec)
    assert page_text(an_item(body, "a.html", FileType.HTML)) == text
