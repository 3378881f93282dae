"""The second look at FAT and exFAT: every directory entry read from its 32 bytes."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.detectors import layout_backup_differs, walk_hidden_from_walker, walk_unreadable
from gifthorse.inspect.layout.boot_sectors import ExfatShape
from gifthorse.inspect.layout.facts import Partition, Space
from gifthorse.inspect.layout.gathering import Gathered
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.entries import DELETED, HIDDEN, SECOND_WALKER, Entry, Extents
from gifthorse.inspect.walk.grounds import Ground, GroundKind, marks_of_bits, placed, zero_runs
from gifthorse.inspect.walk.letters import strange_letters
from gifthorse.inspect.walk.raw import LABEL_BIT, RawEntry, dos_moment, words_of
from gifthorse.inspect.walk.raw_exfat import RawExfat
from gifthorse.inspect.walk.raw_fat import RawFat, orphans_in
from gifthorse.inspect.walk.second_look import SecondLook
from gifthorse.inspect.walk.streams import NO_FLAGS, DosFlags
from gifthorse.model.findings import Finding, Severity
from gifthorse.model.words import N_, Phrase, phrase

ORPHAN_FOLDER: Final = "$OrphanFolder"
_TABLE_PIECE: Final = 1024 * 1024
_SLOT: Final = 32
_RESTS_MOST: Final = 100_000
_LOW_NIBBLES: Final = bytes(range(16))
CLUSTERS_MOST: Final = 1 << 24
_INVERTED: Final = b"\1" + bytes(255)
BEYOND: Final = N_("Free space was looked at in the first {looked} of {count} clusters; deleted programs behind them would not be seen.")


class FatLook(SecondLook):
    """FAT and exFAT: every directory entry read from its 32 bytes."""

    def __init__(self, volume: RawFat | RawExfat, partition: Partition, reader: PatientReader) -> None:
        super().__init__()
        self._reader = reader
        self._medium_size = reader.size
        self._data_at = volume.cluster_at(2)
        room = max(0, min(partition.end, reader.size) - self._data_at)
        there = min(volume.shape.clusters, -(-room // volume.cluster_bytes))
        self._clusters = min(there, CLUSTERS_MOST)
        self._beyond = there - self._clusters
        self._owned = bytearray(self._clusters)
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

    def entries(self) -> Iterator[Entry]:
        """Every live entry by our own reading."""
        return (self._entry(raw) for raw in self._listing.entries.values())

    def unlisted(self, listed: set[int]) -> Iterator[tuple[Entry, Finding]]:
        """Live entries that the Sleuth Kit did not list, and those that stand behind the end of their folder."""
        for inode, raw in self._listing.entries.items():
            if inode not in listed:
                entry = self._entry(raw)
                yield entry, walk_hidden_from_walker.unlisted(entry, after_end=raw.after_end, label=bool(raw.bits & LABEL_BIT))

    def unit(self) -> tuple[int, int] | None:
        """Clusters are counted from the second on, behind the tables."""
        return self._data_at, self._volume.cluster_bytes

    def claim(self, entry: Entry) -> None:
        """*entry* is live, so its clusters are its own."""
        for start, length in entry.extents or ():
            self._own(start, length)

    def _own(self, start: int, length: int) -> None:
        first = (start - self._data_at) // self._volume.cluster_bytes
        last = min(-(-(start + length - self._data_at) // self._volume.cluster_bytes), len(self._owned))
        if 0 <= first < last:
            self._owned[first:last] = b"\1" * (last - first)

    def ends(self) -> Iterator[int]:
        """Where exFAT's map of used clusters and its table of letters end."""
        if isinstance(self._volume, RawExfat):
            yield from (sum(runs[-1]) for runs in self._volume.tables() if runs)

    def grounds(self) -> Iterator[Ground]:
        """Clusters that the table (exFAT: the map) calls free, those that it calls bad, and those in use that no file leads to."""
        self._tell_limits()
        unit = self._volume.cluster_bytes
        most = min(self._partition.end, self._medium_size)
        used = b"".join(self._used()).ljust(self._clusters, b"\1")
        yield Ground(kind=GroundKind.FREE, unit=unit, runs=placed(zero_runs([used]), unit=unit, start=self._data_at, most=most))
        bad = bytearray(b"\1") * self._clusters
        for cluster in self._volume.table.bad(self._clusters):
            bad[cluster - 2] = 0
        yield Ground(kind=GroundKind.BAD, unit=unit, runs=placed(zero_runs([bytes(bad)]), unit=unit, start=self._data_at, most=most))
        self._own_folders()
        free = int.from_bytes(used.translate(_INVERTED), "little") | int.from_bytes(bad.translate(_INVERTED), "little")
        marks = (free | int.from_bytes(self._owned, "little")).to_bytes(self._clusters, "little")
        yield Ground(kind=GroundKind.UNCLAIMED, unit=unit, runs=placed(zero_runs([marks]), unit=unit, start=self._data_at, most=most))

    def _tell_limits(self) -> None:
        """What this look leaves out is a finding: the listing's own limit, and clusters beyond what is held in memory."""
        if self._listing.stopped is not None:
            self._leave_out(phrase(walk_unreadable.LIMIT, count=len(self._listing.entries)), None)
        if self._beyond:
            self._leave_out(phrase(BEYOND, looked=self._clusters, count=self._clusters + self._beyond), Severity.LOW)

    def _leave_out(self, detail: Phrase, severity: Severity | None) -> None:
        self.findings.append(walk_unreadable.unreadable_at("", partition=self._partition.index, detail=detail, severity=severity))

    def copies(self) -> Iterator[Finding]:
        """A finding for each further copy of the table that leads elsewhere than the first; the marks before cluster 2 may differ."""
        shape = self._volume.shape
        if isinstance(shape, ExfatShape):
            return
        first = self._partition.start + shape.reserved * shape.sector_size
        length = shape.table_sectors * shape.sector_size
        for copy in range(1, shape.copies):
            differing = [at for at in range(0, length, _TABLE_PIECE) if self._differs(first, copy * length, at, length)]
            if differing:
                count = sum(self._differing_bytes(first, copy * length, at, length) for at in differing)
                yield layout_backup_differs.table_copy(first + copy * length, length, partition=self._partition.index, count=count)

    def rests(self) -> Iterator[Space]:
        """What stands behind the ends of folders, in the table of letters, and in the bits of FAT32's table that say nothing."""
        gathered = Gathered(self._reader, self._partition)
        told = {self._volume.place_of(inode) for inode, raw in self._listing.entries.items() if raw.after_end}
        for place in self._listing.rests[:_RESTS_MOST]:
            if place not in told:
                gathered.add(place, _SLOT)
        if isinstance(self._volume, RawExfat):
            runs = self._volume.letters()
            table = b"".join(self._reader.read(start, length) for start, length in runs)
            for at, length in strange_letters(table) if len(runs) == 1 else ():
                gathered.note(table[at : at + length], runs[0][0] + at)
        else:
            self._spare_bits(gathered)
        yield from self.space_of(gathered)

    def _spare_bits(self, gathered: Gathered) -> None:
        """The four highest bits of each word of a FAT32 table, where some are set."""
        shape = self._volume.shape
        if isinstance(shape, ExfatShape) or shape.bits != 32:
            return
        first = self._partition.start + shape.reserved * shape.sector_size
        length = min(4 * (self._clusters + 2), shape.table_sectors * shape.sector_size)
        for at in range(0, length, _TABLE_PIECE):
            highest = self._reader.read(first + at, min(_TABLE_PIECE, length - at))[3::4]
            highest = bytes(2) + highest[2:] if at == 0 else highest
            spare = highest.translate(None, _LOW_NIBBLES)
            if spare:
                gathered.note(spare, first + at + 4 * highest.find(spare[:1]) + 3)

    def _pair(self, first: int, behind: int, at: int, length: int) -> tuple[bytes, bytes]:
        skipped = 8 if at == 0 else 0
        size = min(_TABLE_PIECE, length - at) - skipped
        return self._reader.read(first + at + skipped, size), self._reader.read(first + behind + at + skipped, size)

    def _differs(self, first: int, behind: int, at: int, length: int) -> bool:
        one, other = self._pair(first, behind, at, length)
        return one != other

    def _differing_bytes(self, first: int, behind: int, at: int, length: int) -> int:
        one, other = self._pair(first, behind, at, length)
        size = min(len(one), len(other))
        mixed = int.from_bytes(one[:size], "little") ^ int.from_bytes(other[:size], "little")
        return size - mixed.to_bytes(size, "little").count(0)

    def _used(self) -> Iterator[bytes]:
        if isinstance(self._volume, RawExfat):
            pieces = (self._reader.read(start, length) for start, length in self._volume.bitmap())
            return (piece[: self._clusters] for piece in [b"".join(marks_of_bits(pieces))])
        return self._volume.table.used(self._clusters)

    def _own_folders(self) -> None:
        """What folders, the root and (on exFAT) the map and the table of letters take is owned too."""
        root = self._volume.special_runs() if isinstance(self._volume, RawExfat) else self._volume.root_runs()
        for start, length in root:
            self._own(start, length)
        for raw in self._listing.entries.values():
            if raw.folder:
                for start, length in self._volume.folder_runs(raw):
                    self._own(start, length)

    def folder_at(self, offset: int, piece: bytes) -> Iterator[Entry]:
        """Files named by a folder that nothing leads to any more: one of a volume that was formatted again, or whose parent is gone."""
        if isinstance(self._volume, RawExfat):
            return
        for raw in orphans_in(piece, f"{ORPHAN_FOLDER}/{offset}"):
            start = self._volume.cluster_at(raw.cluster)
            room = self._partition.end - start
            if not raw.folder and 2 <= raw.cluster < self._clusters + 2 and 0 < raw.size <= room:
                yield Entry(
                    partition=self._partition.index,
                    path=raw.path,
                    untrusted_name=raw.untrusted_name,
                    size=raw.size,
                    deleted=True,
                    hidden=HIDDEN in raw.attributes,
                    attributes=raw.attributes | {DELETED},
                    modified=raw.modified,
                    inode=raw.inode,
                    extents=((start, raw.size),),
                )

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
