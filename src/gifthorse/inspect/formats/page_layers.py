"""What a web page says once its strings are put together again: split words joined, coded scripts decoded, two-byte text made plain.

Pages that smuggle a file write `"Bl" + "ob"`, cut the coded file into an array of pieces, or keep the script that builds it in base64.
A browser puts all that together before it runs; so does this, in a few passes that each read the page once.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_MOST_DECODED: Final = 8
_TWO_BYTE_MARKS: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# The seam between two pieces of one string; a comma joins pieces only where coded text stands on both sides of it.
_SEAM: Final = re.compile(
    rb"[\"'`]\s{0,8}\+\s{0,8}[\"'`]|(?<=[A-Za-z0-9+/=]{16})[\"'`]\s{0,8},\s{0,8}[\"'`](?=[A-Za-z0-9+/]{16})",
)
_CODED_SCRIPT: Final = re.compile(rb"[\"'`]([A-Za-z0-9+/]{120,}={0,2})[\"'`]")
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\r\n"))


class Layer(NamedTuple):
    """One reading of a page: its text, whether places in it are places in the file, and where in the file it stands when they are not."""

    text: bytes
    exact: bool = True
    at: int = 0


def layers(page: bytes) -> Iterator[Layer]:
    """The readings of *page*: as it is, with its strings joined, and each script that it holds in base64, joined as well."""
    encoding = _TWO_BYTE_MARKS.get(page[:2])
    plain = page if encoding is None else page[2:].decode(encoding, "replace").encode("utf-8")
    yield Layer(plain, exact=encoding is None)
    joined = _SEAM.sub(b"", plain)
    if len(joined) != len(plain):
        yield Layer(joined, exact=False)
    if b"atob" in joined:
        for script, at in _coded_scripts(joined):
            yield Layer(_SEAM.sub(b"", script), exact=False, at=max(page.find(joined[at : at + 40]), 0))


def _coded_scripts(page: bytes) -> Iterator[tuple[bytes, int]]:
    """The texts that *page* holds in base64, and where each stands in it."""
    told = 0
    for literal in _CODED_SCRIPT.finditer(page):
        first = _decoded(literal.group(1)[:120])
        if not first or first.translate(None, _CONTROLS) != first or not first.isascii():
            continue
        yield _decoded(literal.group(1)[: len(literal.group(1)) // 4 * 4]), literal.start(1)
        told += 1
        if told >= _MOST_DECODED:
            return


def _decoded(letters: bytes) -> bytes:
    try:
        return base64.b64decode(letters)
    except binascii.Error:
        return b""
