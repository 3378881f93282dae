"""Binary Word documents and workbooks with text in them, made byte by byte ([MS-DOC], [MS-XLS], [MS-XLSB]). All inert."""

import struct
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.samples.compiled_formulas import record8, record12, text12
from tests.samples.compound_files import compound_file
from tests.samples.documents import package, relationships

PAGE = 512
HEADING_1, IN_TABLE, ROW_END = 1, b"\x16\x24\x01", b"\x16\x24\x01\x17\x24\x01"
DELETED = b"\x00\x08\x01"


def picture_at(place: int) -> bytes:
    """The mark of a run that its picture lies at *place* of the stream "Data"."""
    return b"\x03\x6a" + struct.pack("<I", place) + b"\x55\x08\x01"


class Line(NamedTuple):
    """A paragraph or cell: its runs with their marks, how it ends, its style, and its marks."""

    runs: str | Sequence[tuple[str, bytes]]
    end: str = "\r"
    style: int = 0
    marks: bytes = b""


def marked_page(borders: Sequence[int], kept: Sequence[bytes], step: int) -> bytes:
    """A page of property lists: where each stretch begins and the last ends, and what is kept of each."""
    page = bytearray(PAGE)
    struct.pack_into(f"<{len(borders)}I", page, 0, *borders)
    at = PAGE - 2
    for number, body in enumerate(kept):
        if body:
            at = (at - len(body)) & ~1
            page[at : at + len(body)] = body
            page[4 * len(borders) + step * number] = at // 2
    page[-1] = len(kept)
    return bytes(page)


def of_paragraph(line: Line) -> bytes:
    body = struct.pack("<H", line.style) + line.marks
    return bytes([0, (len(body) + 1) // 2]) + body.ljust((len(body) + 1) // 2 * 2, b"\0")


def word_97(
    *lines: Line,
    footnotes: str = "",
    stories: Sequence[str] = (),
    comments: str = "",
    endnotes: str = "",
    boxes: str = "",
    narrow: int = 0,
    data: bytes = b"",
    drawings: bytes = b"",
    behind: bytes = b"",
    flags: int = 0,
    again: Sequence[int] = (),
    objects: Mapping[str, bytes] | None = None,
) -> bytes:
    """A document of Word 97; its last piece is listed once more from each letter of *again* on; the first *narrow* letters lie in a piece of one byte each; *behind* are bytes behind its pages."""
    parts = (footnotes, "".join(stories), "", comments, endnotes, boxes, "")
    every = [*lines, *(Line(part, "") for part in parts if part)]
    runs = [(text + (line.end if last else ""), marks) for line in every for text, marks, last in runs_of(line)]
    text = "".join(said for said, _marks in runs)
    start = 0x600
    place = lambda letter: start + min(letter, narrow) + 2 * max(letter - narrow, 0)  # noqa: E731 - where a letter lies in the stream
    stream = bytearray(start) + text[:narrow].encode("cp1252") + text[narrow:].encode("utf-16-le")
    stream += bytes(-len(stream) % PAGE)
    run_borders, line_borders = [0], [0]
    for said, _marks in runs:
        run_borders.append(run_borders[-1] + len(said))
    for line in every:
        line_borders.append(line_borders[-1] + sum(len(said) for said, _marks, _last in runs_of(line)) + len(line.end))
    first_page = len(stream) // PAGE
    stream += marked_page([*map(place, run_borders)], [bytes([len(marks)]) + marks if marks else b"" for _said, marks in runs], 1)
    stream += marked_page([*map(place, line_borders)], [of_paragraph(line) for line in every], 13)
    stream += behind
    table = bytearray(4)
    listed = {}
    pieces = [(0, narrow, start * 2 | 0x40000000), (narrow, len(text), start + narrow)] if narrow else [(0, len(text), start)]
    pieces += [(letter, len(text), start) for letter in again]
    ends = struct.pack(f"<{len(pieces) + 1}I", *(first for first, _end, _place in pieces), len(text))
    clx = ends + b"".join(struct.pack("<HIH", 0, at, 0) for _first, _end, at in pieces)
    story_ends = [sum(map(len, stories[:number])) for number in range(len(stories) + 1)]
    for at, body in (
        (0x1A2, b"\1\2\0\0\0" + b"\2" + struct.pack("<I", len(clx)) + clx),
        (0xFA, struct.pack("<III", place(0), place(len(text)), first_page)),
        (0x102, struct.pack("<III", place(0), place(len(text)), first_page + 1)),
        (0xF2, struct.pack(f"<{len(story_ends) + 1}I", *story_ends, 0) if stories else b""),
        (0x22A, drawings),
    ):
        listed[at] = (len(table), len(body))
        table += body
    struct.pack_into("<HH", stream, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", stream, 10, 0x0200 | flags)
    main = sum(len(said) + len(line.end) for line in lines for said in ["".join(text for text, _m, _l in runs_of(line))])
    struct.pack_into("<8I", stream, 0x4C, main, *map(len, parts))
    for at, (first, length) in listed.items():
        struct.pack_into("<II", stream, at, first, length)
    return compound_file({"WordDocument": bytes(stream), "1Table": bytes(table), **({"Data": data} if data else {}), **(objects or {})})


def runs_of(line: Line) -> list[tuple[str, bytes, bool]]:
    runs = [(line.runs, b"")] if isinstance(line.runs, str) else list(line.runs)
    return [(text, marks, number == len(runs)) for number, (text, marks) in enumerate(runs, 1)]


def word_95(text: bytes) -> bytes:
    """A document of Word 95: its text in one stretch."""
    head = bytearray(0x300)
    struct.pack_into("<HH", head, 0, 0xA5DC, 104)
    struct.pack_into("<II", head, 0x18, len(head), len(head) + len(text))
    struct.pack_into("<I", head, 0x34, len(text))
    return compound_file({"WordDocument": bytes(head) + text})


def inline_picture(art: bytes, name: str = "") -> bytes:
    """What the stream "Data" holds of a picture in the text; *name* is that of the file it was taken from."""
    named = bytes([len(name)]) + name.encode() if name else b""
    return struct.pack("<IHH", 68 + len(named) + len(art), 68, 0x66 if name else 0x64) + bytes(60) + named + art


# --- workbooks


def text8(said: str, width: int = 2) -> bytes:
    wide = not said.isascii()
    return len(said).to_bytes(width, "little") + bytes([wide]) + said.encode("utf-16-le" if wide else "latin-1")


def cell8(kind: int, row: int, column: int, body: bytes, style: int = 0) -> bytes:
    return record8(kind, struct.pack("<HHH", row, column, style) + body)


def book8(
    *sheets: tuple[str, int, bytes], texts: Sequence[bytes] = (), formats: Mapping[int, str] | None = None, styles: Sequence[int] = (0,),
    drawings: bytes = b"", from_1904: bool = False, version: int = 0x0600, before: bytes = b"",
) -> bytes:  # fmt: skip
    """A workbook of *sheets* (title, visibility, cells); *texts* are the pieces of its table of texts, of which the first has no head."""
    title = (lambda said: text8(said, 1)) if version == 0x0600 else (lambda said: bytes([len(said)]) + said.encode("cp1251"))
    start = lambda kind: record8(0x0809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0))  # noqa: E731 - two lines' use
    facts = before + record8(0x0022, bytes([from_1904, 0]))
    for number, code in (formats or {}).items():
        facts += record8(0x041E, struct.pack("<H", number) + text8(code))
    facts += b"".join(record8(0x00E0, struct.pack("<HH", 0, style) + bytes(16)) for style in styles)
    if drawings:
        facts += record8(0x00EB, drawings[:40]) + record8(0x003C, drawings[40:])
    if texts:
        facts += record8(0x00FC, bytes(8) + texts[0]) + b"".join(record8(0x003C, piece) for piece in texts[1:])
    bodies = [start(0x10) + cells + record8(0x000A, b"") for _title, _state, cells in sheets]
    heads = [len(record8(0x0085, bytes(6) + title(name))) for name, _state, _cells in sheets]
    at = len(start(5)) + len(facts) + sum(heads) + 4
    listed = b""
    for (name, state, _cells), body in zip(sheets, bodies, strict=True):
        listed += record8(0x0085, struct.pack("<IBB", at, state, 0) + title(name))
        at += len(body)
    stream = start(5) + facts + listed + record8(0x000A, b"") + b"".join(bodies)
    return compound_file({"Workbook" if version == 0x0600 else "Book": stream})


def cell12(kind: int, column: int, body: bytes, style: int = 0) -> bytes:
    return record12(kind, struct.pack("<II", column, style) + body)


def book12(
    *sheets: tuple[str, int, bytes], texts: Sequence[str] = (), formats: Mapping[int, str] | None = None, styles: Sequence[int] = (0,)
) -> bytes:
    """A binary workbook package of *sheets* (title, visibility, rows)."""
    listed = b"".join(
        record12(156, struct.pack("<II", state, number) + text12(f"rId{number}") + text12(title))
        for number, (title, state, _rows) in enumerate(sheets, 1)
    )
    own = b"".join(record12(44, struct.pack("<H", number) + text12(code)) for number, code in (formats or {}).items())
    cells = b"".join(record12(47, struct.pack("<HH", 0, style) + bytes(12)) for style in styles)
    parts = {
        "xl/workbook.bin": record12(131, b"") + record12(153, bytes(8) + text12("")) + listed + record12(132, b""),
        "xl/sharedStrings.bin": b"".join(record12(19, b"\0" + text12(said)) for said in texts),
        "xl/styles.bin": own + record12(626, bytes(4)) + record12(47, bytes(16)) + record12(617, bytes(4)) + cells + record12(618, b""),
        "xl/_rels/workbook.bin.rels": relationships(
            *(("worksheet", f"worksheets/sheet{number}.bin", False) for number in range(1, len(sheets) + 1))
        ),
        **{f"xl/worksheets/sheet{number}.bin": record12(129, b"") + rows for number, (_title, _state, rows) in enumerate(sheets, 1)},
    }
    return package("xlsx", parts, {"xl/workbook.bin": "application/vnd.ms-excel.sheet.binary.macroEnabled.main"})


def row12(number: int) -> bytes:
    return record12(0, struct.pack("<I", number) + bytes(13))
