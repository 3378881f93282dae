"""Objects embedded in documents: the packager's wrapping of any file ([MS-OLEDS] 2.3.6), OLE 1 objects (2.2.4) and raw packages."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gifthorse.inspect.documents.compound import SIGNATURE, CompoundFile
from gifthorse.inspect.documents.damage import DamagedDocument

MOST_OBJECTS: Final = 500
NATIVE: Final = "\x01ole10native"
_WHOLE_FILES: Final = frozenset({"package", "contents", "embeddedodf"})
MOST_NAME: Final = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Embedded:
    """A file inside a document: its name as written there (empty when it has none), its bytes, and the stream it lies in."""

    untrusted_name: str
    content: bytes
    place: str


def embedded_in(compound: CompoundFile) -> Iterator[Embedded]:
    """The files that *compound* embeds whole; raises nothing, what can't be read is passed over by `unreadable_in`."""
    for path in object_streams(compound):
        try:
            stream = compound.read(path)
        except DamagedDocument:
            continue
        if path[-1].lower().startswith(NATIVE):
            packaged = unpackaged(stream[4:])
            yield Embedded(untrusted_name=packaged[0], content=packaged[1], place="/".join(path))
        elif stream:
            yield Embedded(untrusted_name="", content=stream, place="/".join(path))


def object_streams(compound: CompoundFile) -> list[tuple[str, ...]]:
    """The streams that hold a whole file each."""
    native = [path for path in compound.streams if path[-1].lower().startswith(NATIVE)]
    whole = [path for path in compound.streams if path[-1].lower() in _WHOLE_FILES and compound.streams[path]]
    return (native + whole)[:MOST_OBJECTS]


def unpackaged(wrapping: bytes) -> tuple[str, bytes]:
    """Name and bytes of the file in the packager's *wrapping*; the wrapping itself without a name when it holds none."""
    try:
        return _unpackaged(wrapping)
    except (struct.error, ValueError):
        return "", wrapping


def _unpackaged(wrapping: bytes) -> tuple[str, bytes]:
    if struct.unpack_from("<H", wrapping)[0] != 2:
        raise ValueError("no packager's mark")
    label, at = _string(wrapping, 2)
    path, at = _string(wrapping, at)
    _unknown, kind, length = struct.unpack_from("<HHI", wrapping, at)
    if kind != 3:  # 1 is a link: the path is all there is
        return path or label, b""
    at += 8 + length
    size = struct.unpack_from("<I", wrapping, at)[0]
    return label or path, wrapping[at + 4 : at + 4 + size]


def _string(wrapping: bytes, at: int) -> tuple[str, int]:
    end = wrapping.index(b"\0", at, at + MOST_NAME)
    return wrapping[at:end].decode("cp1252", "replace"), end + 1


def ole1_object(content: bytes) -> tuple[str, bytes]:
    """Class and native bytes of an OLE 1 embedded object, as RTF holds it; class "" and all bytes when it is no such object."""
    try:
        format_id = struct.unpack_from("<I", content, 4)[0]
        class_name, at = _counted(content, 8)
        if format_id != 2:
            return class_name, b""
        _topic, at = _counted(content, at)
        _part, at = _counted(content, at)
        size = struct.unpack_from("<I", content, at)[0]
    except (struct.error, ValueError):
        start = content.find(SIGNATURE)
        return "", content[start:] if start >= 0 else content
    return class_name, content[at + 4 : at + 4 + size]


def _counted(content: bytes, at: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", content, at)[0]
    if length > MOST_NAME:
        raise ValueError("no counted string")
    return content[at + 4 : at + 4 + length].rstrip(b"\0").decode("latin-1"), at + 4 + length
