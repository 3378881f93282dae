"""Claim: what an inspection costs grows with the number of files and not faster: 10,000, 30,000 and 100,000 small ones, in a folder and
in an image, each with its seconds and its memory.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.inspection_speed import command, proportional_memory, row
from gifthorse.demonstration.media import Format, Volume, write_medium
from gifthorse.demonstration.placed_file import PlacedFile

POINTS = (10_000, 30_000, 100_000)
PER_FOLDER = 500
SEED = 11
MOST_GROWTH = 1.35  # of the cost per file from the first point to the last: beyond that it is no straight line


def measure(folder: Path, points: tuple[int, ...] = POINTS) -> list[dict[str, str]]:
    """The rows of the figures table: a row for each point, and how much more a file costs at the last one than at the first."""
    rows = []
    for what, build in (("folder", as_folder), ("image", as_image)):
        costs = []
        for count in points:
            source = build(folder, count)
            seconds, memory = cost(source)
            costs.append(seconds / count)
            rows.append(
                row(
                    f"{count:,} small files in one {what}",
                    f"{seconds:.1f} s",
                    f"{count / seconds:,.0f} files/s, {memory / 1e6:,.0f} MB in the whole process tree",
                    "memory ≤ 700 MB",
                )
            )
        rows.append(
            row(
                f"cost of one file of {points[-1]:,} in one {what}, against one of {points[0]:,}",
                f"{costs[-1] / costs[0]:.2f}",
                "1 is a straight line; the start costs the first point more",
                f"≤ {MOST_GROWTH}",
            )
        )
    return rows


def small_files(count: int) -> list[PlacedFile]:
    """*count* texts, tables and pages of 0.1 to 2 KB, five hundred to a folder, the same on every run."""
    chance = random.Random(SEED)
    words = b"the pump valve pressure rises when seals wear flow of oil bearings below limits".split()
    kinds = {"txt": b"%s\n", "csv": b"1;%s\n", "json": b'{"note": "%s"}\n', "html": b"<html><body><p>%s</p></body></html>\n"}
    endings = sorted(kinds)
    files = []
    for number in range(count):
        ending = endings[number % len(endings)]
        line = b" ".join(chance.choices(words, k=chance.randrange(10, 200)))
        path = f"{number // PER_FOLDER:03}/note {number:06}.{ending}"
        files.append(PlacedFile(path=path, content=kinds[ending] % line))
    return files


def as_folder(folder: Path, count: int) -> Path:
    """A folder with that many files."""
    root = folder / f"files-{count}"
    for file in small_files(count):
        place = root / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.content)
    return root


def as_image(folder: Path, count: int) -> Path:
    """A FAT32 image with that many files."""
    image = folder / f"files-{count}.img"
    size = (64 << 20) + count * 8192
    with image.open("w+b") as target:
        write_medium(target, [Volume(format=Format.FAT32, size=-(-size // (1 << 20)) << 20, files=small_files(count), label="MANY")])
    return image


def cost(source: Path) -> tuple[float, int]:
    """Seconds, and the largest memory of the command and its workers in bytes."""
    largest = 0
    began = time.perf_counter()
    process = subprocess.Popen(command(source), stdout=subprocess.DEVNULL)
    while process.poll() is None:
        largest = max(largest, proportional_memory(process.pid))
        time.sleep(0.05)
    if process.returncode not in {0, 1}:
        raise SystemExit("The inspection failed; there is nothing to measure.")
    return time.perf_counter() - began, largest


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        for line in measure(Path(name), tuple(int(word) for word in sys.argv[1:]) or POINTS):
            print(line)
