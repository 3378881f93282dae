"""Runs every claim and writes `bench/figures.json`, which the documentation quotes."""

import argparse
import json
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench import (
    assess_figures,
    assessing,
    detection,
    growth,
    inspection_speed,
    itineraries,
    linking,
    mutation,
    page_latency,
    profile,
    report_latency,
)

CLAIMS = {
    "assess": assess_figures.measure,
    "assessing": assessing.measure,
    "detection": detection.measure,
    "growth": growth.measure,
    "inspection": inspection_speed.measure,
    "itineraries": itineraries.measure,
    "linking": linking.measure,
    "mutation": mutation.measure,
    "pages": page_latency.measure,
    "profile": profile.measure,
    "reports": report_latency.measure,
}
FIGURES = Path(__file__).resolve().parent / "figures.json"


def main() -> int:
    """Zero when every claim was measured; the figures of claims that were not run stay as they were."""
    arguments = argparse.ArgumentParser(prog="make bench")
    arguments.add_argument("--only", choices=sorted(CLAIMS), action="append")
    chosen = arguments.parse_args().only or sorted(CLAIMS)
    before = json.loads(FIGURES.read_text(encoding="utf-8"))["claims"] if FIGURES.exists() else {}
    for name in chosen:
        print(f"Measuring: {name} …", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="gifthorse-bench-") as folder:
            before[name] = CLAIMS[name](Path(folder))
    figures = {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}",
        "date": datetime.now(UTC).date().isoformat(),
        "claims": before,
        "rows": [row for name in sorted(before) for row in before[name]],
    }
    FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for row in figures["rows"]:
        print(f"{row['figure']:>10}  {row['mark']:>10}  {row['what']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
