import struct

import pytest

from gifthorse.inspect.detectors import office_remote_template
from tests.samples import documents as make

SETTINGS = "word/_rels/settings.xml.rels"


def severities(content, name="offer.docx"):
    return [finding.severity.value for finding in office_remote_template.examine(make.an_item(content, name))]


def with_relationship(kind, target, part=SETTINGS, *, package="docx", external=True):
    return make.package(package, {part: make.relationships((kind, target, external))})


@pytest.mark.parametrize(
    "target",
    [
        "http://198.51.100.7/t.dotm",
        "HTTPS://cdn.example.org/x?y=1",
        "file://\\\\files.example.org\\s\\t.dotm",
        "\\\\203.0.113.9\\s\\t.dotm",
        "//files.example.org@SSL@8443/DavWWWRoot/t.dotm",
        "file:////files.example.org/s/t.dotm",
        "ftp://example.org/t.dot",
    ],
)
def test_a_template_from_the_world_outside_is_dangerous(target):
    assert severities(with_relationship("attachedTemplate", target)) == ["high"]


@pytest.mark.parametrize("kind", ["frame", "oleObject", "subDocument"])
def test_frames_linked_objects_and_subdocuments_from_outside_are_dangerous(kind):
    assert severities(with_relationship(kind, "http://example.org/a.htm", "word/_rels/document.xml.rels")) == ["high"]


def test_an_object_behind_a_moniker_that_runs_script_is_hostile():
    assert severities(with_relationship("oleObject", "mhtml:http://example.org/a.html!x-usc:http://example.org/a.html")) == ["critical"]


@pytest.mark.parametrize(
    "target",
    [
        "file:///C:\\Users\\ann\\AppData\\Roaming\\Microsoft\\Templates\\Normal.dotm",
        "Letter.dotm",
        "file:///Macintosh%20HD/Letter.dotm",
        "D:\\Forms\\a.dotx",
    ],
)
def test_a_template_on_the_authors_own_disk_is_no_finding(target):
    assert severities(with_relationship("attachedTemplate", target)) == []


def test_a_template_on_a_server_of_the_same_house_is_worth_caution():
    assert severities(with_relationship("attachedTemplate", "file:///\\\\fileserver\\templates\\letter.dotx")) == ["medium"]


@pytest.mark.parametrize("target", ["https://example.org/", "mailto:a@example.org", "file://\\\\example.org\\x"])
def test_links_that_wait_for_a_click_are_no_finding(target):
    assert severities(with_relationship("hyperlink", target, "word/_rels/document.xml.rels")) == []


def test_a_picture_that_reports_the_reader_is_a_line_and_one_that_asks_for_the_sign_in_is_dangerous():
    part = "word/_rels/document.xml.rels"
    assert severities(with_relationship("image", "https://example.org/1.png", part)) == ["info"]
    assert severities(with_relationship("image", "file://\\\\example.org\\s\\1.png", part)) == ["high"]


def test_links_between_workbooks_are_a_line_at_most():
    part = "xl/externalLinks/_rels/externalLink1.xml.rels"
    assert severities(with_relationship("externalLinkPath", "file:///C:\\figures.xlsx", part, package="xlsx")) == []
    assert severities(with_relationship("externalLinkPath", "https://firm.example.org/figures.xlsx", part, package="xlsx")) == ["info"]


def test_parts_that_are_inside_the_package_are_no_finding():
    assert severities(with_relationship("oleObject", "embeddings/oleObject1.bin", external=False)) == []


def test_a_text_field_that_fetches_from_outside_is_found_though_it_is_split_over_runs():
    part = make.word_fields(" INCLU", 'DETEXT "http:', '//example.org/a.doc" ')
    assert severities(make.package("docx", {"word/header1.xml": part})) == ["medium"]


def test_the_template_of_a_binary_document_is_read_from_its_string_table():
    assert severities(make.word_binary(template="http://198.51.100.7/x.dot"), "a.doc") == ["high"]
    assert severities(make.word_binary(template="Normal.dotm"), "a.doc") == []


def test_a_rich_text_with_a_template_from_outside_is_found_though_its_address_is_written_in_escapes():
    address = "".join(f"\\'{ord(letter):02x}" for letter in "http://example.org/t")
    assert severities(make.rich_text(f"{{\\*\\template {address}}}"), "a.rtf") == ["high"]
    assert severities(make.rich_text("{\\*\\template C:\\\\Templates\\\\Letter.dot}"), "a.rtf") == []


def test_the_link_stream_of_an_object_taken_out_of_a_document_is_read():
    link = bytes(40) + "http://example.org/a.hta".encode("utf-16-le") + b"\0\0"
    assert severities(make.compound_file({"\x01Ole": link, "\x03ObjInfo": bytes(6)}), "oleObject1.bin") == ["high"]
    assert severities(make.compound_file({"\x01Ole": bytes(20), "\x03ObjInfo": bytes(6)}), "oleObject1.bin") == []


def test_an_open_document_template_from_outside_is_found():
    meta = b'<?xml version="1.0"?><office:document-meta xmlns:office="o" xmlns:meta="m" xmlns:xlink="x"><meta:template xlink:href="https://example.org/t.ott"/></office:document-meta>'
    assert severities(make.open_document({"meta.xml": meta}), "a.odt") == ["high"]


def test_the_same_address_is_told_once():
    parts = {f"word/_rels/header{number}.xml.rels": make.relationships(("image", "https://example.org/1.png", True)) for number in range(9)}
    assert severities(make.package("docx", parts)) == ["info"]


@pytest.mark.parametrize("share", ["\\\\\\\\203.0.113.9\\\\s\\\\a.png", "\\\\203.0.113.9\\s\\a.png"])
def test_a_share_in_a_field_is_found_whether_its_backslashes_are_doubled_or_not(share):
    field = make.word_fields(" INCLUDEPIC", f'TURE "{share}" ')
    assert severities(make.package("docx", {"word/header1.xml": field})) == ["high"]


RELATIONSHIP = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="{}"{}/></Relationships>'
)


@pytest.mark.parametrize("mode", ["", ' TargetMode="EXTERNAL"', ' TargetMode=" External "', ' TargetMode="Internal"'])
@pytest.mark.parametrize(
    "target", ["http://files.example.net/t.dotm", "&#104;ttp://files.example.net/t", "\u200bhttp://files.example.net/t"]
)
def test_a_template_from_outside_is_found_whatever_its_mode_says(mode, target):
    assert severities(make.package("docx", {SETTINGS: RELATIONSHIP.format(target, mode).encode()})) == ["high"]


@pytest.mark.parametrize("target", ["../customXml/item1.xml", "theme/theme1.xml", "NULL", "/word/settings.xml", "file:///C:/Normal.dotm"])
def test_parts_of_the_document_itself_are_no_finding(target):
    assert severities(make.package("docx", {SETTINGS: RELATIONSHIP.format(target, "").encode()})) == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [("http://files.example.net/t.dotm!Go", ["high"]), ("\\\\files.example.net\\s\\a.xlam!Go", ["high"]), ("Go", []), ("book.xlsm!Go", [])],
)
@pytest.mark.parametrize("part", ["customUI/customUI14.xml", "userCustomization/customUI.xml"])
def test_a_ribbon_that_calls_a_macro_elsewhere_is_found(address, expected, part):
    xml = f'<?xml version="1.0"?><customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui" onLoad="{address}"/>'
    assert severities(make.package("docx", {part: xml.encode()})) == expected


HEX = "".join(f"\\'{ord(letter):02x}" for letter in "\\\\files.example.net\\s\\a.dot")


def test_a_template_that_is_spelt_in_bytes_is_read():
    assert severities(f"{{\\rtf1{{\\*\\template {HEX}}}x}}".encode(), "offer.rtf") == ["high"]


def reminder(address, *, number=0x851F):
    named = struct.pack("<IHH", 0x8503, 6, 0) + struct.pack("<IHH", number, 6, 7)
    streams = {"__properties_version1.0": bytes(32), "__nameid_version1.0/__substg1.0_00030102": named}
    return make.compound_file({**streams, "__substg1.0_8007001F": address.encode("utf-16-le"), "__substg1.0_0037001F": b"F\0"})


def test_a_reminder_whose_sound_lies_on_another_machine_is_dangerous():
    assert severities(reminder("\\\\files.example.net\\s\\bell.wav"), "meeting.msg") == ["high"]


def test_a_reminder_with_a_sound_of_the_machine_itself_or_another_property_is_no_finding():
    assert severities(reminder("C:\\Windows\\Media\\bell.wav"), "meeting.msg") == []
    assert severities(reminder("\\\\files.example.net\\s\\bell.wav", number=0x8510), "meeting.msg") == []


def with_connection(inside, attributes=""):
    xml = f'<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><connection id="1" {attributes}>{inside}</connection></connections>'
    return severities(make.package("xlsx", {"xl/connections.xml": xml.encode()}), "rates.xlsx")


def test_a_table_that_is_fetched_at_each_opening_is_worth_caution():
    assert with_connection('<webPr url="http://files.example.net/q"/>', 'refreshOnLoad="1"') == ["medium"]
    assert with_connection('<dbPr connection="DSN=x;DBQ=\\\\files.example.net\\s\\a.mdb;"/>', 'refreshOnLoad="true"') == ["medium"]
    assert with_connection('<webPr url="http://files.example.net/q"/>') == ["info"]


def test_a_query_within_the_workbook_itself_is_no_finding():
    assert (
        with_connection('<dbPr connection="Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location=T"/>', 'refreshOnLoad="1"')
        == []
    )
