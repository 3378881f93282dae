"""Two mends of atheris 2.3 on Python 3.11, whose rewritten code otherwise jumps to the wrong place and fills the stack with nonsense.

A jump backwards that grows by an EXTENDED_ARG may land two bytes behind its target; and a comparison that a jump leads to
(``a == (b if c else d)``) is rewritten such that the jump leads behind the rewritten part.
"""

from typing import Any

from atheris.instrument_bytecode import Instrumentor
from atheris.version_dependent import REL_REFERENCE_IS_INVERTED


def mend() -> None:
    """Whatever is instrumented from now on jumps where the plain code jumps."""
    if not hasattr(Instrumentor, "_plain_to_code"):
        Instrumentor._plain_to_code, Instrumentor.to_code = Instrumentor.to_code, _to_code
        Instrumentor._plain_trace_data_flow, Instrumentor.trace_data_flow = Instrumentor.trace_data_flow, _trace_data_flow


def _to_code(self: Any) -> Any:
    """The arguments of jumps are told anew by where they lead, until none grows any more."""
    changed = True
    while changed:
        changed = False
        for instruction in self._get_linear_instruction_listing():
            if instruction.reference is not None and instruction._is_relative:
                before = instruction.offset + instruction.get_size()
                back = instruction.mnemonic in REL_REFERENCE_IS_INVERTED
                argument = (before - instruction.reference if back else instruction.reference - before) // 2
                changed = changed or argument != instruction.arg
                instruction.arg = argument
        if changed:
            self._handle_size_changes()
    return self._plain_to_code()


def _trace_data_flow(self: Any) -> None:
    """What is put in front of a comparison is jumped to with it."""
    plain = self._adjust

    def adjust(offset: float, size: int, *keep: Any) -> None:
        here = [one for block in self._cfg.values() for one in block if one.reference == offset]
        plain(offset, size, *keep, *here)

    self._adjust = adjust
    try:
        self._plain_trace_data_flow()
    finally:
        del self._adjust
