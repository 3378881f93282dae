"""Workbooks with compiled formulas, made byte by byte: BIFF8 streams and BIFF12 packages. All inert."""

import struct
from collections.abc import Sequence

from tests.samples.compound_files import compound_file
from tests.samples.documents import package, relationships

CALL, REGISTER, EXEC, HYPERLINK, RTD, INDIRECT, CHAR, BY_NAME = 150, 149, 110, 359, 379, 148, 111, 255
JOIN = b"\x08"
WORKSHEET, MACRO_SHEET = 0, 1


class Compiler:
    """Tokens of one version of the format."""

    def __init__(self, *, wide: bool) -> None:
        self.wide = wide

    def text(self, said: str) -> bytes:
        if self.wide:
            return b"\x17" + struct.pack("<H", len(said)) + said.encode("utf-16-le")
        return b"\x17" + struct.pack("<BB", len(said), 1) + said.encode("utf-16-le")

    def cell(self) -> bytes:
        return b"\x44" + struct.pack("<IH" if self.wide else "<HH", 3, 0xC002)

    def number(self, value: int) -> bytes:
        return b"\x1e" + struct.pack("<H", value)

    def missing(self) -> bytes:
        return b"\x16"

    def name(self, number: int) -> bytes:
        return b"\x23" + struct.pack("<I", number)

    def call(self, function: int, *arguments: bytes) -> bytes:
        return b"".join(arguments) + b"\x42" + struct.pack("<BH", len(arguments), function)

    def char(self, code: int) -> bytes:
        return self.number(code) + b"\x41" + struct.pack("<H", CHAR)

    def spelled(self, said: str) -> bytes:
        """A text put together letter by letter."""
        return self.char(ord(said[0])) + b"".join(self.char(ord(letter)) + JOIN for letter in said[1:])


NARROW, WIDE = Compiler(wide=False), Compiler(wide=True)


def record8(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def stream8(
    *formulas: bytes,
    names: Sequence[str] = (),
    on: int = WORKSHEET,
    shared: bytes = b"",
    supporting: Sequence[str] = (),
    visibility: int = 0,
) -> bytes:
    """A BIFF8 workbook of one sheet with *formulas*, each in its cell."""
    globals_ = record8(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    globals_ += record8(0x0085, struct.pack("<IBB", 0, visibility, on) + b"\x05\0Sheet")
    for path in supporting:
        globals_ += record8(0x01AE, struct.pack("<HHB", 1, len(path), 1) + path.encode("utf-16-le"))
    for name in names:
        globals_ += record8(0x0018, struct.pack("<HBBHHHI", 1, 0, len(name), 0, 0, 0, 0) + b"\0" + name.encode("latin-1"))
    sheet = record8(0x0809, struct.pack("<HHHHII", 0x0600, 0x0040 if on == MACRO_SHEET else 0x0010, 0, 0, 0, 0))
    for row, formula in enumerate(formulas):
        sheet += record8(0x0006, struct.pack("<HHHQHIH", row, 0, 15, 0, 0, 0, len(formula)) + formula)
        sheet += record8(0x0203, struct.pack("<HHHd", row, 1, 15, 1.5))
    if shared:
        sheet += record8(0x04BC, struct.pack("<HHBBBBH", 0, 9, 0, 0, 0, 2, len(shared)) + shared)
    return globals_ + record8(0x000A, b"") + sheet + record8(0x000A, b"")


def xls(*formulas: bytes, **how: object) -> bytes:
    return compound_file({"Workbook": stream8(*formulas, **how)})  # type: ignore[arg-type]


def record12(kind: int, body: bytes) -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, coded = len(body), b""
    while True:
        coded += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + coded + body


def text12(said: str) -> bytes:
    return struct.pack("<I", len(said)) + said.encode("utf-16-le")


def sheet12(*formulas: bytes, value: str = "shown") -> bytes:
    """A sheet part: the first formula gives a text, others numbers."""
    part = record12(129, b"")
    for row, formula in enumerate(formulas):
        part += record12(0, struct.pack("<I", row) + bytes(13))
        coded = struct.pack("<HI", 0, len(formula)) + formula + struct.pack("<I", 0)
        cell = struct.pack("<II", 0, 0)
        part += record12(9, cell + struct.pack("<d", 1.0) + coded) if row else record12(8, cell + text12(value) + coded)
    return part + record12(130, b"")


def xlsb(*formulas: bytes, names: Sequence[str] = (), on: int = WORKSHEET, link: tuple[str, str] | None = None) -> bytes:
    """A binary workbook package of one sheet."""
    book = record12(131, b"") + b"".join(
        record12(39, struct.pack("<IBI", 1, 0, 0xFFFFFFFF) + text12(name) + struct.pack("<II", 0, 0)) for name in names
    )
    part = "xl/macrosheets/sheet1.bin" if on == MACRO_SHEET else "xl/worksheets/sheet1.bin"
    kind = "macrosheet" if on == MACRO_SHEET else "worksheet"
    parts = {
        "xl/workbook.bin": book + record12(132, b""),
        "xl/_rels/workbook.bin.rels": relationships(
            ("xlMacrosheet" if on == MACRO_SHEET else "worksheet", part.removeprefix("xl/"), False)
        ),
        part: sheet12(*formulas),
    }
    if link:
        parts["xl/externalLinks/externalLink1.bin"] = record12(360, struct.pack("<H", 1) + text12(link[0]) + text12(link[1])) + record12(
            588, b""
        )
    types = {
        "xl/workbook.bin": "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
        part: f"application/vnd.ms-excel.{kind}" + ("" if on == MACRO_SHEET else "+bin"),
    }
    return package("xlsx", parts, types)
