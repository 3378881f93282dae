"""Which partition tables a medium has, which of them a computer goes by, and the partitions that follow from all of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from gifthorse.inspect.layout import apple, gpt, mbr
from gifthorse.inspect.layout.facts import Partition, Slot, Table, Trait, Volume
from gifthorse.inspect.layout.filesystems import recognise, recognise_beside
from gifthorse.inspect.layout.patience import PatientReader

WHOLE_MEDIUM: Final = "none"
_OPTICAL: Final = frozenset({"iso9660", "udf"})
_ALWAYS_HIDDEN: Final = frozenset(
    {Trait.HIDDEN_TYPE, Trait.HIDDEN_ATTRIBUTE, Trait.NO_DRIVE_LETTER, Trait.FOUND_IN_GAP, Trait.SECOND_TABLE, Trait.BACKUP_ONLY}
)


@dataclass(kw_only=True)
class Tables:
    """The filesystem that begins the medium itself, and the tables, the one that computers go by first."""

    at_start: Volume | None
    tables: list[Table]
    scheme: str


def find_tables(reader: PatientReader) -> Tables:
    """All tables of the medium and the scheme that a computer would go by."""
    at_start = recognise(reader, 0)
    sector_table = _boot_record(reader)
    guid_table = gpt.read_gpt(reader)
    apple_table = apple.read_apple_map(reader)
    protective = sector_table is not None and any(slot.type == "0xEE" for slot in sector_table.slots)
    starts_itself = at_start is not None and (at_start.kind in _OPTICAL or sector_table is None)
    boot_sector = at_start is not None and at_start.kind.startswith(("fat", "exfat", "ntfs", "bitlocker", "refs"))
    candidates = [table for table in (guid_table, sector_table, apple_table) if table is not None]
    if starts_itself or boot_sector:
        return Tables(at_start=at_start, tables=candidates, scheme=WHOLE_MEDIUM)
    if guid_table is not None and not protective and sector_table is not None:
        candidates = [table for table in (sector_table, guid_table, apple_table) if table is not None]
    scheme = candidates[0].scheme if candidates else WHOLE_MEDIUM
    return Tables(at_start=at_start, tables=candidates, scheme=scheme)


def _boot_record(reader: PatientReader) -> Table | None:
    """The boot record, in sectors of 4096 bytes when only then filesystems begin where it says."""
    usual = mbr.read_mbr(reader)
    if usual is None or _recognised(reader, usual):
        return usual
    wide = mbr.read_mbr(reader, 4096)
    return wide if wide is not None and _recognised(reader, wide) else usual


def _recognised(reader: PatientReader, table: Table) -> bool:
    return any(slot.start and recognise(reader, slot.start, slot.length) is not None for slot in table.slots)


def partitions_of(reader: PatientReader, found: Tables) -> list[Partition]:
    """Every partition that any table names and the filesystem of a medium without one, each once, numbered from 0."""
    partitions: list[Partition] = []
    if found.scheme == WHOLE_MEDIUM and found.at_start is not None:
        partitions.append(_whole(reader, found.at_start))
    for table in found.tables:
        second = table.scheme != found.scheme
        for slot in table.slots:
            if not _is_named_already(slot, partitions):
                partition = _partition(reader, slot, len(partitions), second=second, over=found.at_start)
                if partition is not None:
                    partitions.append(partition)
    return [*partitions, *_beside(reader, partitions)]


def _beside(reader: PatientReader, partitions: Sequence[Partition]) -> Iterator[Partition]:
    """The filesystems that begin where another one does, each as a partition of its own."""
    index = len(partitions)
    for partition in partitions:
        if partition.filesystem is None:
            continue
        first = Volume(kind=partition.filesystem, length=partition.volume_length)
        for volume in recognise_beside(reader, partition.start, partition.length, first):
            if not any(known.start == partition.start and known.filesystem == volume.kind for known in partitions):
                traits = partition.traits | {Trait.BESIDE}
                found = {"index": index, "filesystem": volume.kind, "volume_length": volume.length, "traits": traits}
                yield msgspec.structs.replace(partition, **found)
                index += 1


def named_twice(found: Tables, partitions: Sequence[Partition]) -> tuple[int, ...]:
    """The partitions, by index, that two entries of one table begin with; the backup of a table names them again by right."""
    twins = set()
    for table in found.tables:
        starts = Counter(slot.start for slot in table.slots if slot.length > 0 and slot.start and Trait.BACKUP_ONLY not in slot.traits)
        twins |= {start for start, count in starts.items() if count > 1}
    return tuple(one.index for one in partitions if one.start in twins and Trait.BESIDE not in one.traits)


def _whole(reader: PatientReader, volume: Volume) -> Partition:
    return Partition(
        index=0,
        start=0,
        length=reader.size,
        scheme=WHOLE_MEDIUM,
        type="",
        name="",
        hidden=False,
        filesystem=volume.kind,
        volume_length=volume.length,
    )


def _is_named_already(slot: Slot, partitions: Sequence[Partition]) -> bool:
    return any(slot.start == known.start and (slot.length == known.length or known.filesystem is not None) for known in partitions)


def _partition(reader: PatientReader, slot: Slot, index: int, *, second: bool, over: Volume | None) -> Partition | None:
    """The partition of one table entry; None for entries that stand for the table itself or for the filesystem around them."""
    if slot.type == "0xEE" or slot.length <= 0:
        return None
    volume = recognise(reader, slot.start, slot.length) if slot.start else None
    if second and volume is None:
        return (
            None  # an entry of a table that nobody goes by, with nothing recognised there: left over, or boot code that looks like a table
        )
    if over is not None and volume is None and over.length is not None and slot.start < over.length:
        return None  # hybrid images name parts of themselves
    optical = over is not None and over.kind in _OPTICAL
    traits = slot.traits | ({Trait.SECOND_TABLE} if second and not optical else set())
    return Partition(
        index=index,
        start=slot.start,
        length=slot.length,
        scheme=slot.scheme,
        type=slot.type,
        name=slot.name,
        hidden=bool(traits & _ALWAYS_HIDDEN),
        filesystem=None if volume is None else volume.kind,
        volume_length=None if volume is None else volume.length,
        traits=frozenset(traits),
    )


def found_in_gaps(reader: PatientReader, candidates: Iterable[tuple[int, int]], first_index: int) -> Iterator[Partition]:
    """Filesystems at *candidates*, as (start, end of the stretch), that no table names; one inside another is not counted."""
    reach = -1
    for start, end in sorted(candidates):
        volume = recognise(reader, start, end - start) if start >= reach else None
        if volume is None or (volume.length is not None and not 0 < volume.length <= reader.size - start):
            continue
        length = end - start if volume.length is None else min(volume.length, end - start)
        yield Partition(
            index=first_index,
            start=start,
            length=length,
            scheme=WHOLE_MEDIUM,
            type="",
            name="",
            hidden=True,
            filesystem=volume.kind,
            volume_length=volume.length,
            traits=frozenset({Trait.FOUND_IN_GAP}),
        )
        first_index += 1
        reach = start + length
