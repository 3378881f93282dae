"""What can still be read of a PDF whose structure is broken: its name tokens, in the plain bytes and in the streams that unfold.

Readers repair more than they should: a file without a table, a trailer or a page may still run its actions in one of them. Here nothing
is parsed; the dictionaries around telling names are taken as text, ``#xx`` in names resolved (ISO 32000 7.3.5).
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from gifthorse.inspect.item import Item

MOST_READ: Final = 32 << 20
MOST_UNFOLDED: Final = 8 << 20
MOST_STREAMS: Final = 400
MOST_FOUND: Final = 20

_STREAM: Final = re.compile(rb"stream\r?\n")
_ESCAPED: Final = re.compile(rb"#([0-9a-fA-F]{2})")
_DAMAGED_NAME: Final = re.compile(rb"/(?:[\w.+-]|#[0-9a-fA-F]{2}){1,60}")
_TELLING: Final = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|EF|RichMedia|SubmitForm|GoToR|GoToE|ImportData)(?![\w.+-])")
_UNASKED: Final = re.compile(rb"/(?:OpenAction|AA)(?![\w.+-])")
_TEXT: Final = re.compile(rb"/(?:JS|F|UF|P|URI)\s*\(((?:[^()\\]|\\.|\([^()]*\)){0,2000})\)", re.DOTALL)


CONFIDENCE: Final = 0.5


class Remain(NamedTuple):
    """One telling name without its slash, the text next to it, where it stands, and whether anything in the file runs unasked."""

    name: str
    text: str
    offset: int
    unasked: bool


def remains_of(item: Item) -> list[Remain]:
    """The telling names of the broken PDF *item*, each once, with `offset` of the name or of the stream that holds it."""
    raw = item.content.read(0, MOST_READ)
    pieces = [(0, raw), *_unfolded(raw)]
    plain = [(start, _resolved(piece)) for start, piece in pieces]
    unasked = any(_UNASKED.search(piece) for _, piece in plain)
    found: dict[str, Remain] = {}
    for start, piece in plain:
        for token in _TELLING.finditer(piece):
            name = token[1].decode()
            if name not in found and len(found) < MOST_FOUND:
                found[name] = Remain(name, _near(piece, token.start()), start or token.start(), unasked)
    return list(found.values())


def _unfolded(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """The streams that zlib can unfold, as far as it can, whatever their dictionaries say."""
    budget = MOST_UNFOLDED
    for count, begin in enumerate(_STREAM.finditer(raw)):
        if count >= MOST_STREAMS or budget <= 0:
            return
        try:
            piece = zlib.decompressobj().decompress(raw[begin.end() : begin.end() + budget], budget)
        except zlib.error:
            continue  # another filter, or none
        budget -= len(piece)
        yield begin.end(), piece


def _resolved(piece: bytes) -> bytes:
    r"""*piece* with the escapes of its names resolved; offsets of names before the first escape stay."""
    if b"#" not in piece:
        return piece
    return _DAMAGED_NAME.sub(lambda name: _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), name[0]), piece)


def _near(piece: bytes, at: int) -> str:
    """The text of the string that belongs to the name at *at*: behind it, or shortly before it in the same dictionary."""
    behind = _TEXT.search(piece, at, at + 3000)
    if behind is None:
        earlier = list(_TEXT.finditer(piece, max(at - 500, 0), at))
        behind = earlier[-1] if earlier else None
    return behind[1].decode("latin-1").replace("\\(", "(").replace("\\)", ")").replace("\\\\", "\\") if behind else ""
