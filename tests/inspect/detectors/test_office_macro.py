import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.detectors import office_macro
from gifthorse.inspect.filetypes import FileType
from tests.samples import documents as make

OPENS = "Private Sub Document_Open()\n  Dim x\n  x = 1\nEnd Sub"
BUTTON = 'Sub Total()\n  Range("A1").Value = 2\nEnd Sub'


def found(content, name="offer.doc", **options):
    return {(finding.id, finding.severity.value) for finding in office_macro.examine(make.an_item(content, name, **options))}


def test_a_macro_that_waits_for_a_button_is_worth_caution_and_no_more():
    assert found(make.macro_document({"Module1": BUTTON})) == {("office.macro", "medium")}


@pytest.mark.parametrize(
    "starter",
    [
        "Sub autoopen()",
        "Public Sub  AUTO_OPEN()",
        "Private Static Sub Document_Open()",
        "Sub _\n  AutoExec()",
        "Sub Workbook_BeforeClose(Cancel As Boolean)",
        "Private Sub InkPicture1_Painted(ByVal hDC As Long)",
        "Sub AutoClose",
    ],
)
def test_a_macro_that_office_starts_by_itself_is_dangerous_however_its_name_is_written(starter):
    document = make.word_binary(extra=make.vba_streams({"NewMacros": f'{starter}\n  MsgBox "hello"\nEnd Sub'}, root="Macros/"))
    assert ("office.macro-autoexec", "high") in found(document)


@pytest.mark.parametrize(
    "text",
    [
        "' Sub AutoOpen() was here once\nSub Print1()\nEnd Sub",
        'Sub Help()\n  MsgBox "call AutoOpen"\nEnd Sub',
        "Sub MyAutoOpening()\nEnd Sub",
    ],
)
def test_a_macro_that_only_mentions_such_a_name_is_not_said_to_start_by_itself(text):
    assert found(make.macro_document({"Module1": text})) == {("office.macro", "medium")}


def test_a_project_under_another_name_in_the_package_is_found():
    assert ("office.macro-autoexec", "high") in found(make.macro_document({"ThisDocument": OPENS}, part="word/media/picture9.jpg"))


def test_a_project_whose_directory_stream_is_broken_is_still_read():
    assert ("office.macro-autoexec", "high") in found(make.macro_document({"ThisDocument": OPENS}, directory=False))


def test_a_project_whose_checksum_and_sizes_in_the_package_are_wrong_is_still_read():
    document = bytearray(make.macro_document({"ThisDocument": OPENS}))
    at = document.rfind(b"PK\x01\x02", 0, document.rfind(b"word/vbaProject.bin"))
    document[at + 16 : at + 20] = b"\x01\x02\x03\x04"
    assert ("office.macro-autoexec", "high") in found(bytes(document), filetype=FileType.OOXML_WORD)


def test_compiled_code_without_source_is_told_as_such():
    finding = next(iter(office_macro.examine(make.an_item(make.macro_document({"ThisDocument": ""}, compiled=9000), "a.docm"))))
    assert finding.severity.value == "medium"
    assert "source was removed" in finding.detail.in_english()


def test_an_empty_project_is_a_line_and_no_alarm():
    assert found(make.macro_document({"ThisDocument": "Option Explicit\n"})) == {("office.macro", "info")}


def test_the_projects_of_a_workbook_inside_a_document_are_read_too():
    inner = make.vba_streams({"ThisWorkbook": "Sub Workbook_Open()\nEnd Sub"}, root="ObjectPool/_1234567890/_VBA_PROJECT_CUR/")
    assert ("office.macro-autoexec", "high") in found(make.word_binary(extra=inner))


def test_what_the_macro_reaches_for_is_said():
    source = 'Sub AutoOpen()\n  CreateObject("WScript.Shell").Run "calc"\n  x = "https://example.org"\nEnd Sub'
    details = " ".join(
        finding.detail.in_english() for finding in office_macro.examine(make.an_item(make.macro_document({"M": source}), "a.docm"))
    )
    assert "starts programs" in details
    assert "reaches the network" in details


def test_a_document_without_a_project_gives_nothing():
    assert not found(make.package("docx"))
    assert not found(make.word_binary())
    assert not found(make.open_document())


def test_the_project_of_a_package_is_not_told_twice_when_its_part_is_looked_at():
    part = make.vba_project({"ThisDocument": OPENS})
    assert not found(part, "vbaProject.bin", filetype=FileType.OLE, chain=(FileType.OOXML_WORD,))
    assert found(part, "vbaProject.bin", filetype=FileType.OLE, chain=(FileType.ZIP,))


def test_a_basic_module_of_an_open_document_that_runs_on_loading_is_found():
    module = b'<?xml version="1.0"?><script:module xmlns:script="s">Sub Main\nShell("x")\nEnd Sub</script:module>'
    listener = '<office:event-listeners><script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:M.Main"/></office:event-listeners>'
    assert found(make.open_document({"Basic/Standard/M.xml": module}, listener), "a.odt") == {
        ("office.macro", "medium"),
        ("office.macro-autoexec", "high"),
    }
    assert found(make.open_document({"Basic/Standard/M.xml": module}), "a.odt") == {("office.macro", "medium")}


@given(st.data())
def test_damaged_documents_are_read_as_far_as_they_go_and_never_raise(data):
    whole = make.word_binary(extra=make.vba_streams({"ThisDocument": OPENS}, root="Macros/"))
    cut = data.draw(st.integers(0, len(whole)))
    flips = data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=8))
    damaged = bytearray(whole)
    for at, value in flips:
        damaged[at] = value
    list(office_macro.examine(make.an_item(bytes(damaged[:cut]), "a.doc", FileType.OLE_WORD)))


def coded_documents():
    project = make.vba_project({"M": "Sub AutoOpen()\n  x = 1\nEnd Sub"})
    packed = b"ActiveMime\0\0\xf0\x01\x04\0\0\0".ljust(0x32, b"\0") + zlib.compress(project)
    part = b"Content-Location: file:///C:/editdata.mso\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(packed)
    archive = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n' + part + b"--x--\r\n"
    word = b'<?xml version="1.0"?><w:wordDocument xmlns:w="w"><w:binData>' + base64.b64encode(packed) + b"</w:binData></w:wordDocument>"
    flat = (
        b'<?xml version="1.0"?><pkg:package xmlns:pkg="p"><pkg:part><pkg:binaryData>'
        + base64.b64encode(project)
        + b"</pkg:binaryData></pkg:part></pkg:package>"
    )
    return [("offer.mht", archive), ("offer.doc", archive), ("offer.xml", word), ("offer2.doc", word), ("offer2.xml", flat)]


@pytest.mark.parametrize(("name", "document"), coded_documents())
def test_a_macro_in_a_document_of_plain_text_is_found(name, document):
    assert ("office.macro-autoexec", "high") in found(document, name)


@pytest.mark.parametrize("text", [b"QWN0aXZlTWltZ" + b"A" * 400, b"0M8R4KGx" + b"B" * 400, b"nothing coded"])
def test_coded_text_that_is_no_project_is_no_finding(text):
    assert found(b"Dear all,\n" + text + b"\n", "note.txt") == set()


@pytest.mark.parametrize(("event", "expected"), [("dom:load", ["office.macro", "office.macro-autoexec"]), ("dom:click", [])])
def test_a_script_of_the_program_itself_that_starts_with_the_document_is_found(event, expected):
    listener = (
        f'<office:event-listeners><script:event-listener script:event-name="{event}" '
        'xlink:href="vnd.sun.star.script:x.py$go?language=Python&amp;location=share"/></office:event-listeners>'
    )
    found = office_macro.examine(make.an_item(make.open_document(content=listener), "a.odt", FileType.ODF))
    assert sorted(finding.id for finding in found) == expected


@pytest.mark.parametrize("starter", ["Worksheet_Activate", "Tabelle1_Calculate"])
def test_a_macro_that_starts_with_its_sheet_starts_by_itself(starter):
    source = BUTTON.replace("Total()", f"{starter}()")
    assert ("office.macro-autoexec", "high") in found(make.macro_document({"Sheet1": source}))
