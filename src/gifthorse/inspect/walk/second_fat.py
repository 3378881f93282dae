"""The second look at FAT and exFAT: every directory entry read from its 32 bytes."""

from collections.abc import Iterator

from gifthorse.inspect.detectors import walk_hidden_from_walker
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.walk.entries import HIDDEN, SECOND_WALKER, Entry, Extents
from gifthorse.inspect.walk.raw import LABEL_BIT, RawEntry, dos_moment, words_of
from gifthorse.inspect.walk.raw_exfat import RawExfat
from gifthorse.inspect.walk.raw_fat import RawFat
from gifthorse.inspect.walk.second_look import SecondLook
from gifthorse.inspect.walk.streams import NO_FLAGS, DosFlags
from gifthorse.model.findings import Finding


class FatLook(SecondLook):
    """FAT and exFAT: every directory entry read from its 32 bytes."""

    def __init__(self, volume: RawFat | RawExfat, partition: Partition) -> None:
        super().__init__()
        self._volume = volume
        self._partition = partition
        self._listing = volume.listing()
        self._odd = {inode for inode, raw in self._listing.entries.items() if raw.after_end or raw.bits & LABEL_BIT}

    def is_file(self, inode: int) -> bool:
        """Whether the entry is no volume label, bitmap or upcase table; labels with content and what no computer lists are ours to tell."""
        return inode not in self._listing.specials and inode not in self._odd

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
