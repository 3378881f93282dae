"""The legs of a trip drawn on their days: lanes for ways, nights and meetings, and the nights of which nobody knows where."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

import msgspec

from gifthorse.model.itineraries import Day, Instant, Leg, LegKind, Moment

WIDTH: Final = 700
LANE: Final = 22
SHORTEST: Final = 3.0
MOST_DAYS: Final = 400
A_DAY: Final = timedelta(days=1)
LANES: Final = {LegKind.HOTEL: 1, LegKind.EVENT: 2}


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One leg: where it begins, how wide it is, in which lane; `kind` is "way", "stay" or "event"."""

    x: str
    y: int
    width: str
    kind: str


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """The drawing: bars, lines between days, and the nights that nothing covers (x and width)."""

    bars: tuple[Bar, ...]
    days: tuple[str, ...]
    open_nights: tuple[tuple[str, str], ...]
    first: date
    last: date
    width: int = WIDTH
    height: int = 3 * LANE

    @property
    def number_open(self) -> int:
        """How many nights nothing covers."""
        return len(self.open_nights)


def timeline(legs: Iterable[Leg]) -> Timeline | None:
    """The drawing by the clocks of each place; None when no leg has a time, or the trip is too long to be drawn."""
    told = [(leg, span) for leg in legs if not leg.cancelled and (span := _span(leg)) is not None]
    if not told:
        return None
    first = min(span[0] for _leg, span in told).date()
    last = max(span[1] for _leg, span in told).date()
    days = (last - first).days + 1
    if days > MOST_DAYS:
        return None
    scale = WIDTH / days
    origin = datetime.combine(first, time())

    def at(moment: datetime) -> float:
        return (moment - origin) / A_DAY * scale

    bars = [
        Bar(
            x=f"{at(begin):.1f}",
            y=LANES.get(leg.kind, 0) * LANE,
            width=f"{max(at(end) - at(begin), SHORTEST):.1f}",
            kind={LegKind.HOTEL: "stay", LegKind.EVENT: "event"}.get(leg.kind, "way"),
        )
        for leg, (begin, end) in told
    ]
    nights = [first + A_DAY * number for number in range(days - 1)]
    uncovered = [night for night in nights if not any(_covers(leg, span, night) for leg, span in told)]
    return Timeline(
        bars=tuple(bars),
        days=tuple(f"{number * scale:.1f}" for number in range(1, days)),
        open_nights=tuple((f"{at(datetime.combine(night, time(20))):.1f}", f"{scale * 11 / 24:.1f}") for night in uncovered),
        first=first,
        last=last,
    )


def _span(leg: Leg) -> tuple[datetime, datetime] | None:
    first, last = leg.departs or leg.arrives, leg.arrives or leg.departs
    if first is None or last is None:
        return None
    stay = leg.kind is LegKind.HOTEL
    begin = _naive(first, time(15) if stay else time(9))
    end = _naive(last, time(11) if stay else time(18))
    return begin, max(begin, end)


def _naive(moment: Moment, usual: time) -> datetime:
    """The moment on the clocks there; a day without a time is drawn at the usual hour."""
    if isinstance(moment, Instant):
        return moment.local.replace(tzinfo=None)
    if isinstance(moment, Day):
        return datetime.combine(moment.on, usual)
    return datetime.combine(moment.on, time(moment.clock // 60, moment.clock % 60))


def _covers(leg: Leg, span: tuple[datetime, datetime], night: date) -> bool:
    """Whether a stay or a way takes the night from *night* to the day after."""
    return leg.kind is not LegKind.EVENT and span[0].date() <= night < span[1].date()
