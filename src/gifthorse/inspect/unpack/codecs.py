"""Decompressors, all driven the same way: bounded output for bounded input, so that a budget can stop them at any byte.

One call never gives more than about a MiB, however small its input.
"""

import bz2
import lzma
import struct
import zlib
from collections.abc import Iterator
from typing import Any, Final, Protocol

from gifthorse.inspect.unpack.budgets import MEBIBYTE
from gifthorse.inspect.unpack.members import Damaged, Unsupported

PIECE_OUT: Final = MEBIBYTE
WINDOW_MOST: Final = 160 * MEBIBYTE  # xz -9 needs 65 MiB; larger windows are for memory that a worker doesn't have
ZSTD_WINDOW_LOG: Final = 27  # 128 MiB, what zstd itself accepts without --long
ERRORS: Final = (zlib.error, OSError, lzma.LZMAError, EOFError, ValueError)


class Decoder(Protocol):
    """The shape of bz2.BZ2Decompressor, which lzma and zstd share."""

    @property
    def eof(self) -> bool:
        """Whether the stream's end was met."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out without more input."""

    @property
    def unused_data(self) -> bytes:
        """What followed the stream's end."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """At most *max_length* bytes more."""


class Inflate:
    """zlib's decompressor in bz2's shape."""

    def __init__(self, window: int) -> None:
        self._inner = zlib.decompressobj(window)
        self._tail = b""

    @property
    def eof(self) -> bool:
        """Whether the stream's end was met."""
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out without more input."""
        return not self._tail and not self._inner.eof

    @property
    def unused_data(self) -> bytes:
        """What followed the stream's end."""
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """At most *max_length* bytes more."""
        out = self._inner.decompress(self._tail + data, max(0, max_length))
        self._tail = self._inner.unconsumed_tail
        return out


class Inflate64:
    """Deflate64 in bz2's shape: the library has no bound on its output, so it is fed 256 bytes at a time (at most 8 MiB come of that)."""

    STEP: Final = 256

    def __init__(self) -> None:
        import inflate64

        self._inner = inflate64.Inflater()
        self._tail = b""
        self.unused_data = b""

    @property
    def eof(self) -> bool:
        """Whether the stream's end was met."""
        return bool(self._inner.eof)

    @property
    def needs_input(self) -> bool:
        """Whether all input is taken."""
        return not self._tail and not self.eof

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:  # noqa: ARG002 - bounded by its small input
        """What the next 256 bytes give."""
        self._tail += data
        step, self._tail = self._tail[: self.STEP], self._tail[self.STEP :]
        return bytes(self._inner.inflate(step))


def zstd_decoder() -> Decoder:
    """A decoder of one zstd frame, its window bounded."""
    from backports.zstd import DecompressionParameter, ZstdDecompressor

    decoder: Decoder = ZstdDecompressor(options={DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG})
    return decoder


def xz_decoder(form: int = lzma.FORMAT_XZ) -> Decoder:
    """A decoder of one xz stream, or of an old lzma one (FORMAT_ALONE), its memory bounded."""
    return lzma.LZMADecompressor(form, memlimit=WINDOW_MOST)


def raw_lzma_decoder(properties: bytes) -> Decoder:
    """A decoder of bare LZMA data from its five bytes of properties (LZMA SDK, lzma-specification.txt)."""
    if len(properties) < 5 or properties[0] >= 225:
        raise Damaged("LZMA properties that make no sense")
    code, dictionary = struct.unpack("<BI", properties[:5])
    if dictionary > WINDOW_MOST:
        raise Unsupported(f"an LZMA window of {dictionary} bytes")
    rest, context = divmod(code, 9)
    position, literal = divmod(rest, 5)
    if context + literal > 4:
        raise Unsupported("LZMA properties beyond what liblzma reads")
    chain = [{"id": lzma.FILTER_LZMA1, "dict_size": max(4096, dictionary), "lc": context, "lp": literal, "pb": position}]
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=chain)


def decoded(pieces: Iterator[bytes], decoder: Decoder) -> Iterator[bytes]:
    """What *decoder* makes of *pieces*, up to its end; raises Damaged where the data breaks, after all that came before."""
    for piece in pieces:
        data = piece
        while True:
            out = _step(decoder, data)
            if out:
                yield out
            data = b""
            if decoder.eof:
                return
            if decoder.needs_input or not out:
                break
    yield from _drained(decoder)
    if not decoder.eof:
        raise Damaged("the compressed data ends too early")


def _drained(decoder: Decoder) -> Iterator[bytes]:
    while not decoder.eof:
        out = _step(decoder, b"")
        if not out:
            return
        yield out


def _step(decoder: Decoder, data: bytes) -> bytes:
    try:
        return decoder.decompress(data, PIECE_OUT)
    except ERRORS as broken:
        raise Damaged(f"the compressed data is broken ({broken})") from broken
    except MemoryError as broken:
        raise Unsupported("a decompressor that needs more memory than is allowed") from broken
    except Exception as broken:
        if type(broken).__name__ == "ZstdError":
            raise Damaged(f"the compressed data is broken ({broken})") from broken
        raise


def raw_lzma2_decoder(properties: bytes) -> Decoder:
    """A decoder of bare LZMA2 data; its one byte of properties gives the window as 2 or 3 times a power of two."""
    code = properties[0] if properties else 40
    if code > 40:
        raise Damaged("LZMA2 properties that make no sense")
    dictionary = (2 | code & 1) << (code // 2 + 11)
    if dictionary > WINDOW_MOST:
        raise Unsupported(f"an LZMA2 window of {dictionary} bytes")
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": dictionary}])


def cut(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The first *size* bytes of *pieces*; raises Damaged when there are fewer."""
    left = size
    for piece in pieces:
        if left <= 0:
            return
        yield piece[:left]
        left -= len(piece)
    if left > 0:
        raise Damaged(f"{size - left} of {size} bytes came out")


def decoded_exactly(pieces: Iterator[bytes], decoder: Decoder, size: int) -> Iterator[bytes]:
    """The first *size* bytes that *decoder* makes of *pieces*, which need no end mark; raises Damaged when there are fewer."""
    left = size
    flow = decoded(pieces, decoder)
    while left > 0:
        try:
            piece = next(flow)
        except StopIteration:
            raise Damaged(f"{size - left} of {size} bytes came out") from None
        yield piece[:left]
        left -= len(piece)


def branch_pieces(pieces: Iterator[bytes], kind: str, size: int) -> Iterator[bytes]:
    """*pieces* with the branch targets of that processor made relative again."""
    import bcj

    inner = getattr(bcj, kind)(size)
    for piece in cut(pieces, size):
        clear = inner.decode(piece)
        if clear:
            yield bytes(clear)


def delta_pieces(pieces: Iterator[bytes], distance: int, size: int) -> Iterator[bytes]:
    """*pieces* with each byte added to the one *distance* before it."""
    last = bytearray(distance)
    at = 0
    for piece in cut(pieces, size):
        out = bytearray(piece)
        for index, byte in enumerate(out):
            value = (byte + last[at]) & 255
            out[index] = last[at] = value
            at = (at + 1) % distance
        yield bytes(out)


def ppmd7_pieces(pieces: Iterator[bytes], properties: bytes, size: int) -> Iterator[bytes]:
    """What PPMd version H (7z) makes of *pieces*; the properties give order (1 byte) and memory (4 bytes)."""
    import pyppmd

    if len(properties) < 5:
        raise Damaged("PPMd data without its parameters")
    order, memory = struct.unpack("<BI", properties[:5])
    if not (2 <= order <= 64 and 2048 <= memory <= WINDOW_MOST):
        raise Unsupported("PPMd parameters beyond what is read here")
    inner = pyppmd.Ppmd7Decoder(max_order=order, mem_size=memory)
    left, data = size, b""
    while left > 0:
        data = next(pieces, b"") if inner.needs_input else b""
        out = _of_ppmd(inner, data, min(left, PIECE_OUT))
        left -= len(out)
        if out:
            yield bytes(out)
        elif not data:
            raise Damaged("the compressed data ends too early")


def ppmd_pieces(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    """What PPMd version I, revision 1 (zip method 98) makes of *pieces*: the first two bytes give order, memory and restoration."""
    import pyppmd

    first = next(pieces, b"")
    if len(first) < 2:
        raise Damaged("PPMd data without its two bytes of parameters")
    (word,) = struct.unpack_from("<H", first)
    order, memory, restore = (word & 15) + 1, ((word >> 4) & 255) + 1, word >> 12
    if order < 2 or memory > 128 or restore > 1:
        raise Unsupported("PPMd parameters beyond what is read here")
    inner = pyppmd.Ppmd8Decoder(max_order=order, mem_size=memory * MEBIBYTE, restore_method=restore)
    left, data = size, first[2:]
    while left > 0:
        out = _of_ppmd(inner, data, min(left, PIECE_OUT))
        left -= len(out)
        if out:
            yield bytes(out)
        data = b"" if not inner.needs_input else next(pieces, b"")
        if not out and not data:
            raise Damaged("the compressed data ends too early")


def _of_ppmd(inner: Any, data: bytes, most: int) -> bytes:
    try:
        out: bytes = inner.decode(data, most)
    except ValueError as error:
        raise Damaged("the compressed data is damaged") from error
    return out


def bzip2_decoder() -> Decoder:
    """A decoder of one bzip2 stream."""
    return bz2.BZ2Decompressor()
