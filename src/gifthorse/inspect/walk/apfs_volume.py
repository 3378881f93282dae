"""One volume of an Apple File System container: its files by number, with where their bytes lie."""

import struct
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

import msgspec

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.item import Content
from gifthorse.inspect.unpack.lzvn import lzvn
from gifthorse.inspect.unpack.slices import Runs
from gifthorse.inspect.walk.apfs_records import (
    COMPRESSED,
    FOLDER_MODE,
    INODE,
    KIND_OF_MODE,
    LINK_MODE,
    NAME,
    RUN,
    XATTR,
    Attribute,
    FileRecord,
    VolumeRecord,
    attribute_of,
    file_of,
    kind_of,
    name_of,
    run_of,
)
from gifthorse.inspect.walk.apfs_tree import FileTree, ObjectMap, object_number

ROOT: Final = 2
_RUNS_LIMIT: Final = 200_000
_UNFOLDED_MOST: Final = 64 * 1024 * 1024
_LINK: Final = "com.apple.fs.symlink"
_FOLDED: Final = "com.apple.decmpfs"
_LEAST_ATTRIBUTE: Final = 512  # shorter ones are colours, dates and where a file came from
_FORK: Final = "com.apple.ResourceFork"
# As it is, zlib, or LZVN, each in the attribute itself or in the resource fork: xnu's decmpfs.h. 11 and 12 are LZFSE, which is not read.
_PLAIN: Final = frozenset({1})
_IN_ATTRIBUTE, _IN_FORK, _LZVN_IN_ATTRIBUTE, _LZVN_IN_FORK = 3, 4, 7, 8
_CHUNK: Final = 65536
_AS_IT_IS: Final = 0x06
Pieces = tuple[tuple[int | None, int], ...]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What the volume keeps of one object."""

    file: FileRecord
    pieces: Pieces
    attributes: tuple[Attribute, ...]
    names: tuple[tuple[str, int], ...]

    @property
    def folder(self) -> bool:
        """Whether it is a folder."""
        return self.file.mode & KIND_OF_MODE == FOLDER_MODE

    @property
    def folded(self) -> bool:
        """Whether the filesystem keeps the content compressed."""
        return bool(self.file.flags & COMPRESSED) and self.attribute(_FOLDED) is not None

    @property
    def link(self) -> bytes | None:
        """What a symbolic link leads to."""
        target = self.attribute(_LINK) if self.file.mode & KIND_OF_MODE == LINK_MODE else None
        return None if target is None or target.inline is None else target.inline.removesuffix(b"\0")

    def attribute(self, name: str) -> Attribute | None:
        """Its extended attribute *name*."""
        return next((one for one in self.attributes if one.untrusted_name == name), None)

    def streams(self) -> Iterator[Attribute]:
        """Attributes that are so long that they can carry something, as a listing of the folder does not show."""
        long = (one for one in self.attributes if one.inline is None or len(one.inline) >= _LEAST_ATTRIBUTE)
        kept = {_LINK, _FOLDED, *((_FORK,) if self.folded else ())}
        return (one for one in long if one.untrusted_name not in kept)

    def forks(self) -> Iterator[Attribute]:
        """All attributes with runs of their own, that of a compressed file's content too."""
        return (one for one in self.attributes if one.inline is None)


class ApfsVolume:
    """The volume that *record* describes; *read* gives a block by its number, *medium* and *start* say where blocks lie."""

    def __init__(self, record: VolumeRecord, read: Callable[[int], bytes], *, state: int, medium: Content, start: int, block: int) -> None:
        self.name = record.name
        self.snapshots = record.snapshots
        self._hashed = record.hashed_names
        self._medium = medium
        self._start = start
        self._block = block
        place = _itself if record.root_is_block else ObjectMap(read, record.map_block, state)
        self.tree = FileTree(read, place, record.root)

    def found(self, number: int) -> Found | None:
        """Object *number*, None when the volume keeps none."""
        file: FileRecord | None = None
        attributes: list[Attribute] = []
        names: list[tuple[str, int]] = []
        runs: list[tuple[int, int, int]] = []
        for key, value in self.tree.of(number):
            kind = kind_of(key)
            if kind == INODE:
                file = file_of(value)
            elif kind == XATTR and (attribute := attribute_of(key, value)) is not None:
                attributes.append(attribute)
            elif kind == NAME and (name := name_of(key, value, hashed=self._hashed)) is not None:
                names.append(name)
            elif kind == RUN and (run := run_of(key, value)) is not None and len(runs) < _RUNS_LIMIT:
                runs.append(run)
        if file is None:
            return None
        pieces = self._pieces(runs, file.size) if file.data == number else self._pieces_of(file.data, file.size)
        return Found(file=file, pieces=pieces, attributes=tuple(attributes), names=tuple(names))

    def numbers(self) -> Iterator[int]:
        """The number of every file and folder, whether a folder names it or not."""
        for leaf in self.tree.leaves():
            yield from (object_number(key) for key in leaf.keys if kind_of(key) == INODE)

    def stream(self, attribute: Attribute) -> Pieces:
        """Where the bytes of *attribute* lie."""
        return self._pieces_of(attribute.data, attribute.size)

    def unfolded(self, found: Found) -> Content | None:
        """The content of a compressed file; None in a compression that isn't read here, or when it is broken."""
        head = found.attribute(_FOLDED)
        body = b"" if head is None or head.inline is None else head.inline
        if len(body) < 16 or body[:4] != b"fpmc":
            return None
        method, size = struct.unpack_from("<IQ", body, 4)
        if size > _UNFOLDED_MOST:
            return None
        fork = found.attribute(_FORK)
        packed = b"" if fork is None else self._bytes(fork)
        if method in _PLAIN:
            plain = body[16 : 16 + size]
        elif method == _IN_ATTRIBUTE:
            plain = _inflated(body[16:], size)
        elif method == _LZVN_IN_ATTRIBUTE:
            plain = _by_lzvn(body[16:], size)
        elif method == _IN_FORK:
            plain = _from_fork(packed, size)
        elif method == _LZVN_IN_FORK:
            plain = _lzvn_from_fork(packed, size)
        else:
            return None
        return MemoryContent(plain) if len(plain) == size else None

    def _bytes(self, attribute: Attribute) -> bytes:
        if attribute.inline is not None:
            return attribute.inline
        return Runs(self._medium, self.stream(attribute)).read(0, min(attribute.size, _UNFOLDED_MOST))

    def _pieces_of(self, data: int, size: int) -> Pieces:
        found = ((key, value) for key, value in self.tree.of(data) if kind_of(key) == RUN)
        runs = [run for key, value in found if (run := run_of(key, value)) is not None]
        return self._pieces(runs[:_RUNS_LIMIT], size)

    def _pieces(self, runs: list[tuple[int, int, int]], size: int) -> Pieces:
        """*runs* in order up to *size*, holes where none is kept."""
        pieces: list[tuple[int | None, int]] = []
        at = 0
        for offset, length, block in sorted(runs):
            if offset < at or at >= size:
                continue
            if offset > at:
                pieces.append((None, min(offset, size) - at))
            taken = max(0, min(length, size - offset))
            pieces.append((self._start + block * self._block if block else None, taken))
            at = offset + length
        return tuple(piece for piece in pieces if piece[1] > 0)


def _itself(number: int) -> int:
    """In a sealed volume nodes are named by their blocks."""
    return number


def _inflated(body: bytes, size: int) -> bytes:
    if body[:1] == b"\xff":
        return body[1 : size + 1]
    try:
        return zlib.decompressobj().decompress(body, size)
    except zlib.error:
        return b""


def _by_lzvn(body: bytes, size: int) -> bytes:
    return body[1 : size + 1] if body[:1] == bytes([_AS_IT_IS]) else lzvn(body, size)


def _lzvn_from_fork(fork: bytes, size: int) -> bytes:
    """The chunks of 64 KiB that lie between the places which stand at the fork's start."""
    count = -(-size // _CHUNK)
    if len(fork) < 4 * (count + 1):
        return b""
    places = struct.unpack_from(f"<{count + 1}I", fork)
    out = bytearray()
    for start, end in pairwise(places):
        out += _by_lzvn(fork[start:end], min(_CHUNK, size - len(out)))
    return bytes(out)


def _from_fork(fork: bytes, size: int) -> bytes:
    """The chunks that a resource fork lists, each inflated by itself."""
    if len(fork) < 4:
        return b""
    at = int.from_bytes(fork[:4], "big") + 4
    count = int.from_bytes(fork[at : at + 4], "little")
    out = bytearray()
    for number in range(min(count, size // 65536 + 1)):
        place = fork[at + 4 + 8 * number : at + 12 + 8 * number]
        if len(place) < 8:
            break
        offset, length = struct.unpack("<II", place)
        out += _inflated(fork[at + offset : at + offset + length], min(65536, size - len(out)))
    return bytes(out)
