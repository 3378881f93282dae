"""A photograph from outside, redrawn: a confined process of its own decodes it and can hand over nothing but pixels.

The picture that people see is encoded here, from those pixels alone. So no byte of the original reaches a browser, and neither do
its place, time and maker; and who takes over the decoder gains a process without files, network or other processes, whose only
word is an image of its own choice. (The same thought as in Rutkowska, "Converting untrusted PDFs into trusted ones", 2013.)
"""

import io
import os
import struct
import subprocess
import sys
import threading
from typing import IO, Final

from gifthorse.inspect.confine.limits import die_with
from gifthorse.inspect.confine.pool import ALL_CONFINEMENTS
from gifthorse.model.errors import NotConfined, Unreadable
from gifthorse.model.words import N_

LONGEST_SIDE: Final = 1600
MOST_PIXELS: Final = 120_000_000  # the largest sensors of phones have 108 or 200 million; those of 200 deliver 50 unless asked
SECONDS: Final = 60.0
QUALITY: Final = 85
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
NO_PICTURE: Final = N_("This is no photograph that can be shown.")
_SIZE: Final = struct.Struct("<HH")
_LARGEST: Final = _SIZE.size + LONGEST_SIDE * LONGEST_SIDE * 3
_UNCONFINED: Final = 3
_ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"}


def redrawn(untrusted_file: int) -> bytes:
    """The picture in the open file *untrusted_file* as a new JPEG of at most 1600 by 1600.

    Raises Unreadable when it can't be decoded in a minute, NotConfined where the decoder can't be locked in.
    """
    return _encoded(*_checked(_pixels(untrusted_file)))


def _pixels(untrusted_file: int) -> bytes:
    command = [sys.executable, "-I", "-m", "gifthorse.inspect.photographs", str(untrusted_file), str(os.getpid())]
    decoder = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(untrusted_file,),
        env=_ENVIRONMENT,
        cwd="/",
        start_new_session=True,
    )
    end = threading.Timer(SECONDS, decoder.kill)
    end.start()
    try:
        assert decoder.stdout is not None
        with decoder.stdout as answer:
            untrusted_answer = answer.read(_LARGEST + 1)
        decoder.kill()
        status = decoder.wait()
    finally:
        end.cancel()
    if status == _UNCONFINED:
        raise NotConfined(N_("This system can't lock in what decodes photographs, so they aren't shown. Use Linux 5.13 or later."))
    return untrusted_answer


def _checked(untrusted_answer: bytes) -> tuple[int, int, bytes]:
    """Width, height and pixels; raises Unreadable for anything else than exactly that."""
    if len(untrusted_answer) < _SIZE.size:
        raise Unreadable(NO_PICTURE)
    width, height = _SIZE.unpack_from(untrusted_answer)
    pixels = untrusted_answer[_SIZE.size :]
    if not (1 <= width <= LONGEST_SIDE and 1 <= height <= LONGEST_SIDE and len(pixels) == width * height * 3):
        raise Unreadable(NO_PICTURE)
    return width, height, pixels


def _encoded(width: int, height: int, pixels: bytes) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), pixels).save(out, "JPEG", quality=QUALITY, progressive=True)
    return out.getvalue()


def main() -> None:
    """Decodes the file named by descriptor on the command line, confined, and writes width, height and pixels to standard output."""
    source, parent = int(sys.argv[1]), int(sys.argv[2])
    die_with(parent)
    _load_decoders()
    from gifthorse.inspect.confine.messages import Setup
    from gifthorse.inspect.confine.worker import confine
    from gifthorse.model.inspections import SourceKind

    held = confine(source, Setup(kind=SourceKind.FILE, size=0, item_seconds=SECONDS))
    if set(held) != set(ALL_CONFINEMENTS):
        os._exit(_UNCONFINED)
    answer = memoryview(_decoded(source))
    while answer:
        answer = answer[os.write(1, answer) :]
    os._exit(0)


def _load_decoders() -> None:
    """Everything that decoding imports is in memory: no file can be opened afterwards."""
    from PIL import Image

    Image.init()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses at twice this
    for name in FORMATS:
        sample = io.BytesIO()
        Image.new("RGB", (8, 8)).save(sample, name)
        _small(io.BytesIO(sample.getvalue()))


def _decoded(source: int) -> bytes:
    with os.fdopen(source, "rb") as file:
        return _small(file)


def _small(file: IO[bytes]) -> bytes:
    from PIL import Image, ImageOps

    with Image.open(file, formats=FORMATS) as opened:
        opened.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))  # JPEG can be decoded at a fraction of its size at once
        upright = ImageOps.exif_transpose(opened).convert("RGBA" if opened.mode in {"P", "PA", "LA", "RGBA"} else "RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if upright.mode == "RGBA":
        paper = Image.new("RGB", upright.size, "white")
        paper.paste(upright, mask=upright.getchannel("A"))
        upright = paper
    return _SIZE.pack(*upright.size) + upright.tobytes()


if __name__ == "__main__":
    main()
