"""Runs every parser of ours under the fuzzer: `python -m tests.fuzz --seconds 30`, or `--inputs 1000000` for `make fuzz`.

Ends with 1 when an input broke a parser; the input is kept, and the command that gives it to the parser again is shown. With `--folder`
the counts and corpora stay there, so a run that was stopped (Ctrl-C) goes on.
"""

import argparse
import contextlib
import importlib.util
import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SHOWN_BYTES: Final = 256
SHOWN_LINES: Final = 25
INSTRUMENTED: Final = ["gifthorse", "olefile"]
# A text's hash would be another one in each process, and with it the order of a set: the same seed must give the same inputs.
SAME_HASHES: Final = {"PYTHONHASHSEED": "0"}


def main() -> int:
    """Zero when no parser was broken."""
    arguments = parsed()
    if os.environ.get("PYTHONHASHSEED") != SAME_HASHES["PYTHONHASHSEED"]:
        os.execve(sys.executable, [sys.executable, "-m", "tests.fuzz", *sys.argv[1:]], os.environ | SAME_HASHES)
    if arguments.again:
        return again(*arguments.again)
    targets = [target for name, target in loaded().items() if not arguments.only or any(wanted in name for wanted in arguments.only)]
    if arguments.list:
        print("\n".join(target.name for target in targets))
        return 0
    return run_all(targets, arguments)


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("only", nargs="*", metavar="NAME", help="targets whose names contain this")
    parser.add_argument("--seconds", type=int, default=0, help="how long each target runs")
    parser.add_argument("--inputs", type=int, default=0, help="how many inputs each target gets, over all runs in the same folder")
    cores = len(os.sched_getaffinity(0))
    parser.add_argument("--lanes", type=int, default=cores, help="how many targets run side by side")
    parser.add_argument("--lanes-per-core", type=int, help="the same, for each core")
    parser.add_argument("--seed", type=int, default=1, help="which damages; the same seed gives the same ones")
    parser.add_argument("--folder", help="where counts and corpora are kept, to go on from; a temporary folder unless given")
    parser.add_argument("--list", action="store_true", help="print the names of the targets")
    parser.add_argument("--again", nargs=2, metavar=("NAME", "FILE"), help="give the target NAME the input in FILE once more")
    arguments = parser.parse_args()
    if arguments.lanes_per_core:
        arguments.lanes = arguments.lanes_per_core * cores
    if not arguments.seconds and not arguments.inputs:
        arguments.seconds = 30
    return arguments


def loaded():
    """All targets; the parsers are instrumented while they are imported, so nothing of gifthorse may be imported before."""
    with instrumented():
        from gifthorse.inspect import registry
        from tests.fuzz.targets import TARGETS

        registry.load()
    return TARGETS


@contextlib.contextmanager
def instrumented() -> Iterator[None]:
    """Within it, modules are imported such that the fuzzer sees which way an input takes."""
    if importlib.util.find_spec("atheris") is None:
        print("The fuzzer (atheris) is not installed for this Python: the same damages as in the tests are used, blindly.")
        yield
        return
    import atheris

    from tests.fuzz.instrumenting import mend

    mend()
    # it names every module that it instruments
    with contextlib.redirect_stderr(io.StringIO()), atheris.instrument_imports(include=INSTRUMENTED):
        yield


def again(name: str, file: str) -> int:
    """Zero when the target *name* bears the input in *file*; what it raises is shown."""
    from tests.fuzz.targets import TARGETS

    body = Path(file).read_bytes()
    began = time.process_time()
    TARGETS[name].check(b"")
    print(f"{name} with {len(body)} bytes …", flush=True)
    TARGETS[name].check(body)
    print(f"held, {time.process_time() - began:.2f} s of processor time")
    return 0


def run_all(targets, arguments: argparse.Namespace) -> int:
    """Zero when no parser of *targets* was broken; one line for each as it ends."""
    from tests.fuzz.lanes import run
    from tests.fuzz.run_target import Plan

    folder = Path(arguments.folder or tempfile.mkdtemp(prefix="gifthorse-fuzz-")).resolve()
    plan = Plan(seconds=arguments.seconds, inputs=arguments.inputs, seed=arguments.seed, keeps=bool(arguments.folder))
    print(f"{len(targets)} parsers, {arguments.lanes} at a time, seed {plan.seed}; what breaks them is kept in {folder}", flush=True)
    results = []
    try:
        for result in run(targets, folder, plan, arguments.lanes):
            results.append(result)
            report(result, len(results), len(targets))
    except KeyboardInterrupt:
        print(f"\nStopped. The same command goes on from {folder}." if plan.keeps else "\nStopped.")
        return 130
    broken = [result.name for result in results if result.broken]
    print(f"{sum(result.inputs for result in results):,} inputs, {len(broken)} parsers broken: {', '.join(broken) or 'none'}")
    return 1 if broken else 0


def report(result, number: int, total: int) -> None:
    """One line for a parser that held; what it said and the input for one that did not."""
    account = result.account
    print(
        f"[{number:>3}/{total}] {'BROKEN' if result.broken else 'held':>6}  {result.name:<28} {account.inputs:>11,} inputs "
        f"{result.inputs / max(result.seconds, 0.01):>7,.0f}/s of processor, slowest {account.slowest:.2f} s, {account.megabytes} MB, "
        f"coverage {result.coverage:,}",
        flush=True,
    )
    if not result.broken:
        return
    lines = [line for line in result.said.splitlines() if not line.startswith(("#", "INFO:", "stat::"))]
    print(f"        {result.broken}", *(f"        {line[:300]}" for line in lines[-SHOWN_LINES:]), sep="\n")
    if result.kept is not None:
        body = result.kept.read_bytes()
        print(f"        input of {len(body)} bytes: {body[:SHOWN_BYTES].hex()}")
        print(f"        again: {sys.executable} -m tests.fuzz --again {result.name} {result.kept}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
