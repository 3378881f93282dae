"""The drawn map of a medium: one column from its first byte to its last, like a core drilled out of the ground.

The picture needs no stylesheet and no script: presentation attributes carry its colours, so that it prints and stands alone;
`stylesheet()` overrides them with custom properties for light and dark. Shape and word always stand beside colour.

Classes: ``disk-map``; on blocks ``block`` and ``block-KIND`` (partition-table filesystem unknown-partition gap tail whole merged;
picture media document container program other), ``empty``; ``mark`` and ``mark-SEVERITY``; ``place`` (the line at an exact place);
``words`` ``label`` ``scale`` for text.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final
from xml.sax.saxutils import escape

import msgspec

from gifthorse.inspect.report.blocks import EMPTY_KINDS, MERGED, Block, Mark, blocks_of, drawn
from gifthorse.inspect.report.legible import legible
from gifthorse.inspect.report.measures import offset_words, size_words
from gifthorse.inspect.report.occasion import PLAIN, Occasion
from gifthorse.model.findings import Severity
from gifthorse.model.inspections import Inspection
from gifthorse.model.words import N_, phrase

WIDTH: Final = 340
_TOP: Final = 16
_LEAST: Final = 36.0
_TO_SCALE: Final = 300.0
_COLUMN: Final = (64, 56)
_MARKS_AT: Final = 130
_WORDS_AT: Final = 178
_LETTERS: Final = 27
_MOST_MARKS: Final = 3
_FILL: Final = {
    "partition-table": "#5d6b7a",
    "filesystem": "#b9c9d6",
    "unknown-partition": "#d9c3a5",
    "gap": "#e6ddcf",
    "tail": "#e6ddcf",
    "whole": "#b9c9d6",
    MERGED: "#cfcfcf",
    "picture": "#b9c9d6",
    "media": "#a9c0b4",
    "document": "#cdc3dc",
    "container": "#d9c3a5",
    "program": "#d8b4aa",
    "other": "#dcdad5",
}
_INK: Final = {
    Severity.CRITICAL: "#7d1420",
    Severity.HIGH: "#9c3412",
    Severity.MEDIUM: "#7a5600",
    Severity.LOW: "#3a5872",
    Severity.INFO: "#55585c",
}


class RangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table beside the map; `start` and `end` are None for kinds of file. `numbers` are those of the findings there."""

    start: str | None
    end: str | None
    size: str
    words: str
    label: str
    partition: int | None
    empty: bool
    count: int
    numbers: tuple[int, ...]
    gravest: Severity | None


def ranges_table(inspection: Inspection, numbers: Mapping[int, int] | None = None) -> tuple[RangeRow, ...]:
    """What the map shows, as rows: every range, also those that are drawn together."""
    return tuple(
        RangeRow(
            start=None if block.start is None else offset_words(block.start),
            end=None if block.start is None else offset_words(block.start + max(block.length - 1, 0)),
            size=size_words(block.length),
            words=block.words,
            label=legible(block.label),
            partition=block.partition,
            empty=block.empty,
            count=block.count,
            numbers=tuple(sorted({mark.number for mark in block.marks})),
            gravest=_gravest(block.marks),
        )
        for block in blocks_of(inspection, numbers)
    )


def svg(inspection: Inspection, occasion: Occasion = PLAIN, name: str = "disk-map", numbers: Mapping[int, int] | None = None) -> str:
    """The map as one SVG element, 340 units wide; *name* begins its ids. Empty without anything to draw.

    *numbers* gives each finding's number by its position in the inspection's list, for pages that number in another way.
    """
    blocks = drawn(blocks_of(inspection, numbers))
    if not blocks:
        return ""
    tops, heights = _heights(blocks)
    height = _TOP + sum(heights) + 20
    title, description = _told(inspection, blocks, occasion)
    total = sum(block.length for block in blocks)
    body = "".join(
        _block(block, (top, tall, tall * total > 1.5 * _TO_SCALE * block.length), occasion, name)
        for block, top, tall in zip(blocks, tops, heights, strict=True)
    )
    return (
        f'<svg class="disk-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" '
        f'aria-labelledby="{name}-title {name}-description" font-family="system-ui, sans-serif" font-size="11">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-description">{escape(description)}</desc>'
        f"{_patterns(name)}{body}{_end(blocks, _TOP + sum(heights))}</svg>"
    )


@cache
def stylesheet() -> str:
    """The rules that give the map the colours of a light, a dark or a printed page through custom properties."""
    return files("gifthorse.inspect.report").joinpath("templates/disk_map.css").read_text(encoding="utf-8")


def _told(inspection: Inspection, blocks: tuple[Block, ...], occasion: Occasion) -> tuple[str, str]:
    name = legible(inspection.source.name, 80)
    if inspection.layout:
        title = occasion.say(phrase(N_("Map of {name}"), name=name))
    else:
        title = occasion.say(phrase(N_("Kinds of file in {name}"), name=name))
    told = "; ".join(
        f"{occasion.say(block.words)} {legible(block.label, 40)} {size_words(block.length)}".replace("  ", " ") for block in blocks
    )
    return title, told


def _heights(blocks: tuple[Block, ...]) -> tuple[list[float], list[float]]:
    """Top and height of each block: in proportion to its bytes, none so thin that its words don't fit."""
    total = sum(block.length for block in blocks) or 1
    heights = [max(_LEAST + 13 * max(min(len(_clusters(block)), 2) - 1, 0), _TO_SCALE * block.length / total) for block in blocks]
    tops = [_TOP + sum(heights[:position]) for position in range(len(heights))]
    return tops, heights


def _block(block: Block, span: tuple[float, float, bool], occasion: Occasion, name: str) -> str:
    top, tall, stretched = span
    left, wide = _COLUMN
    empty = " empty" if block.empty else ""
    fill = "#ffffff" if block.empty else _FILL[block.kind]
    shape = f'x="{left}" y="{top:.1f}" width="{wide}" height="{tall:.1f}"'
    drawing = f'<rect class="block block-{block.kind}{empty}" {shape} fill="{fill}" stroke="#2b2a28" stroke-width="0.75"/>'
    pattern = _pattern_of(block)
    if pattern:
        drawing += f'<rect {shape} fill="url(#{name}-{pattern})"/>'
    if stretched:
        drawing += _strokes(top, tall)
    scale = "" if block.start is None else _text("scale", left - 6, top + 4, size_words(block.start), "#55524c", end=True)
    return f"<g>{drawing}{scale}{_words(block, top, occasion)}{_places(block, top, tall)}{_marks(block, top, tall)}</g>"


def _strokes(top: float, tall: float) -> str:
    """Short strokes over both edges: this block is smaller than it is drawn."""
    left, wide = _COLUMN
    middle = top + tall / 2
    path = "".join(f"M{edge - 4} {middle + shift:.1f}l8 -5" for edge in (left, left + wide) for shift in (1, 5))
    return f'<path class="stretched" d="{path}" stroke="#2b2a28" stroke-width="1" fill="none"/>'


def _words(block: Block, top: float, occasion: Occasion) -> str:
    first = occasion.say(block.words)
    second = size_words(block.length)
    if block.empty:
        second += " · " + occasion.say(N_("empty"))
    if block.count:
        second += " · × " + f"{block.count:,}"
    if block.label:
        second += " · " + legible(block.label, 60)
    return _text("words", _WORDS_AT, top + 15, _cut(first), "#1d1c1a", bold=True) + _text(
        "label", _WORDS_AT, top + 29, _cut(second), "#55524c"
    )


def _text(kind: str, x: float, y: float, text: str, ink: str, *, end: bool = False, bold: bool = False) -> str:
    anchor = ' text-anchor="end"' if end else ""
    weight = ' font-weight="600"' if bold else ""
    return f'<text class="{kind}" x="{x:g}" y="{y:.1f}" fill="{ink}"{anchor}{weight}>{escape(text)}</text>'


def _cut(text: str) -> str:
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1].rstrip() + "…"


def _position(mark: Mark, block: Block, top: float, tall: float) -> float | None:
    if mark.offset is None or block.start is None or not block.length:
        return None
    share = (mark.offset - block.start) / block.length
    return top + min(max(share, 0.0), 1.0) * tall


def _places(block: Block, top: float, tall: float) -> str:
    """A line across the column at each exact place; places that fall on the same unit are one line."""
    left, wide = _COLUMN
    placed = {
        round(y): mark
        for mark in sorted(block.marks, key=lambda m: m.severity.rank)
        if (y := _position(mark, block, top, tall)) is not None
    }
    return "".join(
        f'<line class="place mark-{mark.severity}" x1="{left - 3}" x2="{left + wide + 3}" y1="{y}" y2="{y}" '
        f'stroke="{_INK[mark.severity]}" stroke-width="1.5"/>'
        for y, mark in sorted(placed.items())
    )


def _clusters(block: Block) -> list[tuple[Severity, list[int]]]:
    """The numbers of the block's findings by severity, gravest first."""
    gathered: dict[Severity, set[int]] = {}
    for mark in block.marks:
        gathered.setdefault(mark.severity, set()).add(mark.number)
    return [(severity, sorted(gathered[severity])) for severity in sorted(gathered, key=lambda s: -s.rank)]


def _marks(block: Block, top: float, tall: float) -> str:
    """The shape of each severity with the numbers of its findings, as many lines as the block has room for."""
    clusters = _clusters(block)[: max(int((tall - 8) // 14), 1)]
    drawing = ""
    for line, (severity, numbers) in enumerate(clusters):
        y = top + 4 + 14 * line
        told = " ".join(map(str, numbers)) if len(numbers) <= _MOST_MARKS else f"{numbers[0]} … {numbers[-1]}"
        drawing += (
            f'<g class="mark mark-{severity}" transform="translate({_MARKS_AT} {y:.1f})" fill="{_INK[severity]}" color="{_INK[severity]}">'
        )
        drawing += f'{shape_of(severity)}<text x="14" y="9.5" font-weight="600">{told}</text></g>'
    return drawing


def shape_of(severity: Severity) -> str:
    """The severity's shape within 11 by 11 units: octagon, square, triangle, diamond, ring, so that it is known without colour."""
    return {
        Severity.CRITICAL: '<path d="M3.4 0.5h4.2l2.9 2.9v4.2l-2.9 2.9h-4.2l-2.9 -2.9v-4.2z"/>',
        Severity.HIGH: '<path d="M1 1h9v9h-9z"/>',
        Severity.MEDIUM: '<path d="M5.5 0.5l5.2 9.8h-10.4z"/>',
        Severity.LOW: '<path d="M5.5 0.7l4.8 4.8l-4.8 4.8l-4.8 -4.8z" fill-opacity="0.15" stroke="currentColor"/>',
        Severity.INFO: '<circle cx="5.5" cy="5.5" r="4.2" fill="none" stroke="currentColor" stroke-width="1.4"/>',
    }[severity]


def _gravest(marks: tuple[Mark, ...]) -> Severity | None:
    return max((mark.severity for mark in marks), key=lambda severity: severity.rank, default=None)


def _pattern_of(block: Block) -> str:
    if block.kind in {"partition-table", "program"}:
        return "hatched"
    if block.kind in EMPTY_KINDS:
        return "" if block.empty else "dotted"
    return {"unknown-partition": "crossed", "container": "crossed", MERGED: "lined", "media": "lined"}.get(block.kind, "")


def _patterns(name: str) -> str:
    drawn_as = {
        "hatched": '<path d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5"/>',
        "crossed": '<path d="M0 0L6 6M6 0L0 6"/>',
        "dotted": '<path d="M2 3h2"/>',
        "lined": '<path d="M0 3h6"/>',
    }
    patterns = "".join(
        f'<pattern id="{name}-{key}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<g class="pattern" stroke="#2b2a28" stroke-opacity="0.45" fill="none">{path}</g></pattern>'
        for key, path in drawn_as.items()
    )
    return f"<defs>{patterns}</defs>"


def _end(blocks: tuple[Block, ...], bottom: float) -> str:
    last = blocks[-1]
    if last.start is None:
        return ""
    return _text("scale", _COLUMN[0] - 6, bottom + 4, size_words(last.start + last.length), "#55524c", end=True)
