"""Pictures decoded and encoded anew: the same dots, without anything that came along with them."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from gifthorse.inspect.safe_copy.facts import MOST_PIXELS

FORMATS: Final = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "ICO")
_SHOWN_PIXELS: Final = 25_000_000
_QUALITY: Final = 90


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
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotRebuilt(f"its picture can't be decoded ({error})") from error


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
