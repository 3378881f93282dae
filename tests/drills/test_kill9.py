"""Writers are killed two hundred times in the middle of writing: nothing that was confirmed is lost, and the ledger is whole."""

import json
import os
import subprocess
import sys

import pytest

KILLS = int(os.environ.get("GIFTHORSE_DRILL_KILLS", "200"))


@pytest.mark.drill
@pytest.mark.slow
def test_what_was_confirmed_survives_any_number_of_kills(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.drills.writers", str(tmp_path), str(KILLS)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["killed"] >= KILLS
    assert found["confirmed"] > KILLS, "the writers hardly wrote: the drill shows nothing"
    assert found["lost"] == []
    assert found["damages"] == []
    assert done.stderr == ""
