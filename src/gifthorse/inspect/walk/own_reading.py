"""Lists a filesystem without the Sleuth Kit, for when that has failed or waited for ever on it."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.item import Content
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.entries import Entry
from gifthorse.inspect.walk.raw_exfat import raw_exfat
from gifthorse.inspect.walk.raw_ext import raw_ext
from gifthorse.inspect.walk.raw_fat import raw_fat
from gifthorse.inspect.walk.second_fat import FatLook

READ_BY_US: Final = frozenset({"fat12", "fat16", "fat32", "exfat", "ext2", "ext3", "ext4"})


def own_entries(medium: Content, partition: Partition) -> Iterator[Entry]:
    """Every live file and folder in *partition* that our own readers list; none for a filesystem that they don't know."""
    reader = PatientReader(medium)
    kind = partition.filesystem or ""
    if kind.startswith("ext"):
        volume = raw_ext(reader, partition)
        yield from () if volume is None else volume.entries()
        return
    fat = raw_exfat(reader, partition.start) if kind == "exfat" else raw_fat(reader, partition.start) if kind in READ_BY_US else None
    if fat is not None:
        yield from FatLook(fat, partition, reader).entries()
