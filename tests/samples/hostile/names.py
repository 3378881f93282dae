"""Names that deceive."""

from tests.samples.files import elf, pe, shortcut
from tests.samples.hostile.cases import Case, Severity, single

PLAIN = b"Dear friends,\nthe programme of the fair is attached.\n"


def cases() -> list[Case]:
    """Names with direction controls, double endings, padding, invisible and look-alike letters, and shell classes."""
    high = Severity.HIGH
    turned = [
        ("photo_\u202egpj.exe", pe()),
        ("Minutes\u202exslx.scr", pe()),
        ("annual report \u202etxt.cmd", b"@echo off\r\nver\r\n"),
        ("form \u202efdp.hta", b"<html></html>"),
        ("invite\u2067gnp.\u2069bat", b"@ver\r\n"),
        ("reg\u202eslx.vbs", b"MsgBox 2\r\n"),
    ]
    doubled = [
        ("Invitation.pdf.exe", pe()),
        ("holiday.JPG.SCR", pe()),
        ("contract.docx.lnk", shortcut("C:\\Windows\\System32\\cmd.exe", "/c ver")),
        ("price list.xlsx.hta", b"<html><body>x</body></html>"),
        ("scan.pdf.js", b"var s = new ActiveXObject('WScript.Shell'); s.Run('ver');"),
        ("clip.mp4.com", b"\xb8\0\x4c\xcd\x21"),
        ("speech.docm.exe", pe()),
        ("agenda.pdf .exe", pe()),
        ("agenda.pdf.exe.", pe()),
        ("agenda.pdf.exe ", pe()),
        ("budget.xlsx.exe\u00a0", pe()),
        ("poster.png.vbe", b"#@~^AAAAAA==x\r\n"),
        ("album.zip.msi", pe()),
        ("office.pdf.rdp", b"full address:s:files.example.net\r\n"),
        ("prices.xlsx.iqy", b"WEB\r\n1\r\nhttps://files.example.net/a\r\n"),
        ("guide.pdf.appimage", elf()),
        ("map.jpg.library-ms", b"<libraryDescription xmlns='x'/>"),
        ("song.mp3.wsf", b"<job><script language='JScript'>1</script></job>"),
    ]
    padded = [
        ("Brochure.pdf" + " " * 60 + ".exe", pe()),
        ("Route.jpg" + "_" * 50 + ".scr", pe()),
        ("Plan.docx" + "\u2003" * 30 + ".bat", b"@ver\r\n"),
        ("List.txt" + "\u3000" * 25 + ".cmd", b"@ver\r\n"),
        ("Menu.pdf" + "\u2800" * 30 + ".exe", pe()),
        ("Photo.png" + "\u00a0" * 40 + ".pif", pe()),
    ]
    unseen = [
        ("report.p\u200bdf", PLAIN),
        ("setup\u200b.exe", pe()),
        ("offer\u2060.docx", PLAIN),
        ("readme.t\u00adxt\u200b", PLAIN),
        ("in\ufefffo.b\ufeffat", b"@ver\r\n"),
        ("letter\u3164.pdf", PLAIN),
    ]
    alike = [
        ("tool.ехе", pe()),
        ("view.ѕсr", pe()),
        ("run.bаt", b"@ver\r\n"),
        ("note.рdf", PLAIN),
        ("picture.jрg", PLAIN),
    ]
    classed = [
        {"Photos.{645FF040-5081-101B-9F08-00AA002F954E}/keep.txt": PLAIN},
        {"Control.{21EC2020-3AEA-1069-A2DD-08002B30309D}/a.exe": pe()},
        {"Printer/desktop.ini": b"[.ShellClassInfo]\r\nCLSID={2227A280-3AEA-1069-A2DE-08002B30309D}\r\n", "Printer/x": elf()},
        {"Docs/desktop.ini": "\ufeff[.ShellClassInfo]\r\nCLSID2={0AFACED1-E828-11D1-9187-B532F1E9575D}\r\n".encode("utf-16-le")},
        {"Bin/Desktop.INI": b";junk\r\n[.ShellClassInfo]\r\nUICLSID={7BD29E00-76C1-11CF-9DD0-00A0C9034933}\r\n"},
    ]
    folders = [{"Album\u202egpj.exe/one.txt": PLAIN}, {"a\u202ddcba/two.txt": PLAIN}]
    return [
        *(single("name: direction turned around", name, body, "name.bidi-override", least=high) for name, body in turned),
        *(Case(kind="name: folder turned around", files=files, expected=("name.bidi-override",)) for files in folders),
        *(single("name: double ending", name, body, "name.double-extension", least=Severity.MEDIUM) for name, body in doubled),
        *(single("name: ending pushed out of sight", name, body, "name.padded", least=high) for name, body in padded),
        *(single("name: invisible characters", name, body, "name.invisible-character") for name, body in unseen),
        *(single("name: letters of another alphabet", name, body, "name.look-alike") for name, body in alike),
        *(Case(kind="name: folder of a system class", files=files, expected=("name.shell-class",)) for files in classed),
    ]
