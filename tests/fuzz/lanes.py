"""Runs targets side by side, each in a process forked from this one, which has everything loaded and instrumented already."""

import os
import re
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from gifthorse.inspect.confine.limits import die_with
from tests.fuzz.ledger_of_inputs import Account, account_at, input_in_work
from tests.fuzz.run_target import BOOK, SAID, Plan, fuzz
from tests.fuzz.target import Target

STANDSTILL: Final = 180.0  # seconds of real time without one input more: it sleeps, or waits for something
LOOKS_EVERY: Final = 0.2
_COVERAGE: Final = re.compile(r"cov: (\d+)")
_SIGNALS: Final = {signal.SIGPROF: "an input took more than two seconds of processor time", signal.SIGKILL: "it was killed"}


@dataclass(frozen=True, kw_only=True)
class Result:
    """How one target fared in this run. `kept` is the file with the input that broke it, `account` counts from the very first run."""

    name: str
    account: Account
    inputs: int
    seconds: float
    coverage: int
    broken: str
    kept: Path | None
    said: str


@dataclass(kw_only=True)
class Lane:
    """A target at work."""

    target: Target
    folder: Path
    pid: int
    before: Account
    moved: float = field(default_factory=time.monotonic)
    seen: int = -1

    def stands_still(self) -> bool:
        """Whether no input was finished for minutes."""
        now, inputs = time.monotonic(), account_at(self.folder / BOOK).inputs
        if inputs != self.seen:
            self.moved, self.seen = now, inputs
        return now - self.moved > STANDSTILL


def run(targets: Sequence[Target], folder: Path, plan: Plan, lanes: int) -> Iterator[Result]:
    """The result of each of *targets*, as they end. With inputs in *plan*, each gets what it lacks of them."""
    waiting, at_work = list(targets), {}
    try:
        while waiting or at_work:
            while waiting and len(at_work) < lanes:
                lane = started(waiting.pop(0), folder, plan)
                if lane is not None:
                    at_work[lane.pid] = lane
            if at_work:
                yield from ended(at_work)
    finally:
        for pid in at_work:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def started(target: Target, folder: Path, plan: Plan) -> Lane | None:
    """*target* runs in a process of its own; None when it has had all its inputs."""
    own = folder / target.name
    own.mkdir(parents=True, exist_ok=True)
    before = account_at(own / BOOK)
    if plan.inputs:
        if before.inputs >= plan.inputs:
            return None
        plan = plan._replace(inputs=plan.inputs - before.inputs, seed=plan.seed + before.inputs)  # other damages than last time
    own_pid, pid = os.getpid(), os.fork()
    if pid == 0:
        try:
            die_with(own_pid)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started it: no input broke the parser
            fuzz(target, own, plan)
        except BaseException:  # before the fuzzer has taken over: a seed that the parser does not bear
            traceback.print_exc()
        finally:
            os._exit(1)
    return Lane(target=target, folder=own, pid=pid, before=before)


def ended(at_work: dict[int, Lane]) -> Iterator[Result]:
    """The results of the lanes that have ended; waits a moment when there are none."""
    for lane in list(at_work.values()):
        pid, status, usage = os.wait4(lane.pid, os.WNOHANG)
        if pid:
            del at_work[pid]
            yield result_of(lane, status, usage.ru_utime + usage.ru_stime)
            return
        if lane.stands_still():
            os.kill(lane.pid, signal.SIGKILL)
    time.sleep(LOOKS_EVERY)


def held_again(name: str, kept: Path) -> bool:
    """Whether the parser bears the input in time in a process that nothing measures: under the fuzzer all is several times slower."""
    command = [sys.executable, "-m", "tests.fuzz", "--again", name, str(kept)]
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=STANDSTILL).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def result_of(lane: Lane, status: int, seconds: float) -> Result:
    """How *lane* fared, whose process ended with *status*."""
    book, account = lane.folder / BOOK, account_at(lane.folder / BOOK)
    said = (lane.folder / SAID).read_text("utf-8", "replace") if (lane.folder / SAID).exists() else ""
    broken, kept = "", None
    if status:
        broken = _SIGNALS.get(os.WTERMSIG(status), f"signal {os.WTERMSIG(status)}") if os.WIFSIGNALED(status) else "it broke its contract"
        if book.exists():
            body = input_in_work(book)
            kept = lane.folder / f"broke-{sha256(body).hexdigest()[:12]}"
            kept.write_bytes(body)
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF and held_again(lane.target.name, kept):
                broken, kept = "", None  # slow under the fuzzer's own measuring alone
    return Result(
        name=lane.target.name,
        account=account,
        inputs=account.inputs - lane.before.inputs,
        seconds=seconds,
        coverage=max(map(int, _COVERAGE.findall(said)), default=0),
        broken=broken,
        kept=kept,
        said=said,
    )
