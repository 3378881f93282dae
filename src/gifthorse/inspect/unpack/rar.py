"""rar archives: read by libarchive when it is there; their own list of names, sizes and locks is read here in any case.

Formats: "RAR 5.0 archive format" and technote.txt of RAR 4 (both published by RARLAB). Members that are stored and not locked need no
decompressor and are slices.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gifthorse.inspect.detectors.archive_encrypted import encrypted
from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.unpack import libarchive
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.inspect.unpack.members import Damaged, Encrypted, Opened, Unseen, member, unread
from gifthorse.inspect.unpack.names import NameWatch
from gifthorse.inspect.unpack.slices import Slice
from gifthorse.model.inspections import Reason
from gifthorse.model.words import N_, phrase

MARK4: Final = b"Rar!\x1a\x07\x00"
MARK5: Final = b"Rar!\x1a\x07\x01\x00"
HEADER_MOST: Final = 2 * 1024 * 1024
PREFIX_MOST: Final = 1024 * 1024  # a self-extracting module comes first; RARLAB allows this much

# Kinds of extra records: a lock, a link's target, and a service's own data. The service "STM" is a hidden stream of NTFS.
_LOCK, _REDIRECTION, _SERVICE = 1, 5, 7
_LINKS: Final = frozenset({1, 2, 3})  # a symbolic link of Unix or Windows, or a junction
_STREAM: Final = "STM"


@dataclass(kw_only=True, slots=True)
class Listed:
    """A member as the archive lists it; `locked` when its bytes are encrypted, `stored` when they are not compressed.

    A `stream` is written behind the file before it, where Windows shows nothing; its name is that file's and its own. `target` is where a
    link leads.
    """

    name: str
    at: int
    data: int
    packed: int
    locked: bool
    stored: bool
    folder: bool = False
    stream: bool = False
    target: str = ""


def rar_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The members of a rar archive."""
    listed = list(entries(item.content))
    if libarchive.available() and any(not (one.stored or one.folder or one.locked) for one in listed):
        yield from libarchive.library_members(item, budget, "rar,rar5", frozenset(one.name for one in listed if one.locked))
        yield from _listed_members(item, budget, [one for one in listed if one.stream])  # the library passes over them
        return
    locked = [one for one in listed if one.locked]
    if locked:
        names = ", ".join(one.name for one in locked[:3])
        yield encrypted(item, phrase(N_("{count} members are locked: {names}."), count=len(locked), names=names))
    yield from _listed_members(item, budget, listed)
    if not listed:
        yield unread(item.path, Reason.UNREADABLE, "the archive lists no members")


def _listed_members(item: Item, budget: Budget, listed: list[Listed]) -> Iterator[Opened]:
    watch = NameWatch(item)
    unseen = Unseen(item)
    for one in listed:
        budget.member()
        if one.target:
            watch.see_link(one.name, one.target, one.at)
            continue
        watch.see(one.name, one.at)
        if one.folder:
            continue
        if one.locked:
            yield from unseen.note(one.name, Reason.ENCRYPTED, "encrypted")
        elif not one.stored:
            yield from unseen.note(one.name, Reason.UNSUPPORTED, "rar compression: the library libarchive is not on this machine")
        else:
            content = Slice(item.content, one.data, one.packed)
            if content.size < one.packed:
                yield from unseen.note(one.name, Reason.UNREADABLE, "the member is cut off")
            budget.pass_on(content.size)
            yield member(one.name, content, {"stream"} if one.stream else frozenset())
    yield from watch.findings()
    yield from unseen.rest()


def entries(content: Content) -> Iterator[Listed]:
    """Each member that the archive's headers list; raises Encrypted when the headers are encrypted, Damaged when there are none."""
    head = content.read(0, PREFIX_MOST + 8)
    for mark, reader in ((MARK5, _entries5), (MARK4, _entries4)):
        found = head.find(mark)
        if found >= 0:
            yield from reader(content, found + len(mark))
            return
    raise Damaged("no rar signature")


def _entries4(content: Content, at: int) -> Iterator[Listed]:
    while at + 7 <= content.size:
        raw = content.read(at, 7)
        _checksum, kind, flags, size = struct.unpack("<HBHH", raw)
        if size < 7:
            return
        header = content.read(at, size)
        if kind == 0x73 and flags & 0x80:
            raise Encrypted("names and members are encrypted")
        packed = 0
        if kind in {0x74, 0x7A} and len(header) >= 32:
            packed = struct.unpack_from("<I", header, 7)[0]
            if flags & 0x100 and len(header) >= 40:
                packed |= struct.unpack_from("<I", header, 32)[0] << 32
            if kind == 0x74:
                yield _file4(header, flags, at, at + size, packed)
        elif flags & 0x8000 and len(header) >= 11:
            packed = struct.unpack_from("<I", header, 7)[0]
        if kind == 0x7B:
            return
        at += size + packed


def _file4(header: bytes, flags: int, at: int, data: int, packed: int) -> Listed:
    method, length = header[25], struct.unpack_from("<H", header, 26)[0]
    name_at = 40 if flags & 0x100 else 32
    raw = header[name_at : name_at + length].split(b"\x00", 1)[0]
    return Listed(
        name=raw.decode("utf-8", "surrogateescape"),
        at=at,
        data=data,
        packed=packed,
        locked=bool(flags & 0x04),
        stored=method == 0x30,
        folder=flags & 0xE0 == 0xE0,
    )


class _Numbers:
    """RAR 5's numbers of variable length: seven bits a byte, lowest first."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def number(self) -> int:
        value = shift = 0
        while True:
            if self.at >= len(self._data) or shift > 63:
                raise Damaged("a rar header ends too early")
            byte = self._data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return value

    def take(self, length: int) -> bytes:
        piece = self._data[self.at : self.at + length]
        self.at += length
        return piece


def _entries5(content: Content, at: int) -> Iterator[Listed]:
    before = ""
    while at + 7 <= content.size:
        front = _Numbers(content.read(at + 4, 10))
        size = front.number()
        if not 0 < size <= HEADER_MOST:
            return
        body_at = at + 4 + front.at
        numbers = _Numbers(content.read(body_at, size))
        kind, flags = numbers.number(), numbers.number()
        extra = numbers.number() if flags & 1 else 0
        packed = numbers.number() if flags & 2 else 0
        if kind == 4:
            raise Encrypted("names and members are encrypted")
        if kind == 5:
            return
        if kind in {2, 3}:
            found = _file5(content, numbers, at, (body_at, size), (extra, packed))
            if kind == 2:
                before = found.name
                yield found
            elif found.name == _STREAM:
                found.name, found.stream = before + found.target, True
                found.target = ""
                yield found
        at = body_at + size + packed


def _file5(content: Content, numbers: _Numbers, at: int, body: tuple[int, int], sizes: tuple[int, int]) -> Listed:
    flags = numbers.number()
    numbers.number()  # unpacked size
    numbers.number()  # attributes
    if flags & 2:
        numbers.take(4)
    if flags & 4:
        numbers.take(4)
    method = numbers.number() >> 7 & 7
    numbers.number()  # host system
    name = numbers.take(numbers.number())
    extra, packed = sizes
    records = content.read(body[0] + body[1] - extra, extra) if 0 < extra <= body[1] else b""
    told = dict(_records(records))
    return Listed(
        name=name.decode("utf-8", "surrogateescape"),
        at=at,
        data=body[0] + body[1],
        packed=packed,
        locked=_LOCK in told,
        target=_leads_to(told),
        stored=method == 0,
        folder=bool(flags & 1),
    )


def _records(records: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each extra record; what stands before damage is kept."""
    numbers = _Numbers(records)
    while numbers.at < len(records):
        size = numbers.number()
        start = numbers.at
        if size == 0:
            return
        kind = numbers.number()
        yield kind, records[numbers.at : start + size]
        numbers.at = start + size


def _leads_to(told: dict[int, bytes]) -> str:
    """Where a link leads, or what a stream is called; empty for plain files."""
    if _SERVICE in told:
        return told[_SERVICE].decode("utf-8", "surrogateescape")
    numbers = _Numbers(told.get(_REDIRECTION, b""))
    if _REDIRECTION not in told or numbers.number() not in _LINKS:
        return ""
    numbers.number()  # flags
    return numbers.take(numbers.number()).decode("utf-8", "surrogateescape").removeprefix("\\??\\").removeprefix("/??/")
