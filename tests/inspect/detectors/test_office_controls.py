"""office.embedded-object: active controls of office packages, and parts of another format that Word takes in."""

import pytest

from gifthorse.inspect.detectors import office_embedded_object as detector
from gifthorse.inspect.filetypes import FileType
from gifthorse.model.findings import Severity
from tests.samples.documents import an_item, macro_document, package, relationships, rich_text

HIGH, MEDIUM, LOW, INFO = Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFO
BROWSER, BUTTON = "{8856F961-340A-11D0-A96B-00C04FD705A2}", "{D7053240-CE69-11CD-A777-00DD01143C57}"
TYPES = {"docx": FileType.OOXML_WORD, "xlsx": FileType.OOXML_SHEET, "pptx": FileType.OOXML_SLIDES}


def severities(content: bytes, kind: str = "docx") -> list[Severity]:
    return [finding.severity for finding in detector.examine(an_item(content, f"a.{kind}", TYPES[kind]))]


def control(class_id: str, properties: str = "", kind: str = "docx") -> bytes:
    folder = {"docx": "word", "xlsx": "xl", "pptx": "ppt"}[kind]
    xml = f'<?xml version="1.0"?><ax:ocx xmlns:ax="a" ax:classid="{class_id}">{properties}</ax:ocx>'
    return package(kind, {f"{folder}/activeX/activeX1.xml": xml.encode()})


def told(value: str) -> str:
    return f'<ax:ocxPr ax:name="Location" ax:value="{value}"/>'


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("address", ["http://files.example.net/x.html", "\\\\files.example.net\\s\\v.wmv", "mhtml:http://a.example!x"])
def test_a_control_that_opens_a_place_elsewhere_is_high(kind: str, address: str) -> None:
    assert severities(control(BROWSER, told(address), kind), kind) == [HIGH]
    assert severities(control(BUTTON, told(address), kind), kind) == [HIGH]


@pytest.mark.parametrize("class_id", [BROWSER, BROWSER.lower(), "{72C24DD5-D70A-438B-8A42-98424B88AFB8}"])
def test_a_control_of_a_class_that_runs_things_is_medium(class_id: str) -> None:
    assert severities(control(class_id)) == [MEDIUM]


def test_a_button_of_a_form_is_a_line() -> None:
    assert severities(control(BUTTON, told("Send"))) == [INFO]


def taken_in(name: str, body: bytes, target: str | None = None) -> bytes:
    return package("docx", {"word/_rels/document.xml.rels": relationships(("aFChunk", target or name, False)), f"word/{name}": body})


@pytest.mark.parametrize(
    ("name", "body", "severity"),
    [
        ("c.dat", macro_document({"M": "Sub AutoOpen()\n x = 1\nEnd Sub"}), MEDIUM),
        ("c.rtf", rich_text(), LOW),
        ("c.htm", b"<html><script>1</script></html>", LOW),
        ("c.txt", b"plain words", INFO),
    ],
)
def test_a_part_of_another_format_is_weighed_by_what_it_can_do(name: str, body: bytes, severity: Severity) -> None:
    assert severities(taken_in(name, body)) == [severity]
    assert severities(taken_in(name, body, f"/word/{name}")) == [severity]
    assert severities(taken_in(name, body, f"../word/{name}")) == [severity]


def test_a_part_that_is_not_there_gives_nothing() -> None:
    assert severities(package("docx", {"word/_rels/document.xml.rels": relationships(("aFChunk", "missing.rtf", False))})) == []
