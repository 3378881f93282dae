"""The filesystems of a medium, opened once per worker: walked into targets, and targets read back through them."""

import os
from collections.abc import Callable, Iterator

from gifthorse.inspect.confine.messages import Target
from gifthorse.inspect.content import ExtentContent
from gifthorse.inspect.item import Content
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.walk.entries import Entry
from gifthorse.inspect.walk.filesystem import Filesystem
from gifthorse.inspect.walk.own_reading import own_entries
from gifthorse.inspect.walk.sleuthkit import open_filesystem
from gifthorse.model.findings import Finding


class Volumes:
    """Filesystems of the medium behind *fd*, whose content as a whole is *medium*."""

    def __init__(self, fd: int, medium: Content) -> None:
        self._fd = fd
        self._medium = medium
        self._opened: dict[int, Filesystem] = {}

    def walk(self, partition: Partition, alive: Callable[[], None]) -> Iterator[Target | Finding]:
        """Everything in the filesystem of *partition*, what its reader found, then what lies in free space, which can take long: *alive* is
        called while it does. Raises Unreadable when nothing is recognised.
        """
        filesystem = self._filesystem(partition)
        for entry in filesystem.entries():
            yield target_of(entry)
        yield from filesystem.findings
        for met in filesystem.recovered(alive):
            yield target_of(met) if isinstance(met, Entry) else met

    def walk_again(self, partition: Partition) -> Iterator[Target]:
        """Everything that our own reader lists in *partition*, whose usual reader was lost over it."""
        return (target_of(entry) for entry in own_entries(self._medium, partition))

    def content(self, target: Target, partitions: dict[int, Partition]) -> Content:
        """The content of *target*: by its runs on the medium where they are known, else through its filesystem."""
        if target.extents is not None:
            return ExtentContent(self._fd, target.size, target.extents)
        assert target.partition is not None
        return self._filesystem(partitions[target.partition]).content(entry_of(target))

    def _filesystem(self, partition: Partition) -> Filesystem:
        if partition.index not in self._opened:
            self._opened[partition.index] = open_filesystem(self._medium, partition)
        return self._opened[partition.index]


def target_of(entry: Entry) -> Target:
    """*entry* as it crosses to the coordinator and to the worker that examines it."""
    marks = {"deleted": entry.deleted, "hidden": entry.hidden, "stream": entry.stream is not None}
    return Target(
        path=entry.path,
        raw_name=os.fsencode(entry.untrusted_name),
        size=entry.size,
        partition=entry.partition,
        extents=entry.extents,
        attributes=tuple(sorted({*entry.attributes, *(mark for mark, holds in marks.items() if holds)})),
        modified=entry.modified,
        inode=entry.inode,
        stream=entry.stream,
        folder=entry.folder,
        got=entry.got,
    )


def entry_of(target: Target) -> Entry:
    """The entry that *target* was made of."""
    assert target.partition is not None
    return Entry(
        partition=target.partition,
        path=target.path,
        untrusted_name=os.fsdecode(target.raw_name),
        size=target.size,
        folder=target.folder,
        deleted="deleted" in target.attributes,
        hidden="hidden" in target.attributes,
        attributes=frozenset(target.attributes),
        modified=target.modified,
        inode=target.inode,
        stream=target.stream,
        extents=target.extents,
        got=target.got,
    )
