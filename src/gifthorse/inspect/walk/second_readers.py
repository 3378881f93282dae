"""Chooses the second walker for a filesystem."""

from typing import Any

from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.patience import PatientReader
from gifthorse.inspect.walk.raw_exfat import raw_exfat
from gifthorse.inspect.walk.raw_fat import raw_fat
from gifthorse.inspect.walk.second_ext import ExtLook
from gifthorse.inspect.walk.second_fat import FatLook
from gifthorse.inspect.walk.second_hfs import HfsLook
from gifthorse.inspect.walk.second_look import SecondLook
from gifthorse.inspect.walk.second_ntfs import NtfsLook


def second_look(reader: PatientReader, partition: Partition, opened: Any) -> SecondLook:
    """The second walker for the filesystem in *partition*, which the Sleuth Kit has *opened*."""
    kind = partition.filesystem or ""
    if kind == "ntfs":
        return NtfsLook(opened, reader, partition)
    if kind.startswith("ext"):
        return ExtLook(opened, reader, partition)
    if kind.startswith("hfs"):
        return HfsLook(opened, reader, partition)
    volume = raw_exfat(reader, partition.start) if kind == "exfat" else raw_fat(reader, partition.start) if kind.startswith("fat") else None
    return SecondLook() if volume is None else FatLook(volume, partition, reader)
