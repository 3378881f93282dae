import struct

from gifthorse.inspect.detectors import office_addin
from gifthorse.inspect.filetypes import FileType
from tests.samples import documents as make

LIBRARY = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(400)


def severities(content, name, **options):
    return [finding.severity.value for finding in office_addin.examine(make.an_item(content, name, **options))]


def test_a_library_named_as_an_add_in_is_dangerous():
    assert severities(LIBRARY, "prices.xll", filetype=FileType.PE) == ["high"]


def test_a_library_that_exports_what_excel_looks_for_is_dangerous_whatever_its_name():
    assert severities(LIBRARY + b"\0DllMain\0xlAutoOpen\0" + bytes(90), "prices.dll", filetype=FileType.PE) == ["high"]


def test_an_ordinary_library_is_no_finding():
    assert severities(LIBRARY + b"\0DllMain\0my_xlAutoOpener\0", "codec.dll", filetype=FileType.PE) == []


def test_a_macro_add_in_is_told_by_its_content_type():
    content = make.package("xlsx", main_type="application/vnd.ms-excel.addin.macroEnabled.main+xml")
    assert severities(content, "prices.xlsx", filetype=FileType.OOXML_SHEET) == ["medium"]
    assert severities(make.package("xlsx"), "prices.xlsx", filetype=FileType.OOXML_SHEET) == []


def test_an_old_binary_add_in_is_told_by_its_name_as_nothing_else_tells_it():
    content = make.compound_file({"Workbook": make.workbook_stream([("A", 0, 0)])})
    assert severities(content, "tools.xla") == ["medium"]
    assert severities(content, "tools.xls") == []


def test_a_deployment_manifest_is_found_and_other_xml_is_not():
    manifest = b'<?xml version="1.0"?><asmv1:assembly xmlns:asmv1="urn:schemas-microsoft-com:asm.v1" xmlns:vstov3="urn:schemas-microsoft-com:vsto.v3"/>'
    assert severities(manifest, "setup.xml", filetype=FileType.XML) == ["medium"]
    assert (
        severities(b'<?xml version="1.0"?><assembly xmlns="urn:schemas-microsoft-com:asm.v1"/>', "app.manifest", filetype=FileType.XML)
        == []
    )


def test_an_add_in_is_told_by_its_name_though_its_parts_say_otherwise():
    for kind, name in (("pptx", "tool.ppam"), ("xlsx", "tool.xlam")):
        assert severities(make.package(kind), name) == ["medium"]


REFERENCE = (
    '<we:webextension xmlns:we="http://schemas.microsoft.com/office/webextensions/webextension/2010/11"><we:reference id="a" version="1" '
    'store="{}" storeType="{}"/></we:webextension>'
)


def with_page(store, kind):
    return make.package("docx", {"word/webextensions/webextension1.xml": REFERENCE.format(store, kind).encode()})


def test_a_page_that_the_document_loads_as_an_add_in_is_worth_caution():
    for store in ("\\\\files.example.net\\catalogue", "https://files.example.net/a.xml"):
        assert severities(with_page(store, "FileSystem"), "plan.docx") == ["medium"]


def test_an_add_in_of_the_makers_store_is_no_finding():
    assert severities(with_page("en-US", "OMEX"), "plan.docx") == []
