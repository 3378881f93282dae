"""Runs all tests: once with SQLite, and the store, procedures and matrix again on PostgreSQL. Says plainly what it left out."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / ".ci"))

from debian_packages import missing  # noqa: E402

# marker: the Debian packages that its tests need
NEEDS = {
    "needs_browser": {"chromium"},
    "needs_postgresql": {"postgresql"},
    "needs_disk_tools": {"mtools", "dosfstools", "ntfs-3g", "exfatprogs", "e2fsprogs", "genisoimage", "xorriso", "zstd"},
}
ON_POSTGRESQL = ["tests/store", "tests/procedures", "tests/matrix", "tests/drills/test_bitflip.py"]


def main() -> int:
    """Zero when every test that can run here passes; in CI nothing may be left out."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--workers", default="2")
    workers = arguments.parse_args().workers
    absent = set(missing())
    left_out = [marker for marker, packages in NEEDS.items() if packages & absent]
    if left_out and os.environ.get("CI"):
        print("Debian packages are missing, and CI leaves no test out:", *sorted(absent), file=sys.stderr)
        return 1
    select = ["-m", " and ".join(f"not {marker}" for marker in left_out)] if left_out else []
    runs = [pytest("tests", "-n", workers, "--dist", "loadfile", "--durations=12", *select)]
    if "needs_postgresql" not in left_out:
        runs.append([sys.executable, "-m", "tests.on_postgresql", *pytest(*ON_POSTGRESQL, "-n", workers, "--dist", "loadfile")])
    failed = 0
    for run in runs:
        start = time.monotonic()
        failed += subprocess.run(run, cwd=ROOT, check=False).returncode != 0
        print(f"({time.monotonic() - start:.0f} s)", file=sys.stderr)
    for marker in left_out:
        print(f"Left out: tests marked {marker}, for want of {', '.join(sorted(NEEDS[marker] & absent))}.", file=sys.stderr)
    return 1 if failed else 0


def pytest(*arguments: str) -> list[str]:
    """The command that runs pytest with *arguments* in this environment."""
    return [sys.executable, "-m", "pytest", "-q", *arguments]


if __name__ == "__main__":
    sys.exit(main())
