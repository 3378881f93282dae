"""What kind of text a text is: by what it says first, and by its name only where scripts, mail and settings look alike."""

import re
from typing import Final

from gifthorse.inspect.filetypes import FileType as T
from gifthorse.inspect.formats.extensions import FILM_NAMES, PICTURE_NAMES, SOUND_NAMES
from gifthorse.inspect.formats.script_names import SCRIPT_EXTENSIONS

_SAMPLE: Final = 4096
# Every byte that a text in an ASCII-compatible encoding has: no control characters but white space, bell, backspace, shifts, escape and
# the DOS end.
_TEXT_BYTES: Final = bytes([7, 8, 9, 10, 11, 12, 13, 14, 15, 26, 27, *range(32, 127), *range(128, 256)])
_HIGH_BYTES: Final = bytes(range(128, 256))
_MARKS: Final = ((b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MOST_CONTROL_IN_SCRIPT: Final = 0.3
_MOST_HIGH_WITHOUT_UTF8: Final = 0.85

# What is passed over is taken whole and for good (atomic): a comment tried as part of a longer one would take time without end.
_ROOT: Final = re.compile(rb"\A(?>\s|<\?.*?\?>|<!--.*?-->|<!doctype[^\[>]*(?:\[.*?\]\s*+)?>)*+<([a-z_][\w.:-]*)", re.DOTALL)
_DOCTYPE_HTML: Final = re.compile(rb"\A(?>\s|<!--.*?-->)*+<!doctype\s+html", re.DOTALL)
HTML_EXTENSIONS: Final = frozenset({"htm", "html", "xhtml", "shtml"})
_HTML_ROOTS: Final = frozenset(
    b"html head body script meta title link style div p table center font iframe h1 h2 h3 a br span form img base frameset".split()
)
_MARKUP_SCRIPTS: Final = frozenset({"wsf", "wsc", "sct"})
_SCRIPT_ROOTS: Final = frozenset({b"job", b"package", b"scriptlet", b"component"})
_INI_SECTION: Final = re.compile(
    rb"\A(?:\s|[;#][^\n]*\n)*\[(?:[^\]\[\n(){}\"':$]{1,120}|\{[0-9A-Fa-f-]{36}\})\][ \t]*(?:[;#][^\n]*)?(?:\r?\n|\Z)"
)
_INI_VALUE: Final = re.compile(rb"^[ \t]*+[\w.\\$/@\[\]-][\w.\\ $/@\[\]-]{0,99}[ \t]*+=", re.MULTILINE)
_JSON_START: Final = re.compile(rb'\A[\s]*(?:\{\s*(?:"|\})|\[\s*(?:[\["\]]|\{(?![0-9A-Fa-f-]{36}\}\])|-?\d|true|false|null))')
_MAIL_HEADER: Final = re.compile(
    rb"^(received|return-path|delivered-to|message-id|mime-version|from|to|subject|date|content-type|dkim-signature|reply-to|x-mailer"
    rb"|arc-seal|authentication-results|x-received|x-[\w-]+|cc|sender|list-[\w-]+|references|in-reply-to):",
    re.MULTILINE,
)
_ANY_HEADER: Final = re.compile(rb"\A[!-9;-~]{1,76}:[ \t]?[^\n]*\n")
_MBOX_START: Final = re.compile(rb"\AFrom \S+ [^\n]*\d{4}[^\n]*\n[!-9;-~]{1,76}:")
_BATCH: Final = re.compile(
    rb"\A[\s;:]*(?:@echo\s+off|@?set(?:local\b|\s+\w+=)|@?(?:cmd(?:\.exe)?\s+/c|start\s+/b|powershell(?:\.exe)?\s+-)|rem\s)", re.IGNORECASE
)
# Under these names a text that begins like a batch file is one: nothing else belongs there.
_BATCH_TOLD: Final = PICTURE_NAMES | FILM_NAMES | SOUND_NAMES | {"", "txt", "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp"}
_SCRIPT_SIGNS: Final = re.compile(
    rb"createobject\(\s*[\"'](?:wscript\.|scripting\.filesystem|shell\.application|msxml2|adodb\.stream|microsoft\.xmlhttp)"
    rb"|new\s+activexobject\(|wscript\.(?:shell|createobject|sleep|echo|quit)\b"
    rb"|\bpowershell(?:\.exe)?\s+-(?:e|enc|encodedcommand|w|windowstyle|nop|noprofile|ep|executionpolicy|c|command)\b"
    rb"|\b(?:invoke-expression|iex)\b[\s(]+(?:\(|new-object|\$)|\[system\.convert\]::frombase64string"
    rb"|new-object\s+(?:system\.)?net\.webclient"
    rb"|<script\s+language=[\"'](?:vbscript|jscript)",
)
# A word of each of these: looking for them first is thirty times as fast as the expression, and most texts have none.
_PACKAGE_NOTES: Final = b"Metadata-Version:"  # of Python packages: a readme under a name without ending
_SCRIPT_WORDS: Final = (
    b"createobject",
    b"activexobject",
    b"wscript.",
    b"powershell",
    b"invoke-expression",
    b"iex",
    b"[system.convert]",
    b"net.webclient",
    b"<script",
)
_CERTIFICATE: Final = re.compile(rb"\A\s*-----BEGIN (?:X509 |TRUSTED )?(?:CERTIFICATE|PKCS7|CMS|PKCS #7)")


def text_of(head: bytes) -> bytes | None:
    """The start of the text as UTF-8 or its own 8-bit encoding, or None when the bytes are no text."""
    sample = head[:_SAMPLE]
    if not sample.translate(None, _TEXT_BYTES):
        return sample.removeprefix(b"\xef\xbb\xbf") if _plausible_letters(sample) else None
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return _decoded(sample[len(mark) :], encoding)
    return _unmarked_utf16(sample)


def _plausible_letters(sample: bytes) -> bool:
    """False for random bytes that happen to lack control characters: short of ASCII and no valid UTF-8."""
    high = len(sample) - len(sample.translate(None, _HIGH_BYTES))
    return high <= len(sample) * _MOST_HIGH_WITHOUT_UTF8 or _is_utf8(sample)


def _is_utf8(sample: bytes) -> bool:
    try:
        sample.decode()
    except UnicodeDecodeError as error:
        return error.start > len(sample) - 4  # cut in the middle of the last character
    return True


def _decoded(sample: bytes, encoding: str) -> bytes | None:
    width = 4 if "32" in encoding else 2
    text = sample[: len(sample) // width * width].decode(encoding, "replace").encode("utf-8", "replace")
    return None if text.translate(None, _TEXT_BYTES) else text


def _unmarked_utf16(sample: bytes) -> bytes | None:
    """UTF-16 without its mark, told by zeros in every second place."""
    if len(sample) < 16:
        return None
    half = len(sample) // 2
    for encoding, zeros, letters in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        if zeros.count(0) > half * 0.9 and letters.count(0) == 0:
            return _decoded(sample, encoding)
    return None


def is_script_by_name(head: bytes, extension: str) -> bool:
    """Whether bytes that are not quite text pass for a script under a script's name (interpreters skip stray control characters)."""
    return extension in SCRIPT_EXTENSIONS and (head.startswith(b"#@~^") or is_nearly_text(head))


def is_nearly_text(head: bytes) -> bool:
    """Whether few enough control characters stand between the letters for an interpreter or a browser to make do with it."""
    sample = head[:_SAMPLE]
    return len(sample.translate(None, _TEXT_BYTES)) < len(sample) * _MOST_CONTROL_IN_SCRIPT


def text_kind(text: bytes, extension: str) -> T:
    """The kind of a text that starts with *text*; *extension* decides only between kinds that look alike."""
    lower = text.lower()
    stripped = lower.lstrip()
    if stripped.startswith((b"#!", b"#@~^", b"<?php", b"<%@")):
        return T.SCRIPT
    if stripped.startswith(b"<"):
        return _markup_kind(stripped, extension)
    if stripped.startswith((b"windows registry editor version", b"regedit4")):
        return T.REGISTRY
    if _CERTIFICATE.match(text):
        return T.CERTIFICATE
    if stripped.startswith(b"{\\rt"):
        return T.RTF
    return _plain_kind(text, lower, extension)


def _plain_kind(text: bytes, lower: bytes, extension: str) -> T:  # noqa: PLR0911 - a chain of kinds, the first that fits decides
    if _MBOX_START.match(text):
        return T.MBOX
    if _is_mail(text, lower, extension):
        return T.EML
    if extension in SCRIPT_EXTENSIONS:
        return T.SCRIPT
    if _INI_SECTION.match(text) and (_INI_VALUE.search(text) or extension in {"ini", "inf", "url", "desktop", "scf"}):
        return T.INI
    if _JSON_START.match(text):
        return T.JSON
    if extension in HTML_EXTENSIONS:
        return T.HTML
    if (_BATCH.match(text) and (extension in _BATCH_TOLD and text[:1] == b"@")) or (
        not _is_prose(extension) and not text.startswith(_PACKAGE_NOTES) and _has_script_signs(lower)
    ):
        return T.SCRIPT
    return T.TEXT


def _has_script_signs(lower: bytes) -> bool:
    return any(word in lower for word in _SCRIPT_WORDS) and _SCRIPT_SIGNS.search(lower) is not None


def _is_prose(extension: str) -> bool:
    """Names under which text about commands is ordinary: manuals and rules quote what scripts say."""
    return extension in {
        "md",
        "rst",
        "adoc",
        "yar",
        "yara",
        "yml",
        "yaml",
        "csv",
        "log",
        "po",
        "tex",
        "1",
        "toml",
        "rules",
        "c",
        "h",
        "cpp",
        "go",
        "rs",
        "java",
    }


def _is_mail(text: bytes, lower: bytes, extension: str) -> bool:
    if extension == "eml":
        return True  # mail programs open it as mail whatever stands before the header
    if not _ANY_HEADER.match(text):
        return False
    header = re.split(rb"\r?\n\r?\n", lower, maxsplit=1)[0]
    known = {match.group(1) for match in _MAIL_HEADER.finditer(header)}
    if not known:
        return False
    enough = 1 if extension in {"mht", "mhtml"} else 3
    telling = known & {b"received", b"from", b"return-path", b"mime-version", b"message-id", b"delivered-to", b"subject"}
    return len(known) >= enough and bool(telling) and _all_headers(header)


def _all_headers(header: bytes) -> bool:
    """Whether nearly every line of the block is a header or goes on with one."""
    lines = header.split(b"\n")[:60]
    good = sum(1 for line in lines if line[:1] in {b" ", b"\t", b""} or b":" in line)
    return good >= len(lines) * 0.9


def _markup_kind(stripped: bytes, extension: str) -> T:  # noqa: PLR0911 - a chain of kinds, the first that fits decides
    if _DOCTYPE_HTML.match(stripped):
        return T.SCRIPT if extension == "hta" or b"<hta:application" in stripped else T.HTML
    found = _ROOT.match(stripped)
    root = found.group(1) if found else b""
    local = root.rpartition(b":")[2]
    if local == b"svg":
        return T.SVG
    if root in _SCRIPT_ROOTS and (b"<script" in stripped or b"<registration" in stripped or extension in {"wsf", "sct", "wsc"}):
        return T.SCRIPT
    if b"<hta:application" in stripped or extension == "hta":
        return T.SCRIPT
    if (root in _HTML_ROOTS and not stripped.startswith(b"<?xml")) or local == b"html":
        return T.HTML
    if extension in _MARKUP_SCRIPTS:
        return T.SCRIPT
    if stripped.startswith(b"<?xml") or (root and b"xmlns" in stripped):
        return T.XML
    if extension in HTML_EXTENSIONS:
        return T.HTML
    if extension in SCRIPT_EXTENSIONS:
        return T.SCRIPT
    return T.XML if root and (b"</" in stripped or b"/>" in stripped) else T.TEXT
