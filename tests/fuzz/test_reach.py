"""Every parser is reached by a target: a new module that nothing fuzzes makes this fail, and so does a target that reaches nothing."""

import subprocess
import sys
from hashlib import sha256

import pytest

from tests.fuzz.not_parsers import BESIDE_OTHER_WORK, LESS, NOT_PARSERS
from tests.fuzz.reach import Reach, reached
from tests.fuzz.targets import TARGETS

LEAST = 0.4  # of the lines of a parser's functions, by the seeds alone
SEEDS = """
from hashlib import sha256
from tests.fuzz.targets import TARGETS
for name, target in TARGETS.items():
    print(name, sha256(repr(target.inputs()).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def found() -> dict[str, Reach]:
    return reached(TARGETS.values())


def parsers(found: dict[str, Reach]) -> list[str]:
    excused = (*NOT_PARSERS, *BESIDE_OTHER_WORK)
    return [name for name in found if not any(name == other or name.startswith(f"{other}.") for other in excused)]


def test_the_seeds_of_the_targets_run_through_every_parser(found):
    little = {name: f"{found[name].share:.2f}" for name in parsers(found) if found[name].share < LESS.get(name, LEAST)}
    assert little == {}, "give these parsers a target with seeds that they understand, or say in not_parsers.py why they are none"


def test_most_lines_of_all_parsers_are_run_by_seeds(found):
    every = [found[name] for name in parsers(found)]
    assert sum(one.run for one in every) / sum(one.lines for one in every) > 0.65


def test_every_excuse_is_for_something_that_is_there_and_needs_it(found):
    names = {*NOT_PARSERS, *BESIDE_OTHER_WORK, *LESS}
    assert {name for name in names if not any(one == name or one.startswith(f"{name}.") for one in found)} == set()
    assert {name for name, least in LESS.items() if found[name].share >= LEAST or least >= LEAST} == set()


def test_a_target_that_does_nothing_reaches_nothing():
    idle = [type(target)(name=name, parse=len, seeds=target.seeds) for name, target in TARGETS.items() if name.startswith("usb.")]
    assert {name: one.run for name, one in reached(idle).items() if one.run} == {}


def test_the_seeds_are_the_same_in_every_process():
    told = subprocess.run([sys.executable, "-c", SEEDS], capture_output=True, check=True, text=True).stdout
    there = dict(line.split() for line in told.splitlines())
    here = {name: sha256(repr(target.inputs()).encode()).hexdigest() for name, target in TARGETS.items()}
    assert {name for name in here if here[name] != there[name]} == set()
