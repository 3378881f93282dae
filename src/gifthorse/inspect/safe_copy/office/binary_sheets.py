"""Binary workbooks of Excel 5 and later ([MS-XLS]) as blocks: the cells of each sheet as they would be shown; never formulas."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from gifthorse.inspect.documents.compound import CompoundFile
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.spreadsheet import BOFS, workbook_streams
from gifthorse.inspect.safe_copy.facts import IS_ENCRYPTED
from gifthorse.inspect.safe_copy.office.blocks import Gathered
from gifthorse.inspect.safe_copy.office.cell_values import Cells, packed_number, truth_or_error
from gifthorse.inspect.safe_copy.office.continued_text import counted_text, legacy_codec, shared_texts, text_of_pieces
from gifthorse.inspect.safe_copy.office.drawn_records import PictureStore, Records
from gifthorse.inspect.safe_copy.office.pictures_in import show
from gifthorse.inspect.safe_copy.office.sheet_rows import Dates, dates_by, lay, tells_time
from gifthorse.inspect.safe_copy.pictures import NotRebuilt

MOST_RECORDS: Final = 2_000_000
MOST_SHEETS: Final = 2_000
_FORMULA: Final = 0x0006
_EOF: Final = 0x000A
_DATE_MODE: Final = 0x0022
_FILE_PASS: Final = 0x002F
_CONTINUE: Final = 0x003C
_CODE_PAGE: Final = 0x0042
_SHEET: Final = 0x0085
_PACKED_NUMBERS: Final = 0x00BD  # MulRk
_STYLE: Final = 0x00E0  # XF
_DRAWINGS: Final = 0x00EB  # MsoDrawingGroup
_SHARED_TEXTS: Final = 0x00FC  # SST
_SHARED_TEXT: Final = 0x00FD  # LabelSst
_SHAPE_TEXT: Final = 0x01B6  # TxO
_NUMBER: Final = 0x0203
_TEXTS: Final = frozenset({0x0204, 0x00D6})  # Label, RString
_TRUTH: Final = 0x0205  # BoolErr
_FORMULA_TEXT: Final = 0x0207  # String
_PACKED_NUMBER: Final = 0x027E  # RK
_FORMAT: Final = 0x041E
_UNICODE: Final = 0x0600  # BOF.vers from Excel 97 on
_OLDEST: Final = 0x0500
_KINDS: Final = {1: " (macros)", 2: " (a chart, not drawn)", 6: " (a module of macros)"}
_NO_NUMBER: Final = 0xFFFF


@dataclass(slots=True)
class _Book:
    """What the globals say."""

    unicode: bool
    codec: str = "cp1252"
    from_1904: bool = False
    sheets: list[tuple[str, int]] = field(default_factory=list)  # title, and where it begins
    formats: list[int] = field(default_factory=list)
    own_dates: set[int] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    drawings: bytearray = field(default_factory=bytearray)


def read_workbook(compound: CompoundFile, gathered: Gathered) -> None:
    """The sheets of *compound* are among the blocks; raises DamagedDocument or NotRebuilt when it has none that can be read."""
    stream = next(workbook_streams(compound), b"")
    if len(stream) < 8 or struct.unpack_from("<H", stream)[0] not in BOFS:
        raise DamagedDocument("no workbook")
    version = struct.unpack_from("<H", stream, 4)[0]
    if version < _OLDEST:
        raise DamagedDocument("a workbook of before 1993")
    book = _Book(unicode=version >= _UNICODE)
    parts = _Stream(stream)
    for kind, pieces in parts.records(0):
        _take(book, kind, pieces)
    dates = dates_by(book.formats, book.own_dates, from_1904=book.from_1904)
    for title, at in book.sheets[:MOST_SHEETS]:
        if gathered.full:
            gathered.lacking("further sheets")
            break
        gathered.page()
        gathered.heading(title)
        _read_sheet(parts.records(at), book, dates, gathered)
    _show_pictures(book, gathered)


class _Stream:
    """The records of a workbook's stream, no more than a bound of them however often a part is named."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._left = MOST_RECORDS

    def records(self, at: int) -> Iterator[tuple[int, list[bytes]]]:
        """Kind and pieces of each record of the part that begins at *at* (2.1.4), without what lies within embedded charts."""
        waiting: tuple[int, list[bytes]] | None = None
        deep = 0
        while at + 4 <= len(self._stream) and self._left > 0:
            self._left -= 1
            kind, length = struct.unpack_from("<HH", self._stream, at)
            body = self._stream[at + 4 : at + 4 + length]
            at += 4 + length
            if kind == _CONTINUE and waiting is not None:
                waiting[1].append(body)
                continue
            if waiting is not None and deep == 1:
                yield waiting
            waiting = (kind, [body])
            deep += (kind in BOFS) - (kind == _EOF)
            if deep <= 0:  # its end, or no beginning
                return
        if waiting is not None and deep == 1:
            yield waiting


def _take(book: _Book, kind: int, pieces: list[bytes]) -> None:
    """What one record of the globals says is in *book*; raises NotRebuilt when the workbook is encrypted."""
    body = pieces[0]
    if kind == _FILE_PASS:
        raise NotRebuilt(IS_ENCRYPTED)
    if kind == _CODE_PAGE and len(body) >= 2:
        book.codec = legacy_codec(struct.unpack_from("<H", body)[0])
    elif kind == _DATE_MODE:
        book.from_1904 = body[:1] == b"\1"
    elif kind == _SHEET and len(body) >= 8:
        at, state, what = struct.unpack_from("<IBB", body)
        title = counted_text(body, 6, 1, book.codec, unicode=book.unicode)
        book.sheets.append((title + (" (hidden)" if state & 3 else "") + _KINDS.get(what, ""), at))
    elif kind == _STYLE and len(body) >= 4:
        book.formats.append(struct.unpack_from("<H", body, 2)[0])
    elif kind == _FORMAT and len(body) >= 4:
        if tells_time(counted_text(body, 2, 2 if book.unicode else 1, book.codec, unicode=book.unicode)):
            book.own_dates.add(struct.unpack_from("<H", body)[0])
    elif kind == _SHARED_TEXTS:
        book.texts = shared_texts(pieces)
    elif kind == _DRAWINGS:
        for piece in pieces:
            book.drawings += piece


def _read_sheet(records: Iterable[tuple[int, list[bytes]]], book: _Book, dates: Dates, gathered: Gathered) -> None:
    cells = Cells()
    asides: list[str] = []
    formula: tuple[int, int] | None = None
    for kind, pieces in records:
        if cells.full:
            gathered.lacking("further cells of a sheet")
            break
        body = pieces[0]
        if kind == _FORMULA_TEXT and formula is not None:
            cells.put(*formula, text_of_pieces(pieces, book.codec, unicode=book.unicode))
        elif kind == _SHAPE_TEXT and len(pieces) > 1 and len(body) >= 12 and book.unicode:
            asides.append(text_of_pieces([body[10:12] + pieces[1], *pieces[2:-1]], book.codec, unicode=True))
        elif len(body) >= 6:
            formula = _take_cell(kind, body, book, dates, cells)
    lay(cells.rows, gathered)
    if asides:
        gathered.heading("In notes and text boxes", 3)
        for said in asides:
            gathered.paragraph(said)


def _take_cell(kind: int, body: bytes, book: _Book, dates: Dates, cells: Cells) -> tuple[int, int] | None:
    """What the record says of a cell is in *cells*; the place of a formula whose text follows is given back."""
    row, column, style = struct.unpack_from("<HHH", body)
    if kind == _SHARED_TEXT and len(body) >= 10:
        number = struct.unpack_from("<I", body, 6)[0]
        cells.put(row, column, book.texts[number] if number < len(book.texts) else "")
    elif kind in _TEXTS:
        cells.put(row, column, counted_text(body, 6, 2, book.codec, unicode=book.unicode))
    elif kind == _NUMBER and len(body) >= 14:
        cells.put(row, column, dates.shown(struct.unpack_from("<d", body, 6)[0], style))
    elif kind == _PACKED_NUMBER and len(body) >= 10:
        cells.put(row, column, dates.shown(packed_number(struct.unpack_from("<I", body, 6)[0]), style))
    elif kind == _PACKED_NUMBERS:
        for place in range((len(body) - 6) // 6):
            style, packed = struct.unpack_from("<HI", body, 4 + 6 * place)
            cells.put(row, column + place, dates.shown(packed_number(packed), style))
    elif kind == _TRUTH and len(body) >= 8:
        cells.put(row, column, truth_or_error(body[6], is_error=body[7] != 0))
    elif kind == _FORMULA and len(body) >= 14:
        return _take_result(body, dates, cells)
    return None


def _take_result(body: bytes, dates: Dates, cells: Cells) -> tuple[int, int] | None:
    """The result of a formula (2.5.133) is in *cells*; its place is given back when a text follows."""
    row, column, style = struct.unpack_from("<HHH", body)
    if struct.unpack_from("<H", body, 12)[0] != _NO_NUMBER:
        cells.put(row, column, dates.shown(struct.unpack_from("<d", body, 6)[0], style))
        return None
    kind, value = body[6], body[8]
    if kind in {1, 2}:
        cells.put(row, column, truth_or_error(value, is_error=kind == 2))
    return (row, column) if kind == 0 else None


def _show_pictures(book: _Book, gathered: Gathered) -> None:
    store = PictureStore(Records(bytes(book.drawings)), 0, len(book.drawings))
    if len(store):
        gathered.page()
        gathered.heading("Pictures in the workbook", 2)
    for number in range(1, len(store) + 1):
        show(store.picture(number), gathered)
