"""Bytes as text, whatever the sender's program made of it."""

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A page or an XML file may name its encoding in its first lines.
_NAMED_WITHIN: Final = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s{0,9}=\s{0,9}["']?([A-Za-z0-9_:-]{2,40})""", re.IGNORECASE
)
_FOLD: Final = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
# Encodings a sender may name; others are not looked up, since Python's own list holds some that are no text ("zip", "idna").
TEXT_ENCODINGS: Final = frozenset(
    (
        "ascii",
        "utf_8",
        "utf_8_sig",
        "utf_16",
        "utf_16_le",
        "utf_16_be",
        "utf_32",
        "utf_7",
        "cp1250",
        "cp1251",
        "cp1252",
        "cp1253",
        "cp1254",
        "cp1255",
        "cp1256",
        "cp1257",
        "cp1258",
        "cp437",
        "cp850",
        "cp932",
        "cp949",
        "cp936",
        "cp950",
        "cp874",
        "iso8859_1",
        "iso8859_2",
        "iso8859_3",
        "iso8859_4",
        "iso8859_5",
        "iso8859_6",
        "iso8859_7",
        "iso8859_8",
        "iso8859_9",
        "iso8859_10",
        "iso8859_11",
        "iso8859_13",
        "iso8859_14",
        "iso8859_15",
        "iso8859_16",
        "koi8_r",
        "koi8_u",
        "mac_roman",
        "shift_jis",
        "euc_jp",
        "iso2022_jp",
        "gb2312",
        "gbk",
        "gb18030",
        "hz",
        "big5",
        "big5hkscs",
        "euc_kr",
        "iso2022_kr",
        "tis_620",
    )
)


def as_text(untrusted_bytes: bytes, stated: str = "") -> str:
    """The bytes as text: by their mark, else by the encoding *stated* beside them or in the page, else UTF-8, else Windows-1252.

    A calendar whose lines were folded between the bytes of a letter is unfolded first (RFC 5545, 3.1, allows it).
    """
    for mark, name in _MARKS:
        if untrusted_bytes.startswith(mark):
            if mark == codecs.BOM_UTF8 and (unfolded := _unfolded_calendar(untrusted_bytes)) is not None:
                return unfolded.removeprefix("\ufeff")
            return untrusted_bytes.decode(name, "replace").removeprefix("\ufeff")
    wide = _without_mark(untrusted_bytes)
    if wide:
        return untrusted_bytes.decode(wide, "replace")
    encoding = known_encoding(stated) or known_encoding(_named_within(untrusted_bytes))
    for name in (encoding, "utf-8") if encoding else ("utf-8",):
        try:
            return untrusted_bytes.decode(name)
        except UnicodeDecodeError:
            continue
    if (unfolded := _unfolded_calendar(untrusted_bytes)) is not None:
        return unfolded
    fallback = encoding if encoding and encoding not in {"utf_8", "ascii"} else "cp1252"
    return untrusted_bytes.decode(fallback, "replace")


def _unfolded_calendar(untrusted_bytes: bytes) -> str | None:
    """The calendar in UTF-8 whose folds cut letters in two; None when it is none."""
    if b"BEGIN:V" not in untrusted_bytes[:4_000].upper():
        return None
    try:
        return _FOLD.sub(b"", untrusted_bytes).decode()
    except UnicodeDecodeError:
        return None


def _named_within(untrusted_bytes: bytes) -> str:
    found = _NAMED_WITHIN.search(untrusted_bytes[:2_000])
    return found[1].decode("ascii") if found else ""


def known_encoding(untrusted_name: str) -> str:
    """Python's name for the text encoding that *untrusted_name* means, empty when it is none of those read here."""
    try:
        name = codecs.lookup(untrusted_name[:40]).name.replace("-", "_") if untrusted_name else ""
    except (LookupError, ValueError):
        return ""
    return name if name in TEXT_ENCODINGS else ""


def _without_mark(untrusted_bytes: bytes) -> str:
    """UTF-16 without its mark shows by a zero in every other byte of plain text."""
    head = untrusted_bytes[:200]
    if len(head) < 8 or b"\0" not in head:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) // 3 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 3 and odd == 0 else ""
