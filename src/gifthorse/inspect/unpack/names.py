"""Names in a container that lead out of the folder it is unpacked into, and links that do."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.detectors.archive_link import link, special
from gifthorse.inspect.detectors.archive_traversal import traversal
from gifthorse.inspect.item import Item
from gifthorse.inspect.unpack.members import EVIDENCE_KEPT, at_member
from gifthorse.model.findings import Evidence, Finding

DRIVE: Final = re.compile(r"[A-Za-z]:")
# What is written behind a colon goes into a hidden stream of the file before it; times in names ("12:30") have no ending before the colon.
STREAM: Final = re.compile(
    r"[^/:]\.[a-z0-9]{1,6}:(?:\.\.?/|[^/:]{1,100}\.(?:exe|dll|scr|com|pif|cpl|jse?|vb[se]|ws[fh]|hta|bat|cmd|ps1|lnk|msi)$)", re.IGNORECASE
)
LINKS_KEPT: Final = 10_000


def leads_up(untrusted_name: str) -> bool:
    """Whether *untrusted_name* steps above its starting folder, names a drive or a network share: on any system."""
    name = untrusted_name.replace("\\", "/")
    if DRIVE.match(name) or name.startswith("//") or untrusted_name.startswith("\\") or STREAM.search(name):
        return True
    return _lowest(name) < 0


def is_absolute(untrusted_name: str) -> bool:
    """Whether *untrusted_name* begins at the root of the disk."""
    return untrusted_name.startswith("/")


def points_outside(untrusted_link: str, untrusted_target: str) -> bool:
    """Whether a symbolic link of that name, unpacked into an empty folder, points out of that folder."""
    if is_absolute(untrusted_target) or DRIVE.match(untrusted_target) or untrusted_target.startswith("\\"):
        return True
    folder = untrusted_link.lstrip("/").rpartition("/")[0]
    return _lowest(f"{folder}/{untrusted_target}" if folder else untrusted_target) < 0


def _lowest(name: str) -> int:
    depth = lowest = 0
    for part in name.split("/"):
        if part == "..":
            depth -= 1
            lowest = min(lowest, depth)
        elif part not in {"", "."}:
            depth += 1
    return lowest


class NameWatch:
    """Sees every name and link of one container and tells at the end what leads out."""

    def __init__(self, item: Item) -> None:
        self._item = item
        self._up: list[Evidence] = []
        self._absolute: list[Evidence] = []
        self._links: list[Evidence] = []
        self._special: list[Evidence] = []
        self._counts = {"up": 0, "absolute": 0, "links": 0, "special": 0}
        self._outside: set[str] = set()
        self._written_through = False

    def see(self, untrusted_name: str, offset: int | None = None) -> None:
        """A member of that name, whose header lies at *offset* of the container."""
        if leads_up(untrusted_name):
            self._keep("up", self._up, untrusted_name, offset, untrusted_name)
        elif is_absolute(untrusted_name):
            self._keep("absolute", self._absolute, untrusted_name, offset, untrusted_name)
        if self._outside and self._over_a_link(untrusted_name):
            self._written_through = True

    def see_link(self, untrusted_name: str, untrusted_target: str, offset: int | None = None, *, hard: bool = False) -> None:
        """A link of that name; a *hard* link's target counts from the container's root, a symbolic one's from its own folder."""
        self.see(untrusted_name, offset)
        outside = leads_up(untrusted_target) or is_absolute(untrusted_target) if hard else points_outside(untrusted_name, untrusted_target)
        if outside:
            self._keep("links", self._links, untrusted_name, offset, f"{untrusted_name} -> {untrusted_target}")
            if len(self._outside) < LINKS_KEPT:
                self._outside.add(_plain(untrusted_name))

    def see_special(self, untrusted_name: str, untrusted_kind: str, offset: int | None = None) -> None:
        """A member that is no file but a door to a device or another program."""
        self.see(untrusted_name, offset)
        self._keep("special", self._special, untrusted_name, offset, f"{untrusted_name} ({untrusted_kind})")

    def findings(self) -> Iterator[Finding]:
        """What was seen, one finding of each kind for the whole container."""
        if self._up:
            yield traversal(self._item, self._up, count=self._counts["up"], upwards=True)
        if self._absolute:
            yield traversal(self._item, self._absolute, count=self._counts["absolute"], upwards=False)
        if self._links:
            yield link(self._item, self._links, count=self._counts["links"], written_through=self._written_through)
        if self._special:
            yield special(self._item, self._special, count=self._counts["special"])

    def _keep(self, kind: str, places: list[Evidence], untrusted_name: str, offset: int | None, excerpt: str) -> None:
        self._counts[kind] += 1
        if len(places) < EVIDENCE_KEPT:
            places.append(at_member(self._item, untrusted_name, offset=offset, excerpt=excerpt))

    def _over_a_link(self, untrusted_name: str) -> bool:
        parts = _plain(untrusted_name).split("/")
        return any("/".join(parts[:count]) in self._outside for count in range(1, len(parts)))


def _plain(untrusted_name: str) -> str:
    return "/".join(part for part in untrusted_name.replace("\\", "/").split("/") if part not in {"", "."})
