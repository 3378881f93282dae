"""Claim: hostile gifts are found and ordinary files are left alone, beside clamscan on the same files in the same run.

Recall over the hostile cases of `tests/samples/hostile` (our own, made by code; a score on one's own cases is an upper bound), false
alarms over benign files collected from this machine's Debian and Python packages. clamscan has here two signatures and its heuristics:
what it can tell of new files by their structure alone. A public set of YARA rules sees the same files as they lie.
"""

import json
import os
import shutil
import subprocess
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from bench import public_rules
from bench.inspection_speed import row
from gifthorse.inspect import engine
from gifthorse.model.findings import Severity
from gifthorse.model.inspections import Inspection
from tests.samples.hostile.cases import Case, by_class, every_case, lay_out, missed

TABLE = Path(__file__).resolve().parent / "detection.json"
FEWEST_BENIGN = 4_000
PER_SOURCE = 1_500
LARGEST = 4 << 20
STANDARD_LIBRARY = Path(os.__file__).parent
# Trees of Debian and Python packages, and which of their files to take.
SOURCES = (
    ("documentation", Path("/usr/share/doc"), "*"),
    ("pdf", Path("/usr/share"), "*.pdf"),
    ("drawings", Path("/usr/share"), "*.svg"),
    ("pages", Path("/usr/share"), "*.html"),
    ("page scripts", Path("/usr/share"), "*.js"),
    ("icons", Path("/usr/share/icons"), "*"),
    ("desktop entries", Path("/usr/share/applications"), "*.desktop"),
    ("perl", Path("/usr/share/perl"), "*"),
    ("fonts", Path("/usr/share/fonts"), "*"),
    ("programs", Path("/usr/bin"), "*"),
    ("python of Debian", Path("/usr/lib/python3"), "*"),
    ("python's library", STANDARD_LIBRARY, "*"),
    ("python's tests", STANDARD_LIBRARY / "test", "*"),
    ("python packages", Path(sysconfig.get_path("purelib")), "*"),
)
ALERTS = ("--alert-broken", "--alert-encrypted", "--alert-macros", "--alert-phishing-cloak", "--alert-partition-intersection")
ALERTS += ("--alert-exceeds-max=yes", "--heuristic-scan-precedence=yes")


def measure(folder: Path) -> list[dict[str, str]]:
    """The rows of the figures table; the table by class goes to `bench/detection.json`."""
    cases = every_case()
    hostile = folder / "hostile"
    lay_out(cases, hostile)
    misses = missed(cases, engine.inspect(str(hostile)).findings)
    told = by_clamscan(hostile, cases, folder)
    benign = collected(folder / "benign")
    public = by_public_rules(folder, cases)
    alarms = alarms_in(engine.inspect(str(folder / "benign")))
    table = [
        {
            "kind": kind,
            "cases": total,
            "found": found,
            "by_clamscan": of_kind(told, cases, kind),
            "by_rules": of_kind(public.hostile, cases, kind),
        }
        for kind, total, found in by_class(cases, misses)
    ]
    summary = {"benign_files": sum(benign.values()), "benign_sources": dict(benign), "alarms": alarms, "missed": misses}
    summary["benign_by_rules"] = public.benign
    TABLE.write_text(json.dumps({"classes": table, **summary}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return rows(cases, misses, told, public, sum(benign.values()), alarms)


def rows(
    cases: dict[str, Case], misses: list[str], told: set[str], public: "Public", benign: int, alarms: dict[str, list[str]]
) -> list[dict[str, str]]:
    """The figures in words."""
    classes = len({case.kind for case in cases.values()})
    recall = 1 - len(misses) / len(cases)
    medium = len(alarms["medium"]) / benign
    return [
        row(
            f"hostile cases of our own found for what they are, of {len(cases)} in {classes} classes",
            f"{recall:.3f}",
            f"clamscan's heuristics {len(told) / len(cases):.3f}, {public.said(len(cases))}",
            "≥ 0.97",
        ),
        row(f"of {benign:,} files of Debian and Python packages, called medium", f"{medium:.2%}", "", "≤ 0.5 %"),
        row("the same files, called high or worse", str(len(alarms["high"])), "", "0"),
    ]


class Public(NamedTuple):
    """What a public set of rules says: the hostile cases by name, and how many of the benign files; None where it can't be had."""

    hostile: set[str] | None
    benign: int | None

    def said(self, cases: int) -> str:
        """Its share of the hostile *cases*."""
        return "no public YARA rules" if self.hostile is None else f"public YARA rules {len(self.hostile) / cases:.3f}"


def of_kind(names: set[str] | None, cases: dict[str, Case], kind: str) -> int | None:
    """How many of *names* are cases of that kind."""
    return None if names is None else sum(cases[name].kind == kind for name in names)


def by_public_rules(folder: Path, cases: dict[str, Case]) -> Public:
    """What the public rules say of the files that lie in *folder*."""
    rules = public_rules.fetched(folder / "public rules")
    if rules is None:
        return Public(None, None)
    hostile, benign = (sorted(path for path in (folder / name).rglob("*") if path.is_file()) for name in ("hostile", "benign"))
    found = [os.fsdecode(path.relative_to(folder / "hostile")) for path in public_rules.told(rules, hostile)]
    names = {name for name, case in cases.items() if any(_belongs(name, case, path) for path in found)}
    return Public(names, len(public_rules.told(rules, benign)))


def by_clamscan(hostile: Path, cases: dict[str, Case], folder: Path) -> set[str]:
    """The cases of which clamscan says anything, with two signatures and all its heuristics switched on."""
    database = folder / "local.ndb"
    database.write_text("Bench.One:0:*:67696674686f727365\nBench.Two:0:*:deadbeefcafef00ddeadbeef\n")
    scan = ["clamscan", "-r", "--infected", "--no-summary", *ALERTS, "--database", str(database), str(hostile)]
    output = subprocess.run(scan, check=False, capture_output=True, text=True, errors="surrogateescape").stdout
    found = [line.rpartition(": ")[0].removeprefix(f"{hostile}/") for line in output.splitlines() if line.endswith("FOUND")]
    return {name for name, case in cases.items() if any(_belongs(name, case, path) for path in found)}


def _belongs(name: str, case: Case, path: str) -> bool:
    return path in case.files if case.at_root else path.startswith(name + "/")


def collected(folder: Path) -> Counter[str]:
    """Copies of benign files in *folder*, and how many came from each source; raises SystemExit when this machine has too few."""
    counts: Counter[str] = Counter()
    for name, root, pattern in SOURCES:
        for path in islice(_files(root, pattern), PER_SOURCE):
            target = folder / name / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            counts[name] += 1
    if sum(counts.values()) < FEWEST_BENIGN:
        raise SystemExit(f"This machine has too few benign files to measure false alarms: {sum(counts.values())} of {FEWEST_BENIGN}.")
    return counts


def _files(root: Path, pattern: str) -> Iterator[Path]:
    """Regular files below *root*, every nth so that all of the tree has its part."""
    everything = sorted(path for path in root.rglob(pattern) if path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST)
    step = max(len(everything) // PER_SOURCE, 1)
    yield from everything[::step]


def alarms_in(inspection: Inspection) -> dict[str, list[str]]:
    """The benign files called medium, and those called high or worse, each with the finding's id; a member counts for its file."""
    worst: dict[str, tuple[int, str]] = {}
    for finding in inspection.findings:
        for evidence in finding.evidence:
            path = evidence.path.partition(" > ")[0]
            worst[path] = max(worst.get(path, (0, "")), (finding.severity.rank, finding.id))
    high = Severity.HIGH.rank
    return {
        "medium": sorted(f"{path}: {finding_id}" for path, (rank, finding_id) in worst.items() if rank == Severity.MEDIUM.rank),
        "high": sorted(f"{path}: {finding_id}" for path, (rank, finding_id) in worst.items() if rank >= high),
    }


def table_by_class() -> dict[str, Any]:
    """What was measured last."""
    measured: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return measured


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder_name:
        for line in measure(Path(folder_name)):
            print(line)
