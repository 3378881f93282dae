"""The header of a 7z archive: where its packed streams lie, how they are coded, and the files that come out of them.

Format: 7zFormat.txt of the LZMA SDK (Igor Pavlov, public domain). Every count is compared with the bytes that are there before a list
of that length is made.
"""

import struct
import zlib
from dataclasses import dataclass, field
from typing import Final

from gifthorse.inspect.unpack.members import Damaged

SIGNATURE: Final = b"7z\xbc\xaf\x27\x1c"
START: Final = struct.Struct("<6s2BIQQI")
HEADER_MOST: Final = 64 * 1024 * 1024
FILES_MOST: Final = 500_000
UNIX_MODE: Final = 0x8000


@dataclass(kw_only=True, slots=True)
class Coder:
    """One step of unpacking."""

    method: bytes
    inputs: int
    outputs: int
    properties: bytes


@dataclass(kw_only=True, slots=True)
class Folder:
    """Coders that together unpack one block; `sizes` are what each coder gives, `binds` (input, output) pairs, `packed` its open inputs."""

    coders: list[Coder]
    binds: list[tuple[int, int]]
    packed: list[int]
    sizes: list[int] = field(default_factory=list)
    checksum: int | None = None
    parts: list[int] = field(default_factory=list)
    checksums: list[int | None] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes that come out of the last coder: the one whose output feeds no other."""
        bound = {output for _input, output in self.binds}
        free = [index for index in range(len(self.sizes)) if index not in bound]
        return self.sizes[free[0]] if free else 0


@dataclass(kw_only=True, slots=True)
class Streams:
    """Where the packed streams begin, their sizes, and the folders that use them in order."""

    position: int = 0
    packed_sizes: list[int] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class File:
    """A file as the header lists it."""

    name: str = ""
    has_stream: bool = True
    is_folder: bool = False
    mode: int = 0


class Reader:
    """Reads the header's numbers and lists; raises Damaged where it runs out of bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        """Bytes not read yet."""
        return len(self._data) - self._at

    def take(self, length: int) -> bytes:
        """The next *length* bytes."""
        if length < 0 or length > self.left:
            raise Damaged("the 7z header ends too early")
        self._at += length
        return self._data[self._at - length : self._at]

    def byte(self) -> int:
        """The next byte."""
        return self.take(1)[0]

    def number(self) -> int:
        """The next number in 7z's form: the leading ones of the first byte tell how many bytes follow."""
        first = self.byte()
        value, mask = 0, 0x80
        for index in range(8):
            if not first & mask:
                return value | (first & (mask - 1)) << (8 * index)
            value |= self.byte() << (8 * index)
            mask >>= 1
        return value

    def count(self) -> int:
        """The next number, which counts things that take at least a bit each."""
        value = self.number()
        if value > FILES_MOST or value > 8 * max(self.left, 1):
            raise Damaged(f"the 7z header counts {value} of something")
        return value

    def bits(self, count: int) -> list[bool]:
        """*count* bits, the highest of each byte first."""
        raw = self.take(-(-count // 8))
        return [bool(raw[index // 8] & (0x80 >> index % 8)) for index in range(count)]

    def flags(self, count: int) -> list[bool]:
        """*count* bits, or all of them set when the first byte says so."""
        return [True] * count if self.byte() else self.bits(count)

    def checksums(self, count: int) -> list[int | None]:
        """CRC-32 for each of *count* things that has one."""
        return [struct.unpack("<I", self.take(4))[0] if there else None for there in self.flags(count)]


def read_start(head: bytes, size: int) -> tuple[int, int, int]:
    """Offset, size and checksum of the header, from the first 32 bytes; raises Damaged."""
    if len(head) < START.size or not head.startswith(SIGNATURE):
        raise Damaged("no 7z signature")
    _mark, _major, _minor, checksum, offset, length, header_checksum = START.unpack(head)
    if zlib.crc32(head[12:32]) != checksum:
        raise Damaged("the 7z start header is broken")
    if length > HEADER_MOST or START.size + offset + length > size:
        raise Damaged("the 7z header lies outside the archive")
    return START.size + offset, length, header_checksum


def read_streams(reader: Reader) -> Streams:
    """A StreamsInfo structure up to its end mark."""
    streams = Streams()
    kind = reader.byte()
    if kind == 0x06:
        _read_packed(reader, streams)
        kind = reader.byte()
    if kind == 0x07:
        _read_folders(reader, streams)
        kind = reader.byte()
    for folder in streams.folders:
        folder.parts, folder.checksums = [folder.size], [folder.checksum]
    if kind == 0x08:
        _read_parts(reader, streams)
        kind = reader.byte()
    if kind != 0:
        raise Damaged(f"mark {kind} where the 7z streams should end")
    return streams


def _read_packed(reader: Reader, streams: Streams) -> None:
    streams.position = reader.number()
    count = reader.count()
    while kind := reader.byte():
        if kind == 0x09:
            streams.packed_sizes = [reader.number() for _ in range(count)]
        elif kind == 0x0A:
            reader.checksums(count)
        else:
            raise Damaged(f"mark {kind} among the packed streams")


def _read_folders(reader: Reader, streams: Streams) -> None:
    if reader.byte() != 0x0B:
        raise Damaged("no folders in the 7z header")
    count = reader.count()
    if reader.byte():
        raise Damaged("folders outside the 7z header")
    streams.folders = [_read_folder(reader) for _ in range(count)]
    while kind := reader.byte():
        if kind == 0x0C:
            for folder in streams.folders:
                folder.sizes = [reader.number() for coder in folder.coders for _output in range(coder.outputs)]
        elif kind == 0x0A:
            for folder, checksum in zip(streams.folders, reader.checksums(count), strict=True):
                folder.checksum = checksum
        else:
            raise Damaged(f"mark {kind} among the folders")


def _read_folder(reader: Reader) -> Folder:
    count = reader.number()
    if not 1 <= count <= 32:
        raise Damaged(f"a folder with {count} coders")
    coders = []
    for _ in range(count):
        flags = reader.byte()
        method = reader.take(flags & 0x0F)
        inputs, outputs = (reader.number(), reader.number()) if flags & 0x10 else (1, 1)
        if inputs > 32 or outputs > 32:
            raise Damaged("a coder with too many streams")
        properties = reader.take(reader.number()) if flags & 0x20 else b""
        coders.append(Coder(method=method, inputs=inputs, outputs=outputs, properties=properties))
    inputs = sum(coder.inputs for coder in coders)
    binds = [(reader.number(), reader.number()) for _ in range(sum(coder.outputs for coder in coders) - 1)]
    open_inputs = inputs - len(binds)
    bound = {one for one, _output in binds}
    packed = [reader.number() for _ in range(open_inputs)] if open_inputs > 1 else [one for one in range(inputs) if one not in bound]
    return Folder(coders=coders, binds=binds, packed=packed)


def _read_parts(reader: Reader, streams: Streams) -> None:
    counts = [1] * len(streams.folders)
    kind = reader.byte()
    if kind == 0x0D:
        counts = [reader.number() for _ in streams.folders]
        if sum(counts) > FILES_MOST:
            raise Damaged(f"{sum(counts)} files in the 7z header")
        kind = reader.byte()
    for folder, count in zip(streams.folders, counts, strict=True):
        sizes = [reader.number() for _ in range(count - 1)] if kind == 0x09 else []
        folder.parts = [*sizes, folder.size - sum(sizes)] if count else []
        if any(size < 0 for size in folder.parts) or len(folder.parts) != count:
            raise Damaged("files larger than their folder")
        folder.checksums = [folder.checksum] if count == 1 else [None] * count
    if kind == 0x09:
        kind = reader.byte()
    while kind:
        if kind != 0x0A:
            raise Damaged(f"mark {kind} among the files' sizes")
        open_ones = [folder for folder in streams.folders if not (len(folder.parts) == 1 and folder.checksum is not None)]
        found = iter(reader.checksums(sum(len(folder.parts) for folder in open_ones)))
        for folder in open_ones:
            folder.checksums = [next(found) for _ in folder.parts]
        kind = reader.byte()


def read_files(reader: Reader) -> list[File]:
    """A FilesInfo structure up to its end mark."""
    files = [File() for _ in range(reader.count())]
    empty: list[bool] = [False] * len(files)
    empty_files: list[bool] = []
    while kind := reader.byte():
        part = Reader(reader.take(reader.number()))
        if kind == 0x0E:
            empty = part.bits(len(files))
        elif kind == 0x0F:
            empty_files = part.bits(sum(empty))
        elif kind == 0x11:
            _read_names(part, files)
        elif kind == 0x15:
            _read_attributes(part, files)
    real = iter(empty_files or [False] * sum(empty))
    for file, without in zip(files, empty, strict=True):
        file.has_stream = not without
        file.is_folder = without and not next(real)
    return files


def _read_names(part: Reader, files: list[File]) -> None:
    if part.byte():
        raise Damaged("names outside the 7z header")
    names = part.take(part.left).decode("utf-16-le", "surrogatepass").split("\x00")
    for file, name in zip(files, names, strict=False):
        # unpaired surrogates would not survive being written; they are shown as they are
        file.name = name


def _read_attributes(part: Reader, files: list[File]) -> None:
    there = part.flags(len(files))
    if part.byte():
        return
    for file, defined in zip(files, there, strict=True):
        if defined:
            (attributes,) = struct.unpack("<I", part.take(4))
            file.mode = attributes >> 16 if attributes & UNIX_MODE else 0
