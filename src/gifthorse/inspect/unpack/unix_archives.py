"""ar (and so Debian packages) and cpio: plain headers with the members' bytes between them, so members are slices.

ar: the common format of GNU and BSD, `ar(5)`. cpio: `cpio(5)` of POSIX.1-1990 (odc) and SVR4 (newc, crc), and the old binary form.
"""

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.inspect.unpack.members import Damaged, Opened, Unseen, member, unread
from gifthorse.inspect.unpack.names import NameWatch
from gifthorse.inspect.unpack.slices import Slice
from gifthorse.model.inspections import Reason

AR_MARK: Final = b"!<arch>\n"
AR_HEADER: Final = 60
NAMES_MOST: Final = 1024 * 1024
CPIO_NAME_MOST: Final = 64 * 1024


@dataclass(kw_only=True, slots=True)
class Lying:
    """A member that lies in the archive as it is."""

    name: str
    at: int
    data: int
    size: int
    mode: int = 0


def ar_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The members of an ar archive."""
    return _members(item, budget, ar_entries(item.content))


def cpio_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The members of a cpio archive."""
    return _members(item, budget, cpio_entries(item.content))


def _members(item: Item, budget: Budget, entries: Iterator[Lying]) -> Iterator[Opened]:
    watch = NameWatch(item)
    unseen = Unseen(item)
    try:
        for entry in entries:
            budget.member()
            content = Slice(item.content, entry.data, entry.size)
            if stat.S_ISLNK(entry.mode):
                watch.see_link(entry.name, content.read(0, 4096).decode("utf-8", "surrogateescape"), entry.at)
                continue
            watch.see(entry.name, entry.at)
            if stat.S_IFMT(entry.mode) not in {0, stat.S_IFREG}:
                continue
            if content.size < entry.size:
                yield from unseen.note(entry.name, Reason.UNREADABLE, f"the archive ends after {content.size} of {entry.size} bytes")
            budget.pass_on(content.size)
            yield member(entry.name, content, {"executable"} if entry.mode & 0o111 else ())
    except Damaged as broken:
        yield unread(item.path, Reason.UNREADABLE, str(broken))
    yield from watch.findings()
    yield from unseen.rest()


def ar_entries(content: Content) -> Iterator[Lying]:
    """Each member of an ar archive; the tables of symbols and of long names are not members."""
    at = len(AR_MARK)
    long_names = b""
    while at + AR_HEADER <= content.size:
        header = content.read(at, AR_HEADER)
        size = _digits(header[48:58], 10)
        if header[58:60] != b"`\n" or size is None:
            raise Damaged(f"no ar header at byte {at}")
        name, data = header[:16].rstrip(b" "), at + AR_HEADER
        shift = 0
        if name == b"//":
            long_names = content.read(data, min(size, NAMES_MOST))
        elif name not in {b"/", b"/SYM64/", b"__.SYMDEF"}:
            if name.startswith(b"#1/") and name[3:].isdigit():
                shift = min(size, int(name[3:]))
                name = content.read(data, min(shift, CPIO_NAME_MOST)).rstrip(b"\x00")
            elif name[:1] == b"/" and name[1:].isdigit():
                name = long_names[int(name[1:]) :].split(b"\n", 1)[0]
            if not name.startswith(b"__.SYMDEF"):
                mode = _digits(header[40:48], 8) or 0
                yield Lying(name=_text(name.rstrip(b"/")), at=at, data=data + shift, size=size - shift, mode=mode)
        at = data + size + size % 2


def cpio_entries(content: Content) -> Iterator[Lying]:
    """Each member of a cpio archive up to its trailer, in whichever of the four forms its header has."""
    at = 0
    while at < content.size:
        head = content.read(at, 110)
        if not head.strip(b"\x00"):
            at += len(head)
            continue
        parsed = _newc(head, at) or _odc(head, at) or _binary(head, at)
        if parsed is None:
            raise Damaged(f"no cpio header at byte {at}")
        names, name_at, data_at, size, mode, boundary = parsed
        if names > CPIO_NAME_MOST:
            raise Damaged(f"a name of {names} bytes at byte {at}")
        name = _text(content.read(name_at, names).rstrip(b"\x00"))
        if name == "TRAILER!!!":
            return
        yield Lying(name=name, at=at, data=data_at, size=size, mode=mode)
        end = data_at + size
        at = end + -end % boundary


def _newc(head: bytes, at: int) -> tuple[int, int, int, int, int, int] | None:
    if head[:6] not in {b"070701", b"070702"} or len(head) < 110:
        return None
    fields = [_digits(head[6 + 8 * index : 14 + 8 * index], 16) for index in range(13)]
    mode, size, names = fields[1], fields[6], fields[11]
    if mode is None or size is None or names is None:
        return None
    end = at + 110 + names
    return names, at + 110, end + -end % 4, size, mode, 4


def _odc(head: bytes, at: int) -> tuple[int, int, int, int, int, int] | None:
    if head[:6] != b"070707" or len(head) < 76:
        return None
    mode, names, size = _digits(head[18:24], 8), _digits(head[59:65], 8), _digits(head[65:76], 8)
    if mode is None or size is None or names is None:
        return None
    return names, at + 76, at + 76 + names, size, mode, 1


def _binary(head: bytes, at: int) -> tuple[int, int, int, int, int, int] | None:
    order = {b"\xc7\x71": "<", b"\x71\xc7": ">"}.get(head[:2])
    if order is None or len(head) < 26:
        return None
    words = struct.unpack(f"{order}13H", head[:26])
    names, size = words[10], (words[11] << 16) | words[12]
    end = at + 26 + names
    return names, at + 26, end + end % 2, size, words[3], 2


def _digits(field: bytes, base: int) -> int | None:
    digits = field.strip() or b"0"
    if not digits.isalnum():
        return None  # int() would take a sign, and a negative size leads back to where the archive was read before
    try:
        return int(digits, base)
    except ValueError:
        return None


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
