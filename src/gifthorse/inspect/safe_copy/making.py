"""The safe copy as a whole: the source is gone through once more by confined workers, which now decode instead of looking."""

import os
from collections.abc import Callable
from contextlib import ExitStack

from gifthorse.inspect.confine.messages import Answer, Damaged, Purpose, Setup, Target, Task
from gifthorse.inspect.confine.parent import Parent
from gifthorse.inspect.confine.pool import Pool
from gifthorse.inspect.gathering import Gathering
from gifthorse.inspect.safe_copy.checks import NotPlain, checked
from gifthorse.inspect.safe_copy.writing import Manifest, SafeFolder, dangerous_places
from gifthorse.inspect.sources import Source
from gifthorse.inspect.work_list import WorkList
from gifthorse.model.inspections import Inspection, SourceKind


class CopyList(WorkList):
    """The work list of an inspection, whose answers are copies."""

    def __init__(self, source: Source, gathering: Gathering, workers: int, folder: SafeFolder) -> None:
        super().__init__(source, gathering, workers)
        self._folder = folder

    def check(self, untrusted_answer: Answer) -> None:
        """Raises Damaged for an answer that no worker of ours gives."""
        super().check(untrusted_answer)
        try:
            for copy in untrusted_answer.copies:
                checked(copy)
        except NotPlain as error:
            raise Damaged(str(error)) from error

    def answered(self, task: Task, answer: Answer) -> None:
        """The copies of the answer lie in the folder."""
        super().answered(task, answer)
        for copy in answer.copies:
            self._folder.take(copy)

    def lost(self, task: Task, target: Target | None, why: str) -> None:
        """What a worker was lost over is left out."""
        super().lost(task, target, why)
        if target is not None:
            self._folder.leave_out(target.path, target.partition, None, f"reading it was given up: {why}")


def make_safe_copy(
    source: Source,
    path: str,
    inspection: Inspection,
    *,
    workers: int | None = None,
    passwords: tuple[str, ...] = (),
    should_stop: Callable[[], bool] = lambda: False,
) -> Manifest:
    """The folder at *path* (new or empty) holds a harmless copy of what *source* says, and a manifest of everything in it.

    *inspection* is that of the same source: text in which it found something is left out. Raises NotConfined, Interrupted.
    """
    folder = SafeFolder(path, dangerous_places(inspection))
    with ExitStack() as stack:
        parent = Parent(purpose=Purpose.SAFE_COPY)
        stack.callback(parent.end)
        gathering = Gathering(parent.kinds())
        setup = Setup(
            kind=source.kind,
            size=source.size or 0,
            item_seconds=120.0,
            passwords=passwords,
            safe_copy=True,
            further_sizes=tuple(further.size for further in source.further),
            relative_sizes=tuple(relative.size for relative in source.relatives),
        )
        several = source.is_medium or source.kind is SourceKind.FOLDER
        count = (workers or len(os.sched_getaffinity(0))) if several else 1
        pool = Pool(parent, source.fd, setup, count, further=source.descriptors)
        stack.callback(pool.close)
        pool.run(CopyList(source, gathering, count, folder), should_stop)
    gaps = gathering.coverage(0, 0).not_inspected
    return folder.finish(inspection, gaps)
