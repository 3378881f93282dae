import io

import pytest
from PIL import Image

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.safe_copy.checks import NotPlain, checked, ending_of
from gifthorse.inspect.safe_copy.facts import Copied, Page, Words
from tests.samples.files import chunk, comment


def made(form: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(written, form)
    return written.getvalue()


def copy(**what: object) -> Copied:
    return Copied(path="a", sha256=None, filetype=FileType.JPEG, **what)  # type: ignore[arg-type]


def test_pictures_as_we_make_them_pass() -> None:
    assert ending_of(made("JPEG")) == "jpg"
    assert ending_of(made("PNG")) == "png"


@pytest.mark.parametrize(
    "picture",
    [
        made("JPEG") + b"PK\x03\x04",
        made("JPEG")[:2] + comment(b"<?php ?>") + made("JPEG")[2:],
        made("JPEG")[:-2],
        made("PNG") + b"tail",
        made("PNG")[:33] + chunk(b"tEXt", b"a\0b") + made("PNG")[33:],
        b"MZ" + bytes(200),
        b"",
    ],
)
def test_pictures_that_bring_anything_else_do_not(picture: bytes) -> None:
    with pytest.raises((NotPlain, Exception)):
        checked(copy(picture=picture))


def test_a_copy_is_of_one_kind() -> None:
    with pytest.raises(NotPlain):
        checked(copy(text="a", left_out="b"))
    with pytest.raises(NotPlain):
        checked(copy())


@pytest.mark.parametrize("text", ["\x1b[31m", "a\u202eb", "a\r\n"])
def test_text_that_does_not_show_is_refused_wherever_it_stands(text: str) -> None:
    page = Page(10, 10, made("JPEG"), (Words(0, 0, 1, 1, text),))
    for untrusted in (copy(text=text), copy(left_out=text), copy(pages=(page,))):
        with pytest.raises(NotPlain):
            checked(untrusted)


def test_a_page_without_size_or_with_endless_places_is_refused() -> None:
    for page in (Page(0, 10, made("JPEG")), Page(10, float("inf"), made("JPEG")), Page(10, float("nan"), made("JPEG"))):
        with pytest.raises(NotPlain):
            checked(copy(pages=(page,)))
