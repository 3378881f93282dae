"""What the fuzzer rewrites does what it did before, else it finds what is not there and misses what is."""

import pytest

atheris = pytest.importorskip("atheris")

from tests.fuzz.instrumenting import mend  # noqa: E402 - it mends atheris


def kinds(numbers, wide):
    """A comparison that jumps lead to, in a loop."""
    found = []
    for number in numbers:
        if number == (7 if wide else 9):
            found.append(number)
        if not 1 <= number <= 512:
            return found, "too far"
        found.append(-number)
    return found, "end"


class Windows:
    """A loop that is so long that its jump back needs a longer argument once it is rewritten."""

    def __init__(self, runs):
        self.runs, self.held = runs, None

    def within(self, start, end):
        while True:
            if self.held is None:
                found = next(self.runs, None)
                if found is None:
                    return
                self.held = (found[0], sum(found))
            first, last = self.held
            if first >= end:
                return
            if last > start:
                yield max(first, start), min(last, end)
            if last > end:
                return
            self.held = None


def outcomes(sort, within):
    windows = Windows(iter([(0, 5), (10, 5), (30, 2), (200, 50)]))
    seen = [list(within(windows, start, start + 20)) for start in range(0, 300, 20)]
    return seen, sort([3, 7, 9, 4], True), sort([9, 600, 1], False), sort([], True)


def test_rewritten_code_does_what_it_did():
    plain = outcomes(kinds, Windows.within)
    mend()
    rewritten = [type(kinds)(atheris.patch_code(one.__code__, True, True), globals()) for one in (kinds, Windows.within)]
    assert outcomes(*rewritten) == plain
    assert plain[1] == ([-3, 7, -7, -9, -4], "end")
    assert rewritten[0].__code__.co_code != kinds.__code__.co_code
