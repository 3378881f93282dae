"""Every parser bears its own inputs, damaged a few hundred times in ways that are the same on every run."""

import pytest

from tests.fuzz.mutations import mutations
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_a_parser_keeps_its_contract_on_damaged_input(name: str) -> None:
    target = TARGETS[name]
    seeds = target.inputs()
    for number, untrusted_input in enumerate((b"", *seeds, *mutations(seeds, target.tries, name))):
        try:
            target.check(untrusted_input)
        except BaseException as error:
            error.add_note(f"input {number} of {name}, {len(untrusted_input)} bytes, begins {untrusted_input[:64].hex()}")
            raise
