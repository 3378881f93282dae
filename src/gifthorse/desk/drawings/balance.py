"""The balance of favours over time: how much more came in than went out, after each entry."""

from typing import Final

import msgspec

from gifthorse.assess.favour_balance import FLAG_ABOVE, Balance

WIDTH: Final = 560.0
HEIGHT: Final = 150.0
LEFT: Final = 40.0
MARGIN: Final = 16.0


class BalancePoint(msgspec.Struct, frozen=True, kw_only=True):
    """The balance after one entry, at its place."""

    x: float
    y: float
    month: float
    imbalance: float


class BalanceDrawing(msgspec.Struct, frozen=True, kw_only=True):
    """The stepped line, its points, the line of evenness and the one above which an ask is told."""

    width: float
    height: float
    left: float
    path: str
    points: tuple[BalancePoint, ...]
    even: float
    flag: float


def drawn(balance: Balance) -> BalanceDrawing:
    """The drawing of the series."""
    months = [point.month for point in balance.series]
    first, span = months[0], max(months[-1] - months[0], 1.0)
    values = [point.imbalance for point in balance.series]
    low, high = min([*values, 0.0]), max([*values, FLAG_ABOVE * 1.2])

    def across(month: float) -> float:
        return round(LEFT + (WIDTH - LEFT - MARGIN) * (month - first) / span, 1)

    def up(value: float) -> float:
        return round(MARGIN + (HEIGHT - 2 * MARGIN) * (high - value) / (high - low), 1)

    points = tuple(
        BalancePoint(x=across(one.month), y=up(one.imbalance), month=one.month, imbalance=one.imbalance) for one in balance.series
    )
    steps = "".join(f" H{point.x} V{point.y}" for point in points)
    return BalanceDrawing(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        path=f"M{LEFT} {up(0.0)}{steps} H{WIDTH - MARGIN}",
        points=points,
        even=up(0.0),
        flag=up(FLAG_ABOVE),
    )
