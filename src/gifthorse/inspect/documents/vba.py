"""Visual Basic projects ([MS-OVBA]): where they lie, and the source text of their modules."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gifthorse.inspect.documents.compound import CompoundFile, Path
from gifthorse.inspect.documents.damage import DamagedDocument

MOST_MODULE_BYTES: Final = 4 << 20
MOST_PROJECT_BYTES: Final = 16 << 20
MOST_MODULES: Final = 2_000
# A module with no statement at all still has a compiled part of 1-2 KiB; far more than that came from code.
COMPILED_WITHOUT_CODE: Final = 6 << 10

_CONTAINER_OF_SOURCE: Final = re.compile(rb"\x01..\x00Attribut", re.DOTALL)
_NO_CODE: Final = re.compile(r"^\s*(?:Attribute\s|Option\s|VERSION\s|BEGIN\b|END\s*$|'|Rem\s|#(?:If|Else|End)|\w+ = -?\d|$)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Module:
    """One module: its name, source text, and the bytes of compiled code before the source."""

    name: str
    source: str
    compiled_bytes: int

    @property
    def statements(self) -> int:
        """Lines that are neither declarations of the module itself, nor comments, nor blank."""
        return sum(1 for line in self.source.splitlines() if not _NO_CODE.match(line))

    @property
    def source_removed(self) -> bool:
        """Compiled code without the source it came from ("VBA stomping"): office runs the compiled code."""
        return not self.statements and self.compiled_bytes > COMPILED_WITHOUT_CODE


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """One project; `storage` is where it lies in the compound file."""

    storage: Path
    modules: tuple[Module, ...]

    @property
    def source(self) -> str:
        """The text of all modules."""
        return "\n".join(module.source for module in self.modules)


def projects_in(compound: CompoundFile) -> list[Project]:
    """All projects of *compound*, also those of documents embedded in it."""
    return [Project(storage=path[:-1], modules=tuple(modules_in(compound, path[:-1]))) for path in compound.find("VBA", "dir")]


def modules_in(compound: CompoundFile, storage: Path) -> Iterator[Module]:
    """The modules of the project whose VBA storage is *storage*; what the directory stream misses is looked for by its form."""
    offsets = module_offsets(compound, (*storage, "dir"))
    read = 0
    for path in [path for path in compound.streams if path[:-1] == storage][:MOST_MODULES]:
        name = path[-1]
        if name.lower() in {"dir", "_vba_project"} or name.lower().startswith("__srp_"):
            continue
        try:
            stream = compound.read(path)
        except DamagedDocument:
            continue
        module = module_from(name, stream, offsets.get(name.lower()))
        yield module
        read += len(module.source)
        if read > MOST_PROJECT_BYTES:
            return


def module_from(name: str, stream: bytes, offset: int | None) -> Module:
    """The module in *stream*, whose source begins at *offset* or, if that is not so, where its form says."""
    source = source_at(stream, offset) if offset is not None else b""
    if not source:
        found = _CONTAINER_OF_SOURCE.search(stream)
        offset = found.start() if found else len(stream)
        source = source_at(stream, offset)
    return Module(name=name, source=source.decode("latin-1"), compiled_bytes=min(offset or 0, len(stream)))


def source_at(stream: bytes, offset: int) -> bytes:
    """The decompressed text at *offset*; empty when there is none."""
    try:
        return decompress(stream[offset:])
    except DamagedDocument:
        return b""


def module_offsets(compound: CompoundFile, directory: Path) -> dict[str, int]:
    """Where the source begins in each module's stream, by the stream's name in lower case ([MS-OVBA] 2.3.4.2)."""
    try:
        records = decompress(compound.read(directory))
    except DamagedDocument:
        return {}
    offsets: dict[str, int] = {}
    stream_name = ""
    for kind, body in directory_records(records):
        if kind == 0x001A:  # MODULESTREAMNAME
            stream_name = body.decode("latin-1").lower()
        elif kind == 0x0032:  # its Unicode form wins
            stream_name = body.decode("utf-16-le", "replace").lower()
        elif kind == 0x0031 and len(body) == 4:  # MODULEOFFSET
            offsets[stream_name] = struct.unpack("<I", body)[0]
    return offsets


def directory_records(records: bytes) -> Iterator[tuple[int, bytes]]:
    """Id and body of each record of a decompressed directory stream."""
    at = 0
    while at + 6 <= len(records):
        kind, length = struct.unpack_from("<HI", records, at)
        if kind == 0x0009:  # PROJECTVERSION states 4 but carries 6 bytes
            length = 6
        yield kind, records[at + 6 : at + 6 + length]
        at += 6 + length


def decompress(container: bytes) -> bytes:
    """The content of a compressed container ([MS-OVBA] 2.4.1); raises DamagedDocument when it isn't one."""
    if not container or container[0] != 0x01:
        raise DamagedDocument("no compressed container")
    out = bytearray()
    at = 1
    while at + 2 <= len(container) and len(out) < MOST_MODULE_BYTES:
        header = struct.unpack_from("<H", container, at)[0]
        if (header >> 12) & 0b111 != 0b011:
            break
        end = min(at + (header & 0x0FFF) + 3, len(container))
        if header & 0x8000:
            _decompress_chunk(container, at + 2, end, out)
        else:
            out += container[at + 2 : at + 2 + 4096]
        at = end
    return bytes(out)


def _decompress_chunk(container: bytes, at: int, end: int, out: bytearray) -> None:
    start = len(out)
    while at < end:
        flags = container[at]
        at += 1
        for bit in range(8):
            if at >= end or len(out) - start >= 4096:
                break
            if not flags >> bit & 1:
                out.append(container[at])
                at += 1
                continue
            if at + 2 > end:
                return
            _copy(struct.unpack_from("<H", container, at)[0], start, out)
            at += 2


def _copy(token: int, start: int, out: bytearray) -> None:
    """Repeats earlier bytes as the copy *token* says; how its bits are split depends on the position in the chunk (2.4.1.3.19)."""
    done = len(out) - start
    offset_bits = max((done - 1).bit_length(), 4)
    length = (token & (0xFFFF >> offset_bits)) + 3
    distance = (token >> (16 - offset_bits)) + 1
    if distance > done:
        raise DamagedDocument("a copy from before the chunk")
    length = min(length, 4096 - done)
    piece = bytes(out[-distance:]) * (length // distance + 1)
    out += piece[:length]
