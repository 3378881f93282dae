"""Formulas, names and links of a binary workbook's whole stream ([MS-XLS]): globals and all sheets, macro sheets among them."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from gifthorse.inspect.documents.formula_tokens import Layout, formula_text

MOST_RECORDS: Final = 2_000_000
_FORMULA: Final = 0x0006
_EXTERNSHEET: Final = 0x0017
_LBL: Final = 0x0018
_EXTERNNAME: Final = 0x0023
_FILEPASS: Final = 0x002F
_SUPBOOK: Final = 0x01AE
_CF: Final = 0x01B1
_ARRAY: Final = 0x0221
_SHRFMLA: Final = 0x04BC
_BOF: Final = 0x0809
_BIFF8: Final = 0x0600
_MACRO_STREAM: Final = 0x0040
_GLOBALS: Final = 0x0005
# Where the length of the compiled formula stands in a record; the formula follows at once.
_LENGTH_AT: Final = {_FORMULA: 20, _SHRFMLA: 8, _ARRAY: 12}


@dataclass(frozen=True, kw_only=True, slots=True)
class CellFormula:
    """A formula and whether it stands on a macro sheet, which runs it."""

    text: str
    on_macro_sheet: bool


@dataclass(slots=True)
class _Book:
    names: list[str] = field(default_factory=list)
    foreign: list[list[str]] = field(default_factory=list)  # names by supporting book
    sheets: list[int] = field(default_factory=list)  # supporting book by entry of EXTERNSHEET
    coded: list[tuple[bytes, bool]] = field(default_factory=list)

    def foreign_name(self, sheet: int, number: int) -> str:
        book = self.sheets[sheet] if sheet < len(self.sheets) else -1
        names = self.foreign[book] if 0 <= book < len(self.foreign) else []
        return names[number - 1] if 0 < number <= len(names) else ""


def formulas_in_stream(stream: bytes) -> Iterator[CellFormula]:
    """The formulas of a BIFF8 stream; none of an encrypted one or of an older version."""
    if len(stream) < 8 or struct.unpack_from("<HHH", stream)[0::2] != (_BOF, _BIFF8):
        return
    book = _Book()
    macros = False
    for kind, body in _records(stream):
        if kind == _FILEPASS:
            return
        if kind == _BOF and len(body) >= 4:
            what = struct.unpack_from("<H", body, 2)[0]
            macros = what == _MACRO_STREAM or (macros and what == _GLOBALS)
        _take(book, kind, body, macros=macros)
    layout = Layout(wide=False, names=tuple(book.names), foreign=book.foreign_name)
    for code, on_macro_sheet in book.coded:
        if text := formula_text(code, layout):
            yield CellFormula(text=text, on_macro_sheet=on_macro_sheet)


def _take(book: _Book, kind: int, body: bytes, *, macros: bool) -> None:
    if kind in _LENGTH_AT:
        at = _LENGTH_AT[kind]
        if len(body) >= at + 2:
            length = struct.unpack_from("<H", body, at)[0]
            book.coded.append((body[at + 2 : at + 2 + length], macros))
    elif kind == _LBL and len(body) >= 15:
        _take_name(book, body)
    elif kind == _CF and len(body) >= 6:
        lengths = sum(struct.unpack_from("<HH", body, 2))
        book.coded.append((body[-lengths:] if 0 < lengths < len(body) else b"", False))
    elif kind == _SUPBOOK:
        book.foreign.append([])
    elif kind == _EXTERNNAME and book.foreign and len(body) > 8:
        book.foreign[-1].append(_text(body[8:], body[6], body[7] & 1))
    elif kind == _EXTERNSHEET and len(body) >= 2:
        count = min(struct.unpack_from("<H", body)[0], (len(body) - 2) // 6)
        book.sheets += [struct.unpack_from("<H", body, 2 + 6 * number)[0] for number in range(count)]


def _take_name(book: _Book, body: bytes) -> None:
    length, code_length = struct.unpack_from("<BH", body, 3)
    wide = body[14] & 1
    book.names.append(_text(body[15:], length, wide))
    at = 15 + length * (1 + wide)
    if code_length:
        book.coded.append((body[at : at + code_length], False))


def _text(body: bytes, length: int, wide: int) -> str:
    return body[: length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(MOST_RECORDS):
        if at + 4 > len(stream):
            return
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length] if kind in _WANTED else b""
        at += 4 + length


_WANTED: Final = frozenset({*_LENGTH_AT, _EXTERNSHEET, _LBL, _EXTERNNAME, _SUPBOOK, _CF, _BOF})
