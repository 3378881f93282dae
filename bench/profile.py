"""Where the time of an inspection goes: the share of each part of the work on the mixed stick, by the inspection's own timings; and how
the cost grows with the number of files, by the figures of `bench/growth.py`. Both are drawn into `docs/figures`.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.drawing import bars, curve
from bench.inspection_speed import command, row
from bench.mixed_medium import build

ROUNDS: Final = 3
ROOT: Final = Path(__file__).resolve().parent.parent
DRAWINGS: Final = ROOT / "docs" / "figures"
PROFILE: Final = DRAWINGS / "inspection-profile.svg"
GROWTH: Final = DRAWINGS / "inspection-growth.svg"
WORDS: Final = {
    "hash": "SHA-256 of the whole medium",
    "layout": "layout: tables, gaps, tail",
    "walk": "walk, second look, free space",
    "read": "read each file, hash what a finding may name",
    "identify": "tell its type",
    "detect": "detectors",
    "rules": "YARA rules",
    "unpack": "unpack containers",
    "correlate": "the medium as a whole",
}
_FILES: Final = re.compile(r"([\d,]+) small files in one (folder|image)")


def measure(folder: Path) -> list[dict[str, str]]:
    """The rows of the figures table: the three largest shares; the drawing of all of them is written beside."""
    image = build(folder / "mixed.img")
    timings = [timings_of(image) for _ in range(ROUNDS)]
    middle = sorted(timings, key=lambda one: one["total_s"])[len(timings) // 2]
    shares = shares_of(middle["parts_s"])
    DRAWINGS.mkdir(parents=True, exist_ok=True)
    title = f"Where the time of an inspection goes: {middle['total_s']:.1f} s for a mixed 600 MB stick"
    PROFILE.write_text(bars(title, [(WORDS.get(part, part), share) for part, share in shares]), encoding="utf-8")
    beside = f"{sum(middle['parts_s'].values()):.1f} s of work in {middle['total_s']:.1f} s"
    return [row(f"share of an inspection's work: {WORDS.get(part, part)}", f"{share:.0%}", beside, "") for part, share in shares[:3]]


def timings_of(image: Path) -> dict[str, dict[str, float]]:
    """The inspection's own timings."""
    done = subprocess.run(command(image), check=False, capture_output=True)
    if done.returncode not in {0, 1}:
        raise SystemExit("The inspection failed; there is nothing to measure.")
    timings: dict[str, dict[str, float]] = json.loads(done.stdout)["timings"]
    return timings


def shares_of(parts: dict[str, float]) -> list[tuple[str, float]]:
    """Each part with its share of the whole work, the largest first."""
    whole = sum(parts.values()) or 1.0
    return sorted(((part, seconds / whole) for part, seconds in parts.items()), key=lambda one: -one[1])


def draw_growth(rows: Sequence[dict[str, str]]) -> str:
    """The drawing of seconds by number of files, out of the rows that `bench/growth.py` measured; empty when there are none."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for one in rows:
        files = _FILES.fullmatch(one["what"])
        if files is not None and one["figure"].endswith(" s"):
            lines.setdefault(files.group(2), []).append((float(files.group(1).replace(",", "")), float(one["figure"][:-2])))
    return curve("What an inspection costs by the number of small files", "files", "seconds", lines) if lines else ""


def main() -> int:
    """Measures and draws the profile (with ``--growth``: only draws the growth, of the figures that are there)."""
    figures = json.loads((ROOT / "bench" / "figures.json").read_text(encoding="utf-8"))
    drawn = draw_growth(figures["claims"].get("growth", []))
    DRAWINGS.mkdir(parents=True, exist_ok=True)
    if drawn:
        GROWTH.write_text(drawn, encoding="utf-8")
    if "--growth" not in sys.argv:
        with tempfile.TemporaryDirectory() as name:
            for line in measure(Path(name)):
                print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
