"""One target under the fuzzer, in a process that was forked for it.

The process dies of an input that breaks the parser: of its exception, of two seconds of processor time (told by a signal, so that a
library in C can't hide it; how busy the machine is does not matter), or of memory. The input lies in the target's book.
"""

import faulthandler
import gc
import importlib.util
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from tests.fuzz.ledger_of_inputs import Book
from tests.fuzz.mutations import mutations
from tests.fuzz.target import MEGABYTES, SECONDS, Target, TooLarge

BOOK: Final = "book"
SAID: Final = "said.txt"
MOST_ADDRESSES: Final = 4 << 30  # one stroke beyond it ends with MemoryError instead of filling the machine
ENDLESS: Final = 100_000  # seconds of real time that libFuzzer waits for an input; the processor time is measured here


class Plan(NamedTuple):
    """How long, on how many more inputs, from which seed; `keeps` says that the corpus grows in the folder and goes on from there."""

    seconds: int
    inputs: int
    seed: int
    keeps: bool


def fuzz(target: Target, folder: Path, plan: Plan) -> None:
    """Does not return: libFuzzer ends the process. *folder* holds the book, what was said, and the corpus."""
    said = os.open(folder / SAID, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(said, 1)
    os.dup2(said, 2)
    seeds = target.inputs()
    for seed in seeds:
        target.check(seed)  # what is imported and remembered at first is not counted against an input
    longest = max(target.longest, *map(len, seeds))
    book = Book(folder / BOOK, longest)
    gc.collect()
    gc.freeze()  # no input pays for looking through what was there before it
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
    faulthandler.register(signal.SIGPROF, all_threads=False, chain=True)  # says where it hangs, then dies of the signal
    check = watched(target, book)
    if importlib.util.find_spec("atheris") is None:
        plainly(check, seeds, longest, plan)
    else:
        import atheris

        atheris.Setup([sys.argv[0], *options(folder, seeds, longest, plan)], check)
        atheris.Fuzz()


def plainly(check: Callable[[bytes], None], seeds: Sequence[bytes], longest: int, plan: Plan) -> None:
    """The damages of our own tests instead of a fuzzer, which does not exist for every Python. Does not return."""
    ends = time.monotonic() + plan.seconds if plan.seconds else float("inf")
    for untrusted_input in mutations(seeds, plan.inputs or sys.maxsize, str(plan.seed)):
        check(untrusted_input[:longest])
        if time.monotonic() > ends:
            break
    os._exit(0)


def watched(target: Target, book: Book) -> Callable[[bytes], None]:
    """The target's check, written down in *book*, with an alarm after two seconds of processor time."""

    def check(untrusted_input: bytes) -> None:
        book.begin(untrusted_input)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        taken = target.check(untrusted_input)
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        if megabytes > MEGABYTES:
            raise TooLarge(f"{megabytes} MB of memory")
        book.end(taken, megabytes)

    return check


def options(folder: Path, seeds: Sequence[bytes], longest: int, plan: Plan) -> list[str]:
    """libFuzzer's command line. The seeds are listed one by one: the order of a folder differs between file systems."""
    (folder / "seeds").mkdir(exist_ok=True)
    files = [folder / "seeds" / f"{number:03}" for number in range(len(seeds))]
    for file, seed in zip(files, seeds, strict=True):
        file.write_bytes(seed)
    (folder / "seeds.txt").write_text(",".join(map(str, files)))
    (folder / "corpus").mkdir(exist_ok=True)
    return [
        f"-max_len={longest}",
        f"-timeout={ENDLESS}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-seed={plan.seed}",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
        "-handle_int=0",
        "-reload=0",
        f"-seed_inputs=@{folder / 'seeds.txt'}",
        *([f"-max_total_time={plan.seconds}"] if plan.seconds else []),
        *([f"-runs={plan.inputs}"] if plan.inputs else []),
        *([str(folder / "corpus")] if plan.keeps else []),
    ]
