"""A confined worker can open no file: what a parser would import there only when it needs it is missing, and the parser fails.

Such a failure is easily taken for a damaged file, so here every attempt to import in a worker is written down by name.
"""

from pathlib import Path

import pytest

from gifthorse.demonstration.media import MIB, Format, PlacedFile, Volume
from gifthorse.inspect import engine
from gifthorse.inspect.engine import Options
from gifthorse.inspect.sources import open_source
from gifthorse.model.inspections import Inspection
from tests.samples import disks
from tests.samples.every_kind import every_kind
from tests.samples.hostile.cases import every_case, lay_out

# Written down in each worker from its birth on. What the worker itself imports before it is confined may be imported.
_WITNESS = """
import os, sys
from gifthorse.model.findings import Evidence, FindingKind, Severity
from gifthorse.model.words import phrase

KIND = FindingKind(id="test.imported", severity=Severity.LOW, confidence=1.0, title="t", why="w", what_to_do="d", benign_explanation="b")
KINDS = (KIND,)
WANTS = None
missing = []

class Witness:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if not name.startswith("gifthorse.inspect.confine") and name not in missing:
            missing.append(name)
        return None

os.register_at_fork(after_in_child=lambda: sys.meta_path.insert(0, Witness))

def _told():
    while missing:
        yield KIND.found(Evidence(path=""), detail=phrase("{name}", name=missing.pop()))

def examine(item):
    {own}
    yield from _told()

def examine_medium(seen):
    yield from _told()
"""


def _imported(source: Path, folder: Path, as_kind: str = "auto", own: str = "pass", **options: object) -> set[str]:
    inspection = _inspection(source, folder, as_kind, own, **options)
    return {finding.detail.in_english() for finding in inspection.findings if finding.id == "test.imported" and finding.detail}


def _inspection(source: Path, folder: Path, as_kind: str, own: str, **options: object) -> Inspection:
    witness = folder / "witness.py"
    witness.write_text(_WITNESS.replace("{own}", own))
    with open_source(str(source), as_kind=as_kind) as opened:
        return engine.inspect(opened, options=Options(own_detectors=(str(witness),), workers=1, **options))  # type: ignore[arg-type]


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    """A file of every kind."""
    folder = tmp_path / "gift"
    for name, content in every_kind().items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder


def test_the_witness_names_what_is_imported(gift: Path, tmp_path: Path) -> None:
    own = "\n    try:\n        import antigravity\n    except Exception:\n        pass"
    assert _imported(gift / "l.txt", tmp_path, own=own) == {"antigravity"}


def test_no_reader_of_any_kind_of_file_imports_in_a_worker(gift: Path, tmp_path: Path) -> None:
    assert _imported(gift, tmp_path, passwords=("secret", "u")) == set()


def test_no_detector_of_hostile_things_imports_in_a_worker(tmp_path: Path) -> None:
    lay_out(every_case(), tmp_path / "gift")
    assert _imported(tmp_path / "gift", tmp_path) == set()


@pytest.mark.parametrize("name", ["lsusb.txt", "descriptors.bin", "recording.umockdev", "heard.pcap", "heard.pcapng"])
def test_no_reader_of_usb_imports_in_a_worker(gift: Path, tmp_path: Path, name: str) -> None:
    assert _imported(gift / name, tmp_path, "usb") == set()


def _exfat(path: Path, files: dict[str, bytes]) -> Path:
    volume = Volume(format=Format.EXFAT, size=8 * MIB, files=[PlacedFile(path=name, content=content) for name, content in files.items()])
    path.write_bytes(disks.own_medium([volume]))
    return path


@pytest.mark.parametrize("filesystem", ["fat32", "exfat", "ntfs", "ext4", "iso", "noise"])
def test_no_reader_of_a_filesystem_imports_in_a_worker(tmp_path: Path, filesystem: str) -> None:
    few = {"a.txt": b"a", "b.bin": bytes(100_000)}
    makers = {
        "fat32": lambda: disks.fat_by_tools(tmp_path, few),
        "exfat": lambda: _exfat(tmp_path / "exfat.img", few),
        "ntfs": lambda: disks.ntfs_by_tools(tmp_path, few),
        "ext4": lambda: disks.ext_by_tools(tmp_path, few),
        "iso": lambda: disks.iso_by_tools(tmp_path, few, "-J", "-R"),
        "noise": lambda: disks.blank(tmp_path / "noise.img", 1 << 20),
    }
    assert _imported(makers[filesystem](), tmp_path, "image") == set()
