"""Whole media through the whole engine: every filesystem under every partition table, then damaged, doubled, and as a block device."""

import hashlib
import os
import random
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

from gifthorse.demonstration.media import MIB, Format, PlacedFile, Scheme, Volume, write_medium
from gifthorse.demonstration.partitioning import Share, write_table
from gifthorse.inspect import engine
from gifthorse.inspect.engine import Options
from gifthorse.inspect.sources import open_source
from gifthorse.model.inspections import Inspection, SourceKind, Timings, Verdict, to_json
from tests.samples import disks
from tests.samples.apple_disks import container
from tests.samples.discs import bridge, without_iso
from tests.samples.disk_files import dmg_of
from tests.samples.disks import mbr_medium, whole_program

HOSTILE = "holiday.jpg.exe"
_CHANCE = random.Random(5)
FLAT = {
    "letter.txt": b"Dear friend,\nit was a pleasure.\n",
    "empty.txt": b"",
    "noise.bin": _CHANCE.randbytes(300_001),
    "a name of some length with blanks and 漢字.txt": b"letters\n",
    HOSTILE: disks.INERT_PROGRAM,
}
DEEP = FLAT | {"a/b/c/deep.txt": b"deep\n"} | {f"many/{number:03}.txt": b"%d\n" % number for number in range(120)}
SIZES = {"fat12": 4 * MIB, "fat16": 20 * MIB, "fat32": 40 * MIB, "exfat": 12 * MIB}
OURS, TOOLS = ("fat12", "fat16", "fat32", "exfat"), ("ntfs", "ext4", "iso", "fat16-by-mkfs")


def _files(filesystem: str) -> dict[str, bytes]:
    return FLAT if filesystem == "ntfs" else DEEP


def _volume(filesystem: str) -> Volume:
    return Volume(
        format=Format(filesystem),
        size=SIZES[filesystem],
        files=[PlacedFile(path=path, content=content) for path, content in _files(filesystem).items()],
    )


def _by_tools(folder: Path, filesystem: str) -> bytes:
    made = {
        "ntfs": lambda: disks.ntfs_by_tools(folder, FLAT),
        "ext4": lambda: disks.ext_by_tools(folder, DEEP, size=16 * MIB),
        "iso": lambda: disks.iso_by_tools(folder, DEEP, "-J", "-R"),
        "fat16-by-mkfs": lambda: disks.fat_by_tools(folder, DEEP, bits=16, size=20 * MIB),
    }
    return made[filesystem]().read_bytes()


def _divided(path: Path, scheme: Scheme, volumes: Mapping[str, bytes]) -> Path:
    """*volumes* (filesystem to bytes) as partitions that begin at whole MiB."""
    body = bytearray(MIB if scheme is not Scheme.NONE else 0)
    shares = []
    for filesystem, content in volumes.items():
        length = -(-len(content) // MIB) * MIB if scheme is not Scheme.NONE else len(content)
        kind = {"iso": "fat16", "fat16-by-mkfs": "fat16"}.get(filesystem, filesystem)
        shares.append(Share(start=len(body), length=length, format=kind))
        body += content.ljust(length, b"\0")
    body += bytes(MIB if scheme is Scheme.GPT else 0)
    path.write_bytes(body)
    with path.open("rb+") as target:
        write_table(target, scheme, shares, len(body))
    return path


def _made(folder: Path, filesystem: str, scheme: Scheme) -> Path:
    path = folder / "medium.img"
    if filesystem in OURS:
        with path.open("wb+") as target:
            write_medium(target, [_volume(filesystem)], scheme=scheme)
        return path
    return _divided(path, scheme, {filesystem: _by_tools(folder, filesystem)})


def _digests(inspection: Inspection, partition: int = 0) -> dict[str, str | None]:
    """Files of the filesystem, without its own inner ones."""
    return {
        content.path: content.sha256
        for content in inspection.contents
        if content.partition == partition and not content.folder and not content.deleted and " > " not in content.path
        if not content.path.startswith("$")
    }


def _assert_whole(inspection: Inspection, size: int) -> None:
    coverage = inspection.coverage
    assert coverage.not_inspected == ()
    assert (coverage.bytes_total, coverage.bytes_accounted, coverage.items_inspected) == (size, size, coverage.items_total)
    assert "parser.crashed" not in {finding.id for finding in inspection.findings}
    reach = 0
    for stretch in inspection.layout:
        assert stretch.start == reach
        reach += stretch.length
    assert reach == size


# A disc is not cut into partitions.
PAIRS = [(filesystem, scheme) for filesystem in OURS + TOOLS for scheme in Scheme if filesystem != "iso" or scheme is Scheme.NONE]


@pytest.mark.parametrize(("filesystem", "scheme"), PAIRS)
def test_every_file_is_found_and_every_byte_accounted_for(tmp_path: Path, filesystem: str, scheme: Scheme) -> None:
    path = _made(tmp_path, filesystem, scheme)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    inspection = engine.inspect(str(path))
    assert inspection.source.kind is SourceKind.IMAGE
    assert inspection.source.sha256 == before == hashlib.sha256(path.read_bytes()).hexdigest()
    assert _digests(inspection) == disks.expected(_files(filesystem))
    _assert_whole(inspection, path.stat().st_size)
    hostile = [finding for finding in inspection.findings if finding.evidence[0].path == HOSTILE]
    assert {"executable.disguised", "name.double-extension"} & {finding.id for finding in hostile}
    assert {finding.evidence[0].partition for finding in hostile} == {0}
    assert inspection.verdict in {Verdict.DANGEROUS, Verdict.HOSTILE}


@pytest.mark.parametrize(("scheme", "second"), [(Scheme.MBR, "ntfs"), (Scheme.GPT, "ext4")])
def test_two_partitions_are_both_walked_and_kept_apart(tmp_path: Path, scheme: Scheme, second: str) -> None:
    volumes = {"fat16-by-mkfs": _by_tools(tmp_path, "fat16-by-mkfs"), second: _by_tools(tmp_path, second)}
    path = _divided(tmp_path / "medium.img", scheme, volumes)
    inspection = engine.inspect(str(path))
    assert _digests(inspection, 0) == disks.expected(DEEP)
    assert _digests(inspection, 1) == disks.expected(_files(second))
    _assert_whole(inspection, path.stat().st_size)
    places = {finding.evidence[0].partition for finding in inspection.findings if finding.evidence[0].path == HOSTILE}
    assert places == {0, 1}


def test_evidence_leads_to_the_bytes_on_the_medium(tmp_path: Path) -> None:
    path = _made(tmp_path, "fat32", Scheme.MBR)
    inspection = engine.inspect(str(path))
    offsets = [place.medium_offset for finding in inspection.findings for place in finding.evidence if place.path == HOSTILE]
    found = [offset for offset in offsets if offset is not None]
    assert found
    with path.open("rb") as image:
        for offset in found:
            image.seek(offset)
            assert image.read(2) == b"MZ"


def test_one_worker_and_three_give_the_same_document(tmp_path: Path) -> None:
    path = _divided(tmp_path / "medium.img", Scheme.GPT, {kind: _by_tools(tmp_path, kind) for kind in ("fat16-by-mkfs", "ext4")})

    def document(workers: int) -> bytes:
        inspection = engine.inspect(str(path), options=Options(workers=workers))
        return to_json(msgspec.structs.replace(inspection, timings=Timings(total_s=0), inspected_at=None), contents=True)

    first = document(1)
    assert document(3) == first
    assert document(2) == first


@pytest.mark.parametrize("filesystem", ["fat16", "fat32", "exfat", "ntfs", "ext4", "iso"])
@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_medium_is_inspected_to_its_end_and_never_called_clear(tmp_path: Path, filesystem: str, seed: int) -> None:
    """Where bytes are lost, each file comes back as it was or something is said; the hostile file alone forbids `clear`."""
    path = _made(tmp_path, filesystem, Scheme.NONE)
    chance = random.Random(seed)
    with path.open("rb+") as image:
        for _ in range(1 + seed * 3):
            image.seek(chance.randrange(0, 2 * MIB if filesystem != "iso" else 60_000))
            image.write(chance.randbytes(chance.choice((1, 16, 512, 4096))))
    inspection = engine.inspect(str(path))
    whole = _digests(inspection) == disks.expected(_files(filesystem))
    assert whole or inspection.findings or inspection.coverage.not_inspected
    assert inspection.verdict is not Verdict.CLEAR


@pytest.mark.parametrize("filesystem", ["fat16", "exfat", "ntfs", "ext4"])
def test_a_medium_that_was_cut_off_says_so(tmp_path: Path, filesystem: str) -> None:
    path = _made(tmp_path, filesystem, Scheme.MBR)
    os.truncate(path, path.stat().st_size // 2)
    inspection = engine.inspect(str(path))
    assert "layout.size-mismatch" in {finding.id for finding in inspection.findings}
    assert inspection.verdict is not Verdict.CLEAR
    assert inspection.coverage.bytes_accounted == path.stat().st_size


def test_noise_that_is_said_to_be_an_image_was_not_inspected(tmp_path: Path) -> None:
    path = tmp_path / "noise.img"
    path.write_bytes(_CHANCE.randbytes(2 * MIB))
    with open_source(str(path), as_kind="image") as source:
        inspection = engine.inspect(source)
    assert inspection.verdict is not Verdict.CLEAR
    assert inspection.coverage.bytes_accounted == 2 * MIB


@pytest.fixture
def loop_device(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A read-only loop device on an image, and that image."""
    path = _made(tmp_path, "fat16", Scheme.MBR)
    try:
        done = subprocess.run(["/usr/sbin/losetup", "-r", "-f", "--show", str(path)], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("losetup is not installed")
    if done.returncode:
        pytest.skip(f"needs root and loop devices: {done.stderr.strip()}")
    device = Path(done.stdout.strip())
    yield device, path
    subprocess.run(["/usr/sbin/losetup", "-d", str(device)], check=True)


def test_a_block_device_is_read_as_its_image_is(loop_device: tuple[Path, Path]) -> None:
    device, path = loop_device
    inspection = engine.inspect(str(device))
    assert inspection.source.kind is SourceKind.DEVICE
    assert inspection.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert _digests(inspection) == disks.expected(DEEP)
    _assert_whole(inspection, path.stat().st_size)


@pytest.mark.parametrize("kind", ["apfs", "udf", "apfs in a partition", "apfs in a disk image"])
def test_media_of_macs_and_discs_are_inspected_from_end_to_end(tmp_path: Path, kind: str) -> None:
    files = {"Plan.txt": b"hello", "Photo.jpg": whole_program()}
    image = without_iso(bridge(files)) if kind == "udf" else container(files)
    if kind == "apfs in a partition":
        image = mbr_medium(1 << 20, (1 << 16, image, 0xAF))
    where = "Photo.jpg"
    if kind == "apfs in a disk image":
        image, where = dmg_of(image), "stick.img > Photo.jpg"
    (tmp_path / "stick.img").write_bytes(image)
    found = engine.inspect(str(tmp_path / "stick.img"))
    assert found.source.kind is SourceKind.IMAGE
    assert ("executable.disguised", where) in {(finding.id, finding.evidence[0].path) for finding in found.findings}
    assert found.coverage.bytes_accounted == found.coverage.bytes_total == len(image)
    assert found.coverage.not_inspected == ()
