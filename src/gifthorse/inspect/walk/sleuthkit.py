"""Opens a filesystem, with the Sleuth Kit where that reads it well.

Runs only in the confined worker: the Sleuth Kit is C code that parses bytes from outside.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytsk3

from gifthorse.inspect.item import Content
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.filesystems import ENCRYPTED
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.apfs import Apfs
from gifthorse.inspect.walk.contents import FilesystemContent, LyingContent
from gifthorse.inspect.walk.disc import Disc
from gifthorse.inspect.walk.entries import LINK, EncryptedVolume, Entry
from gifthorse.inspect.walk.filesystem import Filesystem
from gifthorse.inspect.walk.listing import Lister
from gifthorse.inspect.walk.own_reading import OwnVolume
from gifthorse.inspect.walk.raw_ext import raw_ext
from gifthorse.inspect.walk.streams import attribute_of
from gifthorse.inspect.walk.udf import Udf
from gifthorse.model.errors import Unreadable
from gifthorse.model.findings import Finding
from gifthorse.model.words import N_

# How the Sleuth Kit calls what the layout recognised; anything else it can't read.
_TYPES: Final[dict[str, int]] = {
    "fat12": pytsk3.TSK_FS_TYPE_FAT12,
    "fat16": pytsk3.TSK_FS_TYPE_FAT16,
    "fat32": pytsk3.TSK_FS_TYPE_FAT32,
    "exfat": pytsk3.TSK_FS_TYPE_EXFAT,
    "ntfs": pytsk3.TSK_FS_TYPE_NTFS,
    "ext2": pytsk3.TSK_FS_TYPE_EXT_DETECT,
    "ext3": pytsk3.TSK_FS_TYPE_EXT_DETECT,
    "ext4": pytsk3.TSK_FS_TYPE_EXT_DETECT,
    "hfs+": pytsk3.TSK_FS_TYPE_HFS,
    "hfsx": pytsk3.TSK_FS_TYPE_HFS,
}
NOT_READ: Final = N_("This version does not read {kind} filesystems. Copy the files out on a computer that does, and inspect the folder.")
LOCKED: Final = N_("The volume is encrypted ({kind}). Ask the giver for the key, unlock a copy, and inspect that.")
BROKEN: Final = N_("The {kind} filesystem can't be opened ({problem}). Copy the medium again; if it stays so, treat it as unknown.")

NO_MEASURES: Final = "its first table states measures that no such volume has"


class _Window(pytsk3.Img_Info):  # type: ignore[misc]
    """A partition as the Sleuth Kit sees it; reads never raise, they come back short."""

    def __init__(self, reader: PatientReader, start: int, length: int) -> None:
        self._reader = reader
        self._start = start
        self._length = length
        super().__init__(url="", type=pytsk3.TSK_IMG_TYPE_EXTERNAL)

    def get_size(self) -> int:
        """Bytes of the partition that exist."""
        return self._length

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset* of the partition."""
        return self._reader.read(self._start + offset, min(length, self._length - offset))

    def close(self) -> None:
        """Nothing to close: the descriptor belongs to somebody else."""


def open_filesystem(medium: Content, partition: Partition) -> Filesystem:
    """The filesystem in *partition*, ready to be listed.

    Raises Unreadable when nothing is recognised or its main structures are broken, EncryptedVolume when a key is needed.
    """
    kind = partition.filesystem or ""
    if kind in ENCRYPTED:
        raise EncryptedVolume(LOCKED.format(kind=kind))
    if kind == "iso9660":
        return Disc(medium, partition)
    if kind == "apfs":
        return Apfs(medium, partition)
    if kind == "udf":
        return Udf(medium, partition)
    if kind not in _TYPES and kind:
        raise Unreadable(NOT_READ.format(kind=kind))
    reader = PatientReader(medium)
    length = max(0, min(partition.length, medium.size - partition.start))
    own = raw_ext(reader, partition) if kind.startswith("ext") else None
    if kind.startswith("ext") and own is None:
        raise Unreadable(BROKEN.format(kind=kind, problem=NO_MEASURES))
    if own is not None and own.misleads():
        return OwnVolume(reader, medium, partition, own)
    try:
        image = _Window(reader, partition.start, length)
        opened = pytsk3.FS_Info(image, type=_TYPES.get(kind, pytsk3.TSK_FS_TYPE_DETECT))
    except (OSError, RuntimeError) as error:
        if own is not None and own.has_root():
            return OwnVolume(reader, medium, partition, own)
        raise Unreadable(BROKEN.format(kind=kind or "?", problem=_first_line(error))) from error
    return SleuthkitFilesystem(medium=medium, reader=reader, partition=partition, image=image, opened=opened)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]


class SleuthkitFilesystem:
    """An open filesystem: `entries()` lists it once, then `findings` holds what was wrong with the listing."""

    def __init__(self, *, medium: Content, reader: PatientReader, partition: Partition, image: Any, opened: Any) -> None:
        self._medium = medium
        self._image = image  # the Sleuth Kit keeps only a pointer to it
        self._opened = opened
        self._lister = Lister(opened=opened, reader=reader, partition=partition)
        self.partition = partition
        self.kind = partition.filesystem or "?"

    @property
    def findings(self) -> list[Finding]:
        """What was wrong, as far as the listing has come."""
        return self._lister.findings

    def entries(self) -> Iterator[Entry]:
        """Every file, folder and stream, those of deleted files that can be recovered included; ends on any medium."""
        return self._lister.entries()

    def recovered(self, alive: Callable[[], None]) -> Iterator[Entry | Finding]:
        """What lies where no file owns the medium; to be asked when `entries()` has ended."""
        return self._lister.recovered(alive)

    def content(self, entry: Entry) -> Content:
        """The bytes of *entry*, which came from `entries()`; reading them may raise OSError, and may end before `entry.size`."""
        if entry.extents is not None:
            return LyingContent(self._medium, entry.size, entry.extents)
        return FilesystemContent(entry.size, _fetcher(self._opened, entry))


def _fetcher(opened: Any, entry: Entry) -> Callable[[int, int], bytes]:
    """Reads of *entry* through the Sleuth Kit; an error there is raised as OSError, and a short answer stays short."""
    held: list[Callable[[int, int], bytes]] = []

    def fetch(offset: int, length: int) -> bytes:
        if not held:
            held.append(_reads(opened.open_meta(entry.inode), entry))
        return held[0](offset, length)

    return fetch


def _reads(file: Any, entry: Entry) -> Callable[[int, int], bytes]:
    if LINK in entry.attributes:
        target = bytes(file.info.meta.link or b"")
        return lambda offset, length: target[offset : offset + length]
    place = attribute_of(file, entry.stream)
    if place is None:
        return lambda _offset, _length: b""
    return lambda offset, length: bytes(file.read_random(offset, length, *place))
