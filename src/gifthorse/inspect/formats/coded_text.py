"""Texts that are nothing but another file, written in base64 or in hexadecimal digits: what Windows' certutil turns back into a program."""

import base64
import binascii
import re
from typing import Final

_SEARCHED: Final = 8192
_FEWEST: Final = 400
_HEAD: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:-----BEGIN [A-Z0-9 ]{1,40}-----\s*)?")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/\s]+={0,2}\s*")
_HEXADECIMAL: Final = re.compile(rb"(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[\s,:;]*)+")
_NOT_A_DIGIT: Final = re.compile(rb"0x|\\x|[\s,:;]+")


def decoded_start(head: bytes) -> bytes:
    """The first bytes of the file that the text beginning with *head* spells; empty when it is an ordinary text."""
    lead = _HEAD.match(head)
    body = head[lead.end() if lead else 0 : _SEARCHED]
    hexadecimal = _HEXADECIMAL.match(body)
    if hexadecimal is not None and len(hexadecimal.group()) >= min(_FEWEST, len(body)):
        digits = _NOT_A_DIGIT.sub(b"", hexadecimal.group())
        return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    run = _BASE64.match(body)
    if run is None or len(run.group()) < min(_FEWEST, len(body)):
        return b""
    letters = re.sub(rb"\s+", b"", run.group())
    try:
        return base64.b64decode(letters[: len(letters) // 4 * 4], validate=True)
    except binascii.Error:
        return b""
