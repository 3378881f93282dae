"""The cells of workbook packages as they would be shown (ECMA-376 part 1, 18): values, words, dates; never formulas."""

import re
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.markup import Closed, Opened, events
from gifthorse.inspect.documents.package import Package

MOST_PART: Final = 32 << 20
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# Number formats for dates and times that every program knows by number (18.8.30).
_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
# Days on the sheet's own calendar, in no zone; old Macintosh workbooks count from another (18.2.28).
_DAY_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001
_DAY_ZERO_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_DAY: Final = 2_900_000  # before the end of the year 9999
_TRUTH: Final = {"0": "FALSE", "1": "TRUE"}


class Dates(NamedTuple):
    """Which cell styles show a date or time, and the day that counts as 0."""

    styles: frozenset[int] = frozenset()
    day_zero: datetime = _DAY_ZERO


Rows = list[tuple[int, dict[int, str]]]


def shared_strings(package: Package) -> list[str]:
    """The words that cells refer to by number; without phonetic readings."""
    happened = _events(package, "xl/sharedStrings.xml")
    strings: list[str] = []
    in_text = reading = False
    for event in happened:
        if isinstance(event, Opened):
            if event.name == "si":
                strings.append("")
            reading = reading or event.name == "rPh"
            in_text = event.name == "t"
        elif isinstance(event, Closed):
            in_text = False
            reading = reading and event.name != "rPh"
        elif in_text and not reading and strings:
            strings[-1] += event
    return strings


def dates_of(package: Package) -> Dates:
    """How the workbook shows dates."""
    from_1904 = any(
        isinstance(event, Opened) and event.name == "workbookPr" and event.attributes.get("date1904", "0").lower() in {"1", "true"}
        for event in _events(package, "xl/workbook.xml")
    )
    return Dates(_date_styles(package), _DAY_ZERO_1904 if from_1904 else _DAY_ZERO)


def _date_styles(package: Package) -> frozenset[int]:
    dates = set(_DATES)
    found: list[int] = []
    in_cells = False
    for event in _events(package, "xl/styles.xml"):
        if isinstance(event, Closed):
            in_cells = in_cells and event.name != "cellXfs"
        elif isinstance(event, Opened):
            in_cells = in_cells or event.name == "cellXfs"
            if event.name == "numFmt" and _tells_time(event.attributes.get("formatCode", "")):
                dates.add(_number(event.attributes.get("numFmtId", "")))
            elif event.name == "xf" and in_cells:
                found.append(_number(event.attributes.get("numFmtId", "")))
    return frozenset(style for style, number in enumerate(found) if number in dates)


def rows_of(xml: bytes, shared: list[str], dates: Dates) -> Rows:
    """Row number (from 1) and its cells by column (from 0), in the part's order; raises DamagedDocument."""
    rows: Rows = []
    kind, style, column, within, value = "", 0, -1, "", ""
    for event in events(xml, text=True):
        if isinstance(event, Opened):
            within = event.name
            if event.name == "row":
                rows.append((_number(event.attributes.get("r", "")) or (rows[-1][0] + 1 if rows else 1), {}))
                column = -1
            elif event.name == "c":
                kind, style, value = event.attributes.get("t", "n"), _number(event.attributes.get("s", "")), ""
                column = _column(event.attributes.get("r", ""), column + 1)
        elif isinstance(event, Closed):
            within = ""
            if event.name == "c" and rows and value:
                rows[-1][1][column] = _shown(value, kind, shared, dates.day_zero if style in dates.styles else None)
        elif within in {"v", "t"}:
            value += event
    return rows


def column_name(number: int) -> str:
    """The letters of column *number*, counted from 0."""
    name = ""
    while number >= 0:
        name = chr(ord("A") + number % 26) + name
        number = number // 26 - 1
    return name


def _shown(value: str, kind: str, shared: list[str], day_zero: datetime | None) -> str:
    if kind == "s":
        return shared[int(value)] if value.isascii() and value.isdigit() and len(value) < 9 and int(value) < len(shared) else value
    if kind == "b":
        return _TRUTH.get(value, value)
    return _date(value, day_zero) if kind == "n" and day_zero is not None else value


def _date(value: str, day_zero: datetime) -> str:
    try:
        days = float(value)
    except ValueError:
        return value
    if not 0 <= days <= _LAST_DAY:
        return value
    moment = day_zero + timedelta(seconds=round(days * 86_400))
    if days < 1:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d}" if moment.time() == datetime.min.time() else f"{moment:%Y-%m-%d %H:%M:%S}"


def _tells_time(code: str) -> bool:
    return bool(re.search(r"[ymdhs]", _QUOTED.sub("", code), re.IGNORECASE)) and "general" not in code.lower()


def _column(reference: str, following: int) -> int:
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return following
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _events(package: Package, name: str) -> list[Opened | Closed | str]:
    if name not in package.entries:
        return []
    try:
        return events(package.read(name, MOST_PART), text=True)
    except DamagedDocument:
        return []
