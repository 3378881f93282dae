"""Scripts that carry an archive or a program behind their last line, as installers for Linux do: what they carry is a member."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.content import HEAD_BYTES
from gifthorse.inspect.item import Item
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.inspect.unpack.members import Opened, member
from gifthorse.inspect.unpack.slices import Slice

_STARTS: Final = re.compile(
    rb"\n(?=\x1f\x8b\x08|BZh[1-9]1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd|PK\x03\x04|7z\xbc\xaf\x27\x1c|\x7fELF|MZ[\x00-\xff]{58}[\x00-\xff]{2}\0\0)"
)


def script_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """What follows the lines of a script, when an archive or a program begins there."""
    if not item.head.startswith(b"#!"):
        return
    found = _STARTS.search(item.content.read(0, HEAD_BYTES))
    if found is not None:
        budget.member()
        budget.pass_on(item.size - found.end())
        yield member("(behind the script)", Slice(item.content, found.end(), item.size - found.end()), {"appended"})
