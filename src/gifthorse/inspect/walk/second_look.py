"""The second walker: what our own readers of raw entries see, set against what the Sleuth Kit listed."""

from collections.abc import Iterator
from typing import Any

from gifthorse.inspect.detectors import walk_hidden_from_walker
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.entries import HIDDEN, SECOND_WALKER, Entry, Extents
from gifthorse.inspect.walk.raw import LABEL_BIT, RawEntry, dos_moment, words_of
from gifthorse.inspect.walk.raw_exfat import RawExfat, raw_exfat
from gifthorse.inspect.walk.raw_fat import RawFat, raw_fat
from gifthorse.inspect.walk.streams import NO_FLAGS, DosFlags
from gifthorse.model.findings import Finding


class SecondLook:
    """No second look: there is no other reader for this filesystem."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def is_file(self, _inode: int) -> bool:
        """Whether the entry that *inode* counts is a file or folder, and not a label or a table of the filesystem."""
        return True

    def flags(self, _inode: int) -> DosFlags:
        """DOS attributes and time of the entry that *inode* counts."""
        return NO_FLAGS

    def runs(self, _inode: int) -> Extents | None:
        """Where the content lies by our own reading, None when there is none."""
        return None

    def unlisted(self, _listed: set[int]) -> Iterator[tuple[Entry, Finding]]:
        """Entries that are not among *listed*, each with its finding."""
        yield from ()


class FatLook(SecondLook):
    """FAT and exFAT: every directory entry read from its 32 bytes."""

    def __init__(self, volume: RawFat | RawExfat, partition: Partition) -> None:
        super().__init__()
        self._volume = volume
        self._partition = partition
        self._listing = volume.listing()

    def is_file(self, inode: int) -> bool:
        """Whether the entry is no volume label, bitmap or upcase table."""
        return inode not in self._listing.specials

    def flags(self, inode: int) -> DosFlags:
        """Attributes and time as the directory entry has them, a deleted one's too."""
        entry = self._listing.entries.get(inode)
        if entry is not None:
            return DosFlags(entry.attributes, entry.modified)
        slot = self._volume.slot_of(inode)
        if len(slot) < 32:
            return NO_FLAGS
        if isinstance(self._volume, RawExfat):
            time, date = (int.from_bytes(slot[at : at + 2], "little") for at in (12, 14))
            return DosFlags(words_of(slot[4]), dos_moment(date, time))
        time, date = (int.from_bytes(slot[at : at + 2], "little") for at in (22, 24))
        return DosFlags(words_of(slot[11]), dos_moment(date, time))

    def runs(self, inode: int) -> Extents | None:
        """The cluster chain of a live entry."""
        entry = self._listing.entries.get(inode)
        return None if entry is None else self._runs(entry)

    def unlisted(self, listed: set[int]) -> Iterator[tuple[Entry, Finding]]:
        """Live entries that the Sleuth Kit did not list, and those that stand behind the end of their folder."""
        for inode, raw in self._listing.entries.items():
            if inode not in listed:
                entry = self._entry(raw)
                yield entry, walk_hidden_from_walker.unlisted(entry, after_end=raw.after_end, label=bool(raw.bits & LABEL_BIT))

    def _runs(self, raw: RawEntry) -> Extents:
        if isinstance(self._volume, RawExfat):
            return self._volume.extents(raw.cluster, raw.size, contiguous=raw.contiguous)
        return self._volume.extents(raw.cluster, raw.size)

    def _entry(self, raw: RawEntry) -> Entry:
        runs = () if raw.folder else self._runs(raw)
        got = sum(length for _offset, length in runs)
        size = 0 if raw.folder else raw.size
        return Entry(
            partition=self._partition.index,
            path=raw.path,
            untrusted_name=raw.untrusted_name,
            size=size,
            folder=raw.folder,
            hidden=HIDDEN in raw.attributes,
            attributes=raw.attributes | {SECOND_WALKER},
            modified=raw.modified,
            inode=raw.inode,
            extents=runs,
            got=got if got < size else None,
        )


def second_look(reader: PatientReader, partition: Partition, _opened: Any) -> SecondLook:
    """The second walker for the filesystem in *partition*."""
    kind = partition.filesystem or ""
    volume: RawFat | RawExfat | None = None
    if kind == "exfat":
        volume = raw_exfat(reader, partition.start)
    elif kind.startswith("fat"):
        volume = raw_fat(reader, partition.start)
    return SecondLook() if volume is None else FatLook(volume, partition)
