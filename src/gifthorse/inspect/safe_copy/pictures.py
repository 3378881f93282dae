"""Pictures decoded and encoded anew: the same dots, without anything that came along with them."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from gifthorse.inspect.documents.damage import FORMAT_ERRORS
from gifthorse.inspect.safe_copy.facts import LARGEST, MOST_PAGES, MOST_PIXELS, Page

FORMATS: Final = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "ICO")
_SHOWN_PIXELS: Final = 25_000_000
_QUALITY: Final = 90
_MOST_DOTS: Final = 1_000_000_000  # of all pictures of one file
_LONGEST_SIDE: Final = 14_000.0  # points
_DOTS_PER_INCH: Final = 150.0
# What its decoders raise for damaged pictures.
_UNDECODED: Final = (*FORMAT_ERRORS, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning)


class NotRebuilt(Exception):
    """Why no copy can be made."""


def preload() -> None:
    """The decoders are loaded; a confined worker can't load them."""
    Image.init()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def picture_again(untrusted_bytes: bytes) -> bytes:
    """The picture as a new JPEG, or as a PNG where it has transparency; turned as its camera says. Raises NotRebuilt."""
    try:
        with Image.open(BytesIO(untrusted_bytes), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotRebuilt(f"it says that it has {opened.width} x {opened.height} dots")
            return encoded(ImageOps.exif_transpose(opened))
    except UnidentifiedImageError as error:
        raise NotRebuilt("its picture can't be decoded (it begins like no picture)") from error
    except _UNDECODED as error:
        raise NotRebuilt(f"its picture can't be decoded ({error})") from error


def pages_of_scan(untrusted_bytes: bytes) -> tuple[tuple[Page, ...], bool]:
    """The pictures of a TIFF that holds several, one page each, and whether these are all; none when it holds one that can be read.

    As many as fit into one copy are taken, up to the first that can't be decoded.
    """
    drawn: list[Page] = []
    try:
        with Image.open(BytesIO(untrusted_bytes), formats=("TIFF",)) as opened:
            whole = _draw_all(opened, drawn)
    except _UNDECODED:
        whole = False
    return (tuple(drawn) if len(drawn) > 1 else ()), whole


def _draw_all(opened: Image.Image, drawn: list[Page]) -> bool:
    """Whether all pictures are among *drawn*."""
    weight = dots = 0
    for number in range(MOST_PAGES + 1):
        try:
            opened.seek(number)
        except EOFError:
            return True
        dots += opened.width * opened.height
        if number == MOST_PAGES or opened.width * opened.height > MOST_PIXELS or dots > _MOST_DOTS:
            break
        page = _page(opened)
        weight += len(page.jpeg)
        if weight > LARGEST:
            break
        drawn.append(page)
    return False


def _page(opened: Image.Image) -> Page:
    """One picture on a page of its size in print."""
    given = opened.info.get("dpi")
    across, down = (float(side) for side in given) if given else (_DOTS_PER_INCH, _DOTS_PER_INCH)
    across, down = (side if 30 <= side <= 5000 else _DOTS_PER_INCH for side in (across, down))
    wide, high = (max(72 * opened.width / across, 1.0), max(72 * opened.height / down, 1.0))
    shrink = min(1.0, _LONGEST_SIDE / max(wide, high))
    plain = ImageOps.exif_transpose(opened)
    if plain.width == opened.height and plain.width != opened.width:
        wide, high = high, wide
    return Page(wide * shrink, high * shrink, encoded(_on_white(plain)))


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in {"RGBA", "LA", "PA"} and "transparency" not in picture.info:
        return picture
    seen = picture.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def encoded(picture: Image.Image, quality: int = _QUALITY) -> bytes:
    """*picture* as JPEG (of that *quality*) or PNG, of at most 25 million dots, with no metadata."""
    see_through = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    plain = picture.convert("RGBA" if see_through else "RGB")
    if plain.width * plain.height > _SHOWN_PIXELS:
        ratio = (_SHOWN_PIXELS / (plain.width * plain.height)) ** 0.5
        plain = plain.resize((max(1, int(plain.width * ratio)), max(1, int(plain.height * ratio))))
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())  # leaves behind whatever hangs on the object
    written = BytesIO()
    if see_through:
        bare.save(written, "PNG")
    else:
        bare.save(written, "JPEG", quality=quality)
    return written.getvalue()
