"""Texts of binary workbooks ([MS-XLS] 2.5.293 and 2.5.294), which may go on in records that continue theirs."""

from typing import Final

from gifthorse.inspect.safe_copy.codecs_known import codec_of_page

MOST_TEXTS: Final = 200_000
_WIDE: Final = 1
_PHONETIC: Final = 4
_FORMATTED: Final = 8
_UTF_16: Final = 1200


def legacy_codec(page: int) -> str:
    """The codec for a code page by its number; that of western Windows where none is known, or texts are Unicode."""
    return "cp1252" if page == _UTF_16 else codec_of_page(page) or "cp1252"


def counted_text(body: bytes, at: int, width: int, codec: str, *, unicode: bool) -> str:
    """The text at *at* of a record, with its length in *width* bytes in front; in bytes of *codec* before Excel 97."""
    count = int.from_bytes(body[at : at + width], "little")
    at += width
    if not unicode:
        return body[at : at + count].decode(codec, "replace")
    if at >= len(body):
        return ""
    if body[at] & _WIDE:
        return body[at + 1 : at + 1 + 2 * count].decode("utf-16-le", "replace")
    return body[at + 1 : at + 1 + count].decode("latin-1")


def text_of_pieces(pieces: list[bytes], codec: str, *, unicode: bool) -> str:
    """The one text, with its length in two bytes in front, that goes on over *pieces*."""
    if not unicode:
        return counted_text(b"".join(pieces), 0, 2, codec, unicode=False)
    reader = _Pieces(pieces)
    return reader.letters(reader.number(2), reader.number(1))


def shared_texts(pieces: list[bytes]) -> list[str]:
    """The texts of the table that cells refer to (SST), without their formats."""
    reader = _Pieces([pieces[0][8:], *pieces[1:]])
    texts: list[str] = []
    while not reader.ended and len(texts) < MOST_TEXTS:
        count = reader.number(2)
        flags = reader.number(1)
        runs = reader.number(2) if flags & _FORMATTED else 0
        phonetic = reader.number(4) if flags & _PHONETIC else 0
        texts.append(reader.letters(count, flags))
        reader.skip(4 * runs + phonetic)
    return texts


class _Pieces:
    """Reads over the borders of pieces; letters that go on in the next one have a byte in front that says how wide they are there."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = 0
        self._forward()

    @property
    def ended(self) -> bool:
        return self._piece >= len(self._pieces)

    def number(self, width: int) -> int:
        return int.from_bytes(self._taken(width), "little")

    def skip(self, count: int) -> None:
        while count > 0 and not self.ended:
            step = min(count, len(self._pieces[self._piece]) - self._at)
            self._at += step
            count -= step
            self._forward()

    def letters(self, count: int, flags: int) -> str:
        said: list[str] = []
        while count > 0 and not self.ended:
            piece = self._pieces[self._piece]
            wide = bool(flags & _WIDE)
            step = min(count, (len(piece) - self._at) >> wide)
            part = piece[self._at : self._at + (step << wide)]
            said.append(part.decode("utf-16-le", "surrogatepass") if wide else part.decode("latin-1"))
            self._at += step << wide
            count -= step
            if count > 0:
                self._at = len(piece)
                self._forward()
                flags = self.number(1)
        self._forward()
        return "".join(said).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _taken(self, width: int) -> bytes:
        taken = b""
        while len(taken) < width and not self.ended:
            piece = self._pieces[self._piece]
            taken += piece[self._at : self._at + width - len(taken)]
            self._at = min(self._at + width, len(piece)) if len(taken) == width else len(piece)
            self._forward()
        return taken

    def _forward(self) -> None:
        while not self.ended and self._at >= len(self._pieces[self._piece]):
            self._piece += 1
            self._at = 0
