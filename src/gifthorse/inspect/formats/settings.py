"""Reads INI-like settings as Windows and desktops do: any encoding, junk lines skipped, sections and keys without case."""

from dataclasses import dataclass
from typing import Final

MOST_BYTES: Final = 1 << 20
_MARKS: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """One ``key=value`` line: `section` and `key` in lower case, `offset` of the line in bytes."""

    section: str
    key: str
    value: str
    offset: int


def decoded(untrusted_bytes: bytes) -> tuple[str, int]:
    """The text of *untrusted_bytes* and the bytes that one of its ASCII characters takes."""
    for mark, encoding in _MARKS:
        if untrusted_bytes.startswith(mark) and not ("16" in encoding and _is_narrow(untrusted_bytes[2:130])):
            return untrusted_bytes[len(mark) :].decode(encoding, "replace"), 2 if "16" in encoding else 1
    if len(untrusted_bytes) > 8 and untrusted_bytes[1:64:2].count(0) > len(untrusted_bytes[1:64:2]) * 0.8:
        return untrusted_bytes.decode("utf-16-le", "replace"), 2
    if len(untrusted_bytes) > 8 and untrusted_bytes[:64:2].count(0) > len(untrusted_bytes[:64:2]) * 0.8:
        return untrusted_bytes.decode("utf-16-be", "replace"), 2
    # Latin-1 keeps one character per byte, so that offsets hold whatever the code page is; UTF-8 beyond ASCII only occurs in values.
    return untrusted_bytes.decode("latin-1"), 1


def _is_narrow(sample: bytes) -> bool:
    """Whether bytes behind a mark of two-byte text are one-byte text all the same: the command interpreter of Windows skips the mark."""
    return len(sample) > 2 and b"\0" not in sample and sample.isascii()


def read_settings(untrusted_bytes: bytes) -> list[Setting]:
    """Every ``key=value`` line with its section, in order; lines that are neither section nor setting are skipped as Windows does."""
    text, width = decoded(untrusted_bytes[:MOST_BYTES])
    start = 2 if untrusted_bytes[:2] in {b"\xff\xfe", b"\xfe\xff"} else 3 if untrusted_bytes.startswith(b"\xef\xbb\xbf") else 0
    settings, section, at = [], "", 0
    for line in text.replace("\r", "\n").split("\n"):
        stripped = line.strip(" \t\0")
        if stripped.startswith("[") and "]" in stripped:
            section = stripped[1 : stripped.index("]")].strip().lower()
        elif "=" in stripped and not stripped.startswith((";", "#")):
            key, _, value = stripped.partition("=")
            settings.append(
                Setting(section=section, key=key.strip().lower(), value=_as_utf8(value.strip(), width), offset=start + at * width)
            )
        at += len(line) + 1
    return settings


def _as_utf8(value: str, width: int) -> str:
    """*value* read as UTF-8 where it was taken byte by byte and is valid."""
    if width == 2 or value.isascii():
        return value
    try:
        return value.encode("latin-1").decode()
    except (UnicodeEncodeError, UnicodeDecodeError):
        return value
