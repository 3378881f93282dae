"""Claim: of small changes to `src/gifthorse/assess/`, each of which makes the code wrong, the quick tests of the changed module notice
at least nine in ten.

Each mutant lives in a process of its own and never in a file. Words for people, annotations and decorators stay as they are. A test
marked slow takes no part. Some mutants change nothing that anybody could notice; they count against the tests all the same.
"""

import argparse
import ast
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.inspection_speed import row
from bench.mutant_runs import Mutant, baseline, prepare, tried
from bench.mutants import changes

ROOT = Path(__file__).resolve().parent.parent
ROOM = ROOT / "src" / "gifthorse" / "assess"
TESTS = ROOT / "tests" / "assess"
SEED = 5
TRIED = 400  # of all mutants: about ten minutes on two cores
# Modules whose tests bear other names; the tests of the rest begin with the module's own.
TESTED_AS = {
    "archetypes": ("archetypes", "simulation"),
    "mosaic_chance": ("mosaic", "chance"),
    "movement_words": ("movement",),
    "reading": ("rules_retold", "rules", "score"),
    "reasons": ("sentences", "levels", "score"),
    "scale": ("weights", "rules_retold", "score"),
    "rules": ("rules_retold", "rules"),
    "score": ("rules_retold", "score"),
    "tactic_words": ("weights", "sentences"),
    "trigger_steps": ("triggers",),
}


def measure(folder: Path) -> list[dict[str, str]]:
    """The rows of the figures table, from a fresh process: this one may have loaded what is going to be changed."""
    program = [sys.executable, "-m", "bench.mutation", "--rows", str(folder / "rows.json")]
    subprocess.run(program, check=True, cwd=ROOT, stdout=sys.stderr)
    return json.loads((folder / "rows.json").read_bytes())


def counted(folder: Path, only: str | None) -> list[dict[str, str]]:
    """The rows, of a sample of all mutants or of all mutants of one module; what wasn't noticed is printed."""
    prepare("gifthorse.assess.")
    everything = list(all_mutants(only))
    chosen = everything if only else random.Random(SEED).sample(everything, min(TRIED, len(everything)))
    seconds = {mutant.path: baseline(mutant, folder) for mutant in {mutant.path: mutant for mutant in chosen}.values()}
    survived = sorted(mutant for mutant, noticed in tried(chosen, seconds, folder) if not noticed)
    for mutant in survived:
        print(f"not noticed: {mutant.path.name}:{mutant.told}")
    lost = Counter(mutant.path.stem for mutant in survived).most_common(3)
    where = ", ".join(f"{module} {count}" for module, count in lost) or "none"
    beside = f"{len(chosen) - len(survived):,} of {len(chosen):,} tried, {len(everything):,} there are; most missed: {where}"
    what = f"mutants of assess/{only or ''} that its quick tests notice"
    return [row(what, f"{1 - len(survived) / len(chosen):.1%}", beside, "≥ 90 %")]


def all_mutants(only: str | None) -> Iterator[Mutant]:
    """Every change of every module, or of one."""
    for path in sorted(ROOM.glob(f"{only or '*'}.py")):
        tests = tests_of(path.stem)
        for number, change in enumerate(changes(ast.parse(path.read_bytes()))):
            yield Mutant(path, number, f"{change.line}: {change.text}", f"gifthorse.assess.{path.stem}", tests)


def tests_of(module: str) -> tuple[str, ...]:
    """The files with the tests of the module, the likeliest first."""
    names = TESTED_AS.get(module, (module,))
    found = (path for name in names for path in (*sorted(TESTS.glob(f"test_{name}_*.py")), *TESTS.glob(f"test_{name}.py")))
    return tuple(dict.fromkeys(map(str, found)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.mutation")
    parser.add_argument("--only", choices=sorted(path.stem for path in ROOM.glob("[a-z]*.py")), metavar="MODULE")
    parser.add_argument("--rows", type=Path, help="also write the rows to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder_name:
        rows = counted(Path(folder_name), options.only)
    print(*rows, sep="\n")
    if options.rows:
        options.rows.write_text(json.dumps(rows), encoding="utf-8")
