import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from gifthorse.inspect.detectors import pdf_launch
from gifthorse.inspect.filetypes import FileType
from tests.samples import documents as make


def severities(build):
    plain = make.pdf(build)
    results = [
        [finding.severity.value for finding in pdf_launch.examine(make.an_item(content, "a.pdf", FileType.PDF))]
        for content in (plain, make.hidden(plain))
    ]
    assert results[0] == results[1]
    return results[0]


def opening(action):
    return lambda document: document.Root.__setitem__("/OpenAction", document.make_indirect(action))


def clicked(action):
    def build(document):
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
        document.pages[0].Annots = Array([document.make_indirect(link)])

    return build


def test_a_program_that_is_started_on_opening_is_dangerous():
    action = Dictionary(S=Name.Launch, Win=Dictionary(F=String("cmd.exe"), P=String("/c calc")))
    assert severities(opening(action)) == ["high"]


def test_a_program_behind_a_click_is_dangerous():
    assert severities(clicked(Dictionary(S=Name.Launch, F=String("setup.exe")))) == ["high"]


def test_a_program_named_in_a_file_specification_is_dangerous():
    action = Dictionary(S=Name.Launch, F=Dictionary(Type=Name.Filespec, F=String("x"), UF=String("tools/start.bat")))
    assert severities(clicked(action)) == ["high"]


def test_a_launch_that_follows_another_action_is_found():
    action = Dictionary(S=Name.GoTo, D=Array([]), Next=Dictionary(S=Name.Launch, F=String("a.exe")))
    assert severities(opening(action)) == ["high"]


def test_another_document_behind_a_click_is_a_line():
    assert severities(clicked(Dictionary(S=Name.Launch, F=String("catalogue/part2.pdf")))) == ["low"]


@pytest.mark.parametrize("kind", [Name.GoToR, Name.GoToE, Name.ImportData, Name.SubmitForm])
def test_anything_fetched_from_a_share_outside_is_dangerous(kind):
    assert severities(opening(Dictionary(S=kind, F=String("\\\\198.51.100.7\\s\\a.pdf"), D=Array([0, Name.Fit])))) == ["high"]


def test_an_address_that_opens_by_itself_is_worth_caution_and_a_link_is_no_finding():
    assert severities(opening(Dictionary(S=Name.URI, URI=String("https://example.org/a")))) == ["medium"]
    assert severities(clicked(Dictionary(S=Name.URI, URI=String("https://example.org/a")))) == []


def test_ordinary_destinations_and_forms_are_no_finding():
    assert severities(clicked(Dictionary(S=Name.GoToR, F=String("part2.pdf"), D=Array([0, Name.Fit])))) == []
    assert severities(clicked(Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String("https://example.org/form"))))) == []


def test_a_page_that_fetches_a_file_when_it_opens_is_found():
    def build(document):
        document.pages[0].AA = Dictionary(O=Dictionary(S=Name.GoToE, F=String("https://example.org/a.pdf"), D=Array([0, Name.Fit])))

    assert severities(build) == ["medium"]


def test_text_about_launching_is_no_finding():
    assert (
        severities(lambda document: document.pages[0].__setitem__("/Contents", Stream(document, b"BT (/S /Launch /F (cmd.exe)) Tj ET")))
        == []
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [("file:///C:/Windows/System32/calc.exe", ["medium"]), ("file:setup.scr", ["medium"]), ("file:///C:/docs/plan.docx", [])],
)
def test_a_link_to_a_program_on_the_readers_own_disk_is_worth_caution(address, expected):
    assert severities(clicked(Dictionary(S=Name.URI, URI=String(address)))) == expected
