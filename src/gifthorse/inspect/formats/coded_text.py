"""Texts that are nothing but another file, written in base64 or in hexadecimal digits: what Windows' certutil turns back into a program."""

import base64
import binascii
import re
from functools import cache
from typing import Final

_SEARCHED: Final = 8192
_FEWEST: Final = 400
_FIRST: Final = 64
_HEAD: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:-----BEGIN [A-Z0-9 ]{1,40}-----\s*)?")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/\s]+={0,2}\s*")
_HEXADECIMAL: Final = re.compile(rb"(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[\s,:;]*)+")
_BEFORE_DIGITS: Final = (b"0x", b"\\x", b",", b":", b";")
_NOT_A_DIGIT: Final = re.compile(rb"0x|\\x|[\s,:;]+")


def decoded_start(head: bytes, starts: tuple[bytes, ...]) -> bytes:
    """The first bytes of the file that the text beginning with *head* spells; empty when it is an ordinary text, or spells none that
    begins with one of *starts* (two bytes each at least).
    """
    lead = _HEAD.match(head)
    body = head[lead.end() if lead else 0 : _SEARCHED]
    if not _may_begin(body[:_FIRST], starts):
        return b""
    return _from_digits(body) or _from_letters(body)


def _may_begin(first: bytes, starts: tuple[bytes, ...]) -> bool:
    """Whether the first letters or digits alone spell one of *starts*: nearly every text is told apart by that, at little cost."""
    if first.lstrip()[:1] not in _first_letters(starts):
        return False
    letters = b"".join(first.split())
    digits = _NOT_A_DIGIT.sub(b"", first)
    return letters.startswith(_spelt(starts)) or digits[:4].lower() in _in_digits(starts)


@cache
def _spelt(starts: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """The letters of base64 that *starts* decide: two for two bytes, the third is half of the next byte's."""
    return tuple(base64.b64encode(sign)[: len(sign) * 8 // 6] for sign in starts)


@cache
def _first_letters(starts: tuple[bytes, ...]) -> frozenset[bytes]:
    """What such a text can begin with: a letter of base64, a digit, or what stands before digits."""
    letters = (*_spelt(starts), *(digits.upper() for digits in _in_digits(starts)), *_in_digits(starts), *_BEFORE_DIGITS)
    return frozenset(letter[:1] for letter in letters)


@cache
def _in_digits(starts: tuple[bytes, ...]) -> frozenset[bytes]:
    """The four hexadecimal digits that *starts* begin with."""
    return frozenset(sign[:2].hex().encode() for sign in starts)


def _from_digits(body: bytes) -> bytes:
    hexadecimal = _HEXADECIMAL.match(body)
    if hexadecimal is None or len(hexadecimal.group()) < min(_FEWEST, len(body)):
        return b""
    digits = _NOT_A_DIGIT.sub(b"", hexadecimal.group())
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))


def _from_letters(body: bytes) -> bytes:
    run = _BASE64.match(body)
    if run is None or len(run.group()) < min(_FEWEST, len(body)):
        return b""
    letters = b"".join(run.group().split())
    try:
        return base64.b64decode(letters[: len(letters) // 4 * 4], validate=True)
    except binascii.Error:
        return b""
