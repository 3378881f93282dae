"""Targets: office files of the binary kinds, rich text and Outlook messages, as a safe copy reads them."""

import struct
from collections.abc import Callable
from contextlib import suppress

from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.safe_copy.office import blocks
from gifthorse.inspect.safe_copy.office.reading import gathered_from
from gifthorse.inspect.safe_copy.outlook_text import outlook_text
from gifthorse.inspect.safe_copy.packed_rich_text import MOST_BYTES as MOST_UNPACKED
from gifthorse.inspect.safe_copy.packed_rich_text import unpacked
from gifthorse.inspect.safe_copy.pictures import NotRebuilt
from tests.fuzz.of_safe_copy import item_of, unwarned
from tests.fuzz.seeds import PAGE
from tests.fuzz.target import Target, require
from tests.samples import documents
from tests.samples.binary_office import (
    DELETED,
    HEADING_1,
    IN_TABLE,
    ROW_END,
    Line,
    book8,
    cell8,
    cell12,
    inline_picture,
    picture_at,
    row12,
    text8,
    word_95,
    word_97,
)
from tests.samples.binary_slides import BITMAP, JPEG, METAFILE, PNG, Slide, art, blip, dots, entry, said, shape, slides_97, store
from tests.samples.compiled_formulas import record8, record12, text12


def set_down(filetype: FileType) -> Callable[[bytes], None]:
    """A parser of documents of one kind, whose blocks stay within what is taken of one."""

    def read(untrusted_input: bytes) -> None:
        try:
            gathered = gathered_from(item_of(untrusted_input, filetype))
        except NotRebuilt:
            return
        require(len(gathered.said) < 2 * (blocks.MOST_TEXT + blocks.MOST_CELLS), "more text than is taken")
        require(len(gathered.blocks) <= blocks.MOST_BLOCKS + 20, "more blocks than are taken")

    return unwarned(read)


def old_texts() -> list[bytes]:
    lines = (
        Line("Plan", style=HEADING_1),
        Line([("kept", b""), ("gone", DELETED), ("\x01", picture_at(0)), (" \x13 PAGE \x142\x15\x1e", b"")]),
        Line("a", "\x07", marks=IN_TABLE),
        Line("", "\x07", marks=ROW_END),
        Line("b\x07\x07"),
    )
    inline, beside = inline_picture(entry(blip(PNG, dots("PNG"))), "a.png"), blip(JPEG, dots("JPEG"))
    stories = ["\r"] * 6 + ["top\r", "", "foot\r"]
    whole = word_97(
        *lines, footnotes="n\r", stories=stories, comments="c\r", boxes="b\r", narrow=9, data=inline,
        drawings=store(entry(beside, 0x600 + 3 * 512)), behind=beside,
    )  # fmt: skip
    return [whole, word_97(Line("one")), word_95(b"old\r")]


def old_books() -> list[bytes]:
    drawn = store(entry(blip(BITMAP, dots("BMP")[14:])), entry(blip(METAFILE, bytes(40))))
    note = record8(0x01B6, bytes(10) + struct.pack("<HHI", 1, 16, 0)) + record8(0x003C, b"\0n") + record8(0x003C, bytes(16))
    cells = (
        cell8(0xFD, 0, 0, struct.pack("<I", 1))
        + cell8(0x203, 1, 0, struct.pack("<d", 45000.5), 1)
        + record8(0xBD, struct.pack("<HHHIHIH", 2, 0, 0, 5 << 2 | 3, 1, 6 << 2 | 2, 1))
        + cell8(0x06, 3, 0, b"\0\0\0\0\0\0\xff\xff" + bytes(6) + struct.pack("<H", 1) + b"\x1d")
        + record8(0x207, text8("x"))
        + cell8(0x205, 4, 0, b"\x07\1")
    )
    texts = [text8("a") + struct.pack("<HB", 4, 0) + b"bc", b"\1d\0e\0" + struct.pack("<HBHI", 1, 12, 1, 2) + b"f" + bytes(6)]
    shown = book8(("One", 2, cells + note), texts=texts, formats={170: "yyyy"}, styles=(0, 170), drawings=drawn)
    label = cell8(0x0204, 0, 0, struct.pack("<H", 2) + b"\xe6\xe7")
    return [shown, book8(("Two", 0, label), version=0x0500, before=record8(0x0042, struct.pack("<H", 1251)))]


def packed_book(untrusted_input: bytes) -> None:
    """Every part of a binary workbook package is the input, beside the list of its sheets."""
    names = ("xl/worksheets/sheet1.bin", "xl/worksheets/sheet2.bin", "xl/sharedStrings.bin", "xl/styles.bin")
    listed = record12(156, struct.pack("<II", 1, 1) + text12("rId1") + text12("One"))
    rels = documents.relationships(("worksheet", "worksheets/sheet1.bin", False))
    parts = {"xl/workbook.bin": listed + untrusted_input, "xl/_rels/workbook.bin.rels": rels, **dict.fromkeys(names, untrusted_input)}
    set_down(FileType.OOXML_SHEET)(documents.zipped(parts, [*parts]))


def packed_parts() -> list[bytes]:
    cells = ((7, bytes(4)), (5, struct.pack("<d", 1.5)), (2, bytes(4)), (3, b"\7"), (4, b"\1"), (6, text12("a")), (62, b"\0" + text12("b")))
    rows = row12(0) + b"".join(cell12(kind, column, body, column % 2) for column, (kind, body) in enumerate(cells))
    styles = (
        record12(44, struct.pack("<H", 170) + text12("hh")) + record12(617, bytes(4)) + record12(47, struct.pack("<HH", 0, 170) + bytes(12))
    )
    return [rows + record12(19, b"\0" + text12("s")) + styles + record12(153, b"\1" + bytes(7))]


def old_slides() -> list[bytes]:
    refers = shape(texts=[art(0x0F9E, bytes(4)), said(1, "line", narrow=True)]) + shape(picture=1)
    told = Slide(refers, outline=said(0, "title"), notes="spoken", hidden=True)
    pictures_of = [blip(JPEG, dots("JPEG"))]
    return [slides_97(told, Slide(), pictures=pictures_of, dead=refers), slides_97(told, pictures=pictures_of, lost=True)]


def rich_texts() -> list[bytes]:
    png = dots("PNG").hex()
    return [
        rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 A;}{\f1\cpg932 B;}}\f1 \'93\'fa\uc1\u1046 ?\emdash{\deleted x}\outlinelevel0 a\par"
        rb"\pard{\listtext 1.\tab}\ls1 b\par\trowd\intbl a\cell{\*\annotation c}\cell\row\pard{\header h\par}{\upr{x}{\*\ud{y}}}\page"
        rb"{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv w}}{\sp{\sn pib}{\sv{\pict\pngblip " + png.encode() + rb"}}}}}}",
        rb"{\rtf1{\pict\jpegblip\bin9 123456789}{\field{\*\fldinst x}{\fldrslt r}}\htmlrtf h\htmlrtf0}",
    ]


def outlook(untrusted_input: bytes) -> None:
    """A message, and the input as the packed rich text of one."""
    with suppress(DamagedDocument):
        require(len(unpacked(untrusted_input)) <= MOST_UNPACKED, "more than is unpacked")
    outlook_text(item_of(untrusted_input, FileType.MSG))


def messages() -> list[bytes]:
    sent = struct.pack("<IIQ", 0x00390040, 6, 133_500_000_000_000_000) + struct.pack("<IIQ", 0x3FFD0003, 6, 1251)
    prefix = "__substg1.0_"
    rich = struct.pack("<IIII", 0, 40, 0x75465A4C, 0) + b"\1" + struct.pack(">H", 15) + b"1 hi\\par" + b"\0 more}"
    inner = f"__attach_version1.0_#00000000/{prefix}3701000D/"
    return [
        documents.compound_file(
            {
                "__properties_version1.0": bytes(32) + sent,
                f"{prefix}0C1A001E": b"A",
                f"{prefix}5D01001E": b"a@x",
                f"{prefix}10090102": rich,
                f"{inner}__properties_version1.0": bytes(24) + sent,
                f"{inner}{prefix}10130102": PAGE.encode(),
            }
        ),
        rich,
    ]


TARGETS = (
    Target(name="safe-copy.word-97", parse=set_down(FileType.OLE_WORD), seeds=old_texts, tries=150),
    Target(name="safe-copy.excel-97", parse=set_down(FileType.OLE_SHEET), seeds=old_books, tries=150),
    Target(name="safe-copy.excel-packed", parse=packed_book, seeds=packed_parts, tries=150),
    Target(name="safe-copy.slides-97", parse=set_down(FileType.OLE_SLIDES), seeds=old_slides, tries=150),
    Target(name="safe-copy.rich-text", parse=set_down(FileType.RTF), seeds=rich_texts, tries=200),
    Target(name="safe-copy.outlook", parse=outlook, seeds=messages, allowed=(NotRebuilt,), tries=200),
)
