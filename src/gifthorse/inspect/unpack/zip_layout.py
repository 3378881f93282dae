"""How the two directories of a zip archive fit together: members that only one of them knows, differing names, overlapping bytes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from gifthorse.inspect.item import Content
from gifthorse.inspect.unpack.members import Damaged
from gifthorse.inspect.unpack.zip_directory import FULL32, Header, local_marks, read_directory, read_local

UNICODE_PATH: Final = 0x7075


@dataclass(kw_only=True, slots=True)
class Placed:
    """A member with the place of its bytes; `hidden` when the central directory doesn't name it."""

    header: Header
    data: int
    packed: int
    hidden: bool = False


@dataclass(kw_only=True, slots=True)
class ZipLayout:
    """A zip archive as both directories tell it. `differences` are sentences with the member's name and the header's offset."""

    members: list[Placed] = field(default_factory=list)
    differences: list[tuple[str, int, str]] = field(default_factory=list)
    missing: list[Header] = field(default_factory=list)
    overlapping: list[Header] = field(default_factory=list)
    whole: bool = True


def read_layout(content: Content) -> ZipLayout:
    """Where every member of the zip archive lies; one without a central directory is read from its local headers alone."""
    layout = ZipLayout()
    try:
        directory = read_directory(content)
    except Damaged:
        layout.whole = False
        layout.members = list(_unlisted(content, 0, content.size))
        return layout
    taken = [(directory.start, directory.end)]
    seen: set[tuple[int, bytes]] = set()
    for header in directory.headers:
        if (header.local_at, header.untrusted_name) in seen:
            continue
        seen.add((header.local_at, header.untrusted_name))
        local = read_local(content, header.local_at)
        if local is None:
            layout.missing.append(header)
            continue
        _compare(layout, header, local)
        layout.members.append(Placed(header=header, data=local.data, packed=header.packed))
        taken.append((header.local_at, local.data + header.packed))
    _find_overlaps(layout)
    _find_hidden(layout, content, taken)
    return layout


def _compare(layout: ZipLayout, header: Header, local: Header) -> None:
    if _names(header).isdisjoint(_names(local)):
        layout.differences.append((header.name, local.at, f"{header.name} is called {local.name} in its local header"))
    if header.method != local.method:
        layout.differences.append((header.name, local.at, f"methods {header.method} and {local.method}"))
    if not local.sizes_follow and local.size not in {header.size, 0, FULL32}:
        layout.differences.append((header.name, local.at, f"sizes {header.size} and {local.size}"))
    if not local.sizes_follow and local.packed not in {header.packed, 0, FULL32}:
        layout.differences.append((header.name, local.at, f"packed sizes {header.packed} and {local.packed}"))


def _names(header: Header) -> set[bytes]:
    """The name in every spelling that honest programs give it: either slash, and any encoding (so non-ASCII is not compared)."""
    plain = header.untrusted_name.replace(b"\\", b"/")
    return {bytes(byte if byte < 0x80 else 0x3F for byte in plain)} if plain.isascii() else {b"?"}


def _find_overlaps(layout: ZipLayout) -> None:
    ordered = sorted(layout.members, key=lambda placed: placed.header.local_at)
    reached = 0
    for placed in ordered:
        end = placed.data + placed.packed
        if placed.header.local_at < reached and end > placed.header.local_at:
            layout.overlapping.append(placed.header)
        reached = max(reached, end)


def _find_hidden(layout: ZipLayout, content: Content, taken: list[tuple[int, int]]) -> None:
    first = min((start for start, _end in taken), default=0)
    at = first
    for start, end in sorted(taken):
        if start - at >= 30:
            layout.members.extend(_unlisted(content, at, start))
        at = max(at, end)
    if first >= 30 and content.read(0, 4) == b"PK\x03\x04":
        layout.members.extend(_unlisted(content, 0, first))


def _unlisted(content: Content, start: int, end: int) -> Iterator[Placed]:
    """Members whose local headers lie in [start, end) where the central directory knows of none."""
    reached = start
    for at in local_marks(content, start, end):
        if at < reached:
            continue
        local = read_local(content, at)
        if local is None or local.data > end or not local.untrusted_name or b"\x00" in local.untrusted_name:
            continue
        packed = local.packed if not local.sizes_follow or local.packed else end - local.data
        reached = local.data + min(packed, end - local.data) if not local.sizes_follow else local.data
        yield Placed(header=local, data=local.data, packed=min(packed, end - local.data), hidden=True)
