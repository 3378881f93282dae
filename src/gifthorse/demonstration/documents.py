"""Inert files for the demonstration's media: pictures, brochures, office files, and harmless stand-ins for what hides in gifts.

Nothing here does anything: the "programs" hold a header and no code, the "macro" is text, the addresses end in `.example`.
"""

import io
import struct
import zipfile
from datetime import datetime
from typing import Final

import pikepdf
from PIL import Image, ImageDraw

LETTER_WIDTH: Final = 6
EXIF_MAKE, EXIF_MODEL, EXIF_TAKEN = 0x010F, 0x0110, 0x0132


def photograph(number: int, taken: datetime, *, width: int = 1200, height: int = 800) -> bytes:
    """A JPEG as a camera writes it: a drawn landscape that differs by *number*, with maker, model and time."""
    picture = Image.new("RGB", (width, height), (178, 205, 226))
    draw = ImageDraw.Draw(picture)
    horizon = height // 2 + number * 37 % 120
    draw.rectangle((0, horizon, width, height), fill=(96, 122 + number % 40, 84))
    for hill in range(6):
        left = (hill * 257 + number * 131) % width
        draw.ellipse((left - 200, horizon - 70 - hill * 9, left + 220, horizon + 160), fill=(110 + hill * 9, 130, 92))
    draw.ellipse((width - 180 - number * 11 % 300, 60, width - 100 - number * 11 % 300, 140), fill=(250, 236, 190))
    exif = picture.getexif()
    exif[EXIF_MAKE], exif[EXIF_MODEL], exif[EXIF_TAKEN] = "Fernblick", "FB-20", taken.strftime("%Y:%m:%d %H:%M:%S")
    body = io.BytesIO()
    picture.save(body, "JPEG", quality=88, exif=exif)
    return body.getvalue()


def brochure(title: str, lines: list[str], *, script: str = "", attachment: tuple[str, bytes] | None = None) -> bytes:
    """A one-page PDF; with *script* it runs JavaScript on opening, with *attachment* it carries a file."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    text = "BT /F1 24 Tf 72 740 Td (" + title + ") Tj /F1 11 Tf 0 -14 Td " + "".join(f"0 -18 Td ({line}) Tj " for line in lines) + "ET"
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, 595, 842],
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)),
        Contents=pdf.make_stream(text.encode("latin-1", "replace")),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    if script:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
    if attachment:
        pdf.attachments[attachment[0]] = pikepdf.AttachedFileSpec(  # type: ignore[call-arg]  # its stubs leave out the defaults
            pdf, attachment[1], filename=attachment[0]
        )
    body = io.BytesIO()
    pdf.save(body, deterministic_id=True)
    return body.getvalue()


def letter(text: str, *, template: str = "") -> bytes:
    """A Word document; with *template* it fetches its template from that address when it is opened."""
    parts = {
        "[Content_Types].xml": (
            '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
        ),
        "_rels/.rels": _relationships("officeDocument", "word/document.xml"),
        "word/document.xml": (
            '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
        ),
    }
    if template:
        parts["word/_rels/settings.xml.rels"] = _relationships("attachedTemplate", template, external=True)
        parts["word/settings.xml"] = (
            '<?xml version="1.0" encoding="UTF-8"?><w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:attachedTemplate r:id="rId1"/></w:settings>'
        )
    return zipped({name: part.encode() for name, part in parts.items()})


def _relationships(kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}"{mode}/></Relationships>'
    )


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive of *members*, with a fixed date so that it is the same each time."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 9, 14, 10, 0, 0)), content)
    return body.getvalue()


def locked_zip(name: str, content: bytes) -> bytes:
    """A zip archive whose one member is marked as encrypted; its bytes are scrambled for good, there is no password."""
    body = bytearray(zipped({name: content}))
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = body.find(signature) + flags_at
        flags = struct.unpack_from("<H", body, place)[0]
        struct.pack_into("<H", body, place, flags | 1)
    return bytes(body)


def inert_program() -> bytes:
    """The headers of a 64-bit Windows program with no section and no code: Windows refuses to start it."""
    dos = b"MZ" + bytes(58) + struct.pack("<I", 64)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 0, 0, 0, 0, 240, 0x22)
    optional = struct.pack("<H", 0x20B) + bytes(238)
    return (dos + coff + optional).ljust(1536, b"\0")


def shortcut(target: str, arguments: str) -> bytes:
    """A Windows shortcut to *target* with *arguments* ([MS-SHLLINK]: header, no target list, three strings)."""
    has_relative_path, has_arguments, has_icon, is_unicode = 0x08, 0x20, 0x40, 0x80
    flags = has_relative_path | has_arguments | has_icon | is_unicode
    header = struct.pack("<I", 0x4C) + bytes.fromhex("0114020000000000c000000000000046") + struct.pack("<II", flags, 0x20)
    header += bytes(24) + struct.pack("<IiIHHII", 0, 0, 1, 0, 0, 0, 0)
    strings = b"".join(struct.pack("<H", len(text)) + text.encode("utf-16-le") for text in (target, arguments, "shell32.dll"))
    return header + strings + bytes(4)
