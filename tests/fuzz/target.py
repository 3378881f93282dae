"""What a fuzz target is: a parser of ours behind one function of bytes, and what must hold whatever the bytes are.

A target returns when the parser keeps its contract: only the errors that its docstring names, no more than two seconds of processor
time for an input, no more than 512 MB of memory in the process, budgets kept. Everything else is a finding.
"""

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tests.fuzz.same_seeds import the_same

SECONDS: Final = 2.0
MEGABYTES: Final = 512
LONGEST: Final = 1 << 16


class TooSlow(Exception):
    """An input took more processor time than an input may take."""


class TooLarge(Exception):
    """The process holds more memory than an input may cost."""


class ContractBroken(Exception):
    """The parser came back, with something that it must not give."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """One parser. `seeds` are whole inputs that it understands; `allowed` are the errors of its contract.

    `tries` is how many mutations the ordinary tests run; slow parsers have fewer.
    """

    name: str
    parse: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]
    allowed: tuple[type[BaseException], ...] = ()
    tries: int = 400
    longest: int = LONGEST

    def inputs(self) -> list[bytes]:
        """The seeds, the same ones in every process."""
        return the_same(self.seeds)

    def check(self, untrusted_input: bytes) -> float:
        """The processor time that the input took; raises TooSlow, ContractBroken, or what the parser should not have raised."""
        began = time.process_time()
        with contextlib.suppress(self.allowed):
            self.parse(untrusted_input)
        taken = time.process_time() - began
        if taken > SECONDS:
            raise TooSlow(f"{taken:.1f} s of processor time")
        return taken


def require(condition: object, broken: str) -> None:
    """Raises ContractBroken with *broken* unless *condition* holds."""
    if not condition:
        raise ContractBroken(broken)
