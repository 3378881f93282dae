"""Sources that lie in several files: read and hashed as one, and whatever lacks is said."""

import hashlib
import struct
from pathlib import Path

import pytest

from gifthorse.inspect import engine
from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.parts import parts_beside
from gifthorse.inspect.sources import open_source
from gifthorse.inspect.unpack import vhd
from gifthorse.model.inspections import Inspection, Verdict
from tests.samples.archives import iso_of
from tests.samples.disk_files import differencing_vhd, dmg_of, dynamic_vhd, e01_set_of, fixed_vhd, vhd_with_id
from tests.samples.files import pe, zip_of

DISK = iso_of({"readme.txt": b"hello", "setup.exe": pe() + bytes(range(256)) * 1500})


def laid(folder: Path, parts: dict[str, bytes]) -> str:
    for name, body in parts.items():
        (folder / name).write_bytes(body)
    return str(folder / next(iter(parts)))


def split(body: bytes, count: int, ending: str = "{:03}", first: int = 1) -> dict[str, bytes]:
    share = -(-len(body) // count)
    return {"stick." + ending.format(number + first): body[number * share : (number + 1) * share] for number in range(count)}


def found(inspection: Inspection) -> set[str]:
    return {place.path for finding in inspection.findings for place in finding.evidence}


@pytest.mark.parametrize("count", [1, 2, 5])
def test_an_evidence_set_is_read_through_its_first_file(tmp_path: Path, count: int) -> None:
    files = e01_set_of(DISK, count)
    inspection = engine.inspect(laid(tmp_path, {f"case.E{number:02}": body for number, body in enumerate(files, 1)}))
    assert "case.E01 > setup.exe" in found(inspection)
    assert inspection.coverage.not_inspected == ()
    assert inspection.source.sha256 == hashlib.sha256(b"".join(files)).hexdigest()
    assert inspection.source.bytes == sum(map(len, files))
    assert inspection.source.name == ("case.E01" if count == 1 else f"case.E01 … case.E{count:02} ({count} files)")


def test_an_evidence_set_without_its_end_is_said_and_never_clear(tmp_path: Path) -> None:
    files = e01_set_of(iso_of({"a.txt": b"1" * 400_000}), 3)
    inspection = engine.inspect(laid(tmp_path, {"case.E01": files[0], "case.E02": files[1]}))
    assert any("further files" in (gap.detail or "") for gap in inspection.coverage.not_inspected)
    assert inspection.verdict is not Verdict.CLEAR


def test_an_evidence_set_with_a_hole_names_the_file_that_is_missing(tmp_path: Path) -> None:
    files = e01_set_of(DISK, 4)
    inspection = engine.inspect(laid(tmp_path, {"case.E01": files[0], "case.E02": files[1], "case.E04": files[3]}))
    assert ("case.E03", True) in {(gap.path, "missing" in (gap.detail or "")) for gap in inspection.coverage.not_inspected}
    assert inspection.verdict is not Verdict.CLEAR


@pytest.mark.parametrize(("ending", "first"), [("{:03}", 1), ("{:03}", 0), ("{:02}", 1), ("{:04}", 1)])
def test_a_raw_image_in_pieces_is_one_medium(tmp_path: Path, ending: str, first: int) -> None:
    inspection = engine.inspect(laid(tmp_path, split(DISK, 4, ending, first)))
    assert inspection.source.kind.value == "image"
    assert "setup.exe" in found(inspection)
    assert inspection.source.sha256 == hashlib.sha256(DISK).hexdigest()
    assert inspection.coverage.bytes_accounted == len(DISK)


def test_a_raw_image_with_a_missing_piece_says_which(tmp_path: Path) -> None:
    pieces = split(DISK, 4)
    del pieces["stick.003"]
    inspection = engine.inspect(laid(tmp_path, pieces))
    assert "stick.003" in {gap.path for gap in inspection.coverage.not_inspected}
    assert inspection.verdict is not Verdict.CLEAR


def test_an_archive_in_pieces_is_one_archive(tmp_path: Path) -> None:
    inspection = engine.inspect(laid(tmp_path, split(zip_of({"tool.exe": pe() + bytes(range(256)) * 9}), 3)))
    assert "stick.001 > tool.exe" in found(inspection)


def test_numbered_files_of_other_kinds_stay_apart(tmp_path: Path) -> None:
    with open_source(laid(tmp_path, {"report.001": b"first report\n", "report.002": b"second report\n"})) as source:
        assert source.further == ()
        assert source.size == 13


def test_descriptors_of_parts_are_given_back(tmp_path: Path) -> None:
    def opened() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    before = opened()
    path = laid(tmp_path, split(DISK, 6))
    with open_source(path) as source:
        assert len(source.further) == 5
        assert opened() == before + 6
    assert opened() == before


@pytest.mark.parametrize(
    ("name", "there", "names", "lacking"),
    [
        ("a.E01", {"a.E01", "a.e02", "a.E03"}, ("a.e02", "a.E03"), None),
        ("a.E01", {"a.E01", *(f"a.E{n:02}" for n in range(2, 100)), "a.EAA", "a.EAB"}, None, None),
        ("a.Ex01", {"a.Ex01", "a.Ex02"}, ("a.Ex02",), None),
        ("a.000", {"a.000", "a.001", "a.003"}, ("a.001",), "a.002"),
        ("a.001", {"a.001", "b.002"}, (), None),
        ("a.002", {"a.001", "a.002", "a.003"}, (), None),
        ("photo.jpg", {"photo.jpg"}, (), None),
    ],
)
def test_names_of_parts_follow_each_other(name: str, there: set[str], names: tuple[str, ...] | None, lacking: str | None) -> None:
    beside = parts_beside(name, frozenset(there))
    assert beside.names == names if names is not None else beside.names[-1] == "a.EAB"
    assert beside.lacking == lacking


OLD = iso_of({"readme.txt": b"hello", "notes.txt": b"nothing yet" * 9000})
NEW = iso_of({"readme.txt": b"hello", "setup.exe": pe() + bytes(range(256)) * 300})
BASE, CHILD, GRANDCHILD = bytes([1] * 16), bytes([2] * 16), bytes([3] * 16)


def family() -> dict[str, bytes]:
    middle = OLD[:40_000] + b"\x07" * 512 + OLD[40_512:]
    return {
        "now.vhd": differencing_vhd(NEW, middle, CHILD, own_id=GRANDCHILD),
        "middle.avhd": differencing_vhd(middle, OLD, BASE, own_id=CHILD),
        "base.vhd": vhd_with_id(dynamic_vhd(OLD), BASE),
        "other.vhd": vhd_with_id(fixed_vhd(bytes(len(OLD))), bytes([9] * 16)),
        "broken.vhd": b"conectix",
    }


def test_a_disk_of_changes_is_read_with_its_parents_beside_it(tmp_path: Path) -> None:
    inspection = engine.inspect(laid(tmp_path, family()))
    assert "now.vhd > setup.exe" in found(inspection)
    assert inspection.coverage.not_inspected == ()
    assert "middle.avhd" in inspection.source.name
    assert inspection.source.sha256 == hashlib.sha256(family()["now.vhd"]).hexdigest()


@pytest.mark.parametrize("missing", ["base.vhd", "middle.avhd"])
def test_a_disk_of_changes_without_its_parent_is_said_and_never_clear(tmp_path: Path, missing: str) -> None:
    files = family()
    del files[missing]
    inspection = engine.inspect(laid(tmp_path, files))
    assert ["base.vhd”, which does not lie beside it" in (gap.detail or "") for gap in inspection.coverage.not_inspected] == [True]
    assert inspection.verdict is not Verdict.CLEAR


def test_the_disk_of_changes_reads_byte_for_byte() -> None:
    files = {name: MemoryContent(body) for name, body in family().items()}
    vhd.lies_beside([files[name] for name in ("base.vhd", "middle.avhd")])
    try:
        assert vhd.disk(files["now.vhd"]).read(0, len(NEW)) == NEW
    finally:
        vhd.lies_beside([])


def test_a_disk_that_is_its_own_parent_ends(tmp_path: Path) -> None:
    loop = {"a.vhd": differencing_vhd(NEW, OLD, CHILD, own_id=BASE), "b.vhd": differencing_vhd(NEW, OLD, CHILD, own_id=CHILD)}
    inspection = engine.inspect(laid(tmp_path, loop))
    assert ["others beneath it" in (gap.detail or "") for gap in inspection.coverage.not_inspected] == [True]


def test_a_disk_image_in_segments_is_said(tmp_path: Path) -> None:
    image = bytearray(dmg_of(NEW))
    struct.pack_into(">II", image, len(image) - 512 + 56, 1, 3)
    inspection = engine.inspect(laid(tmp_path, {"a.dmg": bytes(image)}))
    assert ["one of 3 segments" in (gap.detail or "") for gap in inspection.coverage.not_inspected] == [True]
