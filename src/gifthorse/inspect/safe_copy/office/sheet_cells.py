"""The cells of workbook packages as they would be shown (ECMA-376 part 1, 18): values, words, dates; never formulas."""

import re
from datetime import datetime
from typing import Final

from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.markup import Closed, Opened, events
from gifthorse.inspect.documents.package import Package
from gifthorse.inspect.safe_copy.office.sheet_rows import Dates, Rows, dates_by, moment_of, tells_time

MOST_PART: Final = 32 << 20
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_TRUTH: Final = {"0": "FALSE", "1": "TRUE"}


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
    return dates_by(*_formats(package), from_1904=from_1904)


def _formats(package: Package) -> tuple[list[int], set[int]]:
    """The number formats of the cell styles, and those of the workbook's own formats that show a date or time."""
    own: set[int] = set()
    found: list[int] = []
    in_cells = False
    for event in _events(package, "xl/styles.xml"):
        if isinstance(event, Closed):
            in_cells = in_cells and event.name != "cellXfs"
        elif isinstance(event, Opened):
            in_cells = in_cells or event.name == "cellXfs"
            if event.name == "numFmt" and tells_time(event.attributes.get("formatCode", "")):
                own.add(_number(event.attributes.get("numFmtId", "")))
            elif event.name == "xf" and in_cells:
                found.append(_number(event.attributes.get("numFmtId", "")))
    return found, own


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


def _shown(value: str, kind: str, shared: list[str], day_zero: datetime | None) -> str:
    if kind == "s":
        return shared[int(value)] if value.isascii() and value.isdigit() and len(value) < 9 and int(value) < len(shared) else value
    if kind == "b":
        return _TRUTH.get(value, value)
    return _date(value, day_zero) if kind == "n" and day_zero is not None else value


def _date(value: str, day_zero: datetime) -> str:
    try:
        return moment_of(float(value), day_zero) or value
    except ValueError:
        return value


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
