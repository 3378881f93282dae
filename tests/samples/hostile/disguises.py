"""Content that is not what its name or its beginning says."""

import struct

from tests.samples.archives import cab_of, iso_of, rar5_of, tar_of
from tests.samples.files import bmp, comment, elf, exif, gif, jpeg, macho, mp4, ole, pdf, pe, png, shortcut, wav, zip_of
from tests.samples.hostile.cases import Case, Severity, single

HIGH, MEDIUM = Severity.HIGH, Severity.MEDIUM
PAGE = b"<html><body onload='x()'><script>document.title='x'</script></body></html>"


def cases() -> list[Case]:
    """Disguised programs, mismatches, polyglots, appended data, picture bombs and things that no camera writes."""
    return [*_programs(), *_pieces(), *_mismatches(), *_polyglots(), *_appended(), *_bombs(), *_cameras()]


def _programs() -> list[Case]:
    whole = [("beach.jpg", pe()), ("talk.pdf", elf()), ("film.mp4", macho()), ("table.xlsx", pe(library=True)), ("voice.wav", elf())]
    whole += [("pack.zip", pe()), ("letter.docx\u00a0", pe()), ("scan.tiff.", pe()), ("mail.eml", macho())]
    return [single("program under another name", name, body, "executable.disguised", least=HIGH) for name, body in whole]


def _pieces() -> list[Case]:
    broken = [
        ("a.jpg", b"MZ" + bytes(300)),
        ("b.png", pe()[:150]),
        ("c.pdf", b"MZ" + b"B" * 700),
        ("d.docx", b"MZ\x90\0" + b"\xff" * 100),
        ("e.gif", b"\x7fELF" + bytes(30)),
        ("f.mov", b"\xcf\xfa\xed\xfe" + bytes(4)),
        ("g.heic", b"MZ" + b"\r\nnothing else\r\n" * 30),
    ]
    return [single("damaged program under another name", name, body, "executable.disguised") for name, body in broken]


def _mismatches() -> list[Case]:
    other = [
        ("sunset.jpg", b"#!/bin/sh\nid\n"),
        ("sunset.gif", PAGE),
        ("sunset.png", b"@echo off\r\nset a=1\r\n"),
        ("form.pdf", b"<!DOCTYPE html><html><body><form></form></body></html>"),
        ("form.docx", b"<script language='VBScript'>x=1</script>"),
        ("clip.mp4", zip_of({"run.bat": b"@ver"})),
        ("clip.pdf", iso_of({"a.txt": b"1"})),
        ("song.mp3", rar5_of({"a": b"1"})),
        ("photo.webp", cab_of({"a": b"1"})),
        ("card.vcf", shortcut("C:\\a.exe", "-x")),
        ("sheet.pptx", b"#!/usr/bin/env python3\nprint(1)\n"),
        ("logo.bmp", b"{\\rtf1 {\\object\\objemb x}}"),
    ]
    return [single("content of another kind", name, body, "type.mismatch") for name, body in other]


def _polyglots() -> list[Case]:
    programs = zip_of({"Main.class": b"\xca\xfe\xba\xbe\0\0\0\x34", "a.exe": pe()})
    disc = gif().ljust(32768, b"\0") + b"\x01CD001\x01\0" + bytes(4000)
    tar = bytearray(tar_of({"x": b"1"}))
    return [
        single("two kinds at once", "logo.gif", gif() + programs, "type.polyglot", "type.appended-data", least=HIGH),
        single("two kinds at once", "paper.pdf", pdf() + programs, "type.polyglot", "type.appended-data", least=HIGH),
        single("two kinds at once", "cover.jpg", jpeg(comment(b"<script>window.x=1</script>")), "type.polyglot"),
        single("two kinds at once", "drum.wav", wav() + zip_of({"n.txt": b"1"}), "type.polyglot", "type.appended-data"),
        single("two kinds at once", "disc.gif", disc, "type.polyglot", least=HIGH),
        single("two kinds at once", "i.gif", b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//;", "type.polyglot"),
        single("two kinds at once", "note.jpg", jpeg(comment(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n")), "type.polyglot"),
        single(
            "two kinds at once",
            "folder.lnk",
            shortcut("C:\\b.exe") + b"<html><hta:application id=x><script language=vbscript>x=1</script></html>",
            "type.polyglot",
            least=HIGH,
        ),
        single("two kinds at once", "tar.png", png() + bytes(tar), "type.appended-data", "type.polyglot", least=Severity.LOW),
    ]


def _appended() -> list[Case]:
    carried = [pe(), elf() * 3, zip_of({"s.ps1": b"Get-Date"}), rar5_of({"x": b"1"}), shortcut("C:\\c.exe"), ole("WordDocument")]
    hosts = [("a.jpg", jpeg()), ("b.png", png()), ("c.gif", gif()), ("d.bmp", bmp()), ("e.mp4", mp4()), ("f.wav", wav())]
    found = [
        single("program or archive behind the end", name, body + rest, "type.appended-data", "type.polyglot", least=HIGH)
        for (name, body), rest in zip(hosts, carried, strict=True)
    ]
    scripts = [
        ("g.jpg", b"<?php eval(1); ?>"),
        ("h.png", b"<script>location='x'</script>" + b" " * 9),
        ("i.gif", b"@echo off\r\nver\r\nexit\r\n"),
    ]
    bodies = {"g.jpg": jpeg(), "h.png": png(), "i.gif": gif()}
    found += [single("script behind the end", name, bodies[name] + rest, "type.appended-data") for name, rest in scripts]
    return found


def _bombs() -> list[Case]:
    entities = b"".join(b'<!ENTITY e%d "%s">' % (level, b"&e%d;" % (level - 1) * 10) for level in range(1, 10))
    drawing = b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e0 "aaaaaaaaaa">' + entities + b']><svg xmlns="s"><text>&e9;</text></svg>'
    wide = bmp()[:18] + struct.pack("<ii", 60000, 60000) + bmp()[26:]
    frame = gif()[:6] + struct.pack("<HH", 65535, 65535) + gif()[10:]
    return [
        single("picture that fills the memory", "huge.png", png(width=100_000, height=90_000), "image.bomb"),
        single("picture that fills the memory", "huge.jpg", jpeg(width=65000, height=65000), "image.bomb"),
        single("picture that fills the memory", "huge.bmp", wide, "image.bomb"),
        single("picture that fills the memory", "huge.gif", frame, "image.bomb"),
        single("picture that fills the memory", "huge.svg", drawing, "image.bomb", least=HIGH),
    ]


def _cameras() -> list[Case]:
    picture = jpeg(exif("NIKON CORPORATION", "NIKON Z 6_2"))
    foreign = {
        "IMG_0002.LNK": shortcut("C:\\d.exe", "/x"),
        "PRICES.DOCX": zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}),
        "VIEW.ZIP": zip_of({"a": b"1"}),
        "START.BAT": b"@ver\r\n",
        "MORE.ISO": iso_of({"a.txt": b"1"}),
    }
    programs = {"DSC_0009.EXE": pe(), "VIEWER": elf(), "PLAYER.APP": macho()}
    return [
        *(
            Case(
                kind="what no camera writes",
                files={"DCIM/100NIKON/DSC_0001.JPG": picture, f"DCIM/100NIKON/{n}": b},
                expected=("camera.foreign-file",),
            )
            for n, b in foreign.items()
        ),
        *(
            Case(kind="program among photographs", files={f"DCIM/101CANON/{n}": b}, expected=("executable.in-camera-folder",), least=HIGH)
            for n, b in programs.items()
        ),
    ]
