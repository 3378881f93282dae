"""Documents as other programs write them: the danger is the same, only the spelling differs."""

import pytest

from gifthorse.inspect.detectors import office_addin, office_dde, office_macro, pdf_encrypted
from tests.samples import documents as make
from tests.samples.files import severities as judged


def severities(detector, content, name):
    return [finding.severity.value for finding in detector.examine(make.an_item(content, name))]


@pytest.mark.parametrize(
    "formula", ["of:=DDE(&quot;cmd&quot;;&quot;/c ver&quot;;&quot;a&quot;)", "oooc:=IF(1;DDE(&quot;cmd&quot;;&quot;/c ver&quot;))"]
)
def test_a_formula_of_a_sheet_that_starts_a_command_is_found(formula):
    sheet = make.open_document(content=f'<t:table-cell t:formula="{formula}"/>', kind="spreadsheet")
    assert severities(office_dde, sheet, "a.ods") == ["high"]


def test_a_formula_that_only_names_the_word_is_no_finding():
    sheet = make.open_document(content='<t:table-cell t:formula="of:=SUM([.A1];HIDDE(1))"/>', kind="spreadsheet")
    assert severities(office_dde, sheet, "a.ods") == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_table_is_read_in_either_encoding(encoding):
    assert severities(office_dde, "a\tb\r\nx\t=cmd|'/c ver'!A0\r\n".encode(encoding), "a.csv") == ["high"]


def test_a_document_that_fetches_its_own_add_in_is_found():
    properties = b'<Properties><property name="_AssemblyLocation"/><property name="_AssemblyName"/></Properties>'
    assert severities(office_addin, make.package("docx", {"docProps/custom.xml": properties}), "a.docx") == ["medium"]
    assert severities(office_addin, make.package("docx", {"docProps/custom.xml": b"<Properties/>"}), "a.docx") == []


def test_an_extension_of_libreoffice_is_an_add_in_and_an_archive_is_not():
    archive = make.zipped({"description.xml": b"<description/>", "a.py": b"import uno\n"})
    assert severities(office_addin, archive, "a.oxt") == ["medium"]
    assert severities(office_addin, archive, "a.zip") == []


@pytest.mark.parametrize("event", ["dom:load", "office:load-finished"])
def test_an_opendocument_script_that_starts_on_loading(event):
    listener = f'<script:event-listener script:event-name="{event}" xlink:href="vnd.sun.star.script:a.py$f?language=Python"/>'
    document = make.open_document({"Scripts/python/a.py": b"def f(*a):\n    pass\n"}, content=listener)
    assert "high" in severities(office_macro, document, "a.odt")


def test_a_pdf_locked_for_certain_keys_is_encrypted():
    body = make.pdf().replace(
        b"/Root", b"/Encrypt << /Filter /Adobe.PubSec /V 4 /Length 128 /SubFilter /adbe.pkcs7.s5 >> /ID [(a)(a)] /Root"
    )
    assert judged(pdf_encrypted, body, "a.pdf") == ["low"]
