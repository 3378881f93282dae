"""A worker as the coordinator sees it: its channel, what it is at, how long it may stay silent, and why it ended."""

import signal
import socket
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Final

from gifthorse.inspect.alarm import allowed_seconds
from gifthorse.inspect.confine.messages import Answer, Damaged, Inbox, Target, Task

SURVEY_SECONDS: Final = 600.0  # what all facts together mean
LEAST_SILENCE: Final = 5.0  # of a layout or a walk, which say four times a second that they go on; usually it is what an item may take
GRACE_SECONDS: Final = 5.0  # the worker's own alarm comes first
MOST_SAID: Final = 512 * 1024 * 1024  # bytes in answer to one task: more is no answer but an attack on the coordinator's memory
OUT_OF_MEMORY_STATUS: Final = 71


@dataclass(kw_only=True)
class Job:
    """A task in the hands of a worker; *alone* when it is one target whose worker was lost before."""

    task: Task
    alone: bool = False
    began: float = field(default_factory=time.monotonic)
    last_word: float = field(default_factory=time.monotonic)
    said: int = 0
    unanswered: set[int] = field(default_factory=set)
    unfinished: list[Answer] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Every target is unanswered."""
        self.unanswered = set(range(len(self.task.targets)))

    def take(self, answer: Answer, length: int) -> list[Answer]:
        """The answers that hold for good now; raises Damaged for one that doesn't fit the task."""
        self.said += length
        if answer.task != self.task.number or not self.unanswered.issuperset(answer.answered) or self.said > MOST_SAID:
            raise Damaged("an answer to no question")
        self.last_word = time.monotonic()
        self.unanswered.difference_update(answer.answered)
        self.unfinished.append(answer)
        if self.task.targets and not answer.answered and not answer.done:
            return []
        settled, self.unfinished = self.unfinished, []
        return settled

    def overdue(self, now: float, item_seconds: float) -> float | None:
        """The seconds that were allowed, when they are over; None while there is time."""
        if self.task.duty != "examine":
            silence = max(LEAST_SILENCE, item_seconds) if self.task.duty in {"layout", "walk", "walk again"} else SURVEY_SECONDS
            return silence if now - self.last_word > silence else None
        sizes = [self.task.targets[position].size for position in self.unanswered]
        longest = allowed_seconds(max(sizes, default=0), item_seconds)
        altogether = sum(allowed_seconds(target.size, item_seconds) for target in self.task.targets)
        late = now - self.last_word > longest + GRACE_SECONDS or now - self.began > altogether + GRACE_SECONDS
        return longest if late else None

    def guilty(self) -> Target | None:
        """The target that it was lost over, when there was but one."""
        return self.task.targets[min(self.unanswered)] if len(self.unanswered) == 1 else None


@dataclass(kw_only=True, eq=False)
class Worker:
    """One confined process."""

    channel: socket.socket
    pid: int | None = None
    inbox: Inbox = field(default_factory=Inbox)
    outbox: deque[memoryview] = field(default_factory=deque)
    job: Job | None = None
    confined: bool = False
    closed: bool = False
    retired: bool = False
    status: int | None = None
    killed_for: str | None = None
    busy_seconds: float = 0.0
    peak_kib: int = 0

    @property
    def is_idle(self) -> bool:
        """Whether it waits for a task."""
        return self.confined and self.job is None and not self.closed and self.killed_for is None

    def why_lost(self) -> str:
        """The end of the sentence "reading it was given up: …"."""
        if self.killed_for is not None:
            return self.killed_for
        if self.status == OUT_OF_MEMORY_STATUS:
            return "its reader ran out of memory"
        if self.status is not None and self.status < 0:
            return f"its reader was ended by {signal.Signals(-self.status).name}"
        return f"its reader ended with status {self.status}"
