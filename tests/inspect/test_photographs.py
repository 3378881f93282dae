"""A photograph is redrawn from pixels alone, in a process that can reach nothing."""

import io
import os
import struct

import pytest
from PIL import Image

from gifthorse.inspect import photographs
from gifthorse.inspect.photographs import LONGEST_SIDE, redrawn
from gifthorse.model.errors import Unreadable


def as_file(content: bytes) -> int:
    fd = os.memfd_create("picture")
    os.write(fd, content)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def picture(size=(40, 20), form="JPEG", colour=(200, 30, 30), **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form, **more)
    return out.getvalue()


def seen(content: bytes) -> Image.Image:
    fd = as_file(content)
    try:
        drawn = Image.open(io.BytesIO(redrawn(fd)))
    finally:
        os.close(fd)
    assert drawn.format == "JPEG"
    return drawn


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_what_phones_and_scanners_write_is_redrawn(form):
    drawn = seen(picture(form=form))
    assert drawn.size == (40, 20)
    red, green, blue = drawn.getpixel((20, 10))
    assert red > 180
    assert max(green, blue) < 60


def test_the_pair_of_pictures_that_some_phones_write_shows_its_first():
    out = io.BytesIO()
    second = Image.new("RGB", (40, 20), (0, 0, 0))
    Image.new("RGB", (40, 20), (200, 30, 30)).save(out, "MPO", save_all=True, append_images=[second])
    assert seen(out.getvalue()).getpixel((20, 10))[0] > 180


def test_nothing_of_the_original_but_its_pixels_comes_through():
    exif = Image.Exif()
    exif[0x010F] = "Maker of the camera"
    original = picture(exif=exif, comment=b"hidden words") + b"MZ appended program"
    fd = as_file(original)
    drawn = redrawn(fd)
    os.close(fd)
    for trace in (b"Maker", b"hidden words", b"appended", b"Exif"):
        assert trace in original
        assert trace not in drawn


def test_a_picture_taken_on_its_side_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert seen(picture(size=(40, 20), exif=exif)).size == (20, 40)


def test_a_large_picture_becomes_small_enough_to_look_at():
    assert seen(picture(size=(4000, 1000))).size == (LONGEST_SIDE, LONGEST_SIDE // 4)


def test_what_is_clear_in_a_picture_becomes_paper():
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert seen(out.getvalue()).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ" + bytes(2000), picture()[:200], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff\xe0 picture", b"%PDF-1.7\n"],
    ids=["empty", "program", "torn", "svg", "begins like one", "pdf"],
)
def test_what_is_no_picture_is_refused(content):
    fd = as_file(content)
    with pytest.raises(Unreadable):
        redrawn(fd)
    os.close(fd)


def test_a_picture_that_unpacks_to_billions_of_pixels_is_refused():
    header = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBBI", 13, b"IHDR", 60_000, 60_000, 8, 2, 0, 0, 0, 0)
    fd = as_file(header)
    with pytest.raises(Unreadable):
        redrawn(fd)
    os.close(fd)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x01",
        struct.pack("<HH", 2, 2) + bytes(11),
        struct.pack("<HH", 2, 2) + bytes(13),
        struct.pack("<HH", 0, 5),
        struct.pack("<HH", 1601, 1) + bytes(4803),
    ],
)
def test_a_decoder_that_says_anything_but_pixels_is_not_believed(answer):
    with pytest.raises(Unreadable):
        photographs._checked(answer)


def test_a_decoder_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(photographs, "SECONDS", 0.01)
    fd = as_file(picture())
    with pytest.raises(Unreadable):
        redrawn(fd)
    os.close(fd)


def test_where_it_can_not_be_locked_in_nothing_is_decoded(monkeypatch, tmp_path):
    """The decoder itself says so: with the confinement switched off it ends before it reads."""
    import subprocess
    import sys

    program = (
        "import sys; from gifthorse.inspect.confine import landlock; landlock.restrict = lambda *_: False;"
        "from gifthorse.inspect import photographs; photographs.main()"
    )
    fd = as_file(picture())
    done = subprocess.run([sys.executable, "-c", program, str(fd), str(os.getpid())], pass_fds=(fd,), capture_output=True, check=False)
    os.close(fd)
    assert (done.returncode, done.stdout) == (photographs._UNCONFINED, b"")
