"""Files waiting to be examined, cut into tasks: large ones first and alone, small ones together, in smaller portions towards the end.

A worker process costs milliseconds to ask and microseconds to feed, so small files go two hundred at a time; and the last portions are
small, so that no core waits long for another.
"""

import heapq
from collections import deque
from typing import Final

from gifthorse.inspect.confine.messages import Target

BATCH_BYTES: Final = 4 * 1024 * 1024
BATCH_FILES: Final = 200
FEWEST_FILES: Final = 8
PORTIONS_PER_WORKER: Final = 4


class Batches:
    """The files that wait, for *workers* workers."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._large: list[tuple[int, int, Target]] = []
        self._small: deque[Target] = deque()
        self._count = 0

    def __len__(self) -> int:
        """How many files wait."""
        return len(self._large) + len(self._small)

    def add(self, target: Target) -> None:
        """*target* waits."""
        self._count += 1
        if target.size >= BATCH_BYTES:
            heapq.heappush(self._large, (-target.size, self._count, target))
        else:
            self._small.append(target)

    def take(self, *, more_to_come: bool) -> tuple[Target, ...]:
        """The next portion; empty when nothing waits, or too little to be worth asking while there is *more_to_come*."""
        if self._large:
            return (heapq.heappop(self._large)[2],)
        if more_to_come and len(self._small) < BATCH_FILES:
            return ()
        return self._portion(BATCH_FILES if more_to_come else self._fair_share())

    def _fair_share(self) -> int:
        return min(BATCH_FILES, max(FEWEST_FILES, len(self._small) // (PORTIONS_PER_WORKER * self._workers)))

    def _portion(self, files: int) -> tuple[Target, ...]:
        portion: list[Target] = []
        total = 0
        while self._small and len(portion) < files and total < BATCH_BYTES:
            target = self._small.popleft()
            portion.append(target)
            total += target.size
        return tuple(portion)
