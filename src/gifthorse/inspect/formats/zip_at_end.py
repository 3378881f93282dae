"""A zip archive that closes a file of another kind, told by its end record and directory alone."""

import re
import struct
from typing import Final, NamedTuple

from gifthorse.inspect.item import Content

_TAIL: Final = 22 + 0xFFFF
_MOST_DIRECTORY: Final = 1 << 20
_PADDING: Final = 64
_RUN_NAMES: Final = re.compile(
    rb"\.(?:exe|scr|dll|lnk|vbs|js|jse|hta|bat|cmd|ps1|msi|class|jar|com|wsf|iso)(?=PK\x01\x02|[\x00-\x1fU\xfe\xca]|\Z)", re.IGNORECASE
)


class ZipAtEnd(NamedTuple):
    """Where the archive's directory begins, and whether it names programs."""

    offset: int
    brings_programs: bool


def zip_at_end(content: Content, *, more_may_follow: bool = False) -> ZipAtEnd | None:
    """The archive whose end record closes the file and whose directory is where it says (with or without counting what stands before it).

    When *more_may_follow*, one that brings programs counts also if less than 64 KiB of something else stand behind it, where tools look.
    """
    ending = content.read(max(content.size - _TAIL, 0), _TAIL)
    at = ending.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(ending):
        return None
    count, length, start, comment = struct.unpack_from("<HIIH", ending, at + 10)
    followed = at + 22 + comment < len(ending) - _PADDING
    if count == 0 or (followed and not more_may_follow):
        return None
    before = content.size - len(ending) + at - length
    directory = content.read(before, min(length, _MOST_DIRECTORY)) if before >= 0 else b""
    if not directory.startswith(b"PK\x01\x02"):
        directory = content.read(start, min(length, _MOST_DIRECTORY))
        before = start
    if not directory.startswith(b"PK\x01\x02"):
        return None
    runs = names_programs(directory) or b".class" in directory
    return None if followed and not runs else ZipAtEnd(before, runs)


def names_programs(directory: bytes) -> bool:
    """Whether a member that the zip *directory* lists has the name of something that runs."""
    return _RUN_NAMES.search(directory) is not None
