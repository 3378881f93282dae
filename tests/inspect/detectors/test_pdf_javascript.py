import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream, String

from gifthorse.inspect.detectors import pdf_embedded_file, pdf_encrypted, pdf_javascript, pdf_launch
from gifthorse.inspect.documents.parts import document_members
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.unpack.budgets import Budget
from tests.samples import documents as make


def severities(content):
    return [finding.severity.value for finding in pdf_javascript.examine(make.an_item(content, "a.pdf", FileType.PDF))]


def on_opening(script):
    return lambda document: document.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS=String(script)))


def field(script, event="/F", count=1):
    def build(document):
        action = document.make_indirect(Dictionary(S=Name.JavaScript, JS=String(script)))
        fields = [
            document.make_indirect(
                Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String(f"t{number}"), AA=Dictionary({event: action}))
            )
            for number in range(count)
        ]
        document.Root.AcroForm = Dictionary(Fields=Array(fields))
        document.pages[0].Annots = Array(fields)

    return build


WORK = "var key = app.doc; this.calc = 1; app.alert('open me');"


def test_a_script_that_runs_on_opening_is_worth_caution():
    assert severities(make.pdf(on_opening(WORK))) == ["medium"]


def test_a_script_in_a_compressed_object_stream_is_found():
    content = make.hidden(
        make.pdf(
            lambda document: document.Root.__setitem__(
                "/OpenAction", document.make_indirect(Dictionary(S=Name.JavaScript, JS=String(WORK)))
            )
        )
    )
    assert b"JavaScript" not in content
    assert severities(content) == ["medium"]


def test_names_spelt_in_hex_are_read():
    content = make.pdf(on_opening(WORK)).replace(b"/JavaScript", b"/J#61v#61Scr#69pt").replace(b"/JS", b"/#4a#53")
    assert b"/JS" not in content
    assert severities(content) == ["medium"]


def test_a_script_in_a_stream_under_the_name_tree_is_found():
    def build(document):
        script = Stream(document, WORK.encode())
        document.Root.Names = Dictionary(
            JavaScript=Dictionary(Names=Array([String("a"), document.make_indirect(Dictionary(S=Name.JavaScript, JS=script))]))
        )

    assert severities(make.pdf(build)) == ["medium"]


def test_a_script_of_an_xfa_form_is_a_line_unless_it_attacks():
    def form(script):
        xml = f"<xdp><template><field><event><script contentType='application/x-javascript'>{script}</script></event></field></template></xdp>"
        return lambda document: document.Root.__setitem__(
            "/AcroForm", Dictionary(Fields=Array([]), XFA=Array([String("template"), Stream(document, xml.encode())]))
        )

    assert severities(make.pdf(form("this.rawValue = a.rawValue + 1"))) == ["low"]
    assert severities(make.pdf(form("x = unescape('%u9090%u9090%u9090%u9090');"))) == ["high"]


@pytest.mark.parametrize(
    "script",
    [
        'AFNumber_Format(2, 0, 0, 0, "€", true);',
        'AFSimple_Calculate("SUM", new Array ("a", "b", "c"));',
        'AFDate_FormatEx("dd.mm.yyyy");',
        "this.print({bUI: true, bSilent: false});",
        "this.zoomType = zoomtype.fitW;",
    ],
)
def test_the_arithmetic_of_forms_and_printing_are_a_line(script):
    assert severities(make.pdf(field(script))) == ["low"]


def test_the_plain_scripts_of_a_real_form_are_a_line_but_tangled_ones_are_not():
    assert severities(make.pdf(field("if (event.value == '') { event.value = this.getField('a').value; }", count=4))) == ["low"]
    assert severities(make.pdf(field("this['ev' + 'al'](this['x'])", count=4))) == ["medium"]


@pytest.mark.parametrize(
    "script",
    [
        "this.exportDataObject({ cName: 'a.exe', nLaunch: 2 });",
        'var s = unescape("%u4141%u4242%u4343%u4444");',
        "Collab.collectEmailInfo({msg: a});",
        'util.printf("%45000f", 1.2);',
    ],
)
def test_scripts_that_do_what_known_attacks_do_are_dangerous(script):
    assert severities(make.pdf(field(script, "/C", count=5))) == ["high"]


def test_a_document_that_writes_about_scripts_is_no_finding():
    def build(document):
        document.pages[0].Contents = Stream(document, b"BT (/JavaScript /JS app.alert) Tj ET")
        document.docinfo["/Title"] = "On /JavaScript and /OpenAction"

    assert severities(make.pdf(build)) == []
    assert severities(make.hidden(make.pdf(build))) == []


def test_an_empty_script_is_no_finding():
    assert severities(make.pdf(on_opening("  "))) == []


HOSTILE = make.pdf(on_opening(WORK), object_stream_mode=pikepdf.ObjectStreamMode.generate)


@settings(deadline=None)
@given(st.data())
def test_damaged_files_are_read_as_far_as_they_go_and_never_raise(data):
    damaged = bytearray(HOSTILE)
    for at, value in data.draw(st.lists(st.tuples(st.integers(0, len(HOSTILE) - 1), st.integers(0, 255)), max_size=12)):
        damaged[at] = value
    item = make.an_item(bytes(damaged[: data.draw(st.integers(0, len(HOSTILE)))]), "a.pdf", FileType.PDF)
    for detector in (pdf_javascript, pdf_launch, pdf_embedded_file, pdf_encrypted):
        list(detector.examine(item))
    list(document_members(item, Budget()))


def test_a_file_that_can_not_be_read_leaves_a_gap_in_the_coverage():
    item = make.an_item(b"%PDF-1.7\nnothing follows", "a.pdf", FileType.PDF)
    assert severities(b"%PDF-1.7\nnothing follows") == []
    assert [part.reason.value for part in document_members(item, Budget())] == ["unreadable"]
