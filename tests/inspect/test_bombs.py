"""Bombs of every kind, given to the command itself: each ends soon and in little memory, and the limit that stopped it is named."""

import json
import resource
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.inspection_speed import proportional_memory
from tests.samples import bombs

SECONDS = 10  # of processor time, for a busy machine has slow clocks
BYTES = 300_000_000
LONG = ("flat.zip", "nested.zip", "large-members.zip")
SHORT = tuple(
    name for name in bombs.BOMBS if name not in {*LONG, "overlapping.zip", "zeros.xz", "zeros.bz2", "zeros.zst", "seven.zip", "flat.gz"}
)
# What each says; an empty id is a file that could be looked at to its end, or of which only the coverage speaks.
TOLD = {
    "flat.zip": ("archive.bomb", "800 times is the limit"),
    "nested.zip": ("archive.bomb", "100 times is the limit"),
    "large-members.zip": ("archive.bomb", "100 times is the limit"),
    "sparse.tar": ("archive.bomb", "100 times is the limit"),
    "deep.zip": ("archive.bomb", "8 is the limit"),
    "deep.doc": ("budget.exceeded", "8 is the limit"),
    "bomb.png": ("image.bomb", "60000 × 60000 pixels"),
    "bomb.jpg": ("image.bomb", "65500 × 65500 pixels"),
    "bomb.gif": ("image.bomb", "65535 × 65535 pixels"),
    "bomb.tif": ("image.bomb", "100000 × 100000 pixels"),
    "laughs.svg": ("image.bomb", "expand"),
    "laughs.docx": ("image.bomb", "expand"),
    "objects.pdf": ("budget.exceeded", "more objects"),
    "deep.pdf": ("", "nested"),
    "nested.eml": ("budget.exceeded", "more parts within parts"),
    "flat.eml": ("budget.exceeded", "more than 5000 parts"),
    "mail-in-mail.eml": ("", "recursion"),
}
CLEAR = ("log.json.gz", "deep.json", "deep.xml", "braces.rtf")


@cache
def inspected(name: str, folder: Path) -> tuple[dict[str, Any], float, int]:
    """The answer, the seconds of processor time and the largest memory of the command on the bomb *name*."""
    if not (folder / name).exists():
        (folder / name).write_bytes(bombs.BOMBS[name]())
    return run(folder / name)


def run(path: Path) -> tuple[dict[str, Any], float, int]:
    command = [str(Path(sys.executable).parent / "gifthorse"), "inspect", str(path), "--json"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said: list[bytes] = []
    hearing = threading.Thread(target=lambda: said.extend(process.communicate()))
    hearing.start()
    largest = 0
    while hearing.is_alive():
        largest = max(largest, proportional_memory(process.pid))
        hearing.join(0.05)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.returncode in {0, 1}, said[1].decode()
    return json.loads(said[0]), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, largest


def details(answer: dict[str, Any], name: str) -> str:
    """What the inspection says about the file *name*, with the ids of its findings."""
    findings = [one for one in answer["findings"] if any(place["path"].startswith(name) for place in one["evidence"])]
    gaps = [gap for gap in answer["coverage"]["not_inspected"] if gap["path"].startswith(name)]
    return "\n".join([f"{one['id']} {one.get('detail') or ''}" for one in findings] + [f"{gap['reason']} {gap['detail']}" for gap in gaps])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bombs")


@pytest.fixture(scope="module")
def together(folder: Path) -> tuple[dict[str, Any], float, int]:
    """All bombs that end in a moment, in one folder."""
    place = folder / "together"
    place.mkdir()
    for name in SHORT:
        (place / name).write_bytes(bombs.BOMBS[name]())
    return run(place)


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_a_bomb_ends_in_time_and_memory_and_names_its_limit(name: str, folder: Path) -> None:
    answer, seconds, memory = inspected(name, folder)
    assert seconds < SECONDS
    assert memory < BYTES
    if name in TOLD:
        told = details(answer, name)
        assert all(words in told for words in TOLD[name])
        assert answer["verdict"] != "clear"


@pytest.mark.slow
def test_small_bombs_in_one_folder_end_in_time_and_memory(together: tuple[dict[str, Any], float, int]) -> None:
    _answer, seconds, memory = together
    assert seconds < 2 * SECONDS
    assert memory < 2 * BYTES  # two workers, each with its own bomb


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in SHORT if name in TOLD])
def test_a_small_bomb_names_its_limit(name: str, together: tuple[dict[str, Any], float, int]) -> None:
    told = details(together[0], name)
    assert all(words in told for words in TOLD[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", CLEAR)
def test_what_is_only_large_deep_or_repetitive_is_looked_at_and_is_no_bomb(name: str, together: tuple[dict[str, Any], float, int]) -> None:
    told = details(together[0], name)
    assert "bomb" not in told
    assert "budget" not in told
