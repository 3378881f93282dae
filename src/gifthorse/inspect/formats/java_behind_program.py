"""A Java program behind a program of the system: started by name it is the one, started by Java it is the other."""

import struct
from typing import Final, NamedTuple

from gifthorse.inspect.item import Item
from gifthorse.inspect.unpack.zip_directory import zip_extent

_MOST_DIRECTORY: Final = 1 << 20
_TAIL: Final = 22 + 0xFFFF
_SEARCHED: Final = 1 << 20
# Programs that are made to start the Java program behind them, by the words in their own part.
_WRAPPERS: Final = (b"launch4j", b"Launch4j", b"JSmooth", b"exe4j", b"install4j", b"JWrapper", b"Jar2Exe", b"WinRun4J", b"jpackage")
_MANIFEST: Final = b"META-INF/MANIFEST.MF"


class JavaBehind(NamedTuple):
    """Where the archive's directory begins, and whether the archive lies behind the program's signature."""

    offset: int
    behind_signature: bool


def java_behind(item: Item) -> JavaBehind | None:
    """The Java program that the program *item* is too; None when there is none, or when it is made to start it and so named.

    Archives of other content behind programs are how those unpack themselves.
    """
    if b"PK\x05\x06" not in item.content.read(max(item.size - _TAIL, 0), _TAIL):
        return None
    extent = zip_extent(item.content)
    if extent is None or extent[0] <= 0:
        return None
    ending = item.content.read(max(extent[1] - _TAIL, 0), min(_TAIL, extent[1]))
    record = ending.rfind(b"PK\x05\x06")
    if record < 0 or record + 22 > len(ending):
        return None
    (length,) = struct.unpack_from("<I", ending, record + 12)
    offset = extent[1] - len(ending) + record - length
    directory = item.content.read(offset, min(length, _MOST_DIRECTORY)) if offset > 0 else b""
    if _MANIFEST not in directory or b".class" not in directory:
        return None
    start = item.content.read(0, min(extent[0], _SEARCHED))
    if item.extension != "jar" and any(word in start for word in _WRAPPERS):
        return None
    return JavaBehind(offset, 0 < signature_end(start) <= extent[0])


def signature_end(head: bytes) -> int:
    """Where the signature of the Windows program that begins with *head* ends; 0 when it has none."""
    if head[:2] != b"MZ" or len(head) < 64:
        return 0
    (header,) = struct.unpack_from("<I", head, 60)
    if head[header : header + 4] != b"PE\0\0" or header + 24 + 152 > len(head):
        return 0
    wide = head[header + 24 : header + 26] == b"\x0b\x02"
    place, length = struct.unpack_from("<II", head, header + 24 + (112 if wide else 96) + 32)
    return int(place) + int(length) if length else 0
