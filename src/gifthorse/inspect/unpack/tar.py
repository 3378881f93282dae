"""tar archives, read from their headers alone: members are slices of the archive, nothing is copied and nothing extracted.

Formats: POSIX.1-2008 pax ("ustar" with extended headers), GNU tar's long names ('L', 'K') and sparse members ('S', and
GNU.sparse.* 0.1/1.0 in pax headers), and the old Unix form. Own reader, because the standard library's takes extended headers of any
stated size into memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from gifthorse.inspect.item import Content, Item
from gifthorse.inspect.unpack.budgets import Budget
from gifthorse.inspect.unpack.members import Damaged, Opened, Unseen, member, unread
from gifthorse.inspect.unpack.names import NameWatch
from gifthorse.inspect.unpack.slices import Runs, Slice
from gifthorse.model.inspections import Reason

BLOCK: Final = 512
EXTENDED_MOST: Final = 1024 * 1024
SPARSE_RUNS_MOST: Final = 20_000
SPECIAL: Final = {b"3": "character device", b"4": "block device", b"6": "pipe"}
REGULAR: Final = frozenset({b"0", b"\x00", b"7", b"S"})


@dataclass(kw_only=True, slots=True)
class Entry:
    """One header: `size` is what it states, `data` where its bytes begin."""

    name: str
    kind: bytes
    size: int
    data: int
    at: int
    mode: int = 0
    target: str = ""
    pax: dict[str, str] = field(default_factory=dict)
    raw: bytes = b""


def tar_members(item: Item, budget: Budget) -> Iterator[Opened]:
    """The members of a tar archive."""
    watch = NameWatch(item)
    unseen = Unseen(item)
    try:
        for entry in entries(item.content):
            budget.member()
            if entry.kind in {b"1", b"2"}:
                watch.see_link(entry.name, entry.target, entry.at, hard=entry.kind == b"1")
                continue
            if entry.kind in SPECIAL:
                watch.see_special(entry.name, SPECIAL[entry.kind], entry.at)
                continue
            watch.see(entry.name, entry.at)
            if entry.kind in REGULAR and not entry.name.endswith("/"):
                yield from _opened(item, entry, budget, unseen)
    except Damaged as broken:
        yield unread(item.path, Reason.UNREADABLE, str(broken))
    yield from watch.findings()
    yield from unseen.rest()


def _opened(item: Item, entry: Entry, budget: Budget, unseen: Unseen) -> Iterator[Opened]:
    content: Content = Slice(item.content, entry.data, entry.size)
    if content.size < entry.size:
        yield from unseen.note(entry.name, Reason.UNREADABLE, f"the archive ends after {content.size} of {entry.size} bytes")
    name = entry.name
    runs = _sparse_runs(item.content, entry)
    if runs is None:
        budget.pass_on(content.size)
    else:
        name = entry.pax.get("GNU.sparse.name", name)
        content = Runs(item.content, runs)
        budget.spend(content.size)
    yield member(name, content, {"executable"} if entry.mode & 0o111 else ())


def entries(content: Content) -> Iterator[Entry]:
    """Each member's header with its extended names applied; raises Damaged where the archive stops making sense."""
    at = 0
    pax: dict[str, str] = {}
    everywhere: dict[str, str] = {}
    while at + BLOCK <= content.size:
        raw = content.read(at, BLOCK)
        if len(raw) < BLOCK:
            return
        if not raw.strip(b"\x00"):
            at += BLOCK
            continue
        entry = _header(raw, at)
        if entry is None:
            raise Damaged(f"no tar header at byte {at}")
        if entry.kind in {b"x", b"g", b"L", b"K", b"X"}:
            _extend(content, entry, everywhere if entry.kind == b"g" else pax)
        else:
            _apply(entry, {**everywhere, **pax})
            pax = {}
            if entry.kind == b"S" and raw[482:483] == b"\x01":
                entry.data += BLOCK * _more_sparse_headers(content, entry.data)
            yield entry
        at = entry.data + (0 if entry.kind in {b"1", b"2", b"3", b"4", b"5", b"6"} and not _holds_data(entry) else padded(entry.size))


def padded(size: int) -> int:
    """*size* up to the next whole block."""
    return -(-size // BLOCK) * BLOCK


def _holds_data(entry: Entry) -> bool:
    # pax lets a hard link carry its content
    return entry.kind == b"1" and bool(entry.pax) and entry.size > 0


def _header(raw: bytes, at: int) -> Entry | None:
    size = number(raw[124:136])
    if size is None or not tar_checksum_holds(raw):
        return None
    name = text(raw[:100])
    prefix = text(raw[345:500]) if raw[257:263] == b"ustar\x00" else ""
    if prefix:
        name = f"{prefix}/{name}"
    return Entry(
        name=name, kind=raw[156:157], size=size, data=at + BLOCK, at=at, mode=number(raw[100:108]) or 0, target=text(raw[157:257]), raw=raw
    )


def tar_checksum_holds(raw: bytes) -> bool:
    """Whether the header's checksum fits: the sum of its bytes, or of its bytes as signed numbers as some old programs have it."""
    total = sum(raw) - sum(raw[148:156]) + 8 * 0x20
    signed = total - 256 * sum(byte >= 0x80 for byte in raw[:148] + raw[156:])
    return number(raw[148:156]) in {total, signed}


def number(field_bytes: bytes) -> int | None:
    """The number in a header field: octal digits, or base 256 when the first bit is set (GNU); None when it is neither, or negative."""
    if field_bytes[:1] and field_bytes[0] & 0x80:
        value = int.from_bytes(field_bytes, "big") & ((1 << (8 * len(field_bytes) - 1)) - 1)
        return value if field_bytes[0] == 0x80 else None
    digits = field_bytes.split(b"\x00", 1)[0].strip()
    try:
        return int(digits or b"0", 8)
    except ValueError:
        return None


def text(field_bytes: bytes) -> str:
    """The text of a header field up to its first zero byte."""
    return field_bytes.split(b"\x00", 1)[0].decode("utf-8", "surrogateescape")


def _extend(content: Content, entry: Entry, into: dict[str, str]) -> None:
    if entry.size > EXTENDED_MOST:
        raise Damaged(f"an extended header of {entry.size} bytes at byte {entry.at}")
    body = content.read(entry.data, entry.size)
    if entry.kind == b"L":
        into["path"] = text(body)
    elif entry.kind == b"K":
        into["linkpath"] = text(body)
    else:
        _pax_records(body, into)


def _pax_records(body: bytes, into: dict[str, str]) -> None:
    """Records of "length key=value" and a line break; the sparse map of GNU 0.0 repeats its keys, so those are joined as in 0.1."""
    while body:
        length_digits, space, _rest = body.partition(b" ")
        length = int(length_digits) if space and length_digits.isdigit() and len(length_digits) < 8 else 0
        if not len(length_digits) + 1 < length <= len(body):
            return
        key, _equals, value = body[len(length_digits) + 1 : length - 1].partition(b"=")
        name = key.decode("utf-8", "surrogateescape")
        spelled = value.decode("utf-8", "surrogateescape")
        if name in {"GNU.sparse.offset", "GNU.sparse.numbytes"}:
            into["GNU.sparse.map"] = f"{into['GNU.sparse.map']},{spelled}" if "GNU.sparse.map" in into else spelled
        else:
            into[name] = spelled
        body = body[length:]


def _apply(entry: Entry, pax: dict[str, str]) -> None:
    entry.pax = pax
    entry.name = pax.get("path", entry.name)
    entry.target = pax.get("linkpath", entry.target)
    if pax.get("size", "").isdigit():
        entry.size = int(pax["size"][:20])


def _more_sparse_headers(content: Content, at: int) -> int:
    count = 1
    while content.read(at + BLOCK * (count - 1) + 504, 1) == b"\x01" and count < SPARSE_RUNS_MOST // 21:
        count += 1
    return count


def _sparse_runs(content: Content, entry: Entry) -> list[tuple[int | None, int]] | None:
    """The runs of a sparse member, holes included; None for an ordinary one."""
    if entry.kind == b"S":
        return _runs(_old_map(content, entry), number(entry.raw[483:495]) or 0, entry.data)
    if entry.pax.get("GNU.sparse.major") == "1":
        return _map_in_front(content, entry)
    if "GNU.sparse.map" in entry.pax:
        return _runs(_pairs(entry.pax["GNU.sparse.map"].split(",")), _whole(entry.pax.get("GNU.sparse.size", "0")), entry.data)
    return None


def _map_in_front(content: Content, entry: Entry) -> list[tuple[int | None, int]]:
    lines = content.read(entry.data, min(entry.size, EXTENDED_MOST)).split(b"\n", 2 * SPARSE_RUNS_MOST)
    count = _whole(lines[0].decode("ascii", "replace"))
    map_lines = [line.decode("ascii", "replace") for line in lines[1 : 1 + 2 * count]]
    used = sum(len(line) + 1 for line in lines[: 1 + 2 * count])
    return _runs(_pairs(map_lines), _whole(entry.pax.get("GNU.sparse.realsize", "0")), entry.data + padded(used))


def _old_map(content: Content, entry: Entry) -> list[tuple[int, int]]:
    fields = [entry.raw[386 + 12 * index : 398 + 12 * index] for index in range(8)]
    at = entry.at + BLOCK
    while at < entry.data:
        block = content.read(at, BLOCK)
        fields += [block[12 * index : 12 * index + 12] for index in range(42)]
        at += BLOCK
    numbers = [number(one) or 0 for one in fields]
    return [(start, length) for start, length in zip(numbers[::2], numbers[1::2], strict=False) if length]


def _pairs(values: list[str]) -> list[tuple[int, int]]:
    numbers = [_whole(value) for value in values[: 2 * SPARSE_RUNS_MOST]]
    return list(zip(numbers[::2], numbers[1::2], strict=False))


def _whole(digits: str) -> int:
    return int(digits) if digits.isdecimal() and len(digits) < 20 else 0


def _runs(pairs: list[tuple[int, int]], size: int, data: int) -> list[tuple[int | None, int]]:
    runs: list[tuple[int | None, int]] = []
    reached = 0
    for start, length in pairs:
        if start < reached:
            continue
        runs.append((None, start - reached))
        runs.append((data, length))
        data += length
        reached = start + length
    runs.append((None, max(0, size - reached)))
    return runs
