"""Archives and programs recognised by their first bytes, plain or in the spellings in which pages carry them."""

import base64
import binascii
import re
from typing import Final

_RUNNABLE: Final = {b"MZ": "a Windows program", b"\x7fELF": "a Linux program", b"dex\n03": "an Android program"}
_PACKED: Final = {
    b"PK\x03\x04": "a zip archive",
    b"PK\x05\x06": "a zip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a rar archive",
    b"MSCF\0\0\0\0": "a cabinet",
    b"\xd0\xcf\x11\xe0\xa1\xb1": "an Office or set-up file",
    b"L\0\0\0\x01\x14\x02\0": "a shortcut",
    b"\x1f\x8b\x08": "a gzip archive",
    b"\xfd7zXZ\0": "an xz archive",
    b"conectix": "a disk image",
    b"vhdxfile": "a disk image",
}
STARTS: Final = _RUNNABLE | _PACKED
PROGRAM_STARTS: Final = tuple(_RUNNABLE)
_ISO_MARK: Final = b"CD001"
BASE64_RUN: Final = re.compile(rb"[A-Za-z0-9+/]{80,}={0,2}")
_SCRIPT_START: Final = re.compile(
    rb"(?i)\A\s*(?:<\?php|<script|<html|<hta:|#!/|@echo off|on error resume next|dim\s+\w+|\$\w+\s*=|function\s+\w+|powershell"
    rb"|var\s+\w+\s*=|createobject\s*\(|set\s+\w+\s*=\s*createobject|wscript\.|option\s+explicit|invoke-\w+\s|iex\b|start-process\s"
    rb"|import\s+(?:os|subprocess|socket)\b)"
)


def named(start: bytes) -> str | None:
    """What archive or program begins with *start*, in words, or None."""
    if start.startswith(b"MZ"):
        # Two letters alone are too little: a program's header states where its second header is.
        return "a Windows program" if _is_program(start) else None
    return next((words for sign, words in STARTS.items() if start.startswith(sign)), None)


def _is_program(start: bytes) -> bool:
    if len(start) < 64:
        return False
    second = int.from_bytes(start[60:64], "little")
    if second + 4 <= len(start):
        return start[second : second + 4] == b"PE\0\0"
    return b"DOS mode" in start or b"must be run under" in start or 64 <= second < 4096


def looks_like_script(start: bytes) -> bool:
    """Whether *start* begins like a script or an active page."""
    return _SCRIPT_START.match(start) is not None


def in_base64(run: bytes) -> str | None:
    """What archive or program the base64 text *run* begins with, or None; a disk image is told by its mark further inside."""
    try:
        start = base64.b64decode(run[:1024], validate=True)
    except (binascii.Error, ValueError):
        return None
    words = named(start)
    if words is None and len(run) > 44_000:
        # Bytes 32769 to 32773 hold the mark of a disc image; 43,688 is the last multiple of four characters before them.
        inside = base64.b64decode(run[43_688:43_708], validate=False)
        return "a disc image" if _ISO_MARK in inside else None
    return words
