"""Formulas, names and links of binary workbook packages ([MS-XLSB]): the records in their ``.bin`` parts."""

import struct
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.formula_tokens import Layout, formula_text
from gifthorse.inspect.documents.package import Package

MOST_RECORDS: Final = 2_000_000
_CELLS: Final = {8: None, 9: 8, 10: 1, 11: 1}  # BrtFmlaString, Num, Bool, Error: bytes of the value, None for a text
_NAME: Final = 39
_ARRAY: Final = 426
_SHARED: Final = 427
_BEGIN_LINK: Final = 360  # BrtBeginSupBook
_DDE_LINK: Final = 1
_SHEETS: Final = ("xl/workbook", "xl/worksheets/", "xl/macrosheets/", "xl/dialogsheets/", "xl/chartsheets/")
_MOST_PART: Final = 64 << 20
_LONGEST: Final = 32_767


def names_in(part: bytes) -> tuple[str, ...]:
    """The defined names of ``workbook.bin``, in order: compiled formulas refer to them by number."""
    return tuple(_text(body, 9)[0] for kind, body in records(part) if kind == _NAME)


def formulas_in_part(part: bytes, names: tuple[str, ...]) -> Iterator[str]:
    """The formulas of a sheet, a macro sheet or the workbook's names."""
    layout = Layout(wide=True, names=names)
    for kind, body in records(part):
        at = _code_at(kind, body)
        if at is not None and at + 4 <= len(body):
            length = struct.unpack_from("<I", body, at)[0]
            if text := formula_text(body[at + 4 : at + 4 + min(length, _LONGEST)], layout):
                yield text


def binary_parts(package: Package) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each part that can hold compiled formulas: sheets, macro sheets, the workbook itself."""
    for name in package.names:
        low = name.lower()
        if low.endswith(".bin") and low.startswith(_SHEETS):
            try:
                yield name, package.read(name, _MOST_PART)
            except DamagedDocument:
                continue


def links_in(part: bytes) -> Iterator[tuple[str, str]]:
    """Program and topic of each link to another program in a part for links."""
    for kind, body in records(part):
        if kind == _BEGIN_LINK and len(body) >= 2 and struct.unpack_from("<H", body)[0] == _DDE_LINK:
            program, after = _text(body, 2)
            yield program, _text(body, after)[0]


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record (2.1.4): both the kind and the length are numbers of seven bits to the byte."""
    at = 0
    for _ in range(MOST_RECORDS):
        if at >= len(part):
            return
        kind = part[at]
        at += 1
        if kind & 0x80 and at < len(part):
            kind = (kind & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        length = 0
        for place in range(4):
            if at >= len(part):
                return
            byte = part[at]
            at += 1
            length |= (byte & 0x7F) << (7 * place)
            if not byte & 0x80:
                break
        yield kind, part[at : at + length]
        at += length


def _code_at(kind: int, body: bytes) -> int | None:
    """Where the length of the compiled formula stands in the record; None when it has none."""
    if kind in _CELLS:
        value = _CELLS[kind]
        return (_text(body, 8)[1] if value is None else 8 + value) + 2
    if kind == _NAME:
        return _text(body, 9)[1]
    return {_SHARED: 16, _ARRAY: 17}.get(kind)


def _text(body: bytes, at: int) -> tuple[str, int]:
    """The text with its length in front at *at*, and where it ends."""
    if at + 4 > len(body):
        return "", len(body)
    length = struct.unpack_from("<I", body, at)[0]
    if length > _LONGEST:
        return "", len(body)
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
