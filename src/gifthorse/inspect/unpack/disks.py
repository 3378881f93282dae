"""Disk images in a gift: their layout is read and their filesystems walked, just as those of the medium itself."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

import msgspec

from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.layout.reading import read_layout
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.inspect.unpack.members import Damaged, Member, Opened, last_part, unread
from gifthorse.inspect.unpack.slices import Runs
from gifthorse.inspect.unpack.virtual_disks import Blocks, raw_disk
from gifthorse.inspect.walk.entries import DELETED, LINK, SPECIAL, EncryptedVolume, Entry
from gifthorse.inspect.walk.filesystem import Filesystem
from gifthorse.inspect.walk.sleuthkit import open_filesystem
from gifthorse.model.errors import Unreadable
from gifthorse.model.findings import Evidence, Finding
from gifthorse.model.inspections import Reason

DISK_MOST: Final = 16 * 1024 * 1024 * 1024  # reading through the holes of a larger one would take minutes


def disk_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The files of every filesystem in the disk image *item*, deleted ones marked, and what its layout hides."""
    disk = raw_disk(item.content, item.filetype)
    if disk.size > DISK_MOST:
        yield unread(item.path, Reason.BUDGET, f"a disk of {disk.size} bytes; {DISK_MOST} is the limit for one inside another")
        return
    try:
        layout = read_layout(disk)
    except OSError as broken:
        raise Damaged(f"the disk can't be read ({broken.strerror or broken})") from broken
    in_parts = isinstance(disk, Blocks) and disk.goes_on_elsewhere
    if in_parts:
        yield unread(item.path, Reason.UNSUPPORTED, "the disk goes on in further files, which are not read with this one")
    if isinstance(disk, Blocks) and disk.caveat:
        yield unread(item.path, Reason.UNSUPPORTED, disk.caveat)
    for finding in layout.findings if not in_parts else ():
        yield _inside(item, finding)
    if not layout.partitions:
        yield unread(item.path, Reason.UNSUPPORTED, "no filesystem that is known here")
    for partition in layout.partitions:
        shown = f"partition {partition.index + 1}/" if len(layout.partitions) > 1 else ""
        yield from _files(item, budget, disk, partition, shown)


def _files(item: Item, budget: Budget, disk: Content, partition: Partition, shown: str) -> Iterator[Opened]:
    place = f"{item.path} > {shown.rstrip('/')}" if shown else item.path
    try:
        filesystem = open_filesystem(disk, partition)
        for met in chain(filesystem.entries(), _beside_files(item, filesystem)):
            if isinstance(met, Finding):
                yield _inside(item, met)
            elif not (met.folder or {LINK, SPECIAL} & met.attributes or (DELETED in met.attributes and not met.size)):
                budget.member()
                budget.pass_on(met.size)
                yield _member(disk, filesystem, met, shown)
    except EncryptedVolume as locked:
        yield unread(place, Reason.ENCRYPTED, str(locked))
        return
    except Unreadable as broken:
        yield unread(place, Reason.UNSUPPORTED, str(broken))
        return
    except OSError as broken:
        yield unread(place, Reason.UNREADABLE, str(broken))
        return
    for finding in filesystem.findings:
        yield _inside(item, finding)


def _beside_files(item: Item, filesystem: Filesystem) -> Iterator[Entry | Finding]:
    """What no file owns, in an image that is the source itself or lies on the medium as a file; deeper down only files are looked at."""
    if not item.chain:
        yield from filesystem.recovered(lambda: None)


def _member(disk: Content, filesystem: Filesystem, entry: Entry, shown: str) -> Member:
    runs = entry.extents
    content: Content = Runs(disk, runs) if runs is not None else filesystem.content(entry)
    if runs is not None and content.size > entry.size:
        content = Runs(disk, _cut(runs, entry.size))
    return Member(
        untrusted_name=entry.untrusted_name or last_part(entry.path),
        display_name=shown + entry.path,
        content=content,
        attributes=entry.attributes | ({"hidden"} if entry.hidden else set()) | ({DELETED} if entry.deleted else set()),
    )


def _cut(runs: tuple[tuple[int, int], ...], size: int) -> list[tuple[int | None, int]]:
    kept: list[tuple[int | None, int]] = []
    for start, length in runs:
        take = min(length, size)
        kept.append((start, take))
        size -= take
    return kept


def _inside(item: Item, finding: Finding) -> Finding:
    """*finding* about the disk, as a finding about the file that holds it."""
    places = tuple(_moved(item, place) for place in finding.evidence)
    return msgspec.structs.replace(finding, evidence=places)


def _moved(item: Item, place: Evidence) -> Evidence:
    path = f"{item.path} > {place.path}" if place.path else item.path
    offset = place.offset if place.offset is not None or place.path else place.medium_offset
    return msgspec.structs.replace(place, path=path, partition=item.partition, offset=offset, medium_offset=None)
