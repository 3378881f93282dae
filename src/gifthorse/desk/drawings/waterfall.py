"""Why two contacts may be one person, as bars that stand where the last one ended: to the right what speaks for it, to the left against."""

from typing import Final

import msgspec

from gifthorse.model.words import Phrase
from gifthorse.resolve.waterfall import Waterfall

WIDTH: Final = 640.0
ROW: Final = 26.0
MARGIN: Final = 12.0


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One step: from where to where, and whether it speaks for it."""

    x: float
    y: float
    width: float
    end: float
    forward: bool
    number: int
    bits: float
    total: float
    sentence: Phrase
    comparison: str


class WaterfallDrawing(msgspec.Struct, frozen=True, kw_only=True):
    """The bars, the line at even odds, and where the sum ends."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    even: float
    end: float


def drawn(told: Waterfall) -> WaterfallDrawing:
    """The drawing of *told*."""
    totals = [0.0]
    for line in told.lines:
        totals.append(totals[-1] + line.bits)
    low, high = min([*totals, 0.0]), max([*totals, 0.0])
    unit = (WIDTH - 2 * MARGIN) / max(high - low, 1.0)

    def at(bits: float) -> float:
        return round(MARGIN + (bits - low) * unit, 1)

    bars = tuple(
        Bar(
            x=at(min(before, after)),
            y=MARGIN + ROW * number,
            width=max(round(abs(after - before) * unit, 1), 1.5),
            end=at(after),
            forward=line.bits >= 0,
            number=number + 1,
            bits=line.bits,
            total=after,
            sentence=line.sentence,
            comparison=line.comparison,
        )
        for number, (line, before, after) in enumerate(zip(told.lines, totals, totals[1:], strict=False))
    )
    return WaterfallDrawing(width=WIDTH, height=2 * MARGIN + ROW * len(bars), bars=bars, even=at(0.0), end=at(totals[-1]))
