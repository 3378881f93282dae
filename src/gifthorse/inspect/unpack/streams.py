"""Files that are one compressed stream: gzip, bzip2, xz, lzma, zstd; several streams in a row are one content, as their tools read them.

gzip: RFC 1952. zstd frames and skippable frames: RFC 8878. xz: the format description of XZ Utils (stream padding is zeros by four).
"""

import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from gifthorse.inspect.detectors.type_appended_data import behind_streams
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.payload import named
from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.unpack import codecs
from gifthorse.inspect.unpack.budgets import Budget, Meter, TooMuchHeld, in_words
from gifthorse.inspect.unpack.members import PIECE, Damaged, Opened, Unsupported, display, gathered, member, unread
from gifthorse.inspect.unpack.slices import Slice
from gifthorse.inspect.unpack.tar_stream import Flowing, is_tar, streamed_tar_members
from gifthorse.model.inspections import Reason

SKIPPABLE_ZSTD: Final = (0x184D2A50, 0x184D2A5F)
SHORTER: Final = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".tzst": ".tar", ".svgz": ".svg", ".emz": ".emf"}
ENDINGS: Final = (".gz", ".bz2", ".xz", ".lzma", ".zst", ".zstd", ".z")
STARTS: Final = {
    FileType.GZIP: (b"\x1f\x8b",),
    FileType.BZIP2: (b"BZh",),
    FileType.XZ: (b"\xfd7zXZ\x00",),
    FileType.LZMA: (),
    FileType.ZSTD: (b"\x28\xb5\x2f\xfd", *(bytes((low, 0x2A, 0x4D, 0x18)) for low in range(0x50, 0x60))),
}
DECODERS: Final[dict[FileType, Callable[[], codecs.Decoder]]] = {
    FileType.GZIP: lambda: codecs.Inflate(zlib.MAX_WBITS | 16),
    FileType.BZIP2: codecs.bzip2_decoder,
    FileType.XZ: lambda: codecs.xz_decoder(lzma.FORMAT_XZ),
    FileType.LZMA: lambda: codecs.xz_decoder(lzma.FORMAT_ALONE),
    FileType.ZSTD: codecs.zstd_decoder,
}


def stream_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The one content of a compressed file, and what was appended behind its last stream.

    A compressed tar too large to be held is read while it streams: its members come out in its place.
    """
    budget.member()
    streams = Streams(item.content, item.filetype, budget)
    name = inner_name(item)
    try:
        content, damage = gathered(streams.pieces(), budget, streams.meter)
    except Unsupported as why:
        yield unread(f"{item.path} > {display(name)}", Reason.UNSUPPORTED, str(why))
        return
    except TooMuchHeld as over:
        yield from _streamed(item, name, budget, over)
        return
    if damage:
        yield unread(f"{item.path} > {display(name)}", Reason.UNREADABLE, damage)
    if content.size or not damage:
        yield member(name, content)
    if streams.appended is not None:
        budget.member()
        carried = named(item.content.read(streams.appended, 512))
        if carried is not None:
            yield behind_streams(item, streams.appended, carried)
        yield member("(behind the compressed data)", Slice(item.content, streams.appended, item.size - streams.appended), {"appended"})


def _streamed(item: Item, name: str, budget: Budget, over: TooMuchHeld) -> Iterator[Opened]:
    streams = Streams(item.content, item.filetype, budget)
    flowing = Flowing(streams.meter.giving(streams.pieces()))
    if not is_tar(flowing.read(0, 512)):
        yield unread(f"{item.path} > {display(name)}", Reason.BUDGET, in_words(over))
        return
    yield from streamed_tar_members(item, name, flowing, budget)


def inner_name(item: Item) -> str:
    """What the content is called: the container's name without the ending that says how it is compressed."""
    name = item.untrusted_name
    lowered = name.lower()
    for ending, instead in SHORTER.items():
        if lowered.endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)] + instead
    for ending in ENDINGS:
        if lowered.endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return "content"


class Streams:
    """Reads stream after stream; `appended` is where bytes begin that belong to none, once all is read."""

    def __init__(self, content: Content, filetype: FileType, budget: Budget) -> None:
        self.meter = Meter(budget)
        self._content = content
        self._starts = STARTS[filetype]
        self._new = DECODERS[filetype]
        self._at = 0
        self.appended: int | None = None

    def pieces(self) -> Iterator[bytes]:
        """All that comes out of the streams in order."""
        if not self._content.size:
            raise Damaged("there is nothing in it")
        while self._at < self._content.size:
            if self._skip():
                continue
            decoder = self._new()
            yield from codecs.decoded(self.meter.taking(self._input()), decoder)
            self._at -= len(decoder.unused_data)
            if not self._another():
                return

    def _input(self) -> Iterator[bytes]:
        while True:
            piece = self._content.read(self._at, PIECE)
            if not piece:
                return
            self._at += len(piece)
            yield piece

    def _another(self) -> bool:
        """Whether another stream follows, behind padding of zeros or not; else notes what was appended, if anything was."""
        while piece := self._content.read(self._at, PIECE):
            rest = piece.lstrip(b"\x00")
            self._at += len(piece) - len(rest)
            if rest:
                break
        if self._at >= self._content.size:
            return False
        if self._starts and self._content.read(self._at, 8).startswith(self._starts):
            return True
        self.appended = self._at
        return False

    def _skip(self) -> bool:
        head = self._content.read(self._at, 8)
        mark = int.from_bytes(head[:4], "little")
        if len(head) == 8 and SKIPPABLE_ZSTD[0] <= mark <= SKIPPABLE_ZSTD[1]:
            self._at += 8 + int.from_bytes(head[4:], "little")
            return True
        return False
