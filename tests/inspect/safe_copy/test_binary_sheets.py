"""Binary workbooks as blocks, of both kinds: values as they would be shown, never formulas."""

import struct

import pytest

from gifthorse.inspect.safe_copy.office.blocks import Heading, Paragraph, Picture, Table
from gifthorse.inspect.safe_copy.office.cell_values import packed_number
from gifthorse.inspect.safe_copy.office.reading import gathered_from
from gifthorse.inspect.safe_copy.pictures import NotRebuilt
from tests.samples.binary_office import book8, book12, cell8, cell12, row12, text8
from tests.samples.binary_slides import PNG, blip, dots, entry, store
from tests.samples.compiled_formulas import record8, text12
from tests.samples.documents import an_item, compound_file, workbook_stream

SHARED, NUMBER, RK, MANY, TRUTH, FORMULA, STRING = 0xFD, 0x203, 0x27E, 0xBD, 0x205, 0x06, 0x207


def tables_of(book: bytes, name: str) -> list[Table]:
    return [block for block in gathered_from(an_item(book, name)).blocks if isinstance(block, Table)]


def formula(row: int, column: int, result: bytes) -> bytes:
    return cell8(FORMULA, row, column, result + bytes(6) + struct.pack("<H", 3) + b"\x1e\x01\0")


def test_cells_of_every_kind_show_their_values_and_no_formula() -> None:
    cells = (
        cell8(SHARED, 1, 0, struct.pack("<I", 1))
        + cell8(NUMBER, 1, 2, struct.pack("<d", 1234.5))
        + cell8(RK, 2, 0, struct.pack("<I", (-7 & 0x3FFFFFFF) << 2 | 2))
        + record8(MANY, struct.pack("<HHHIHIH", 2, 1, 0, 5 << 2 | 3, 0, 6 << 2 | 2, 2))
        + cell8(TRUTH, 3, 0, b"\1\0")
        + cell8(TRUTH, 3, 1, b"\x07\1")
        + formula(4, 0, struct.pack("<d", 42.0))
        + formula(4, 1, b"\0\0\0\0\0\0\xff\xff")
        + record8(STRING, text8("спец"))
        + formula(4, 2, b"\1\0\1\0\0\0\xff\xff")
        + formula(4, 3, b"\2\0\x2a\0\0\0\xff\xff")
    )
    (table,) = tables_of(book8(("One", 0, cells), texts=[text8("a") + text8("ж")]), "a.xls")
    assert table.row_numbers == (2, 3, 4, 5)
    assert table.rows == (("ж", "", "1234.5", ""), ("-7", "0.05", "6", ""), ("TRUE", "#DIV/0!", "", ""), ("42", "спец", "TRUE", "#N/A"))


def test_texts_go_on_in_further_records_in_letters_of_another_width() -> None:
    first = struct.pack("<HB", 6, 0) + b"abc"
    second = (
        b"\1" + "где".encode("utf-16-le") + struct.pack("<HBH", 2, 8, 1) + b"xy" + bytes(4) + struct.pack("<HBI", 1, 4, 3) + b"z" + b"\1"
    )
    third = b"\2\3" + text8("last")
    cells = b"".join(cell8(SHARED, 0, column, struct.pack("<I", column)) for column in range(4))
    (table,) = tables_of(book8(("One", 0, cells), texts=[first, second, third]), "a.xls")
    assert table.rows == (("abcгде", "xy", "z", "last"),)


@pytest.mark.parametrize(("from_1904", "day"), [(False, "2023-03-15"), (True, "2027-03-16")], ids=["1900", "1904"])
def test_dates_are_shown_by_their_style_and_calendar(*, from_1904: bool, day: str) -> None:
    cells = b"".join(cell8(NUMBER, 0, style, struct.pack("<d", 45000.0), style) for style in range(3))
    book = book8(("One", 0, cells), formats={170: "d. mmm yyyy", 171: "0.00"}, styles=(0, 170, 171), from_1904=from_1904)
    assert tables_of(book, "a.xls")[0].rows == (("45000", day, "45000"),)


def test_hidden_sheets_are_there_and_named_so_and_notes_stand_below() -> None:
    note = record8(0x01B6, bytes(10) + struct.pack("<HHI", 4, 16, 0)) + record8(0x003C, b"\0note") + record8(0x003C, bytes(16))
    book = book8(
        ("Shown", 0, b""), ("Kept", 2, cell8(NUMBER, 0, 0, struct.pack("<d", 1.0)) + note), drawings=store(entry(blip(PNG, dots("PNG"))))
    )
    blocks = gathered_from(an_item(book, "a.xls")).blocks
    assert [block.text for block in blocks if isinstance(block, Heading)] == [
        "Shown", "Kept (hidden)", "In notes and text boxes", "Pictures in the workbook",
    ]  # fmt: skip
    assert Paragraph(text="note") in blocks
    assert isinstance(blocks[-1], Picture)


def test_workbooks_of_before_1997_are_read_in_their_code_page() -> None:
    label = cell8(0x0204, 0, 0, struct.pack("<H", 6) + "Привет".encode("cp1251"))
    book = book8(("Лист", 0, label), version=0x0500, before=record8(0x0042, struct.pack("<H", 1251)))
    blocks = gathered_from(an_item(book, "a.xls")).blocks
    assert blocks == [Heading(text="Лист"), Table(rows=(("Привет",),), row_numbers=(1,))]


def test_an_encrypted_workbook_is_no_garbage() -> None:
    with pytest.raises(NotRebuilt, match="encrypted"):
        gathered_from(an_item(compound_file({"Workbook": workbook_stream([("S", 0, 0)], encrypted=True)}), "a.xls"))


def test_a_sheet_named_ten_thousand_times_is_read_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    from gifthorse.inspect.safe_copy.office import binary_sheets

    monkeypatch.setattr(binary_sheets, "MOST_RECORDS", 50)
    cells = b"".join(cell8(NUMBER, row, 0, struct.pack("<d", row)) for row in range(40))
    said = [len(table.rows) for table in tables_of(book8(*[("S", 0, cells)] * 3), "a.xls")]
    assert sum(said) < 50


def test_a_binary_package_shows_what_its_cells_show() -> None:
    rows = (
        row12(2)
        + cell12(7, 0, struct.pack("<I", 1))
        + cell12(5, 1, struct.pack("<d", 45000.25), 1)
        + cell12(2, 2, struct.pack("<I", 1234 << 2 | 3))
        + cell12(3, 3, b"\x2a")
        + cell12(4, 4, b"\1")
        + row12(9)
        + cell12(6, 0, text12("in"))
        + cell12(8, 1, text12("result") + bytes(10))
        + cell12(62, 2, b"\0" + text12("rich"))
        + cell12(9, 3, struct.pack("<d", 2.5) + bytes(10))
    )
    book = book12(
        ("Größe", 0, rows),
        ("Kept", 2, row12(0) + cell12(6, 0, text12("x"))),
        texts=("a", "ж"),
        formats={170: "dd.mm. hh:mm"},
        styles=(0, 170),
    )
    blocks = gathered_from(an_item(book, "a.xlsb")).blocks
    assert blocks[0] == Heading(text="Größe")
    assert isinstance(blocks[1], Table)
    assert blocks[1].row_numbers == (3, 10)
    assert blocks[1].rows == (("ж", "2023-03-15 06:00:00", "12.34", "#N/A", "TRUE"), ("in", "result", "rich", "2.5", ""))
    assert Heading(text="Kept (hidden)") in blocks


@pytest.mark.parametrize(
    ("packed", "number"),
    [(0x3FF00000, 1.0), (0x3FF00001, 0.01), (0xFFFFFFFE, -1.0), (0xFFFFFE0F, -1.25)],
    ids=["float", "hundredth", "whole", "both"],
)
def test_packed_numbers_are_what_they_stand_for(packed: int, number: float) -> None:
    assert packed_number(packed) == pytest.approx(number)
