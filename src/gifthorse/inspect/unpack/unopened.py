"""Archives that are known by their first bytes: opened where something here does it, else said, so that none passes as plain data."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.spelt_files import files_spelt_in
from gifthorse.inspect.documents.winmail import SIGNATURE, Wrapping, wrapped_in
from gifthorse.inspect.formats.archive_marks import LOCKED, named
from gifthorse.inspect.item import Item, TooLarge
from gifthorse.inspect.unpack import libarchive
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.inspect.unpack.libarchive import library_members, library_stream
from gifthorse.inspect.unpack.members import Damaged, Encrypted, Opened, Unsupported, gathered, member
from gifthorse.inspect.unpack.packages import RPM_MARK, XAR_MARK, rpm_members, xar_members

_FILTERS: Final = {b"\x1f\x9d": "compress", b"LZIP": "lzip", b"\x04\x22\x4d\x18": "lz4"}

MOST_POSTED: Final = 128 << 20


def preload() -> None:
    """The system's library is loaded, if there is one."""
    libarchive.preload()


def lha_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The members of an LHA archive, by the system's libarchive."""
    return library_members(item, budget, "lha")


def unopened_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """What is in a package or a file of a rare compression; for others raises Encrypted or Unsupported with the kind of archive."""
    if item.head.startswith(RPM_MARK):
        yield from rpm_members(item, budget)
        return
    if item.head.startswith(XAR_MARK):
        yield from xar_members(item, budget)
        return
    kind = named(item.head) or "archive"
    if item.head.startswith(SIGNATURE) or kind == "file in letters":
        yield from posted_members(item, budget)
        return
    way = next((way for mark, way in _FILTERS.items() if item.head.startswith(mark)), None)
    if way is not None and libarchive.available():
        yield from library_stream(item, budget, way)
        return
    if kind in LOCKED:
        raise Encrypted(kind)
    raise Unsupported(f"{kind}: this version doesn't open it; unpack it elsewhere and inspect the folder")


def posted_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The files in Outlook's wrapping or in a text of letters; raises Damaged when a record of the wrapping is cut off."""
    try:
        content = bytes(item.content.whole(MOST_POSTED))
    except TooLarge as error:
        raise Unsupported("a mail's wrapping too large to be held in memory") from error
    wrapping = wrapped_in(content) if content.startswith(SIGNATURE) else Wrapping(attachments=tuple(files_spelt_in(content)))
    for attachment in wrapping.attachments:
        budget.member()
        held, _damage = gathered([attachment.content], budget)
        yield member(attachment.untrusted_name, held)
    if wrapping.damaged:
        raise Damaged(wrapping.damaged)
