"""Field codes of Word packages, put together again from the runs that they are split over (ECMA-376 part 1, 17.16)."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.markup import Opened, events
from gifthorse.inspect.documents.package import Package

MOST_FIELDS: Final = 20_000
MOST_CODE: Final = 4_000

_MARKERS: Final = (b"instrText", b"fldSimple", "instrText".encode("utf-16-le"), "instrText".encode("utf-16-be"))
# Parts that hold no running text of Word's.
_OTHER_PARTS: Final = re.compile(r"spreadsheetml|presentationml|drawingml|\.theme\+xml|vnd\.ms-excel|^image/")
_QUOTED_CODES: Final = re.compile(r"\s*QUOTE((?:\s+\d{1,5})+)\s*$", re.IGNORECASE)


def fields_of(package: Package) -> tuple[tuple[str, str], ...]:
    """Part and code of each field of the package."""
    if package.fields is None:
        package.fields = tuple(_fields_of(package))
    return package.fields


def _fields_of(package: Package) -> Iterator[tuple[str, str]]:
    for name in package.names:
        if _OTHER_PARTS.search(package.content_types.get(name, "")):
            continue
        if not name.lower().endswith((".xml", ".rels")) and not package.head(name).lstrip(b"\xef\xbb\xbf\xff\xfe").startswith(b"<"):
            continue
        try:
            xml = package.read(name)
        except DamagedDocument:
            continue
        if any(marker in xml for marker in _MARKERS):
            yield from ((name, code) for code in codes_in(xml))


def codes_in(xml: bytes) -> list[str]:
    """The field codes in one part, nested ones also as part of the field around them."""
    try:
        stream = events(xml, text=True)
    except DamagedDocument:
        return []
    codes: list[str] = []
    open_fields: list[str] = []
    in_code = False
    for event in stream:
        if isinstance(event, str):
            if in_code and open_fields:
                open_fields[-1] = (open_fields[-1] + event)[:MOST_CODE]
            continue
        in_code = isinstance(event, Opened) and event.name == "instrText"
        if isinstance(event, Opened) and len(codes) < MOST_FIELDS:
            codes.extend(simple_code(event))
            advance(event, open_fields, codes)
    return codes + [code.strip() for code in open_fields if code.strip()]


def simple_code(event: Opened) -> Iterator[str]:
    """The code of a field that is written in one attribute."""
    if event.name == "fldSimple" and event.attributes.get("instr", "").strip():
        yield event.attributes["instr"].strip()


def advance(event: Opened, open_fields: list[str], codes: list[str]) -> None:
    """Begins or ends a field where *event* says so; a finished inner field counts as text of the outer one."""
    mark = event.attributes.get("fldCharType", "") if event.name == "fldChar" else ""
    if mark == "begin" and len(open_fields) < 64:
        open_fields.append("")
    elif mark == "end" and open_fields:
        code = open_fields.pop()
        if open_fields:
            open_fields[-1] = (open_fields[-1] + spoken(code))[:MOST_CODE]
        if code.strip():
            codes.append(code.strip())


def spoken(code: str) -> str:
    """What an inner field stands for: ``QUOTE 68 68 69`` is the text "DDE"; others stay as they are."""
    quoted = _QUOTED_CODES.match(code)
    if not quoted:
        return code
    return "".join(chr(int(number)) for number in quoted[1].split() if int(number) < 0xD800)
