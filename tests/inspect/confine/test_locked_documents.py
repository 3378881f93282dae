"""Documents locked with a password are opened in a confined worker too, which can reach neither a device nor a file."""

import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from tests.samples import documents as make

# A process of its own: what this one has opened with qpdf before would be at hand in workers that are born from it.
_INSPECTING = """
import json, sys
from gifthorse.inspect import engine
from gifthorse.inspect.engine import Options

if __name__ == "__main__":
    inspection = engine.inspect(sys.argv[1], options=Options(passwords=("wrong", "reader"), clamd="off"))
    unseen = [line.reason.value for line in inspection.coverage.not_inspected]
    print(json.dumps([sorted({finding.id for finding in inspection.findings}), unseen]))
"""


def starting_by_itself(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


@pytest.mark.parametrize("strength", [3, 4, 6])
def test_a_pdf_is_read_with_a_password_that_was_given(tmp_path: Path, strength: int) -> None:
    kind = pikepdf.Encryption(owner="owner", user="reader", R=strength, aes=strength > 3, metadata=strength > 3)
    (tmp_path / "gift").mkdir()
    (tmp_path / "gift" / "plan.pdf").write_bytes(make.pdf(starting_by_itself, encryption=kind))
    program = tmp_path / "inspecting.py"
    program.write_text(_INSPECTING)
    done = subprocess.run([sys.executable, str(program), str(tmp_path / "gift")], capture_output=True, check=True)
    ids, unseen = json.loads(done.stdout)
    assert {"pdf.encrypted", "pdf.javascript"} <= set(ids)
    assert unseen == []
