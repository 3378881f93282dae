"""The real web server is killed two hundred times while three people send in reports: what they got a receipt for is there."""

import json
import os
import subprocess
import sys

import pytest

KILLS = int(os.environ.get("GIFTHORSE_DRILL_KILLS", "200"))


@pytest.mark.drill
@pytest.mark.slow
def test_a_report_with_a_receipt_survives_any_number_of_kills_of_the_desk(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.drills.web_writers", str(tmp_path / "desk"), str(KILLS)],
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["killed"] >= KILLS
    assert found["confirmed"] > KILLS / 2, "the writers hardly wrote: the drill shows nothing"
    assert found["lost"] == []
    assert found["damages"] == []
