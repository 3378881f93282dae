"""Virtual disks of Hyper-V that only hold the changes to another one, and those whose log was never applied."""

import os
import struct
import uuid
from pathlib import Path

import pytest

from gifthorse.inspect import engine
from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.relatives import names_of_relatives
from gifthorse.inspect.unpack import vhd, vhdx
from gifthorse.inspect.unpack.members import Unsupported
from gifthorse.model.inspections import Verdict
from tests.samples.archives import iso_of
from tests.samples.disk_files import vhdx_of
from tests.samples.disks import whole_program, with_bytes

OLD = iso_of({"readme.txt": b"hello", "notes.txt": b"nothing yet" * 150_000})
NEW = iso_of({"readme.txt": b"hello", "setup.exe": whole_program(3), "notes.txt": b"nothing yet" * 148_000})
MIDDLE = with_bytes(OLD, (1_200_000, b"\7" * 512))
BASE, CHILD = uuid.UUID(int=11), uuid.UUID(int=12)


def family() -> dict[str, bytes]:
    return {
        "now.vhdx": vhdx_of(NEW, parent=MIDDLE.ljust(len(NEW), b"\0"), parent_id=CHILD),
        "middle.avhdx": vhdx_of(MIDDLE, parent=OLD, parent_id=BASE, own_id=CHILD),
        "base.vhdx": vhdx_of(OLD, own_id=BASE),
        "broken.vhdx": b"vhdxfile",
    }


def laid(folder: Path, files: dict[str, bytes]) -> str:
    for name, body in files.items():
        (folder / name).write_bytes(body)
    return str(folder / next(iter(files)))


def test_the_disk_of_changes_reads_byte_for_byte_through_two_parents() -> None:
    files = {name: MemoryContent(body) for name, body in family().items()}
    vhd.lies_beside([files[name] for name in ("base.vhdx", "middle.avhdx", "broken.vhdx")])
    try:
        found = vhdx.disk(files["now.vhdx"])
        assert found.read(0, len(NEW)) == NEW
        assert found.read(1_199_900, 800) == NEW[1_199_900:1_200_700]
    finally:
        vhd.lies_beside([])


def test_it_is_inspected_with_its_parents_beside_it(tmp_path: Path) -> None:
    inspection = engine.inspect(laid(tmp_path, family()))
    assert "now.vhdx > setup.exe" in {content.path for content in inspection.contents}
    assert inspection.coverage.not_inspected == ()
    assert "base.vhdx" in inspection.source.name


@pytest.mark.parametrize("missing", ["base.vhdx", "middle.avhdx"])
def test_without_a_parent_it_is_said_and_never_clear(tmp_path: Path, missing: str) -> None:
    files = family()
    del files[missing]
    inspection = engine.inspect(laid(tmp_path, files))
    assert ["base.vhdx”, which does not lie beside it" in (gap.detail or "") for gap in inspection.coverage.not_inspected] == [True]
    assert inspection.verdict is not Verdict.CLEAR


def test_one_that_is_its_own_parent_ends() -> None:
    own = MemoryContent(vhdx_of(NEW, parent=NEW, parent_id=BASE, own_id=BASE))
    vhd.lies_beside([own])
    try:
        with pytest.raises(Unsupported, match="others beneath it"):
            vhdx.disk(own)
    finally:
        vhd.lies_beside([])


def test_a_log_that_was_not_applied_is_said_and_never_clear(tmp_path: Path) -> None:
    image = with_bytes(vhdx_of(OLD), (65536 + 48, uuid.UUID(int=99).bytes_le))
    inspection = engine.inspect(laid(tmp_path, {"a.vhdx": image}))
    assert ["its log" in (gap.detail or "") for gap in inspection.coverage.not_inspected] == [True]
    assert inspection.verdict is not Verdict.CLEAR
    assert engine.inspect(laid(tmp_path, {"a.vhdx": vhdx_of(OLD)})).coverage.not_inspected == ()


def test_only_a_disk_that_has_a_parent_has_relatives(tmp_path: Path) -> None:
    for first, expected in (("now.vhdx", ["base.vhdx", "broken.vhdx", "middle.avhdx"]), ("base.vhdx", [])):
        path = laid(tmp_path, {first: family()[first], **family()})
        fd = os.open(path, os.O_RDONLY)
        try:
            assert names_of_relatives(path, fd) == expected
        finally:
            os.close(fd)


def test_a_list_of_sectors_that_is_not_there_is_damage_and_not_the_parents_bytes() -> None:
    image = family()["middle.avhdx"]
    ratio = (1 << 23) * 512 // (1 << 20)
    without = with_bytes(image, (2 * (1 << 20) + 8 * ratio, struct.pack("<Q", 0)))
    vhd.lies_beside([MemoryContent(family()["base.vhdx"])])
    try:
        with pytest.raises(OSError, match="list of its sectors"):
            vhdx.disk(MemoryContent(without)).read(1_200_000, 512)
    finally:
        vhd.lies_beside([])
