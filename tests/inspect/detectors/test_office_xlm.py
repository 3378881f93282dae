import pytest

from gifthorse.inspect.detectors import office_xlm
from gifthorse.inspect.filetypes import FileType
from tests.samples import documents as make

MACRO_SHEET = "application/vnd.ms-excel.macrosheet+xml"


def severities(content, name="a.xls", **options):
    return [finding.severity.value for finding in office_xlm.examine(make.an_item(content, name, **options))]


def binary(*sheets, **options):
    return make.compound_file({"Workbook": make.workbook_stream(sheets, **options)})


def test_a_macro_sheet_that_is_shown_is_worth_caution():
    assert severities(binary(("Sheet1", 0, 0), ("Makro1", 1, 0))) == ["medium"]


def test_a_macro_sheet_that_no_menu_lists_is_dangerous():
    assert severities(binary(("Sheet1", 0, 0), ("x", 1, 2))) == ["high"]


def test_a_macro_sheet_with_a_name_that_starts_it_is_dangerous():
    assert severities(binary(("Sheet1", 0, 0), ("x", 1, 0), auto_open=True)) == ["high"]


def test_worksheets_charts_and_hidden_worksheets_are_no_finding():
    assert severities(binary(("Sheet1", 0, 0), ("Chart", 2, 0), ("Lists", 0, 2))) == []


def package(state="", name="", part="xl/macrosheets/sheet1.xml"):
    names = f'<definedNames><definedName name="{name}">x!$A$1</definedName></definedNames>' if name else ""
    workbook = f'<?xml version="1.0"?><workbook><sheets><sheet name="x" sheetId="1"{state}/></sheets>{names}</workbook>'.encode()
    return make.package("xlsx", {"xl/workbook.xml": workbook, part: b"<xm:macrosheet xmlns:xm='x'/>"}, {part: MACRO_SHEET})


@pytest.mark.parametrize(
    ("content", "severity"),
    [
        (package(), "medium"),
        (package(state=' state="veryHidden"'), "high"),
        (package(name="_xlnm.Auto_Open"), "high"),
        (package(name="Auto_Open_1", part="xl/worksheets/sheet7.xml"), "high"),
    ],
)
def test_a_macro_sheet_of_a_package_is_told_by_its_content_type_wherever_it_lies(content, severity):
    assert severities(content, "a.xlsm", filetype=FileType.OOXML_SHEET) == [severity]


def test_a_package_of_worksheets_is_no_finding():
    assert severities(make.package("xlsx"), "a.xlsx", filetype=FileType.OOXML_SHEET) == []


def test_a_symbolic_link_text_with_a_macro_that_starts_is_found_and_one_with_figures_is_not():
    hostile = b'ID;P\nO;E\nNN;NAuto_open;ER101C1;KOut Flank;F\nC;X1;Y101;K0;EEXEC("calc.exe")\nE\n'
    assert severities(hostile, "a.slk", filetype=FileType.TEXT) == ["high"]
    assert severities(b"ID;PWXL;N;E\nC;Y1;X1;K1\nE\n", "a.slk", filetype=FileType.TEXT) == []


def test_a_macro_sheet_of_excel_4_without_a_compound_file_is_found():
    assert severities(b"\x09\x04\x06\x00\x00\x04\x40\x00\x00\x00" + bytes(30), "a.xls", filetype=FileType.DATA) == ["medium"]
    assert severities(b"\x09\x04\x06\x00\x00\x04\x10\x00\x00\x00" + bytes(30), "a.xls", filetype=FileType.DATA) == []
