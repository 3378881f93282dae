"""Files that stand in a text in letters, as mail and news carried them before MIME: uuencode (POSIX), yEnc 1.3, and base64 without a
word about it.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Final

from gifthorse.inspect.documents.letters import Attachment
from gifthorse.inspect.formats.payload import named

MOST_FILES: Final = 200
MOST_LINES: Final = 2_200_000  # of uuencode, as many as the largest mail that is read can hold
_BEGINS: Final = re.compile(
    rb"^(?:begin [0-7]{3,4} (?P<uu>[^\r\n]{1,250})|begin-base64 [0-7]{3,4} (?P<base64>[^\r\n]{1,250})"
    rb"|=ybegin (?=[^\r\n]{0,400}?\bname=(?P<yenc>[^\r\n]{1,250}))[^\r\n]*)\r?$",
    re.MULTILINE,
)
_WORDS: Final = (b"begin ", b"begin-base64 ", b"=ybegin ")
_UU_END: Final = re.compile(rb"^end[ \t]*\r?$", re.MULTILINE)
_BASE64_END: Final = re.compile(rb"^====[ \t]*\r?$", re.MULTILINE)
_YENC_END: Final = re.compile(rb"^=yend ", re.MULTILINE)
_YENC_PART: Final = re.compile(rb"\A\r?\n=ypart [^\r\n]*")
_YENC_ESCAPE: Final = re.compile(rb"=(.)", re.DOTALL)
_YENC_SHIFT: Final = bytes((value - 42) % 256 for value in range(256))
_SLACK: Final = 1024
_LONG_RUN: Final = re.compile(rb"^(?:[A-Za-z0-9+/]{56,1000}[ \t]*\r?\n){4,}+[A-Za-z0-9+/]{0,1000}={0,2}", re.MULTILINE)


def files_spelt_in(text: bytes) -> Iterator[Attachment]:
    """The files in *text*, at most 200: each with the name that it gives, or none."""
    yield from files_begun_in(text)
    for number, run in enumerate(islice(_LONG_RUN.finditer(text), MOST_FILES), 1):
        content = _from_base64(run.group())
        if named(content) is not None and not _led(text, run.start()):
            yield Attachment(untrusted_name=f"in-letters-{number}", content=content)


def files_begun_in(text: bytes) -> Iterator[Attachment]:
    """The files in *text* that a line of their own begins, at most 200."""
    if b"begin" not in text or not (text.startswith(_WORDS) or any(b"\n" + word in text for word in _WORDS)):
        return
    at = 0
    for _ in range(MOST_FILES):
        found = _BEGINS.search(text, at)
        if found is None:
            return
        kind = found.lastgroup or "uu"
        ending = {"uu": _UU_END, "base64": _BASE64_END, "yenc": _YENC_END}[kind].search(text, found.end())
        at = ending.end() if ending is not None else len(text)
        body = text[found.end() : ending.start() if ending is not None else len(text)]
        content = {"uu": _from_uu, "base64": _from_base64, "yenc": _from_yenc}[kind](body)
        if content:
            yield Attachment(untrusted_name=found[kind].decode("utf-8", "replace").strip(' "'), content=content)


def _led(text: bytes, start: int) -> bool:
    """Whether the line before *start* begins a file, so that it was read already."""
    return b"begin-base64 " in text[max(0, start - 300) : start]


def _from_uu(body: bytes) -> bytes:
    """The bytes of uuencoded lines; what is no such line is passed over.

    A line that lost the blanks at its end stands for as many bytes as its first letter says: a text of such lines alone ends early.
    """
    content = bytearray()
    most = 2 * len(body) + _SLACK
    for line in islice(BytesIO(body), MOST_LINES):
        content += _one_line(line.rstrip(b"\r\n"))
        if len(content) > most:
            break
    return bytes(content[:most])


def _one_line(line: bytes) -> bytes:
    if not line:
        return b""
    # Some writers put a check letter behind the line: the first letter says how many letters count.
    for letters in (line, line[: (((line[0] - 32) & 63) * 4 + 5) // 3]):
        try:
            return binascii.a2b_uu(letters)
        except binascii.Error:
            continue
    return b""


def _from_base64(body: bytes) -> bytes:
    letters = body.translate(None, b" \t\r\n").rstrip(b"=")
    try:
        return base64.b64decode(letters[: len(letters) // 4 * 4] + _rest(letters))
    except (binascii.Error, ValueError):
        return b""


def _rest(letters: bytes) -> bytes:
    left = letters[len(letters) // 4 * 4 :]
    return left + b"=" * (4 - len(left)) if len(left) > 1 else b""


def _from_yenc(body: bytes) -> bytes:
    lines = _YENC_PART.sub(b"", body).replace(b"\r", b"").replace(b"\n", b"")
    return _YENC_ESCAPE.sub(lambda escaped: bytes([(escaped[1][0] - 64) % 256]), lines).translate(_YENC_SHIFT)
