"""A compressed tar that is too large to be held whole, read member by member while it is decompressed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from gifthorse.inspect.content import Readable
from gifthorse.inspect.item import Item
from gifthorse.inspect.unpack.budgets import Budget, TooMuchHeld, Uncounted, in_words
from gifthorse.inspect.unpack.members import PIECE, Damaged, Member, Opened, Unseen, display, gathered, last_part, unread
from gifthorse.inspect.unpack.names import NameWatch
from gifthorse.inspect.unpack.tar import REGULAR, SPECIAL, Entry, entries, tar_checksum_holds
from gifthorse.model.inspections import Reason

ENDLESS: Final = 1 << 62


class Flowing(Readable):
    """Decompressed bytes that can be read forwards only: a read behind what has passed gives nothing."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._window = b""
        self._at = 0
        self.size = ENDLESS

    def read(self, offset: int, length: int) -> bytes:
        """At most *length* bytes from *offset*; what lies before *offset* may be dropped."""
        while offset + length > self._at + len(self._window):
            piece = next(self._pieces, b"")
            if not piece:
                break
            drop = min(max(0, offset - self._at), len(self._window))
            self._at += drop
            self._window = self._window[drop:] + piece
        inside = offset - self._at
        return self._window[inside : inside + length] if inside >= 0 else b""


def is_tar(head: bytes) -> bool:
    """Whether *head* is a tar header whose checksum holds."""
    return len(head) == 512 and tar_checksum_holds(head)


def streamed_tar_members(item: Item, name: str, flowing: Flowing, budget: Budget) -> Iterator[Opened]:
    """The members of the tar that flows out of *item*, shown as lying in a tar of that *name*."""
    inner = replace(item, path=f"{item.path} > {display(name)}")
    watch = NameWatch(inner)
    unseen = Unseen(inner)
    try:
        for entry in entries(flowing):
            budget.member()
            if entry.kind in {b"1", b"2"}:
                watch.see_link(entry.name, entry.target, hard=entry.kind == b"1")
                continue
            if entry.kind in SPECIAL:
                watch.see_special(entry.name, SPECIAL[entry.kind])
                continue
            watch.see(entry.name)
            if entry.kind in REGULAR and not entry.name.endswith("/"):
                yield from _opened(flowing, entry, name, budget, unseen)
    except Damaged as broken:
        yield unread(inner.path, Reason.UNREADABLE, str(broken))
    yield from watch.findings()
    yield from unseen.rest()


def _opened(flowing: Flowing, entry: Entry, name: str, budget: Budget, unseen: Unseen) -> Iterator[Opened]:
    try:
        content, _damage = gathered(_pieces(flowing, entry), budget, Uncounted(budget))
    except TooMuchHeld as over:
        yield from unseen.note(entry.name, Reason.BUDGET, in_words(over))
        return
    if content.size < entry.size:
        yield from unseen.note(entry.name, Reason.UNREADABLE, f"the archive ends after {content.size} of {entry.size} bytes")
    yield Member(
        untrusted_name=last_part(entry.name),
        display_name=f"{display(name)} > {display(entry.name)}",
        content=content,
        attributes=frozenset({"executable"} if entry.mode & 0o111 else ()),
    )


def _pieces(flowing: Flowing, entry: Entry) -> Iterator[bytes]:
    at, end = entry.data, entry.data + entry.size
    while at < end:
        piece = flowing.read(at, min(PIECE * 4, end - at))
        if not piece:
            return
        yield piece
        at += len(piece)
