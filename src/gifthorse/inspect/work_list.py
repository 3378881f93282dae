"""What is to be done about a source, in order: its layout, the walk of each filesystem, its files, and what they mean together."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import Final

from gifthorse.inspect.batches import Batches
from gifthorse.inspect.confine.messages import Answer, Target, Task
from gifthorse.inspect.device_folders import device_files
from gifthorse.inspect.gathering import Gathering
from gifthorse.inspect.late_digests import LateDigests, places_digested
from gifthorse.inspect.layout.facts import Partition
from gifthorse.inspect.sources import Source
from gifthorse.inspect.unseen_partitions import unseen_partition
from gifthorse.inspect.walk.folder import Listed, listing, shown_path, shown_whole
from gifthorse.inspect.walk.own_reading import READ_BY_US
from gifthorse.model.findings import Evidence
from gifthorse.model.inspections import NotInspected, Reason, SourceKind
from gifthorse.model.words import N_, phrase

AHEAD: Final = 2000
_WALKS: Final = frozenset({"walk", "walk again"})
Progress = Callable[[str, int, int], None]


class WorkList:
    """Hands tasks to the pool and takes its answers."""

    def __init__(self, source: Source, gathering: Gathering, workers: int, met: Callable[[Target], None] | None = None) -> None:
        """*met* hears of every file that will be examined."""
        self._hears_of_files = met
        self._source = source
        self._gathering = gathering
        self._numbers = count(1)
        self._tasks: deque[Task] = deque()
        self._batches = Batches(workers)
        self._partitions: tuple[Partition, ...] = ()
        self._walking = 0
        self._met: set[int] = set()
        self._late = LateDigests()
        self._listing: Iterator[Listed] | None = None
        self.phase = "items"
        self.known_bytes = 0
        self.examined_bytes = 0
        self._begin()

    def more(self) -> Task | None:
        """The next task, None when there is none for now."""
        if self._tasks:
            return self._tasks.popleft()
        self._list_ahead()
        targets = self._batches.take(more_to_come=self._walking > 0 or self._listing is not None)
        if not targets:
            return None
        self.phase = "items"
        needed = {target.partition for target in targets if target.extents is None}
        partitions = tuple(partition for partition in self._partitions if partition.index in needed)
        return self._task("examine", targets=targets, partitions=partitions)

    def check(self, untrusted_answer: Answer) -> None:
        """Raises Damaged for an answer that no worker of ours gives."""
        self._gathering.check(untrusted_answer)

    def answered(self, task: Task, answer: Answer) -> None:
        """The answer is gathered, and what follows from it is put on the list."""
        self._gathering.take(answer)
        self._late.met(task, answer)
        self._gathering.digested(places_digested(task.targets, answer.digests))
        for target in answer.targets:
            self._meet(target)
        self.examined_bytes += sum(task.targets[position].size for position in answer.answered)
        if answer.partitions:
            self._partitions = answer.partitions
            self._walk_all()
        if answer.done and task.duty in _WALKS:
            self._walking -= 1

    def lost(self, task: Task, target: Target | None, why: str) -> None:
        """A worker was lost over *task*: that is a finding, and what it was to look at was not inspected."""
        partition = target.partition if target else task.partition.index if task.partition else None
        path = target.path if target else ""
        if task.duty in _WALKS:
            self._walk_lost(task)
            path = f"(partition {partition})"
        detail = phrase(N_("Reading it was given up: {why}."), why=why)
        self._gathering.find("parser.crashed", Evidence(path="" if target is None else path, partition=partition), detail=detail)
        self._gathering.miss(NotInspected(path=path, reason=Reason.PARSER_CRASHED, detail=why))
        if target is not None:
            self.examined_bytes += target.size

    def correlate(self) -> None:
        """The last task is on the list: what everything that was met means together."""
        self.phase = "report"
        self._tasks.append(self._task("correlate", seen=tuple(self._gathering.in_order()), partitions=self._partitions))

    def digest_evidence(self) -> None:
        """A task is on the list when findings about the whole medium name files that were not hashed."""
        targets = self._late.named_by(self._gathering.findings())
        if targets:
            self._tasks.append(self._task("digest", targets=targets, partitions=self._partitions))

    def _begin(self) -> None:
        if self._source.is_medium:
            self.phase = "layout"
            self._tasks.append(self._task("layout"))
        elif self._source.size is None and self._source.kind is SourceKind.USB:
            self._tasks.append(self._task("devices", devices=tuple(device_files(self._source.fd, self._source.untrusted_name))))
        elif self._source.kind is SourceKind.FOLDER:
            self._listing = listing(self._source.fd)
        else:
            name = os.fsencode(self._source.untrusted_name)
            self._add(Target(path=shown_whole(name), raw_name=name, size=self._source.size or 0))

    def _task(self, duty: str, **more: object) -> Task:
        return Task(number=next(self._numbers), duty=duty, **more)  # type: ignore[arg-type]

    def _walk_all(self) -> None:
        for partition in self._partitions:
            gap = unseen_partition(partition)
            if gap is not None:
                self._gathering.miss(gap)
                continue
            self.phase = "walk"
            self._walking += 1
            self._tasks.append(self._task("walk", partition=partition))

    def _walk_lost(self, task: Task) -> None:
        """What one reader was lost over is listed by the other, where there is one."""
        again = task.duty == "walk" and task.partition is not None and task.partition.filesystem in READ_BY_US
        if again:
            self._tasks.append(self._task("walk again", partition=task.partition))
        else:
            self._walking -= 1

    def _meet(self, target: Target) -> None:
        """*target* is to be examined, unless a walk that was lost has met it before."""
        name = hash((target.partition, target.path))
        if name not in self._met:
            self._met.add(name)
            self._add(target)

    def _add(self, target: Target) -> None:
        self._batches.add(target)
        if self._hears_of_files is not None:
            self._hears_of_files(target)
        self.known_bytes += target.size

    def _list_ahead(self) -> None:
        """A folder is listed only as far ahead as keeps the workers busy; that it has come to its end is known at once."""
        while self._listing is not None and len(self._batches) < AHEAD:
            listed = list(islice(self._listing, AHEAD))
            if len(listed) < AHEAD:
                self._listing = None
            for entry in listed:
                self._take_listed(entry)

    def _take_listed(self, entry: Listed) -> None:
        path = shown_path(entry.raw_path)
        if entry.trouble is not None:
            where = Evidence(path=path)
            self._gathering.find("walk.unreadable", where, detail=phrase(N_("What happened: {trouble}."), trouble=entry.trouble))
            self._gathering.miss(NotInspected(path=path, reason=Reason.UNREADABLE, detail=entry.trouble))
        elif entry.special:
            self._gathering.miss(
                NotInspected(path=path, reason=Reason.UNSUPPORTED, detail="a pipe, socket or device, which holds no content")
            )
        else:
            self._add(_target(entry, path))


def _target(entry: Listed, path: str) -> Target:
    name = entry.raw_path.rpartition(b"/")[2]
    attributes = [*(("hidden",) if name.startswith(b".") else ()), *(("executable",) if entry.executable else ())]
    return Target(
        path=path,
        raw_name=name,
        raw_path=entry.raw_path,
        size=entry.size,
        attributes=tuple(attributes),
        modified=entry.modified,
        folder=entry.folder,
        link=entry.link,
    )
