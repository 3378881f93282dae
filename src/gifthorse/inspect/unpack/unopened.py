"""Archives that are known by their first bytes and that nothing of ours opens: said, so that none passes as plain data."""

from collections.abc import Iterator

from gifthorse.inspect.formats.archive_marks import named
from gifthorse.inspect.item import Item
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.inspect.unpack.libarchive import library_members
from gifthorse.inspect.unpack.members import Opened, Unsupported


def lha_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The members of an LHA archive, by the system's libarchive."""
    return library_members(item, budget, "lha")


def unopened_members(item: Item, _budget: Budget) -> Iterator[Opened]:
    """None: raises Unsupported with the kind of archive."""
    yield from ()
    raise Unsupported(f"{named(item.head) or 'archive'}: this version doesn't open it; unpack it elsewhere and inspect the folder")
