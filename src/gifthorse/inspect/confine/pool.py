"""Workers kept busy: tasks go out, answers come in, and a worker that crashes or hangs costs one item and nothing else.

A batch whose worker is lost is done again item by item in a fresh worker; the item that loses its worker again is the guilty one.
What a lost worker had said about items that it had not finished is dropped when they are done again, and kept when they are not.
"""

import selectors
import socket
import time
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

import msgspec

from gifthorse.inspect.confine.messages import Answer, Damaged, Held, Setup, Target, Task, decoded_answer, framed
from gifthorse.inspect.confine.parent import Parent
from gifthorse.inspect.confine.worker_seen import Job, Worker
from gifthorse.model.errors import GifthorseError, Interrupted, NotConfined
from gifthorse.model.words import N_

ALL_CONFINEMENTS: Final = ("no_new_privs", "rlimits", "landlock", "seccomp")
_LOOK_UP_S: Final = 0.1
_RETIRE_AFTER_S: Final = 900.0
_RETIRE_ABOVE_KIB: Final = 450 * 1024
_READ_AT_ONCE: Final = 1 << 20
_HARD_TIMEOUTS_FORGIVEN: Final = 4
_LEAST_SECONDS: Final = 5.0


class Listener(Protocol):
    """Who hands out the work and hears the answers."""

    def check(self, untrusted_answer: Answer) -> None:
        """Raises Damaged for an answer that no worker of ours gives."""

    def answered(self, task: Task, answer: Answer) -> None:
        """A part of the answer to *task* that will not be taken back."""

    def lost(self, task: Task, target: Target | None, why: str) -> None:
        """A worker was lost over *task*, by *target* when it was examining; *why* ends "reading it was given up: …"."""

    def more(self) -> Task | None:
        """The next task, None when there is none for now."""


class Pool:
    """Confined workers on one source."""

    def __init__(
        self, parent: Parent, source: int, setup: Setup, count: int, *, require_confinement: bool = False, further: tuple[int, ...] = ()
    ) -> None:
        self._parent = parent
        self._source = source
        self._further = further
        self._setup = setup
        self._count = count
        self._require = require_confinement
        self._workers: list[Worker] = []
        self._unborn: deque[Worker] = deque()
        self._again: deque[Job] = deque()
        self._hard_timeouts = 0
        self._selector = selectors.DefaultSelector()
        self._selector.register(parent.control, selectors.EVENT_READ, None)
        self.confinement: set[str] = set(ALL_CONFINEMENTS)

    def run(self, listener: Listener, should_stop: Callable[[], bool]) -> None:
        """All work that *listener* has is done; raises Interrupted when *should_stop* says so."""
        while True:
            if should_stop():
                raise Interrupted(N_("Stopped. Nothing was kept."))
            self._hand_out(listener)
            if not self._again and all(worker.job is None for worker in self._workers):
                return
            for key, events in self._selector.select(_LOOK_UP_S):
                self._attend(key.data, events, listener)
            self._watch_the_clock()

    def close(self) -> None:
        """No channel is open any more; the workers end by that."""
        for worker in self._workers:
            worker.channel.close()
        self._workers.clear()
        self._selector.close()

    def _hand_out(self, listener: Listener) -> None:
        """Every idle worker has a task, as long as there are tasks; lost and retired workers are replaced when there are."""
        for worker in [worker for worker in self._workers if worker.is_idle]:
            job = self._next_job(listener)
            if job is None:
                return
            self._assign(worker, job)
        missing = self._count - sum(not worker.closed for worker in self._workers)
        for _ in range(missing):
            job = self._next_job(listener)
            if job is None:
                return
            self._assign(self._hire(), job)

    def _next_job(self, listener: Listener) -> Job | None:
        if self._again:
            return self._again.popleft()
        task = listener.more()
        return None if task is None else Job(task=task)

    def _assign(self, worker: Worker, job: Job) -> None:
        job.began = job.last_word = time.monotonic()
        worker.job = job
        self._send(worker, job.task)

    def _hire(self) -> Worker:
        ours, theirs = socket.socketpair()
        with theirs:
            ours.setblocking(False)
            worker = Worker(channel=ours)
            self._parent.fork(theirs.fileno(), self._source, self._further)
        self._workers.append(worker)
        self._unborn.append(worker)
        self._selector.register(ours, selectors.EVENT_READ, worker)
        patience = self._setup.item_seconds / (1 + self._hard_timeouts // _HARD_TIMEOUTS_FORGIVEN)
        self._send(worker, msgspec.structs.replace(self._setup, item_seconds=min(self._setup.item_seconds, max(_LEAST_SECONDS, patience))))
        return worker

    def _send(self, worker: Worker, message: msgspec.Struct) -> None:
        worker.outbox.append(memoryview(framed(message)))
        self._selector.modify(worker.channel, selectors.EVENT_READ | selectors.EVENT_WRITE, worker)

    def _attend(self, worker: Worker | None, events: int, listener: Listener) -> None:
        if worker is None:
            self._hear_parent(listener)
            return
        if events & selectors.EVENT_WRITE and not worker.closed:
            self._post(worker)
        if events & selectors.EVENT_READ and not worker.closed:
            self._hear(worker, listener)

    def _post(self, worker: Worker) -> None:
        try:
            while worker.outbox:
                sent = worker.channel.send(worker.outbox[0])
                worker.outbox[0] = worker.outbox[0][sent:]
                if not worker.outbox[0]:
                    worker.outbox.popleft()
        except BlockingIOError:
            return
        except (BrokenPipeError, ConnectionResetError):  # its end is heard of on the reading side
            worker.outbox.clear()
        self._selector.modify(worker.channel, selectors.EVENT_READ, worker)

    def _hear(self, worker: Worker, listener: Listener) -> None:
        try:
            piece = worker.channel.recv(_READ_AT_ONCE)
        except BlockingIOError:
            return
        except ConnectionResetError:
            piece = b""
        if not piece:
            self._part_with(worker, listener)
            return
        if worker.killed_for is not None:
            return
        try:
            for body in worker.inbox.take_in(piece):
                self._take(worker, body, listener)
        except Damaged:
            self._kill(worker, "its reader broke the rules of its confinement")

    def _take(self, worker: Worker, untrusted_body: bytes, listener: Listener) -> None:
        if not worker.confined:
            self._note_confinement(worker, untrusted_body)
            return
        answer = decoded_answer(untrusted_body)
        job = worker.job
        if job is None:
            raise Damaged("an answer without a question")
        listener.check(answer)
        for settled in job.take(answer, len(untrusted_body)):
            listener.answered(job.task, settled)
        if answer.done:
            worker.busy_seconds += time.monotonic() - job.began
            worker.peak_kib = answer.peak_kib
            worker.job = None
            self._retire_if_worn(worker, listener)

    def _note_confinement(self, worker: Worker, body: bytes) -> None:
        """The worker's first word, sent before it saw a byte from outside."""
        held = msgspec.msgpack.decode(body, type=Held).confinement
        self.confinement.intersection_update(held)
        missing = [name for name in ALL_CONFINEMENTS if name not in held]
        if missing and self._require:
            raise NotConfined(
                N_("This system can't confine the parsers. Use a newer kernel, or allow it without. Missing: ") + ", ".join(missing)
            )
        worker.confined = True

    def _retire_if_worn(self, worker: Worker, listener: Listener) -> None:
        """Worn means: long at work (its processor limit comes near) or with much memory that it doesn't give back."""
        if worker.busy_seconds > _RETIRE_AFTER_S or worker.peak_kib > _RETIRE_ABOVE_KIB:
            worker.retired = True
            self._part_with(worker, listener)

    def _part_with(self, worker: Worker, listener: Listener) -> None:
        if not worker.closed:
            self._selector.unregister(worker.channel)
            worker.channel.close()
            worker.closed = True
            if worker.pid is not None and not worker.retired:  # one that only closed its channel does not live on
                self._parent.kill(worker.pid)
        if worker.status is not None or worker.retired:
            self._workers.remove(worker)
            self._settle(worker, listener)

    def _settle(self, worker: Worker, listener: Listener) -> None:
        """What a lost worker was at is done again item by item, or given up."""
        job, worker.job = worker.job, None
        if job is None:
            return
        if job.task.duty == "examine" and not job.alone and job.unanswered:
            for position in sorted(job.unanswered, reverse=True):
                single = msgspec.structs.replace(job.task, targets=(job.task.targets[position],))
                self._again.appendleft(Job(task=single, alone=True))
            return
        for answer in job.unfinished:
            listener.answered(job.task, answer)
        if job.unanswered or job.task.duty != "examine":
            listener.lost(job.task, job.guilty(), worker.why_lost())

    def _hear_parent(self, listener: Listener) -> None:
        notice = self._parent.notice()
        if notice is None:
            raise GifthorseError(
                N_("The process that starts the parsers was ended from outside. Try again, with more memory if it was short.")
            )
        operation, pid, status = notice
        if operation == b"P":
            born = self._unborn.popleft()
            born.pid = pid
            if born.killed_for is not None:
                self._parent.kill(pid)
            return
        for worker in [worker for worker in self._workers if worker.pid == pid]:
            worker.status = status
            if worker.closed:
                self._part_with(worker, listener)

    def _watch_the_clock(self) -> None:
        now = time.monotonic()
        for worker in self._workers:
            if worker.job is None or worker.closed or worker.killed_for is not None:
                continue
            seconds = worker.job.overdue(now, self._setup.item_seconds)
            if seconds is not None:
                self._hard_timeouts += 1
                self._kill(worker, f"it took longer than {seconds:.0f} s")

    def _kill(self, worker: Worker, why: str) -> None:
        worker.killed_for = why
        if worker.pid is not None:
            self._parent.kill(worker.pid)
