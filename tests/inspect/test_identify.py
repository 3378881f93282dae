"""identify: what a file is by its bytes."""

import gzip
import io
import struct
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gifthorse.inspect.filetypes import FileType as T
from gifthorse.inspect.identify import identify
from tests.samples.files import bmp, elf, gif, identified, jpeg, macho, mp4, ole, pdf, pe, png, shortcut, wav, zip_of


def tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return buffer.getvalue()


def old_tar() -> bytes:
    block = bytearray(tar())
    block[257:265] = b"\0" * 8
    block[148:156] = b" " * 8
    block[148:156] = f"{sum(block[:512]):06o}\0 ".encode()
    return bytes(block)


def boot_sector(name: bytes) -> bytes:
    sector = bytearray(512)
    sector[0:3], sector[3:11] = b"\xeb\x3c\x90", name
    struct.pack_into("<HB", sector, 11, 512, 4)
    sector[16], sector[510:512] = 2, b"\x55\xaa"
    return bytes(sector) + b"\0" * 4096


def partition_table() -> bytes:
    sector = bytearray(512)
    sector[446:462] = b"\0\0\2\0\x0c\0\0\0" + struct.pack("<II", 4, 4)
    sector[510:512] = b"\x55\xaa"
    return bytes(sector) + b"\0" * 4096


MP3_FRAME = b"\xff\xfb\x90\x00".ljust(417, b"\0")
SYNCED = b"".join(b"G".ljust(188, b"\x11") for _ in range(6))
AVCHD = b"".join(b"\0\1\2\3G".ljust(192, b"\x11") for _ in range(6))
MAIL = b"Return-Path: <a@example.org>\r\nFrom: A <a@example.org>\r\nTo: b@example.org\r\nSubject: hello\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\nHello"

BY_CONTENT = [
    (jpeg(), T.JPEG),
    (png(), T.PNG),
    (gif(), T.GIF),
    (bmp(), T.BMP),
    (wav(), T.WAV),
    (mp4(), T.MP4),
    (b"\0\0\0\x1cftypheic" + b"\0" * 20, T.HEIF),
    (b"\0\0\0\x1cftypcrx " + b"\0" * 20, T.RAW_PHOTO),
    (b"II*\0\x10\0\0\0CR\2\0" + b"\0" * 40, T.RAW_PHOTO),
    (b"II*\0\x08\0\0\0\1\0\x12\xc6\1\0\4\0\0\0\1\4\0\0" + b"\0" * 20, T.RAW_PHOTO),
    (b"MM\0*\0\0\0\x08\0\0" + b"\0" * 20, T.TIFF),
    (MP3_FRAME * 2, T.MP3),
    (SYNCED, T.MPEG),
    (AVCHD, T.MPEG),
    (pdf(), T.PDF),
    (b"\r\n  " + pdf(), T.PDF),
    (b"{\\rtf1 x}", T.RTF),
    (pe(), T.PE),
    (b"MZ" + struct.pack("<HHHH", 100, 2, 0, 4).ljust(600, b"\0"), T.DOS_EXE),
    (elf(), T.ELF),
    (macho(), T.MACHO),
    (b"\xca\xfe\xba\xbe\0\0\0\x02" + b"\0" * 40, T.MACHO),
    (b"\xca\xfe\xba\xbe\0\0\0\x41" + b"\0" * 40, T.JAVA_CLASS),
    (b"\xa7\x0d\r\n\0\0\0\0" + b"\0" * 20, T.PYTHON_BYTECODE),
    (shortcut("C:\\a.txt"), T.SHORTCUT),
    (zip_of({"a.txt": b"x"}), T.ZIP),
    (zip_of({}), T.ZIP),
    (zip_of({"_rels/.rels": b"", "word/document.xml": b"", "[Content_Types].xml": b""}), T.OOXML_WORD),
    (zip_of({"[Content_Types].xml": b"", "xl/workbook.bin": b"", "word/x": b""}), T.OOXML_SHEET),
    (zip_of({"[Content_Types].xml": b"", "ppt/presentation.xml": b"", "ppt/embeddings/a.xlsx": b""}), T.OOXML_SLIDES),
    (zip_of({"[Content_Types].xml": b"", "visio/document.xml": b""}), T.OOXML_OTHER),
    (zip_of({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}), T.ODF),
    (zip_of({"mimetype": b"application/epub+zip"}), T.EPUB),
    (zip_of({"META-INF/MANIFEST.MF": b"", "A.class": b""}), T.JAR),
    (zip_of({"classes.dex": b"", "AndroidManifest.xml": b"", "META-INF/MANIFEST.MF": b""}), T.APK),
    (ole("WordDocument", "1Table"), T.OLE_WORD),
    (ole("a", "b", "c", "d", "e", "Workbook"), T.OLE_SHEET),
    (ole("PowerPoint Document"), T.OLE_SLIDES),
    (ole("EncryptionInfo", "EncryptedPackage"), T.OLE_ENCRYPTED_OFFICE),
    (ole("__properties_version1.0"), T.MSG),
    (ole("x", root_class=bytes.fromhex("84100c0000000000c000000000000046")), T.MSI),
    (ole("Catalog"), T.OLE),
    (tar(), T.TAR),
    (old_tar(), T.TAR),
    (gzip.compress(b"x", mtime=0), T.GZIP),
    (b"\x5d\0\0\x80\0" + b"\xff" * 8 + b"\0" * 20, T.LZMA),
    (boot_sector(b"MSDOS5.0"), T.DISK_IMAGE),
    (boot_sector(b"EXFAT   "), T.DISK_IMAGE),
    (partition_table(), T.DISK_IMAGE),
    (partition_table() + b"conectix".ljust(512, b"\0"), T.VHD),
    (b"\x01\x02" * 400 + b"koly".ljust(512, b"\0"), T.DMG),
    (b"\0" * 32769 + b"CD001\1" + b"\0" * 3000, T.ISO),
    (b"", T.EMPTY),
    (bytes(range(256)), T.DATA),
    (b"plain words\n", T.TEXT),
    ("Grüße aus Köln\n".encode("latin-1"), T.TEXT),
    ("你好，世界\n".encode("utf-16"), T.TEXT),
    ("words without a mark at the start".encode("utf-16-le"), T.TEXT),
    (b"<?xml version='1.0'?><root/>", T.XML),
    (b"<?xml version='1.0'?>\n<!-- a > b -->\n<svg xmlns='x'/>", T.SVG),
    (b"<!-- x -->\n<!DOCTYPE HTML>\n<p>", T.HTML),
    ("\ufeff<html><body>".encode("utf-16-le"), T.HTML),
    (b"<html><hta:application id='x'></html>", T.SCRIPT),
    (b'{"a": 1}', T.JSON),
    (b"[section]\nkey=value\n", T.INI),
    (b"; note\n[a b]\r\nkey = value\r\n", T.INI),
    (b"[CmdletBinding()]\nparam()", T.TEXT),
    (b"Windows Registry Editor Version 5.00\r\n", T.REGISTRY),
    ("\ufeffWindows Registry Editor Version 5.00\r\n".encode("utf-16-le"), T.REGISTRY),
    (MAIL, T.EML),
    (b"From a@example.org Sun Nov 22 10:00:00 2026\n" + MAIL, T.MBOX),
    (b"#!/bin/sh\n", T.SCRIPT),
    (b"<?php echo 1;", T.SCRIPT),
    (b"@echo off\r\ndir\r\n", T.SCRIPT),
    (b'Set s = CreateObject("WScript.Shell")\r\n', T.SCRIPT),
    (b"-----BEGIN CERTIFICATE-----\nMIIB\n", T.CERTIFICATE),
]


@pytest.mark.parametrize(("body", "expected"), BY_CONTENT, ids=[f"{number}-{kind}" for number, (_, kind) in enumerate(BY_CONTENT)])
def test_each_kind_is_told_by_its_bytes(body: bytes, expected: T) -> None:
    assert identified(body) == expected


@pytest.mark.parametrize("name", ["photo.jpg", "notes.txt", "a.py", "page.html"])
@pytest.mark.parametrize("body", [pe(), elf(), pdf(), zip_of({"a": b"x"}), jpeg()])
def test_no_name_changes_what_the_bytes_say(name: str, body: bytes) -> None:
    assert identified(body, name) == identified(body)


@pytest.mark.parametrize(
    ("name", "body", "expected"),
    [
        ("a.ps1", b"Get-Date\n", T.SCRIPT),
        ("a.bat", b"dir\n\0\0\n", T.SCRIPT),
        ("a.txt", b"Get-Date\n", T.TEXT),
        ("a.eml", b"see below\n", T.EML),
        ("a.html", b"no tags at all", T.HTML),
        ("a.hta", b"<html></html>", T.SCRIPT),
        ("manual.md", b"Type `powershell -w hidden` to hide", T.TEXT),
    ],
)
def test_a_name_decides_between_texts_that_look_alike(name: str, body: bytes, expected: T) -> None:
    assert identified(body, name) == expected


@pytest.mark.parametrize(
    "body",
    [b"MZ", b"MZ is a name", b"BM", b"BMW is a car", b"GIF8", b"ID", b"PK", b"\xca\xfe", b"\x5d\0", b"RIFF", b"Great\n" * 40, b"JM\1\0"],
)
def test_the_first_letters_alone_make_no_kind(body: bytes) -> None:
    assert identified(body) in {T.TEXT, T.DATA}


def test_a_directory_far_behind_the_head_is_reached_through_the_tail() -> None:
    big = zip_of({"mimetype2": bytes(200_000), "[Content_Types].xml": b"", "word/document.xml": b""})
    padded = zip_of(
        {f"word/media/{number}.bin": struct.pack("<I", number) * 3000 for number in range(40)}
        | {"[Content_Types].xml": b"", "word/document.xml": b""}
    )
    for body in (big, padded):
        asked: list[int] = []

        def tail(length: int, body: bytes = body, asked: list[int] = asked) -> bytes:
            asked.append(length)
            return body[-length:]

        assert identify(body[:512], len(body), tail) == T.OOXML_WORD
        assert asked


def test_without_a_tail_the_head_alone_decides() -> None:
    body = zip_of({"[Content_Types].xml": b"", "word/document.xml": b""})
    assert identify(body[:65536], 10 * len(body), None) == T.OOXML_WORD


@given(st.binary(max_size=2000), st.sampled_from(["", "a.txt", "a.js", "a.eml", "\udcff.bat"]))
def test_any_bytes_have_a_kind(body: bytes, name: str) -> None:
    assert identified(body, name) in T


@given(st.sampled_from([body for body, _ in BY_CONTENT]), st.integers(0, 1200), st.binary(max_size=8), st.integers(0, 1200))
def test_shortened_and_damaged_files_have_a_kind(body: bytes, keep: int, noise: bytes, at: int) -> None:
    damaged = body[:at] + noise + body[at + len(noise) :]
    assert identified(damaged[:keep]) in T
    assert identify(damaged[:40], len(damaged), lambda length: damaged[-length:]) in T


def large_message(first: int = 14_050, second: int = 14_060) -> bytes:
    """A compound file whose directory begins in sector *first* and goes on in *second*, both told only by tables beyond the header's 109."""
    entry = lambda name: (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0") + struct.pack("<H", len(name) * 2 + 2) + bytes(62)  # noqa: E731
    tables = 111
    body = bytearray((second + 2) * 512)
    body[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", body, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<I", body, 48, first)
    struct.pack_into("<II", body, 68, tables, 1)  # where the chain of further tables begins, and its length
    struct.pack_into("<109I", body, 76, *range(109))
    struct.pack_into("<II", body, (tables + 1) * 512, 109, 110)
    struct.pack_into("<I", body, (109 + 1) * 512 + 4 * (first % 128), second)
    struct.pack_into("<I", body, (109 + 1) * 512 + 4 * (second % 128), 0xFFFFFFFE)
    body[(first + 1) * 512 : (first + 2) * 512] = b"".join(map(entry, ["Root Entry", "__nameid_version1.0", "a", "b"]))
    body[(second + 1) * 512 : (second + 2) * 512] = b"".join(map(entry, ["__properties_version1.0", "c", "d", "e"]))
    return bytes(body)


def test_a_large_message_is_told_by_the_far_parts_of_its_directory() -> None:
    assert identified(large_message(), "mail.msg") is T.MSG


@pytest.mark.parametrize("name", ["job.wsf", "part.sct", "part.wsc"])
def test_markup_under_a_scripts_name_is_a_script(name: str) -> None:
    assert identified(b'<?xml version="1.0"?>\n<package><job/></package>', name) is T.SCRIPT


def test_the_notes_of_a_python_package_that_quote_a_command_are_text() -> None:
    body = b'Metadata-Version: 2.4\nName: a\n\n    powershell -ExecutionPolicy ByPass -c "irm https://example.org | iex"\n'
    assert identified(body, "METADATA") is T.TEXT
