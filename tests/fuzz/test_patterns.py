"""No regular expression of the inspection can be kept busy by text that is made for it."""

import time

import pytest

from gifthorse.inspect import registry
from gifthorse.inspect.identify import identify
from tests.fuzz.of_worker import examined
from tests.fuzz.patterns import all_patterns, attacks
from tests.samples.hostile_texts import HEADS, RUNS, hostile_text

LENGTH = 2000
SECONDS = 0.25  # at this length; what grows with the square takes a thousand times as long for 64 KiB, and such patterns are found here
PATTERNS = all_patterns()


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_done_soon_with_text_that_repeats_what_it_repeats(name: str) -> None:
    pattern = PATTERNS[name]
    for attack in attacks(pattern, LENGTH):
        began = time.process_time()
        for _ in pattern.finditer(attack):  # type: ignore[arg-type]
            pass
        assert time.process_time() - began < SECONDS, f"{attack[:100]!r}"


@pytest.mark.parametrize("run", [b"<!---->", b"<!--", b"<?a?>", b"<!doctype a[]>", b" ", b"\n", b"[a]\n", b"a: b\n", b"; a\n", b"From "])
@pytest.mark.parametrize("head", [b"", b"<", b"[a]\n", b"From: a\n"])
def test_what_a_text_is_is_told_soon_whatever_it_repeats(head: bytes, run: bytes) -> None:
    body = (head + run * (65536 // len(run)))[:65536]
    began = time.process_time()
    for name in ("a", "a.html", "a.ini", "a.eml", "a.vbs"):
        identify(body, len(body), None, name)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("ending", HEADS)
def test_a_text_made_of_one_long_run_is_examined_soon(ending: str) -> None:
    registry.load()
    for run in RUNS:
        body = hostile_text(HEADS[ending], run, 20_000)
        began = time.process_time()
        examined(b"\xffa." + ending.encode() + b"\n" + body)
        assert time.process_time() - began < 1, repr(run)
