import struct

import pytest

from gifthorse.inspect.detectors import office_embedded_object
from gifthorse.inspect.documents.parts import document_members
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.unpack.budgets import Budget
from tests.samples import documents as make

PROGRAM = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(200)


def severities(content, name="a.bin", **options):
    return [finding.severity.value for finding in office_embedded_object.examine(make.an_item(content, name, **options))]


def members(content, name):
    return [(part.untrusted_name, part.content.read(0, 1 << 20)) for part in document_members(make.an_item(content, name), Budget())]


@pytest.mark.parametrize(
    ("name", "content"), [("photo.jpg", PROGRAM), ("invoice.js", b"var a = 1;"), ("Report.pdf.lnk", b"L\0\0\0"), ("notes.hta", b"<html>")]
)
def test_a_program_or_script_behind_an_icon_is_dangerous_by_content_or_by_name(name, content):
    assert severities(make.compound_file({"\x01Ole10Native": make.ole_native(name, content)})) == ["high"]


def test_a_text_file_behind_an_icon_is_a_line():
    assert severities(make.compound_file({"\x01Ole10Native": make.ole_native("readme.txt", b"Hello, thank you.")})) == ["info"]


def test_the_packed_file_is_handed_out_with_its_name():
    assert members(make.compound_file({"\x01Ole10Native": make.ole_native("run.exe", PROGRAM)}), "a.bin") == [("run.exe", PROGRAM)]


def test_an_object_inside_a_binary_document_is_found():
    assert severities(make.word_binary(extra={"ObjectPool/_111/\x01Ole10Native": make.ole_native("a.vbs", b"x = 1")}), "a.doc") == ["high"]


def test_a_document_with_no_objects_gives_nothing():
    assert severities(make.word_binary(), "a.doc") == []
    assert severities(make.rich_text(), "a.rtf") == []


def test_a_packed_program_in_rich_text_is_found_and_handed_out():
    text = make.rich_text(make.rtf_object(make.ole1("Package", make.packaged("offer.exe", PROGRAM))))
    assert severities(text, "a.rtf") == ["high"]
    assert members(text, "a.rtf") == [("offer.exe", PROGRAM)]


def test_hex_that_is_broken_up_by_control_words_and_groups_is_read_as_office_does():
    digits = make.ole1("Package", make.packaged("offer.exe", PROGRAM)).hex()
    broken = digits[:30] + "{\\*\\x}" + digits[30:61] + "\\par0 \n" + digits[61:90] + "\\'ff" + digits[90:]
    text = make.rich_text(f"{{\\object\\objemb{{\\*\\objdata {broken}}}}}")
    assert severities(text, "a.rtf") == ["high"]


def test_the_old_formula_editor_is_dangerous_when_the_object_updates_itself():
    content = make.ole1("Equation.3", bytes(64))
    assert severities(make.rich_text(make.rtf_object(content, "\\objemb\\objupdate", "Equation.3")), "a.rtf") == ["high"]
    assert severities(make.rich_text(make.rtf_object(content, "\\objemb", "Equation.3")), "a.rtf") == ["low"]


def test_a_link_that_is_followed_on_opening_is_dangerous_and_an_embedded_table_is_not():
    assert severities(
        make.rich_text(make.rtf_object(make.ole1("OLE2Link", make.compound_file({"x": b"1"})), "\\objautlink\\objupdate", "")), "a.rtf"
    ) == ["high"]
    assert (
        severities(
            make.rich_text(
                make.rtf_object(make.ole1("Excel.Sheet.12", make.compound_file({"Package": b"PK"})), "\\objemb", "Excel.Sheet.12")
            ),
            "a.rtf",
        )
        == []
    )


def test_a_shape_that_starts_a_program_is_dangerous_and_one_that_turns_the_page_is_not():
    def slides(action):
        xml = f'<?xml version="1.0"?><p:sld xmlns:p="p" xmlns:a="a"><a:hlinkHover action="{action}"/></p:sld>'.encode()
        return make.package("pptx", {"ppt/slides/slide1.xml": xml})

    assert severities(slides("ppaction://program"), "a.pptx", filetype=FileType.OOXML_SLIDES) == ["high"]
    assert severities(slides("ppaction://hlinkshowjump?jump=nextslide"), "a.pptx", filetype=FileType.OOXML_SLIDES) == []


@pytest.mark.parametrize("name", ["otkloadr.WRAssembly.1", "MSComctlLib.ListViewCtrl.2"])
def test_an_object_whose_library_is_only_to_be_loaded_is_worth_caution(name):
    content = make.ole1(name, make.compound_file({"Contents": b"x" * 64}))
    assert severities(make.rich_text(make.rtf_object(content, class_name=name))) == ["medium"]


def test_a_formula_of_the_old_editor_within_a_package_is_a_line():
    assert severities(make.compound_file({"Equation Native": bytes(80)})) == ["low"]
