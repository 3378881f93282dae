"""Seeded damage to every filesystem: whatever the bytes are, a walk ends, and what it says is a finding and never a failure of ours.

The Sleuth Kit would wait for ever on some damaged ext volumes; those are not given to it.
"""

import os
import random
import signal
import struct
from functools import cache
from pathlib import Path

import pytest

from gifthorse.demonstration.media import Format
from gifthorse.inspect import engine
from gifthorse.inspect.engine import Options
from gifthorse.inspect.walk.contents import LyingContent
from gifthorse.inspect.walk.own_reading import OWN_ONLY, OwnVolume, own_entries
from gifthorse.inspect.walk.sleuthkit import open_filesystem
from gifthorse.model.errors import Unreadable
from gifthorse.model.inspections import Reason, Verdict
from tests.samples import archives
from tests.samples.disks import (
    MIB,
    Medium,
    ext_by_tools,
    filesystem_of,
    layout_of,
    ntfs_by_tools,
    own_volume,
    run,
    sample_files,
    whole_partition,
    with_bytes,
)
from tests.samples.ext_disks import ext2_of

CASES = 60
SECONDS = 3
FAILED = 3
FILES = {name: body for name, body in sample_files().items() if len(body) < 40_000}


@cache
def volume(kind: str, folder: Path) -> bytes:
    """A volume with some files; the folder is for the tools that make it."""
    folder.mkdir()
    if kind == "ntfs":
        return ntfs_by_tools(folder, {f"{number}.dat": bytes([number]) * 3000 for number in range(12)}, size=6 * MIB).read_bytes()
    if kind == "iso":
        return archives.iso_of({"a.txt": b"hello", "b long name.jpeg": b"x" * 3000})
    if kind.startswith("ext"):
        return ext_by_tools(folder, FILES, kind=kind, size=4 * MIB).read_bytes()
    return own_volume(Format(kind), FILES)


def damaged(image: bytes, seed: int) -> bytes:
    """*image* with a few bytes of its structures changed."""
    chance = random.Random(seed)
    body = bytearray(image)
    used = [at for at in range(0, min(len(body), 2 * MIB), 512) if body[at : at + 512].count(0) not in {0, 512}]
    for _ in range(chance.choice((1, 3, 10, 40))):
        at = chance.choice(used) + chance.randrange(512)
        body[at % len(body)] = chance.choice((0, 1, 0xFF, chance.randrange(256)))
    return bytes(body)


def walk(image: bytes) -> None:
    """Everything that a worker does with a filesystem."""
    for partition in layout_of(image).partitions[:3]:
        try:
            filesystem = filesystem_of(image, partition.index)
            entries = [*filesystem.entries(), *own_entries(Medium(image), partition)]
            entries += [met for met in filesystem.recovered(lambda: None) if hasattr(met, "extents")]
        except Unreadable:
            continue
        for entry in entries[:300]:
            try:
                content = filesystem.content(entry)
                assert len(content.read(0, 4096)) <= 4096
            except OSError:
                continue


def status_of(image: bytes) -> int:
    """How a child ends that walks *image*: 0, `FAILED`, or the signal that ended it, negative."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        try:
            walk(image)
        except BaseException:  # the parent is told by the status, whatever it was
            os._exit(FAILED)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize("kind", ["ext2", "ext3", "ext4"])
def test_our_own_ext_reader_lists_the_same_files_with_the_same_content(kind: str, tmp_path: Path) -> None:
    files = FILES | {"big.bin": random.Random(9).randbytes(700_000)}
    image = ext_by_tools(tmp_path, files, kind=kind, size=8 * MIB).read_bytes()
    medium = Medium(image)
    entries = list(own_entries(medium, layout_of(image).partitions[0]))
    bodies = {
        entry.path: LyingContent(medium, entry.size, entry.extents or ()).read(0, entry.size) for entry in entries if not entry.folder
    }
    assert bodies == files
    usual = {(entry.path, entry.inode, entry.size, entry.extents, entry.modified) for entry in filesystem_of(image).entries()}
    own = {(entry.path, entry.inode, entry.size, entry.extents, entry.modified) for entry in entries}
    assert {row for row in own if row[3]} <= usual
    assert {row[:2] for row in usual} == {row[:2] for row in own}


def test_our_own_fat_and_exfat_readers_list_everything_too() -> None:
    for format_ in Format:
        image = own_volume(format_, FILES)
        medium = Medium(image)
        entries = list(own_entries(medium, layout_of(image).partitions[0]))
        bodies = {
            entry.path: LyingContent(medium, entry.size, entry.extents or ()).read(0, entry.size) for entry in entries if not entry.folder
        }
        assert bodies == FILES


@pytest.mark.needs_disk_tools
def test_a_volume_that_the_sleuth_kit_would_wait_on_for_ever_is_listed_by_our_own_reader_and_said_to_be_read_in_part(
    tmp_path: Path,
) -> None:
    files = {f"{folder}/{number}.txt": f"{folder} {number}".encode() for folder in "abc" for number in range(9)}
    image = ext_by_tools(tmp_path, files, kind="ext2", size=4 * MIB)
    run("debugfs", "-w", "-R", "set_inode_field b/4.txt size 281474976713656", image)
    inspection = engine.inspect(str(image), options=Options(item_seconds=1.0))
    assert {content.path for content in inspection.contents if content.sha256} >= set(files) - {"b/4.txt"}
    assert [(gap.path, gap.reason) for gap in inspection.coverage.not_inspected] == [("b/4.txt", Reason.UNREADABLE)]
    assert "parser.crashed" not in {finding.id for finding in inspection.findings}
    assert {finding.detail.text for finding in inspection.findings if finding.id == "walk.unreadable" and finding.detail} >= {OWN_ONLY}
    assert inspection.verdict is Verdict.CAUTION


@pytest.mark.needs_disk_tools
@pytest.mark.parametrize("kind", ["fat12", "fat16", "exfat", "ntfs", "ext2", "ext4", "iso"])
def test_a_damaged_filesystem_is_walked_to_an_end(kind: str, tmp_path: Path) -> None:
    image = volume(kind, tmp_path / "made")
    assert status_of(image) == 0
    ends = {seed: status_of(damaged(image, seed)) for seed in range(CASES)}
    assert {seed: end for seed, end in ends.items() if end != 0} == {}


INODES = 5 * 1024


def misled(*changes: tuple[int, bytes]) -> bytes:
    return with_bytes(ext2_of({"a.txt": b"hello", "b.bin": b"x" * 3000}), *changes)


@pytest.mark.parametrize(
    "changes",
    [
        [(INODES + 128 * 10 + 4, struct.pack("<I", 1 << 28))],
        [(INODES + 128 + 4, struct.pack("<I", 1 << 30))],
        [(INODES + 128 * 11 + 108, struct.pack("<I", 9))],
        [(2048, bytes(32))],
        [(INODES + 128 * 20, struct.pack("<H", 0o040755)), (INODES + 128 * 20 + 4, struct.pack("<I", 1 << 31))],
    ],
    ids=["file", "root", "highest bytes", "no table of inodes", "lost folder"],
)
def test_the_sleuth_kit_is_not_asked_where_it_would_not_come_back(changes: list[tuple[int, bytes]]) -> None:
    image = misled(*changes)
    opened = open_filesystem(Medium(image), whole_partition(len(image), "ext2"))
    assert isinstance(opened, OwnVolume)
    assert status_of(image) == 0
    list(opened.entries())
    assert OWN_ONLY in {finding.detail.text for finding in opened.findings if finding.detail}


@pytest.mark.needs_disk_tools
def test_a_long_file_whose_blocks_are_all_there_is_left_to_the_sleuth_kit(tmp_path: Path) -> None:
    image = ext_by_tools(tmp_path, {"long.bin": bytes([7]) * (70 * MIB)}, kind="ext2", size=90 * MIB, options=("-b", "1024")).read_bytes()
    opened = filesystem_of(image)
    assert not isinstance(opened, OwnVolume)
    assert {entry.path: entry.got for entry in opened.entries() if not entry.folder} == {"long.bin": None}


def test_a_tree_of_extents_that_returns_to_itself_ends() -> None:
    again = struct.pack("<HHHHI", 0xF30A, 80, 84, 3, 0) + struct.pack("<IIHH", 0, 60, 0, 0) * 80
    inode = INODES + 128 * 10
    image = misled(
        (inode + 4, struct.pack("<I", 50_000)), (inode + 32, struct.pack("<I", 0x80000)), (inode + 40, again[:60]), (60 * 1024, again)
    )
    assert status_of(image) == 0
    medium = Medium(image)
    assert {entry.path: entry.got for entry in own_entries(medium, whole_partition(len(image), "ext2"))} == {"a.txt": 0, "b.bin": None}
