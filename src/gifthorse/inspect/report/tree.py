"""The tree of what was met: partitions, folders, files, and the parts of containers below the file that holds them.

Made in one pass over the contents, so that 100,000 of them cost seconds at most; what is huge and without findings is counted, not listed.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import msgspec

from gifthorse.inspect.report.legible import legible
from gifthorse.inspect.report.parts import numbering
from gifthorse.model.findings import Severity
from gifthorse.model.inspections import Content, Inspection

Kind = Literal["source", "partition", "folder", "file", "container"]
# A folder with more entries than this shows those with findings and counts the rest.
MOST_ENTRIES: Final = 200
# Of all entries without findings this many are listed, and of those with slight and with grave findings: a page must stay a page.
MOST_PLAIN: Final = 2_500
MOST_SLIGHT: Final = 1_500
MOST_GRAVE: Final = 5_000
# Deeper than this, the rest of a path is one name: no real tree is so deep, and a hostile one must not exhaust the stack.
MOST_DEPTH: Final = 40
_PART: Final = " > "


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One entry. `numbers` are the findings' numbers in the report, `below` counts findings that lie deeper; `gravest` is over both.

    `files` counts files and members at any depth. `unlisted` counts the direct entries that are not in `children`, by type in
    `unlisted_types`; `unlisted_marked` of them have findings.
    """

    name: str
    kind: Kind
    size: int
    type: str
    numbers: tuple[int, ...]
    below: int
    gravest: Severity | None
    files: int
    deleted: bool
    partition: int | None
    open: bool
    children: tuple["Node", ...]
    unlisted: int
    unlisted_marked: int
    unlisted_types: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class _Growing:
    """A node while the tree is built: `content` stays None for what is only named by the paths of others."""

    name: str
    kind: Kind
    content: Content | None = None
    partition: int | None = None
    children: dict[str, "_Growing"] = field(default_factory=dict)
    twins: list["_Growing"] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    below: int = 0
    files: int = 0
    size: int = 0
    gravest: Severity | None = None


def tree(inspection: Inspection, numbers: Mapping[int, int] | None = None) -> Node:
    """The source with everything that was met in it, grouped by partition where there are several; *numbers* as for the map."""
    grown = _grow(inspection)
    _sum_up(grown, inspection)
    return _Listing(numbering(inspection) if numbers is None else numbers).node(grown)


def _grow(inspection: Inspection) -> _Growing:
    root = _Growing(inspection.source.name, "source")
    partitions = {content.partition for content in inspection.contents} | {stretch.partition for stretch in inspection.layout}
    split = len(partitions - {None}) > 1
    for content in inspection.contents:
        start = root
        if split and content.partition is not None:
            key = f"partition {content.partition}"
            start = root.children.setdefault(key, _Growing("", "partition", partition=content.partition))
        _place(start, content)
    return root


def _place(start: _Growing, content: Content) -> None:
    """*content* stands in the tree; a second one of the same path stands beside the first, since nothing may vanish."""
    node = start
    steps = _steps(content)
    for name, kind in steps:
        node = node.children.setdefault(name, _Growing(name, kind))
        if kind == "container" and node.kind == "file":
            node.kind = "container"
    if node.content is None:
        _fill(node, content)
    else:
        twin = _Growing(node.name, "file")
        _fill(twin, content)
        node.twins.append(twin)


def _fill(node: _Growing, content: Content) -> None:
    node.content = content
    node.positions = list(content.findings)
    if content.folder:
        node.kind = "folder"


def _steps(content: Content) -> list[tuple[str, Kind]]:
    """The names from the root to *content*, each with what it must be for the path to make sense."""
    steps: list[tuple[str, Kind]] = []
    parts = content.path.split(_PART)
    for position, part in enumerate(parts):
        names = [name for name in part.split("/") if name] or [part]
        last: Kind = "file" if position == len(parts) - 1 else "container"
        steps += [(name, "folder") for name in names[:-1]]
        steps.append((names[-1], last))
    if len(steps) > MOST_DEPTH:
        rest = "/".join(name for name, _ in steps[MOST_DEPTH - 1 :])
        steps = [*steps[: MOST_DEPTH - 1], (rest, "file")]
    return steps


def _sum_up(node: _Growing, inspection: Inspection) -> None:
    """Counts, sizes and the gravest finding, from the leaves up. Recursion is at most MOST_DEPTH + 2 deep."""
    findings = inspection.findings
    node.positions = [position for position in node.positions if 0 <= position < len(findings)]
    grave = [findings[position].severity for position in node.positions]
    content = node.content
    node.size = 0 if content is None or content.folder else content.size
    for child in _entries(node):
        _sum_up(child, inspection)
        node.below += child.below + len(child.positions)
        node.files += child.files + (child.content is not None and child.kind != "folder")
        if node.kind not in {"file", "container"}:
            node.size += child.size
        if child.gravest is not None:
            grave.append(child.gravest)
    node.gravest = max(grave, key=lambda severity: severity.rank, default=None)


def _entries(node: _Growing) -> list[_Growing]:
    entries = list(node.children.values())
    return [entry for child in entries for entry in (child, *child.twins)]


def _order(node: _Growing) -> tuple[bool, bool, str]:
    """Partitions by number, then folders, then files, by name."""
    return node.kind != "partition", node.kind != "folder", f"{node.partition:06}" if node.partition is not None else node.name.casefold()


def _run_together(node: _Growing) -> _Growing:
    names = [node.name]
    while node.kind == "folder" and not node.positions and len(entries := _entries(node)) == 1 and entries[0].kind == "folder":
        node = entries[0]
        names.append(node.name)
    if len(names) > 1:
        node.name = "/".join(names)
    return node


def _weight(node: _Growing) -> Literal["grave", "slight", "plain"]:
    if node.gravest is None:
        return "plain"
    return "grave" if node.gravest.rank >= Severity.MEDIUM.rank else "slight"


class _Listing:
    """Turns the grown tree into what is shown, and counts how much may still be listed."""

    def __init__(self, numbers: Mapping[int, int]) -> None:
        self._numbers = numbers
        self._left = {"plain": MOST_PLAIN, "slight": MOST_SLIGHT, "grave": MOST_GRAVE}

    def node(self, grown: _Growing) -> Node:
        """*grown* as it is shown; a run of folders that each hold only the next is one line."""
        grown = _run_together(grown)
        entries = sorted(_entries(grown), key=_order)
        shown = self._chosen(entries)
        chosen = set(map(id, shown))
        unlisted = Counter(self._type(entry) for entry in entries if id(entry) not in chosen)
        content = grown.content
        return Node(
            name=legible(grown.name),
            kind=grown.kind,
            size=grown.size,
            type="" if content is None else content.type,
            numbers=tuple(sorted({self._numbers[position] for position in grown.positions})),
            below=grown.below,
            gravest=grown.gravest,
            files=grown.files,
            deleted=content is not None and content.deleted,
            partition=grown.partition,
            open=grown.below > 0 or grown.kind in {"source", "partition"},
            children=tuple(self.node(entry) for entry in shown),
            unlisted=sum(unlisted.values()),
            unlisted_marked=sum(1 for entry in entries if id(entry) not in chosen and entry.gravest is not None),
            unlisted_types=tuple(unlisted.most_common(6)),
        )

    def _chosen(self, entries: list[_Growing]) -> list[_Growing]:
        """The entries that are listed: those that lead to findings first, the others where they are few."""
        huge = len(entries) > MOST_ENTRIES
        chosen: set[int] = set()
        for weight in ("grave", "slight", "plain"):
            of_weight = [entry for entry in entries if _weight(entry) == weight]
            kept = of_weight[: 0 if huge and weight == "plain" else self._left[weight]]
            self._left[weight] -= len(kept)
            chosen |= {id(entry) for entry in kept}
        return [entry for entry in entries if id(entry) in chosen]

    @staticmethod
    def _type(entry: _Growing) -> str:
        if entry.kind == "folder" or entry.content is None:
            return "folder"
        return entry.content.type
