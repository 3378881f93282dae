"""Sparse disk images of macOS, and containers of disks that are known and not read."""

import struct
from pathlib import Path

import pytest

from gifthorse.inspect import engine
from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.unpack import sparse_image
from gifthorse.inspect.unpack.members import Damaged, Unsupported
from gifthorse.model.inspections import Reason, Verdict
from tests.samples.archives import iso_of
from tests.samples.disk_files import dmg_of
from tests.samples.disks import whole_program

DISK = iso_of({"readme.txt": b"hello", "setup.exe": whole_program(2)}).ljust(700_000, b"\0")
BAND = 64 * 512


def sparse_of(disk: bytes) -> bytes:
    """Bands that hold anything, the last first."""
    bands = {at // BAND: disk[at : at + BAND].ljust(BAND, b"\0") for at in range(0, len(disk), BAND) if disk[at : at + BAND].strip(b"\0")}
    written = sorted(bands, reverse=True)
    head = b"sprs" + struct.pack(">IIII", 3, BAND // 512, 1, -(-len(disk) // 512))
    table = struct.pack(f">{len(written)}I", *(number + 1 for number in written))
    return (head.ljust(64, b"\0") + table).ljust(4096, b"\0") + b"".join(bands[number] for number in written)


def test_the_disk_reads_byte_for_byte_with_its_holes():
    image = sparse_of(DISK)
    assert len(image) < len(DISK)
    assert sparse_image.disk(MemoryContent(image)).read(0, len(DISK)) == DISK


def test_its_files_come_out(tmp_path: Path):
    (tmp_path / "a.sparseimage").write_bytes(sparse_of(DISK))
    inspection = engine.inspect(str(tmp_path / "a.sparseimage"))
    assert "a.sparseimage > setup.exe" in {content.path for content in inspection.contents}
    assert inspection.coverage.not_inspected == ()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda image: image[:100], Damaged),
        (lambda image: b"spry" + image[4:], Damaged),
        (lambda image: image[:8] + bytes(4) + image[12:], Damaged),
        (lambda image: image[:8] + b"\xff" * 4 + image[12:], Damaged),
        (lambda image: image + bytes(BAND), Unsupported),
    ],
)
def test_one_that_makes_no_sense_or_goes_on_behind_its_table_is_told(change, error):
    with pytest.raises(error):
        sparse_image.disk(MemoryContent(change(sparse_of(DISK))))


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.Ex01", b"EVF2\r\n\x81\0".ljust(4096, b"\1"), "Ex01"),
        ("a.dmg", dmg_of(DISK, 0x80000007), "LZFSE"),
        ("b.dmg", dmg_of(DISK, 0x80000004), "ADC"),
    ],
)
def test_what_is_not_read_is_said_with_what_to_do_and_never_clear(tmp_path: Path, name: str, body: bytes, said: str):
    (tmp_path / name).write_bytes(body)
    inspection = engine.inspect(str(tmp_path / name))
    gaps = [gap for gap in inspection.coverage.not_inspected if said in (gap.detail or "")]
    assert gaps
    assert {gap.reason for gap in gaps} <= {Reason.UNSUPPORTED, Reason.UNREADABLE}
    assert inspection.verdict is not Verdict.CLEAR
