"""Scripts that hide what they do: by concrete habits of spelling and decoding, never by entropy alone."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.settings import decoded
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

OBFUSCATED: Final = FindingKind(
    id="script.obfuscated",
    severity=Severity.HIGH,
    confidence=0.85,
    title=N_("A script that hides what it does"),
    why=N_(
        "The script spells its commands so that neither people nor programs can read them, and puts them together only when it runs. "
        "Honest "
        "scripts have no reason to do that."
    ),
    what_to_do=N_("Do not run it. Keep it, and have it read by somebody who knows such scripts."),
    benign_explanation=N_("Some vendors protect their scripts from being copied, and programs for web pages are packed to load faster."),
    technique=("T1027", "T1027.010", "T1140"),
)
KINDS: Final = (OBFUSCATED,)
WANTS: Final = frozenset({FileType.SCRIPT})

_SEARCHED: Final = 1 << 20


class _Habit(NamedTuple):
    """One way to hide: a word that must be there, the pattern in lower case, how often it must occur, how much it weighs, how to say it."""

    languages: frozenset[str]
    needs: str
    pattern: re.Pattern[str]
    least: int
    severity: Severity
    words: str


def _habit(languages: str, needs: str, pattern: str, least: int, severity: Severity, words: str) -> _Habit:  # noqa: PLR0917 - the columns of the table below
    return _Habit(frozenset(languages.split()), needs, re.compile(pattern), least, severity, words)


_DECODES_AND_RUNS: Final = N_("It decodes a hidden text and runs it as commands.")
_SPELLS: Final = N_("It spells its words so that they cannot be read.")
_ENCODED: Final = N_("Its text was encoded as a whole.")

_HABITS: Final = (
    _habit("windows", "#@~^", r"#@~\^[a-z0-9+/]{6}==", 1, Severity.MEDIUM, _ENCODED),
    _habit(
        "powershell batch windows",
        "powershell",
        r"\bpowershell(?:\.exe)?[^\n]{0,120}\s-e(?:nc|ncodedcommand|c)?\s+[\"']?[a-z0-9+/]{60,}",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "powershell batch windows",
        "frombase64string",
        r"(?:\biex\b|invoke-expression|&\s*\(\s*\$env:comspec)[^\n]{0,400}frombase64string",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "powershell",
        "frombase64string",
        r"frombase64string[^\n]{0,2000}(?:\|\s*iex\b|invoke-expression)",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "powershell",
        "stream",
        r"(?:gzipstream|deflatestream)[^\n]{0,2000}(?:\biex\b|invoke-expression|\.invoke\()",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "powershell",
        "frombase64",
        r"reflection\.assembly\]::load\([^\n]{0,200}frombase64|::load\(\s*\$?\w*\s*\[?[^\n]{0,60}frombase64",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "powershell", "frombase64string", r"frombase64string[^\0]{0,20000}?(?:\biex\b|\binvoke-expression\b)", 1, Severity.MEDIUM, _DECODES_AND_RUNS
    ),
    _habit("powershell", "-bxor", r"-bxor\b[^\0]{0,4000}?(?:\biex\b|\binvoke-expression\b|\.invoke\s*\()", 1, Severity.HIGH, _DECODES_AND_RUNS),
    _habit("powershell", "frombase", r"[\"']frombase(?:6|64|64str)?[\"']\s*[;+)]", 1, Severity.HIGH, _SPELLS),
    # A backtick before a letter that has no escape of its own says nothing to PowerShell.
    _habit("powershell", "`", r"[a-z-]`(?=[cdg-mo-qsw-z]|u[^{])", 5, Severity.HIGH, _SPELLS),
    _habit("powershell", "[char]", r"\[char\]\s*(?:0x)?\w{2,4}", 20, Severity.HIGH, _SPELLS),
    _habit("powershell", "-f", r"[\"'](?:\{\d+\}){4,}[\"']\s*-f", 3, Severity.HIGH, _SPELLS),
    _habit("powershell", "-join", r"-join\s*\(?\s*[\"'][^\"'\n]{40,}[\"']\s*\[\s*-1\s*\.\.", 1, Severity.HIGH, _SPELLS),
    _habit("vbscript", "chr", r"\bchrw?\(\s*(?:&h)?\w{1,5}(?:\s*[-+*/]\s*\w+)?\s*\)\s*&", 25, Severity.HIGH, _SPELLS),
    _habit(
        "vbscript",
        "execute",
        r"\bexecute(?:global)?\s*\(?\s*(?:strreverse|replace|chr|\w*decode\w*|\w*decrypt\w*)\s*\(",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit("vbscript", "strreverse", r"strreverse\(\s*\"[^\"\n]{6,}\"", 3, Severity.MEDIUM, _SPELLS),
    _habit("batch", ":~", r"%[\w#$'()*+\-.?@\[\]`{}~]+:~\s*-?\d+\s*,\s*-?\d+%", 25, Severity.HIGH, _SPELLS),
    _habit("batch", "\xff\xfe", r"\A\xff\xfe", 1, Severity.MEDIUM, N_("Its first two bytes make editors show it as something unreadable.")),
    _habit("batch", "^", r"[a-z]\^[a-z]\^?[a-z]", 12, Severity.HIGH, _SPELLS),
    _habit(
        "batch",
        "certutil",
        r"\bcertutil(?:\.exe)?\s+-(?:f\s+-)?decode(?:hex)?\b[^\n]{0,80}(?:%~f0|%0)",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "python",
        "exec",
        r"\bexec\s*\(\s*(?:__import__\(|(?:\w+\.)?(?:b64decode|b85decode|decompress|loads|unhexlify|fromhex)\s*\()",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "python",
        "exec",
        r"\bexec\s*\(\s*(?:compile\s*\(\s*)?(?:\(?lambda\b|\w+\(\s*)[^\n]{0,200}(?:b64decode|zlib\.decompress|marshal\.loads)",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "python",
        "lambda",
        r"\blambda\b[^\n]{0,160}(?:b64decode|decompress|marshal)[^\n]{0,200}\n?[^\n]{0,80}\bexec\s*\(",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "python",
        "exec(",
        r"(?:b64decode|b85decode|fromhex|unhexlify|decompress)\s*\(\s*(?:\w+\.\w+\(\s*)?b?[\"'][^\"'\n]{200,}",
        1,
        Severity.MEDIUM,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "shell", "base64", r"base64\s+(?:-d|--decode)[^\n|]{0,20000}\|\s*(?:sudo\s+)?(?:ba|z|da|k)?sh\b", 1, Severity.HIGH, _DECODES_AND_RUNS
    ),
    _habit(
        "shell",
        "eval",
        r"\beval\s+[\"']?(?:\$\(|`)[^\n]{0,20000}?(?:base64\s+(?:-d|--decode)|xxd\s+-r|\|\s*rev\b|openssl\s+enc)",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit("shell", "$'\\x", r"\$'(?:\\x[0-9a-f]{2}){12,}", 1, Severity.HIGH, _SPELLS),
    _habit(
        "php",
        "(",
        r"(?:eval|assert)\s*\(\s*@?(?:gzinflate|gzuncompress|base64_decode|str_rot13|gzdecode)\s*\(",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "perl ruby",
        "eval",
        r"\beval\s*\(?\s*(?:unpack\s*[( ]\s*[\"']u|decode_base64|base64\.decode64)",
        1,
        Severity.HIGH,
        _DECODES_AND_RUNS,
    ),
    _habit(
        "jscript",
        "eval",
        r"\beval\s*\(\s*(?:unescape|atob|string\.fromcharcode|decodeuricomponent\s*\(\s*escape)\s*\(",
        1,
        Severity.MEDIUM,
        _DECODES_AND_RUNS,
    ),
)
# These are how packers of web pages write too; they count where Windows itself would run the script.
_IN_WINDOWS_SCRIPTS: Final = (
    _habit("jscript", "(", r"\beval\s*\(|new\s+function\s*\(", 1, Severity.HIGH, _DECODES_AND_RUNS),
    _habit("jscript", "\\", r"\\x[0-9a-f]{2}|\\u00[0-9a-f]{2}", 40, Severity.HIGH, _SPELLS),
    _habit("jscript", "_0x", r"\b_0x[0-9a-f]{4,}\b", 20, Severity.HIGH, _SPELLS),
    _habit("jscript", "fromcharcode", r"fromcharcode\s*\(", 1, Severity.HIGH, _SPELLS),
    _habit("jscript", "+", r"[\"'][^\"'\n]{1,3}[\"']\s*\+\s*[\"'][^\"'\n]{1,3}[\"']\s*\+", 15, Severity.HIGH, _SPELLS),
)
_WINDOWS_OBJECTS: Final = re.compile(r"activexobject|wscript\s*\[?\.|getobject\s*\(|createobject")

_LANGUAGES: Final = {
    "ps1": "powershell windows",
    "psm1": "powershell windows",
    "psd1": "powershell windows",
    "bat": "batch windows",
    "cmd": "batch windows",
    "vbs": "vbscript windows",
    "vbe": "vbscript windows",
    "js": "jscript windows",
    "jse": "jscript windows",
    "mjs": "jscript",
    "cjs": "jscript",
    "py": "python",
    "pyw": "python",
    "sh": "shell",
    "bash": "shell",
    "command": "shell",
    "php": "php",
    "pl": "perl",
    "rb": "ruby",
}
_ALL_WINDOWS: Final = "powershell batch vbscript jscript windows"


def examine(item: Item) -> Iterator[Finding]:
    """Yields at most one finding per script, for the gravest way of hiding that it shows."""
    text, width = decoded(item.content.read(0, _SEARCHED))
    lower = text.lower()
    best: tuple[_Habit, re.Match[str]] | None = None
    for habit in _habits(frozenset(_spoken(item).split()), lower):
        first = _often_enough(habit, lower)
        if first is not None and (best is None or habit.severity.rank > best[0].severity.rank):
            best = (habit, first)
    if best is not None:
        habit, first = best
        yield OBFUSCATED.found(
            item.here(
                offset=first.start() * width, length=min(len(first.group()), 4096) * width, excerpt=text[first.start() : first.end()]
            ),
            severity=habit.severity,
            detail=phrase(habit.words),
        )


def _spoken(item: Item) -> str:
    """The languages to look for: by the name, else by the first line, else all that Windows runs."""
    by_name = _LANGUAGES.get(item.extension)
    if by_name is not None:
        return by_name
    first = item.head[:120].partition(b"\n")[0].lower()
    if first.startswith(b"#!"):
        for word, language in (
            (b"python", "python"),
            (b"perl", "perl"),
            (b"ruby", "ruby"),
            (b"php", "php"),
            (b"pwsh", "powershell"),
            (b"sh", "shell"),
        ):
            if word in first:
                return language
        return ""
    return "php" if b"<?php" in first else _ALL_WINDOWS


def _habits(spoken: frozenset[str], lower: str) -> Iterator[_Habit]:
    for habit in _HABITS:
        if habit.needs in lower and not spoken.isdisjoint(habit.languages):
            yield habit
    if {"jscript", "windows"} <= spoken and _WINDOWS_OBJECTS.search(lower) is not None and "document." not in lower:
        yield from _IN_WINDOWS_SCRIPTS


def _often_enough(habit: _Habit, lower: str) -> re.Match[str] | None:
    """The first place where *habit* shows, when it shows often enough."""
    first = None
    for count, found in enumerate(habit.pattern.finditer(lower), start=1):
        first = first or found
        if count >= habit.least:
            return first
    return None
