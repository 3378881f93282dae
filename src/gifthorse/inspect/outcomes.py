"""What a worker has to say about its items, gathered and sent in frames, so that the coordinator knows at any time what is finished."""

import resource
import time
from collections import defaultdict
from typing import Final

from gifthorse.inspect.confine.messages import Answer, Part, Target, Told, write_frame
from gifthorse.inspect.facts import Seen
from gifthorse.inspect.safe_copy.facts import Copied
from gifthorse.model.findings import Finding
from gifthorse.model.inspections import NotInspected

FRAME_ENTRIES: Final = 1000
FRAME_SECONDS: Final = 0.25
_FRAME_BYTES: Final = 8 * 1024 * 1024  # of safe copies


class Outcomes:
    """The answer to one task, as it grows. A frame goes out when it is large or old."""

    def __init__(self, channel: int, task: int) -> None:
        self._channel = channel
        self._task = task
        self._last_sent = time.monotonic()
        self._finished: list[int] = []
        self._seen: list[Seen] = []
        self._told: list[Told] = []
        self._not_inspected: list[NotInspected] = []
        self._targets: list[Target] = []
        self._copies: list[Copied] = []
        self._spent_ns: dict[Part, int] = defaultdict(int)

    def spent(self, part: Part, since_ns: int) -> int:
        """The time from *since_ns* until now went into *part*; returns now."""
        now = time.perf_counter_ns()
        self._spent_ns[part] += now - since_ns
        return now

    def seen(self, fact: Seen) -> None:
        """*fact* is part of the answer."""
        self._seen.append(fact)
        self._send_unfinished_when_full()

    def found(self, finding: Finding) -> None:
        """*finding* is part of the answer."""
        self._told.append(
            Told(
                id=finding.id,
                severity=finding.severity,
                confidence=finding.confidence,
                evidence=finding.evidence,
                detail=finding.detail,
            )
        )
        self._send_unfinished_when_full()

    def unseen(self, gap: NotInspected) -> None:
        """*gap* is part of the answer."""
        self._not_inspected.append(gap)
        self._send_unfinished_when_full()

    def copied(self, copy: Copied) -> None:
        """*copy* is part of the answer; a large one goes out at once."""
        if sum(held.size for held in (*self._copies, copy)) > _FRAME_BYTES:
            self._send_unfinished()
        self._copies.append(copy)
        self._send_unfinished_when_full()

    def met(self, target: Target) -> None:
        """*target* was met by a walk and waits to be examined."""
        self._targets.append(target)
        if len(self._targets) >= FRAME_ENTRIES or (len(self._targets) % 50 == 0 and self._is_old()):
            self.send()

    def finished(self, position: int) -> None:
        """The target at *position* is finished: all that was said since the one before belongs to it."""
        self._finished.append(position)
        if self._is_full() or self._is_old():
            self.send()

    def alive(self) -> None:
        """The coordinator hears now and then that the work goes on, and gets what was gathered so far."""
        if self._is_old():
            self._send_unfinished()

    def send(self, *, done: bool = False, **more: object) -> None:
        """What was gathered is on its way."""
        answer = Answer(
            task=self._task,
            done=done,
            answered=tuple(self._finished),
            seen=tuple(self._seen),
            told=tuple(self._told),
            not_inspected=tuple(self._not_inspected),
            targets=tuple(self._targets),
            copies=tuple(self._copies),
            peak_kib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
            spent_us={part: spent // 1000 for part, spent in self._spent_ns.items()},
            **more,  # type: ignore[arg-type]
        )
        write_frame(self._channel, answer)
        self._last_sent = time.monotonic()
        self._clear()

    def _send_unfinished_when_full(self) -> None:
        """A large container is reported in parts; which targets are finished is told with the frame that ends one."""
        if self._is_full():
            self._send_unfinished()

    def _send_unfinished(self) -> None:
        finished, self._finished = self._finished, []
        self.send()
        self._finished = finished

    def _is_full(self) -> bool:
        return len(self._seen) + len(self._told) + len(self._not_inspected) >= FRAME_ENTRIES

    def _is_old(self) -> bool:
        return time.monotonic() - self._last_sent > FRAME_SECONDS

    def _clear(self) -> None:
        for gathered in (self._finished, self._seen, self._told, self._not_inspected, self._targets, self._copies):
            gathered.clear()
        self._spent_ns.clear()
