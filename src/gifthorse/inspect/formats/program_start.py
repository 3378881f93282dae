"""The beginning of a program in a file that is no whole program: cut off, damaged, or with its headers wiped to be mended later."""

import struct
from typing import Final

from gifthorse.inspect.filetypes import PROGRAMS, FileType
from gifthorse.inspect.item import Item

_STARTS: Final = (
    (b"MZ", "Windows"),
    (b"\x7fELF", "Linux"),
    (b"\xfe\xed\xfa\xce", "macOS"),
    (b"\xfe\xed\xfa\xcf", "macOS"),
    (b"\xce\xfa\xed\xfe", "macOS"),
    (b"\xcf\xfa\xed\xfe", "macOS"),
)
# Under these names people keep anything that is text, and text may begin with the letters MZ.
_TEXT_NAMES: Final = frozenset({"txt", "csv", "log", "md", "xml", "json", "tex", "ics", "vcf", "htm", "html", "eml", "rtf", "doc", "dot"})
UNKNOWN: Final = frozenset({FileType.DATA, FileType.TEXT, FileType.INI, FileType.JSON, FileType.SCRIPT})
_ELF_HEADER: Final = 52


def program_start(item: Item) -> str | None:
    """The system whose programs begin as *item* does although nothing whole follows, or None."""
    if item.filetype not in UNKNOWN or (item.filetype is not FileType.DATA and item.extension in _TEXT_NAMES):
        return None
    return next((system for sign, system in _STARTS if item.head.startswith(sign)), None)


def is_whole(item: Item) -> bool:
    """Whether the program *item* has a header that makes sense to the end."""
    head = item.head
    if item.filetype is FileType.ELF:
        return len(head) >= _ELF_HEADER and head[4] in {1, 2} and head[5] in {1, 2} and _kind(head) in {1, 2, 3, 4}
    if item.filetype is FileType.PE:
        start = int(struct.unpack_from("<I", head, 0x3C)[0])
        return start + 24 <= item.size
    return item.filetype in PROGRAMS and item.size >= 28


def _kind(head: bytes) -> int:
    return int(struct.unpack_from("<H" if head[5] == 1 else ">H", head, 16)[0])
