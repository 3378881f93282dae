"""office.dde: exchanges in pages, in XML of 2003, in SYLK, and in text tables under any name of an office program."""

import pytest

from gifthorse.inspect.detectors import office_dde
from tests.samples.documents import package
from tests.samples.files import severities

HIGH = [office_dde.DDE.severity]
CALL = "cmd|'/c calc'!A1"
SPREADSHEET = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{}</Workbook>'
).format
WORD = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DDEAUTO cmd "/k calc" </w:instrText></w:r></w:p>'
OFFICE = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'>{}</html>".format


@pytest.mark.parametrize("name", ["a.xml", "a.xls", "a.csv"])
@pytest.mark.parametrize(
    "inner",
    [
        f'<Cell ss:Formula="={CALL.replace(chr(39), "&apos;")}"/>',
        '<Cell ss:Formula="=1+cmd|&#39;/c calc&#39;!A1"/>',
        f"<Cell ss:Formula='={CALL.replace(chr(39), '')}'/>",
        '<SupBook xmlns="urn:schemas-microsoft-com:office:excel"> <Path>cmd|/c calc</Path></SupBook>',
    ],
)
def test_a_workbook_in_xml_of_2003_is_found_under_any_name(name, inner):
    assert severities(office_dde, SPREADSHEET(inner).encode(), name) == HIGH


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "space", ["http://schemas.microsoft.com/office/word/2003/wordml", "http://schemas.openxmlformats.org/officeDocument/x"]
)
def test_a_field_in_words_xml_is_found(encoding, space):
    text = f'<?xml version="1.0" encoding="{encoding}"?><w:wordDocument xmlns:w="{space}">{WORD}</w:wordDocument>'
    assert severities(office_dde, text.encode(encoding), "a.xml") == HIGH


def test_a_flat_open_document_is_found():
    formula = '<t:table-cell t:formula="of:=DDE(&quot;cmd&quot;;&quot;/c calc&quot;;&quot;a&quot;)"/>'
    source = '<t:dde-source office:dde-application="soffice" office:dde-topic="a.ods"/>'
    body = '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="t">{}</office:document>'
    assert severities(office_dde, body.format(formula).encode(), "a.fods") == HIGH
    assert [one.value for one in severities(office_dde, body.format(source).encode(), "b.fods")] == ["low"]


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (f"<html><table><tr><td>={CALL}</td></tr></table></html>", "a.xls"),
        (f"<html><table><tr><td><b>@SUM(1)*{CALL}</b></td></tr></table></html>", "a.csv"),
        (OFFICE(f'<table><tr><td x:fmla="={CALL}">1</td></tr></table>'), "a.html"),
        (OFFICE(f"<table><tr><th>={CALL}</th></tr></table>"), "a.xlsx"),
        (
            OFFICE(
                "<span style='mso-element:field-begin'></span> DDEAUTO <b>cmd</b> &quot;/k calc&quot; <span style='mso-element:field-end'></span>"
            ),
            "a.doc",
        ),
        (f"MIME-Version: 1.0\nContent-Type: text/html\n\n<table><tr><td>={CALL}</td></tr></table>", "a.xls"),
        (f"<html><table><tr><td>={CALL}</td></tr></table></html>", "a.mht > body.html"),
    ],
)
def test_a_page_that_an_office_program_opens_is_found(page, name):
    assert severities(office_dde, page.encode(), name) == HIGH


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (f"<html><p>How tables attack: <td>={CALL}</td></p></html>", "lesson.html"),
        (OFFICE("<table><tr><td>=A1|B2</td><td>Wow!</td></tr></table>"), "a.html"),
        (OFFICE("<span style='mso-element:field-begin'></span> PAGE <span style='mso-element:field-end'></span>"), "a.doc"),
        (SPREADSHEET('<Cell ss:Formula="=SUM(A1:A3)"/><Cell>a|b!c</Cell>'), "a.xml"),
        ("<?xml version='1.0'?><a Formula=\"=cmd|'/c calc'!A1\"/>", "a.xml"),
    ],
)
def test_pages_and_workbooks_without_an_exchange_are_silent(page, name):
    assert severities(office_dde, page.encode(), name) == []


@pytest.mark.parametrize("name", ["a.slk", "a.xls", "a.csv", "a.txt"])
def test_a_formula_of_sylk_is_found_under_any_name(name):
    assert severities(office_dde, f"ID;PWXL;N;E\r\nC;Y1;X1;K0;E{CALL}\r\nE\r\n".encode(), name) == HIGH
    assert severities(office_dde, b'ID;PWXL;N;E\r\nC;Y1;X1;K0;ESUM(R1C1)\r\nC;Y2;K"a|b!c"\r\nE\r\n', name) == []


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.doc"])
def test_a_text_table_under_an_office_programs_name_is_found(name):
    assert severities(office_dde, f'name,sum\r\nAnn,"={CALL}"\r\n'.encode(), name) == HIGH


def test_control_characters_between_the_letters_hide_nothing():
    body = b"a,b\r\n=c\0m\0d|'/c ca\x02lc'!A1,1\r\n"
    assert severities(office_dde, body, "a.csv") == HIGH
    assert severities(office_dde, body, "a.dat") == []
    assert severities(office_dde, bytes(range(256)) * 9 + body, "b.csv") == []


def test_an_exchange_that_stands_in_a_cell_as_it_is_typed_is_found():
    def book(formula: str) -> bytes:
        return package(
            "xlsx", {"xl/worksheets/sheet1.xml": f'<?xml version="1.0"?><worksheet><c><f>{formula}</f></c></worksheet>'.encode()}
        )

    assert severities(office_dde, book(CALL), "a.xlsx") == HIGH
    assert severities(office_dde, book("IF(A1=&quot;|&quot;,Two!B1,2)"), "b.xlsx") == []
