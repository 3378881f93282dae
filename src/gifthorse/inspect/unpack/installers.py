"""Windows installer packages (.msi): a compound file whose streams hold tables, programs and cabinets.

Stream names are packed two characters to one ([MS-MSI] is not published; the packing is described in the documentation of
libmsi/msitools): 0x3800-0x47FF hold two of 64 characters, 0x4800-0x483F one, 0x4840 marks a table.
"""

from collections.abc import Iterator
from typing import Any, Final

import olefile

from gifthorse.inspect.documents.compound import refuse_endless
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.item import Item
from gifthorse.inspect.unpack.budgets import Budget, TooMuchHeld, in_words
from gifthorse.inspect.unpack.members import PIECE, Damaged, Opened, Unseen, gathered, member
from gifthorse.model.inspections import Reason

LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._"
TABLE: Final = 0x4840
STREAMS_MOST: Final = 10_000


def installer_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The streams of an installer package that are no tables of its database."""
    unseen = Unseen(item)
    try:
        opened: Any = olefile.OleFileIO
        with opened(item.content.open()) as compound:
            refuse_endless(compound)
            for path in compound.listdir(streams=True, storages=False)[:STREAMS_MOST]:
                name = "/".join(unpacked_name(part) for part in path)
                if name.startswith("!") or path[-1].startswith("\x05"):
                    continue
                budget.member()
                yield from _stream(compound, path, name, budget, unseen)
    except (DamagedDocument, OSError, ValueError, IndexError, TypeError, AttributeError, OverflowError, RecursionError) as broken:
        raise Damaged(f"the compound file can't be read ({broken})") from broken
    yield from unseen.rest()


def _stream(compound: Any, path: list[str], name: str, budget: Budget, unseen: Unseen) -> Iterator[Opened]:
    try:
        if compound.get_size(path) > min(budget.limits.held, len(compound.fat) * compound.sector_size):
            yield from unseen.note(name, Reason.BUDGET, f"a stream of {compound.get_size(path)} bytes")
            return
        with compound.openstream(path) as stream:
            content, _damage = gathered(iter(lambda: stream.read(PIECE), b""), budget)
    except TooMuchHeld as over:
        yield from unseen.note(name, Reason.BUDGET, in_words(over))
        return
    except (OSError, ValueError, IndexError) as broken:
        yield from unseen.note(name, Reason.UNREADABLE, str(broken))
        return
    yield member(name, content)


def unpacked_name(name: str) -> str:
    """A stream's name in plain letters; tables begin with an exclamation mark."""
    letters = []
    for character in name:
        code = ord(character)
        if code == TABLE:
            letters.append("!")
        elif 0x3800 <= code < 0x4800:
            letters.append(LETTERS[code - 0x3800 & 0x3F] + LETTERS[code - 0x3800 >> 6])
        elif 0x4800 <= code < TABLE:
            letters.append(LETTERS[code - 0x4800])
        else:
            letters.append(character)
    return "".join(letters)
