"""One file, folder or stream that a filesystem names, and how names from outside are shown."""

from typing import Final

import msgspec

from gifthorse.model.errors import Unreadable

Extents = tuple[tuple[int, int], ...]

HIDDEN: Final = "hidden"
SYSTEM: Final = "system"
DELETED: Final = "deleted"
EXECUTABLE: Final = "executable"
STREAM: Final = "stream"
LINK: Final = "link"
SPECIAL: Final = "special"
ENCRYPTED: Final = "encrypted"
SECOND_WALKER: Final = "second-walker"


class EncryptedVolume(Unreadable):
    """The volume is encrypted: its files can't be listed without the key."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    r"""One thing that a filesystem names.

    `path` is the display form (undecodable bytes as ``\xNN``), `untrusted_name` its last part with surrogate escapes. `extents` are
    (absolute offset on the medium, length) runs that hold the content in order, or None when it has to be read through the filesystem
    (compressed, sparse, resident). `stream` names an alternate data stream. `attributes` are words of this module. `modified` is a Unix
    time (FAT keeps local time: taken as UTC). `got` is how many bytes
    the filesystem's own lists account for, when that is less than `size`.
    `target` is what a symbolic link points to.
    """

    partition: int
    path: str
    untrusted_name: str
    size: int
    folder: bool = False
    deleted: bool = False
    hidden: bool = False
    attributes: frozenset[str] = frozenset()
    modified: float | None = None
    inode: int | None = None
    stream: str | None = None
    extents: Extents | None = None
    got: int | None = None
    target: str | None = None


def decoded(untrusted_bytes: bytes) -> str:
    """The name as text, undecodable bytes as surrogate escapes."""
    return untrusted_bytes.decode("utf-8", "surrogateescape")


def displayed(untrusted_name: str) -> str:
    r"""The name as part of a path: undecodable bytes as ``\xNN``, and a slash in a name as ``\x2F``."""
    if untrusted_name.isascii() and "/" not in untrusted_name and untrusted_name:
        return untrusted_name
    shown = "".join(f"\\x{ord(letter) - 0xDC00:02X}" if 0xDC80 <= ord(letter) <= 0xDCFF else letter for letter in untrusted_name)
    return shown.replace("/", "\\x2F") or "\\x00"


def joined(folder: str, untrusted_name: str) -> str:
    """The display path of a name in *folder* (empty for the root)."""
    part = displayed(untrusted_name)
    return f"{folder}/{part}" if folder else part
