"""Tests run against mutants, each in a process of its own that is forked from one where everything else is loaded already."""

import os
import resource
import sys
import traceback
from collections.abc import Iterable, Iterator
from math import ceil
from pathlib import Path
from typing import NamedTuple

from bench.mutants import Changed

ROOT = Path(__file__).resolve().parent.parent
BROKEN = 99  # what the process of a mutant says if it never came to the tests
MEMORY = 3 << 30  # bytes: a loop that never ends may also grow
OPTIONS = ["-x", "-q", "-p", "no:randomly", "-m", "not slow", "-W", "ignore::pytest.PytestAssertRewriteWarning"]


class Mutant(NamedTuple):
    """One change of the module at *path*: `number` counts its changes; `tests` are the files that should notice."""

    path: Path
    number: int
    told: str
    module: str
    tests: tuple[str, ...]


def prepare(changing: str) -> None:
    """What every mutant's process needs is loaded once, and nothing that is going to be changed: modules that begin with *changing*."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gifthorse.desk.settings")
    sys.path.insert(0, str(ROOT))
    import django
    import hypothesis
    import pytest

    django.setup()
    # who counts mutants needs no smaller example
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile("mutation", phases=phases, derandomize=True, database=None, deadline=None)
    hypothesis.settings.load_profile("mutation")
    if pytest and any(name.startswith(changing) for name in sys.modules):
        raise SystemExit(f"{changing} was loaded too early: the tests would see the unchanged modules.")


def started(mutant: Mutant, folder: Path, seconds: int, *, changed: bool = True) -> int:
    """The id of a new process that runs the module's tests and ends with their result, or after so many seconds of its processor."""
    sys.stdout.flush()
    if process := os.fork():
        return process
    result = BROKEN
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        said = os.open(folder / f"{mutant.path.stem}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        if changed:
            sys.meta_path.insert(0, Changed(mutant.module, mutant.path, mutant.number))
        result = sys.modules["pytest"].main([*OPTIONS, *mutant.tests])
    finally:
        if result == BROKEN:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(result)


def baseline(mutant: Mutant, folder: Path) -> int:
    """Seconds of processor time that a mutant of the module may use: several times what the unchanged module needs."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _, status = os.waitpid(started(mutant, folder, 600, changed=False), 0)
    if status:
        raise SystemExit(f"The tests of {mutant.module} fail without any change:\n{(folder / f'{mutant.path.stem}.log').read_text()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ceil(4 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)) + 4


def tried(mutants: Iterable[Mutant], seconds: dict[Path, int], folder: Path) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, and whether the tests noticed it; as many at a time as there are cores."""
    running: dict[int, Mutant] = {}
    for mutant in mutants:
        if len(running) >= len(os.sched_getaffinity(0)):
            yield ended(running)
        running[started(mutant, folder, seconds[mutant.path])] = mutant
    while running:
        yield ended(running)


def ended(running: dict[int, Mutant]) -> tuple[Mutant, bool]:
    """The next mutant whose tests have ended; anything but success means that they noticed."""
    process, status = os.wait()
    if os.waitstatus_to_exitcode(status) == BROKEN:
        raise SystemExit(f"No tests were run for {running[process]}.")
    return running.pop(process), status != 0
