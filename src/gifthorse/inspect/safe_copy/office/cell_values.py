"""Cells of binary workbooks, gathered row by row, and the values that they are written as ([MS-XLS] 2.5, [MS-XLSB] 2.5)."""

import struct
from typing import Final

from gifthorse.inspect.safe_copy.office.sheet_rows import Rows

MOST_CELLS: Final = 200_000  # of one sheet, before it is cut to what a page takes
_ERRORS: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#GETTING_DATA"}


class Cells:
    """The cells of one sheet."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, str]] = {}
        self._count = 0

    def put(self, row: int, column: int, text: str) -> None:
        """The cell shows *text*; row and column count from 0."""
        if text:
            self._count += 1
            self._rows.setdefault(row, {})[column] = text

    @property
    def full(self) -> bool:
        """Whether no more is taken."""
        return self._count >= MOST_CELLS

    @property
    def rows(self) -> Rows:
        """The rows in order, numbered from 1."""
        return [(row + 1, cells) for row, cells in sorted(self._rows.items())]


def packed_number(packed: int) -> float:
    """An RkNumber: the upper bits of a float or a whole number, perhaps in hundredths."""
    if packed & 2:
        number = float((packed - (1 << 32) if packed & 0x80000000 else packed) >> 2)
    else:
        number = float(struct.unpack("<d", bytes(4) + struct.pack("<I", packed & 0xFFFFFFFC))[0])
    return number / 100 if packed & 1 else number


def truth_or_error(value: int, *, is_error: bool) -> str:
    """What a cell with a truth value or an error shows."""
    return _ERRORS.get(value, f"#{value}") if is_error else ("TRUE" if value else "FALSE")
