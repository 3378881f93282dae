"""The runner of the fuzzer: what an input may cost is measured and held, what breaks a parser is kept, and a stopped run goes on."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.fuzz.lanes import held_again
from tests.fuzz.ledger_of_inputs import Account, Book, account_at, input_in_work

# Runs one of these targets with as many inputs as are asked for, and prints how it fared.
SCRIPT = """
import sys, time
from pathlib import Path
import msgspec
from tests.fuzz.lanes import run
from tests.fuzz.run_target import Plan
from tests.fuzz.target import Target
kept = []
def waits(body):
    if body[:1] == b"A":
        end = time.process_time() + 60
        while time.process_time() < end: pass
def hides(body):
    if body[:1] == b"A":
        try:
            sum(range(10 ** 12))  # in C, where no Python can interrupt it
        except Exception: pass
def grows(body):
    if body[:1] == b"A":
        kept.append(bytearray(b"x" * (600 << 20)))
def raises(body):
    if body[:1] == b"A":
        raise KeyError(body[:9])
def holds(body):
    body.decode("ascii")
parses = {"waits": waits, "hides": hides, "grows": grows, "raises": raises, "holds": holds}
name, folder, inputs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
allowed = (UnicodeDecodeError,)
target = Target(name=name, parse=parses[name], seeds=lambda: [b"@@ a seed", b"another"], allowed=allowed, longest=64)
for result in run([target], folder, Plan(seconds=0, inputs=inputs, seed=1, keeps=True), 1):
    told = {"broken": result.broken, "inputs": result.inputs, "said": result.said, "kept": str(result.kept or "")}
    print(msgspec.json.encode(told | {"seconds": result.seconds}).decode())
"""


def ran(name: str, folder: Path, inputs: int) -> dict:
    command = [sys.executable, "-c", SCRIPT, name, str(folder), str(inputs)]
    told = subprocess.run(command, capture_output=True, check=True, text=True, timeout=300).stdout
    return msgspec.json.decode(told.splitlines()[-1]) if told else {}


@pytest.mark.parametrize(
    ("name", "said"),
    [("waits", "two seconds of processor time"), ("hides", "two seconds of processor time"), ("grows", "contract"), ("raises", "contract")],
)
def test_an_input_that_breaks_a_parser_is_kept_and_told(tmp_path, name, said):
    told = ran(name, tmp_path, 1_000_000)
    assert said in told["broken"]
    assert Path(told["kept"]).read_bytes()[:1] == b"A"
    # of too much memory libFuzzer tells, when it looks at that moment, or else the target
    signs = {"waits": ("in waits",), "hides": ("in hides",), "grows": ("TooLarge", "out-of-memory"), "raises": ("KeyError",)}
    assert any(sign in told["said"] for sign in signs[name])
    assert told["seconds"] < 20


def test_a_run_goes_on_where_it_was_and_ends_when_a_target_has_had_its_inputs(tmp_path):
    assert ran("holds", tmp_path, 300)["inputs"] == 300
    assert ran("holds", tmp_path, 500)["inputs"] == 200
    assert account_at(tmp_path / "holds" / "book").inputs == 500
    assert ran("holds", tmp_path, 500) == {}


def reached(book: Path, inputs: int, run: subprocess.Popen) -> None:
    while account_at(book).inputs < inputs and run.poll() is None:
        os.sched_yield()


def test_a_run_that_is_stopped_with_ctrl_c_has_broken_nothing_and_goes_on(tmp_path):
    book = tmp_path / "holds" / "book"
    with subprocess.Popen(
        [sys.executable, "-c", f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler){SCRIPT}", "holds", str(tmp_path), "1000000000"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
    ) as run:  # fmt: skip
        reached(book, 1000, run)
        (lane,) = map(int, Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split())
        os.kill(lane, signal.SIGINT)  # a terminal tells all of them; the one who started it may be the last to hear of it
        reached(book, account_at(book).inputs + 5000, run)
        os.killpg(run.pid, signal.SIGINT)
        told, _ = run.communicate(timeout=60)
    assert told == ""
    before = account_at(book).inputs
    assert before >= 1000
    assert ran("holds", tmp_path, before + 200)["broken"] == ""


def test_an_account_outlives_its_process_and_names_the_input_in_work(tmp_path):
    place = tmp_path / "book"
    first = Book(place, 100)
    first.begin(b"one")
    first.end(0.5, 70)
    first.begin(b"the next")  # and here it dies
    assert input_in_work(place) == b"the next"
    again = Book(place, 100)
    again.begin(b"last")
    again.end(0.25, 60)
    assert account_at(place) == Account(inputs=2, seconds=0.75, slowest=0.5, megabytes=70, length=4)
    assert account_at(tmp_path / "none") == Account()


@pytest.mark.parametrize(("name", "held"), [("formats.carving", True), ("no-such-parser", False)])
def test_an_input_that_was_slow_under_the_fuzzer_is_tried_once_more_without_it(tmp_path: Path, name: str, held: bool) -> None:
    (tmp_path / "input").write_bytes(b"MZ")
    assert held_again(name, tmp_path / "input") is held
