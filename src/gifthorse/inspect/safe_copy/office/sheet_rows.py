"""What the sheets of every kind of workbook come down to: rows of cells as they would be shown, dates among them, laid in bands."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from gifthorse.inspect.safe_copy.office.blocks import MOST_COLUMNS, MOST_ROWS, Gathered

_COLUMNS_SIDE_BY_SIDE: Final = 10
# Number formats for dates and times that every program knows by number (18.8.30).
_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
# Days on the sheet's own calendar, in no zone; old Macintosh workbooks count from another (18.2.28).
_DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001
_DAY_ZERO_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_LONG_NUMBER: Final = 1e15
_LAST_DAY: Final = 2_900_000  # before the end of the year 9999


class Dates(NamedTuple):
    """Which cell styles show a date or time, and the day that counts as 0."""

    styles: frozenset[int] = frozenset()
    day_zero: datetime = _DAY_ZERO

    def shown(self, number: float, style: int) -> str:
        """What a cell of that *style* shows of its *number*."""
        moment = moment_of(number, self.day_zero) if style in self.styles else ""
        return moment or (str(int(number)) if number.is_integer() and abs(number) < _LONG_NUMBER else repr(number))


def dates_by(formats: Sequence[int], own: Collection[int], *, from_1904: bool) -> Dates:
    """The styles that show dates, where *formats* are the number formats of all styles and *own* those for dates beside the known ones."""
    styles = frozenset(style for style, number in enumerate(formats) if number in _DATES or number in own)
    return Dates(styles, _DAY_ZERO_1904 if from_1904 else _DAY_ZERO)


Rows = list[tuple[int, dict[int, str]]]


def lay(rows: Rows, gathered: Gathered) -> None:
    """The cells of a sheet are among the blocks, in bands of as many columns as a page is wide."""
    filled = [(number, cells) for number, cells in rows if cells]
    if len(filled) > MOST_ROWS:
        gathered.lacking(f"rows behind the first {MOST_ROWS} of a sheet")
    filled = filled[:MOST_ROWS]
    last = max((max(cells) for _number, cells in filled), default=-1)
    if last >= MOST_COLUMNS:
        gathered.lacking(f"columns behind the first {MOST_COLUMNS} of a sheet")
    for first in range(0, min(last + 1, MOST_COLUMNS), _COLUMNS_SIDE_BY_SIDE):
        side = range(first, min(first + _COLUMNS_SIDE_BY_SIDE, last + 1, MOST_COLUMNS))
        band = [(number, [cells.get(column, "") for column in side]) for number, cells in filled if any(map(cells.get, side))]
        gathered.sheet(band, first)


def column_name(number: int) -> str:
    """The letters of column *number*, counted from 0."""
    name = ""
    while number >= 0:
        name = chr(ord("A") + number % 26) + name
        number = number // 26 - 1
    return name


def moment_of(days: float, day_zero: datetime) -> str:
    """The moment that a cell shows of so many *days*; empty when that is none."""
    if not 0 <= days <= _LAST_DAY:
        return ""
    moment = day_zero + timedelta(seconds=round(days * 86_400))
    if days < 1:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d}" if moment.time() == datetime.min.time() else f"{moment:%Y-%m-%d %H:%M:%S}"


def tells_time(code: str) -> bool:
    """Whether a number format of that *code* shows a date or time."""
    return bool(re.search(r"[ymdhs]", _QUOTED.sub("", code), re.IGNORECASE)) and "general" not in code.lower()
