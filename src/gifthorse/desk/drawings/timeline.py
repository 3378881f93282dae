"""A thread over time: the level line on top, what was given above the axis, what was asked below it, trips and events behind."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import msgspec

from gifthorse.model.observations import FavourBand, Thresholds
from gifthorse.procedures.read_thread import Seen, ThreadView
from gifthorse.procedures.thread_background import Span
from gifthorse.store.tables.report import FavourEntry

LEFT: Final = 74.0
RIGHT: Final = 16.0
MONTH: Final = 26.0
LEAST_WIDTH: Final = 620.0
MOST_WIDTH: Final = 2600.0
LINE_TOP: Final = 24.0
LINE_HEIGHT: Final = 104.0
AXIS: Final = 236.0
HEIGHT: Final = 352.0
STEP: Final = 17.0
SIZES: Final = {FavourBand.NONE: 3.0, FavourBand.SMALL: 4.5, FavourBand.MEDIUM: 6.5, FavourBand.LARGE: 9.0}
MOST_PILED: Final = 4
At = Callable[[float], float]


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A favour (`size` is its radius) or an ask (`size` is its height) at a place; `kind` says which way or how far it went."""

    x: float
    y: float
    size: float
    kind: str
    month: int
    ask: int = 0


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """A month on the axis; only some carry their words."""

    x: float
    month: int
    long: bool


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """The height of a level."""

    y: float
    level: str


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """A trip or event behind everything."""

    x: float
    width: float
    kind: str


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """All that the drawing holds, in its own units."""

    width: float
    height: float
    axis: float
    left: float
    line: str
    limits: tuple[Limit, ...]
    favours: tuple[Mark, ...]
    asks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    bands: tuple[Band, ...]


def timeline(view: ThreadView) -> Timeline | None:
    """The drawing of the thread, None when there is nothing to draw."""
    months = [point.month for point in view.line] + [entry.month for entry in view.favours]
    if not months:
        return None
    first, last = min(months), max(months)
    width = min(max(LEFT + RIGHT + (last - first + 1) * MONTH, LEAST_WIDTH), MOST_WIDTH)
    scale = (width - LEFT - RIGHT) / (last - first + 1)

    def at(month: float) -> float:
        return round(LEFT + (month - first + 0.5) * scale, 1)

    top = max([view.limits.act * 1.15, *(point.score for point in view.line)])
    return Timeline(
        width=round(width, 1),
        height=HEIGHT,
        axis=AXIS,
        left=LEFT,
        line=" ".join(f"{at(point.month)},{_height(point.score, top)}" for point in view.line),
        limits=_limits(view.limits, top),
        favours=_favours(view.favours, at),
        asks=_asks(view.seen, at),
        ticks=_ticks(first, last, at, scale),
        bands=tuple(
            _bands(view.background.trips, "trip", first, last, scale) + _bands(view.background.events, "event", first, last, scale)
        ),
    )


def _height(score: float, top: float) -> float:
    return round(LINE_TOP + LINE_HEIGHT * (1 - score / top), 1)


def _limits(limits: Thresholds, top: float) -> tuple[Limit, ...]:
    return tuple(Limit(y=_height(getattr(limits, level), top), level=level) for level in ("act", "talk", "watch"))


def _favours(entries: Sequence[FavourEntry], at: At) -> tuple[Mark, ...]:
    piled: dict[int, int] = {}
    marks = []
    for entry in entries:
        place = piled[entry.month] = piled.get(entry.month, 0) + 1
        y = AXIS - 12 - STEP * (min(place, MOST_PILED) - 1) - 6
        marks.append(Mark(x=at(entry.month), y=y, size=SIZES[FavourBand(entry.band)], kind=entry.direction, month=entry.month))
    return tuple(marks)


def _asks(seen: Sequence[Seen], at: At) -> tuple[Mark, ...]:
    highest: dict[int, int] = {}
    left_out: dict[int, bool] = {}
    for one in seen:
        month, ask = int(one.observation.month), int(one.observation.ask_level)
        if ask > highest.get(month, 0):
            highest[month], left_out[month] = ask, one.left_out
    return tuple(
        Mark(x=at(month), y=AXIS, size=ask * STEP, kind="left-out" if left_out[month] else "ask", month=month, ask=ask)
        for month, ask in sorted(highest.items())
    )


def _ticks(first: int, last: int, at: At, scale: float) -> tuple[Tick, ...]:
    every = 1 if scale >= 60 else 3 if scale >= 20 else 12
    return tuple(Tick(x=at(month), month=month, long=month % every == 0 or month == first) for month in range(first, last + 1))


def _bands(spans: Sequence[Span], kind: str, first: int, last: int, scale: float) -> list[Band]:
    made = []
    for span in spans:
        start, end = max(_place(span.starts_on), float(first)), min(_place(span.ends_on), last + 1.0)
        if end >= start:
            made.append(Band(x=round(LEFT + (start - first) * scale, 1), width=round(max((end - start) * scale, 4.0), 1), kind=kind))
    return made


def _place(day: date) -> float:
    return day.year * 12 + day.month - 1 + (day.day - 1) / 31
