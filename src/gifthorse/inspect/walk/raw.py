"""What our own readers of raw directory entries share: the entry as it stands on the medium."""

from datetime import UTC, datetime
from typing import Final

import msgspec

from gifthorse.inspect.walk.entries import HIDDEN, SYSTEM, Extents

READ_ONLY_BIT: Final = 0x01
HIDDEN_BIT: Final = 0x02
SYSTEM_BIT: Final = 0x04
LABEL_BIT: Final = 0x08
FOLDER_BIT: Final = 0x10
ENTRIES_LIMIT: Final = 4_000_000
FOLDERS_LIMIT: Final = 500_000
DEPTH_LIMIT: Final = 200
FOLDER_BYTES: Final = 64 * 1024 * 1024


class RawEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One live directory entry. `inode` counts as the Sleuth Kit does: by the place of the entry on the volume.

    `after_end` when it stands behind the mark that ends its folder, where no computer looks.
    """

    inode: int
    path: str
    untrusted_name: str
    bits: int
    cluster: int
    size: int
    modified: float | None
    contiguous: bool = False
    after_end: bool = False

    @property
    def folder(self) -> bool:
        """Whether it names a folder."""
        return bool(self.bits & FOLDER_BIT)

    @property
    def attributes(self) -> frozenset[str]:
        """The words for its attribute bits."""
        return words_of(self.bits)


class Listing(msgspec.Struct, kw_only=True):
    """What a raw reader found: entries by inode, the places of entries that are no files, and what stopped it, in words.

    `rests` are the bytes of the medium where slots of folders are filled that no computer reads, behind the ends of folders above all.
    """

    entries: dict[int, RawEntry]
    specials: set[int]
    stopped: str | None = None
    rests: list[int] = msgspec.field(default_factory=list)


_WORDS: Final = {bits: frozenset(word for bit, word in ((HIDDEN_BIT, HIDDEN), (SYSTEM_BIT, SYSTEM)) if bits & bit) for bits in range(8)}


def words_of(bits: int) -> frozenset[str]:
    """The words for DOS attribute bits."""
    return _WORDS[bits & 7]


def dos_moment(date: int, time: int) -> float | None:
    """Unix time of a FAT date and time (taken as UTC), None when they state none."""
    if date == 0:
        return None
    try:
        moment = datetime(
            1980 + (date >> 9),
            date >> 5 & 15,
            date & 31,
            min(time >> 11, 23),
            min(time >> 5 & 63, 59),
            min((time & 31) * 2, 59),
            tzinfo=UTC,
        )
    except ValueError:
        return None
    return moment.timestamp()


def merged(runs: list[tuple[int, int]]) -> Extents:
    """*runs* with neighbours that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, length in runs:
        if joined and joined[-1][0] + joined[-1][1] == start:
            joined[-1] = (joined[-1][0], joined[-1][1] + length)
        else:
            joined.append((start, length))
    return tuple(joined)


def cut(runs: Extents, size: int) -> Extents:
    """The first *size* bytes of *runs*."""
    kept = []
    for start, length in runs:
        if size <= 0:
            break
        kept.append((start, min(length, size)))
        size -= length
    return tuple(kept)
