"""Binary workbook packages ([MS-XLSB]) as blocks: the cells of each sheet as they would be shown; never formulas."""

import struct
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.biff12 import records
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.package import Package
from gifthorse.inspect.safe_copy.office.blocks import Gathered
from gifthorse.inspect.safe_copy.office.cell_values import Cells, packed_number, truth_or_error
from gifthorse.inspect.safe_copy.office.continued_text import MOST_TEXTS
from gifthorse.inspect.safe_copy.office.pictures_in import targets_of
from gifthorse.inspect.safe_copy.office.sheet_rows import Dates, Rows, dates_by, tells_time

WORKBOOK: Final = "xl/workbook.bin"
_MOST_PART: Final = 64 << 20
_LONGEST: Final = 32_767
_ROW: Final = 0  # BrtRowHdr
_PACKED: Final = 2  # BrtCellRk
_ERRORS: Final = frozenset({3, 11})  # BrtCellError, BrtFmlaError
_TRUTHS: Final = frozenset({4, 10})
_NUMBERS: Final = frozenset({5, 9})
_TEXTS: Final = frozenset({6, 8})
_SHARED: Final = 7  # BrtCellIsst
_RICH: Final = 62  # BrtCellRString
_SHARED_TEXT: Final = 19  # BrtSSTItem
_FORMAT: Final = 44
_STYLE: Final = 47  # BrtXF
_FACTS: Final = 153  # BrtWbProp
_SHEET: Final = 156  # BrtBundleSh
_CELL_STYLES, _END_OF_CELL_STYLES = 617, 618
_ABSENT: Final = 0xFFFFFFFF


class PackedWorkbook:
    """One workbook package that is being read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._book = list(self._records(WORKBOOK))
        self._texts = [_text(body, 1)[0] for kind, body in self._records("xl/sharedStrings.bin") if kind == _SHARED_TEXT][:MOST_TEXTS]
        self._dates = self._found_dates()

    def sheets(self) -> list[tuple[str, str]]:
        """Title and part of each sheet, in the workbook's order."""
        targets = targets_of(self._package, WORKBOOK)
        found: list[tuple[str, str]] = []
        for kind, body in self._book:
            if kind == _SHEET and len(body) >= 12:
                link, after = _text(body, 8)
                title = _text(body, after)[0] + (" (hidden)" if body[0] & 3 else "")
                found.append((title, targets.get(link, "")))
        return [(title, part) for title, part in found if part in self._package.entries]

    def rows(self, part: str, gathered: Gathered) -> Rows:
        """The rows of the sheet in *part*; raises DamagedDocument when it can't be read."""
        cells = Cells()
        row = 0
        for kind, body in records(self._package.read(part, _MOST_PART)):
            if cells.full:
                gathered.lacking("further cells of a sheet")
                break
            if kind == _ROW and len(body) >= 4:
                row = struct.unpack_from("<I", body)[0]
            elif len(body) > 8 and (said := self._shown(kind, body)):
                cells.put(row, struct.unpack_from("<I", body)[0], said)
        return cells.rows

    def _shown(self, kind: int, body: bytes) -> str:
        """What a cell shows (2.4); empty for other records."""
        style = int.from_bytes(body[4:7], "little")
        if kind in _TEXTS or kind == _RICH:
            return _text(body, 9 if kind == _RICH else 8)[0]
        if kind in _TRUTHS or kind in _ERRORS:
            return truth_or_error(body[8], is_error=kind in _ERRORS)
        if kind in _NUMBERS and len(body) >= 16:
            return self._dates.shown(struct.unpack_from("<d", body, 8)[0], style)
        if kind == _PACKED and len(body) >= 12:
            return self._dates.shown(packed_number(struct.unpack_from("<I", body, 8)[0]), style)
        number = struct.unpack_from("<I", body, 8)[0] if kind == _SHARED and len(body) >= 12 else len(self._texts)
        return self._texts[number] if number < len(self._texts) else ""

    def _found_dates(self) -> Dates:
        formats: list[int] = []
        own: set[int] = set()
        in_cells = False
        for kind, body in self._records("xl/styles.bin"):
            in_cells = (in_cells or kind == _CELL_STYLES) and kind != _END_OF_CELL_STYLES
            if kind == _FORMAT and len(body) >= 6 and tells_time(_text(body, 2)[0]):
                own.add(struct.unpack_from("<H", body)[0])
            elif kind == _STYLE and in_cells and len(body) >= 4:
                formats.append(struct.unpack_from("<H", body, 2)[0])
        return dates_by(formats, own, from_1904=any(kind == _FACTS and body[:1] and body[0] & 1 for kind, body in self._book))

    def _records(self, part: str) -> Iterator[tuple[int, bytes]]:
        """The records of *part*; none when it isn't there or can't be read."""
        if part not in self._package.entries:
            return
        try:
            body = self._package.read(part, _MOST_PART)
        except DamagedDocument:
            return
        yield from records(body)


def _text(body: bytes, at: int) -> tuple[str, int]:
    """The text at *at* with its length in front, and where it ends."""
    if at + 4 > len(body):
        return "", len(body)
    length = struct.unpack_from("<I", body, at)[0]
    if length == _ABSENT:
        return "", at + 4
    end = at + 4 + 2 * min(length, _LONGEST)
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
