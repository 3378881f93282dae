"""The globals of a binary workbook ([MS-XLS]): its sheets, encryption, links to other programs, and names that run on opening."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gifthorse.inspect.documents.compound import CompoundFile
from gifthorse.inspect.documents.damage import DamagedDocument

MOST_RECORDS: Final = 200_000

EOF: Final = 0x000A
LBL: Final = 0x0018
FILEPASS: Final = 0x002F
BOUNDSHEET: Final = 0x0085
SUPBOOK: Final = 0x01AE
BOFS: Final = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
MACRO_SHEET: Final = 1  # BoundSheet8.dt, 2.4.28
MACRO_SHEET_STREAM: Final = 0x0040  # BOF.dt, 2.4.21
VERY_HIDDEN: Final = 2
# How a path to another workbook begins, and what follows it: a volume, or an address that stands there in full.
_ENCODED: Final = "\x01"
_ON_VOLUME: Final = "\x01"
_WHOLE: Final = "\x05"
AUTO_NAMES: Final = {1: "Auto_Open", 2: "Auto_Close", 10: "Auto_Activate", 11: "Auto_Deactivate"}  # Lbl.Name when fBuiltin, 2.4.150


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One sheet. `visibility` is 0 shown, 1 hidden, 2 hidden from the menu that shows hidden ones."""

    name: str
    macro: bool
    visibility: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Workbook:
    """What the globals say. `links` are (program, topic) of DDE and OLE links, `books` the addresses of other workbooks."""

    sheets: tuple[Sheet, ...] = ()
    encrypted: bool = False
    auto_names: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    books: tuple[str, ...] = ()

    @property
    def macro_sheets(self) -> list[Sheet]:
        """The sheets that hold Excel 4 macros."""
        return [sheet for sheet in self.sheets if sheet.macro]


def workbook_streams(compound: CompoundFile) -> Iterator[bytes]:
    """The stream of the workbook in *compound*, or nothing when it has none that can be read."""
    for name in ("Workbook", "Book"):
        for path in compound.find(name):
            if len(path) == 1:
                try:
                    yield compound.read(path, 256 << 20)
                except DamagedDocument:
                    return
                return


def workbook_in(compound: CompoundFile) -> Workbook | None:
    """The workbook of *compound*, or None when it has none that can be read."""
    for stream in workbook_streams(compound):
        try:
            return workbook_from(stream)
        except DamagedDocument:
            return None
    return None


def workbook_from(stream: bytes) -> Workbook:
    """The facts in the globals of *stream*; raises DamagedDocument when it doesn't begin like a workbook."""
    if len(stream) < 8 or struct.unpack_from("<H", stream)[0] not in BOFS:
        raise DamagedDocument("no workbook")
    sheets: list[Sheet] = []
    names: list[str] = []
    supporting: list[str] = []
    encrypted = False
    if struct.unpack_from("<H", stream, 6)[0] == MACRO_SHEET_STREAM:
        sheets.append(Sheet(name="", macro=True, visibility=0))  # before Excel 5 a file was one sheet
    for kind, body in records(stream):
        if kind == FILEPASS:
            encrypted = True
        elif kind == BOUNDSHEET and len(body) >= 7:
            sheets.append(sheet_from(body, encrypted=encrypted))
        elif kind == LBL and not encrypted:
            names.extend(auto_name(body))
        elif kind == SUPBOOK and not encrypted:
            supporting.extend(supporting_from(body))
    return Workbook(
        sheets=tuple(sheets),
        encrypted=encrypted,
        auto_names=tuple(names),
        links=tuple(link for one in supporting for link in link_from(one)),
        books=tuple(book_address(one) for one in supporting if one.startswith(_ENCODED)),
    )


def records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of the records up to the end of the globals."""
    at = 0
    for _ in range(MOST_RECORDS):
        if at + 4 > len(stream):
            return
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == EOF:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def sheet_from(body: bytes, *, encrypted: bool) -> Sheet:
    """The sheet of a BOUNDSHEET record; in an encrypted workbook only its position is in clear."""
    if encrypted:
        return Sheet(name="", macro=False, visibility=0)
    return Sheet(name=short_text(body[6:]), macro=body[5] == MACRO_SHEET, visibility=body[4] & 0b11)


def short_text(body: bytes) -> str:
    """A ShortXLUnicodeString (2.5.240), or the plain bytes that older versions wrote."""
    length = body[0]
    if len(body) >= 2 + length and body[1] in {0, 1}:
        return body[2 : 2 + length * 2].decode("utf-16-le", "replace") if body[1] else body[2 : 2 + length].decode("latin-1")
    return body[1 : 1 + length].decode("latin-1")


def auto_name(body: bytes) -> Iterator[str]:
    """The name of a defined name that Excel runs on opening or closing, if this is one (2.4.150)."""
    if len(body) < 15:
        return
    flags, name_length = struct.unpack_from("<HxB", body)
    if flags & 0x20:  # fBuiltin: the name is one code
        code = body[15] if len(body) > 15 else body[14]
        if code in AUTO_NAMES:
            yield AUTO_NAMES[code]
        return
    name = body[15 : 15 + name_length * (2 if body[14] == 1 else 1)].replace(b"\0", b"").decode("latin-1")
    if name.lower().startswith("auto_"):
        yield name


def supporting_from(body: bytes) -> Iterator[str]:
    """The path of a SUPBOOK record, as written; none for the workbook itself and for add-ins (2.4.271)."""
    if len(body) < 5:
        return
    length = struct.unpack_from("<H", body, 2)[0]
    if length in {0x0401, 0x3A01}:
        return
    wide = body[4] & 1
    yield body[5 : 5 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")


def link_from(path: str) -> Iterator[tuple[str, str]]:
    """Program and topic of a path that links to another program (2.5.277: parts separated by U+0003)."""
    program, separator, topic = path.partition("\x03")
    if separator and not path.startswith(_ENCODED):
        yield program, topic


def book_address(path: str) -> str:
    r"""The address of another workbook in an encoded *path* (2.5.277), such as ``\\host\share\book.xls`` or ``C:\book.xls``."""
    rest = path.removeprefix(_ENCODED)
    if rest.startswith(_ON_VOLUME):
        rest = "\\\\" + rest[2:] if rest[1:2] == "@" else f"{rest[1:2]}:\\{rest[2:]}"
    elif rest.startswith(_WHOLE):
        rest = rest[2:]  # its length stands in between
    return rest.replace("\x03", "\\").replace("\x04", "..\\").lstrip("\x02\x06\x07\x08")
