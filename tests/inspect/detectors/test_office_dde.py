import pytest

from gifthorse.inspect.detectors import office_dde
from gifthorse.inspect.filetypes import FileType
from tests.samples import documents as make


def severities(content, name="a.docx", **options):
    return [finding.severity.value for finding in office_dde.examine(make.an_item(content, name, **options))]


def word(*runs, part="word/footer1.xml"):
    return make.package("docx", {part: make.word_fields(*runs)})


def test_a_field_that_starts_a_command_is_found_though_its_letters_are_spread_over_runs():
    assert severities(word(" D", "DEA", 'UTO c:\\Windows\\System32\\cmd.exe "/k calc"')) == ["high"]


def test_a_field_whose_name_is_spelt_in_numbers_is_found():
    quoted = " QUOTE 68 68 69 65 85 84 79 32 99 109 100 "
    inner = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' if kind != "code" else f"<w:r><w:instrText>{quoted}</w:instrText></w:r>"
        for kind in ("begin", "code", "end")
    )
    xml = f'<?xml version="1.0"?><w:d xmlns:w="w"><w:r><w:fldChar w:fldCharType="begin"/></w:r>{inner}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:d>'
    assert severities(make.package("docx", {"word/document.xml": xml.encode()})) == ["high"]


def test_a_field_in_a_single_attribute_is_found():
    xml = b'<?xml version="1.0"?><w:d xmlns:w="w"><w:fldSimple w:instr=" DDE cmd /c calc "/></w:d>'
    assert severities(make.package("docx", {"word/comments.xml": xml})) == ["high"]


def test_figures_pulled_from_a_workbook_are_a_line():
    assert severities(word(' DDEAUTO Excel.Sheet.8 "C:\\figures.xls" Sheet1!R1C1 ')) == ["low"]


def test_a_command_that_hides_behind_the_name_of_an_office_program_is_dangerous():
    assert severities(word(' DDEAUTO excel "..\\..\\..\\windows\\system32\\cmd.exe" x')) == ["high"]


@pytest.mark.parametrize("code", [" PAGE ", ' HYPERLINK "https://example.org" ', " TOC \\o 1-3 ", " DATE \\@ yyyy ", " ADDEND x "])
def test_ordinary_fields_are_no_finding(code):
    assert severities(word(code)) == []


def test_text_that_speaks_of_such_fields_is_no_finding():
    xml = b'<?xml version="1.0"?><w:d xmlns:w="w"><w:t>instrText DDEAUTO c:\\cmd.exe</w:t></w:d>'
    assert severities(make.package("docx", {"word/document.xml": xml})) == []


def test_a_binary_document_in_either_of_words_two_text_forms():
    code = "\x13 DDEAUTO cmd \x14x\x15"
    assert severities(make.word_binary(code.encode("cp1252")), "a.doc") == ["high"]
    assert severities(make.word_binary(code.encode("utf-16-le")), "a.doc") == ["high"]


def test_links_of_workbooks_binary_and_packaged():
    assert severities(make.compound_file({"Workbook": make.workbook_stream([("A", 0, 0)], links=["cmd\x03/c calc"])}), "a.xls") == ["high"]
    link = b'<?xml version="1.0"?><externalLink><ddeLink ddeService="powershell" ddeTopic="-c 1"/></externalLink>'
    assert severities(make.package("xlsx", {"xl/externalLinks/externalLink1.xml": link}), "a.xlsx") == ["high"]


@pytest.mark.parametrize(
    "cell", ["=cmd|'/c calc'!A0", "\"=MSEXCEL|'..\\..\\cmd.exe /c calc'!A1\"", "@SUM(1+9)*cmd|' /C calc'!A0", "-2+3+cmd|'/c calc'!E1"]
)
def test_a_cell_of_a_text_table_that_starts_a_command_is_found(cell):
    assert severities(f"name,sum\nAnn,{cell}\n".encode(), "a.csv", filetype=FileType.TEXT) == ["high"]


@pytest.mark.parametrize("row", ["a|b|c!d", "=SUM(A1:A3),x", "price|'per piece'!", "Wow!|really|yes!", "-5|6|'7'"])
def test_tables_with_bars_and_exclamation_marks_are_no_finding(row):
    assert severities(f"x,y\n{row}\n".encode(), "a.csv", filetype=FileType.TEXT) == []


def test_a_rich_text_field_is_found():
    assert severities(make.rich_text('{\\field{\\*\\fldinst {\\b D}{DEAUTO cmd "/c calc"}}{\\fldrslt x}}'), "a.rtf") == ["high"]
    assert severities(make.rich_text("{\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}"), "a.rtf") == []
