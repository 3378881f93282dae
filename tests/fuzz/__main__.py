"""Runs every parser of ours under the fuzzer: `python -m tests.fuzz --seconds 30`, or `--inputs 1000000` for `make fuzz`.

Ends with 1 when an input broke a parser; the input is kept and shown. Needs atheris, a development dependency.
"""

import argparse
import importlib.util
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

SHOWN_BYTES = 256
SHOWN_LINES = 25
AT_ONCE = 2
_COVERAGE = re.compile(r"cov: (\d+)")
_INPUTS = re.compile(r"number_of_executed_units: (\d+)")
_KEPT = re.compile(r"Test unit written to (\S+)")


class Result(NamedTuple):
    """How one target fared. `kept` is the file with the input that broke it."""

    name: str
    inputs: int
    coverage: int
    failed: bool
    kept: Path | None
    said: str


def main() -> int:
    """Zero when no parser was broken."""
    arguments = parsed()
    if importlib.util.find_spec("atheris") is None:
        print("The fuzzer (atheris) is not installed. Run: make clean && make test, or install the development dependencies.")
        return 2
    from tests.fuzz.targets import TARGETS

    names = [name for name in TARGETS if not arguments.only or any(wanted in name for wanted in arguments.only)]
    if arguments.list:
        print("\n".join(names))
        return 0
    folder = Path(arguments.folder or tempfile.mkdtemp(prefix="gifthorse-fuzz-"))
    print(f"{len(names)} parsers; inputs and what breaks them are kept in {folder}")
    with ThreadPoolExecutor(AT_ONCE) as lanes:
        results = []
        for result in lanes.map(lambda name: fuzzed(name, folder / name, arguments.seconds, arguments.inputs), names):
            report(result)
            results.append(result)
    broken = [result.name for result in results if result.failed]
    print(f"{sum(result.inputs for result in results):,} inputs, {len(broken)} parsers broken: {', '.join(broken) or 'none'}")
    return 1 if broken else 0


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("only", nargs="*", metavar="NAME", help="targets whose names contain this")
    parser.add_argument("--seconds", type=int, default=0, help="how long each target runs")
    parser.add_argument("--inputs", type=int, default=0, help="how many inputs each target gets")
    parser.add_argument("--folder", help="where the corpus grows; a temporary folder unless given")
    parser.add_argument("--list", action="store_true", help="print the names of the targets")
    arguments = parser.parse_args()
    if not arguments.seconds and not arguments.inputs:
        arguments.seconds = 30
    return arguments


def fuzzed(name: str, folder: Path, seconds: int, inputs: int) -> Result:
    """*name* was run for that long, or on that many inputs."""
    command = [sys.executable, "-m", "tests.fuzz.run_target", name, str(folder), str(seconds), str(inputs)]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    said = run.stdout.decode("utf-8", "replace")
    coverage = [int(number) for number in _COVERAGE.findall(said)]
    counted, kept = _INPUTS.search(said), _KEPT.search(said)
    return Result(
        name=name,
        inputs=int(counted[1]) if counted else 0,
        coverage=max(coverage, default=0),
        failed=run.returncode != 0,
        kept=Path(kept[1]) if kept else None,
        said=said,
    )


def report(result: Result) -> None:
    """One line for a parser that held; what it said and the input for one that did not."""
    print(
        f"{'BROKEN' if result.failed else 'held':>6}  {result.name:<28} {result.inputs:>11,} inputs  coverage {result.coverage:>6,}",
        flush=True,
    )
    if not result.failed:
        return
    lines = [line for line in result.said.splitlines() if not line.startswith(("#", "INFO:", "stat::"))]
    print("\n".join(f"        {line[:300]}" for line in lines[-SHOWN_LINES:]))
    if result.kept is not None and result.kept.exists():
        body = result.kept.read_bytes()
        print(f"        input of {len(body)} bytes: {result.kept}\n        {body[:SHOWN_BYTES].hex()}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
