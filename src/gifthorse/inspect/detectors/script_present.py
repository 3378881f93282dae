"""Scripts that lie openly on the medium."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.deeds import deeds_in, starts_programs
from gifthorse.inspect.formats.script_names import SOURCE_CODE, STARTED_BY_DOUBLE_CLICK
from gifthorse.inspect.formats.script_text import script_text
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

PRESENT: Final = FindingKind(
    id="script.present",
    severity=Severity.LOW,
    confidence=0.9,
    title=N_("A script"),
    why=N_(
        "A script is a program in plain text. The ones that Windows or macOS starts at a double click need no installation and no "
        "permission."
    ),
    what_to_do=N_("Open it in a text editor if you need to know what it says; do not double-click it."),
    benign_explanation=N_("Web pages, programs in source form and tools for administrators consist of scripts."),
    technique=("T1059",),
)
KINDS: Final = (PRESENT,)
WANTS: Final = frozenset({FileType.SCRIPT, FileType.XML})

# Scripts within style sheets of Microsoft's own kind, and within projects that MSBuild compiles and runs as it reads them.
_IN_MARKUP: Final = (
    (b"urn:schemas-microsoft-com:xslt", re.compile(rb"<[\w-]{1,20}:script\b[^>]{0,300}\blanguage\s*=\s*[\"'](\w{1,20})", re.IGNORECASE)),
    (b"CodeTaskFactory", re.compile(rb"<UsingTask\b[^>]{0,1000}TaskFactory\s*=\s*[\"'](?:Roslyn)?CodeTaskFactory[^\0]{0,4000}?<Code\b")),
)
_REACHES_OUT: Final = re.compile(rb"activexobject|createobject|wscript\.|process\.start|dllimport|virtualalloc|webclient", re.IGNORECASE)

# Kinds that run at a double click on every Windows and that programs hardly ever come with.
_NEVER_GIVEN: Final = frozenset({"hta", "vbs", "vbe", "wsf", "wsh", "sct", "wsc", "jse"})
# Fetching something from the network and starting it, or starting something in a window that nobody sees.
_FETCHES: Final = re.compile(
    r"downloadstring|downloadfile|invoke-webrequest|\biwr\b|start-bitstransfer|bitsadmin|urlcache|msxml2\.(?:server)?xmlhttp"
    r"|winhttp\.winhttprequest|\bcurl(?:\.exe)?\s"
    r"|microsoft\.xmlhttp|\bmshta(?:\.exe)?\s+[\"']?https?:|regsvr32[^\n]{0,40}/i:https?:|net\.webclient",
    re.IGNORECASE,
)
_STARTS: Final = re.compile(
    r"\biex\b|invoke-expression|start-process|\.run[\s(]|shellexecute|\.exec\s*\(|rundll32|regsvr32|\bstart\s+(?:/\w+\s+)*\S"
    r"|adodb\.stream|&\s*\$\w+|\bmshta\b",
    re.IGNORECASE,
)
_UNSEEN: Final = re.compile(r"-w(?:indowstyle)?\s+(?:h|hidden|1)\b|windowstyle\s+hidden|\.run[^\n]{1,200},\s*0\b|vbhide", re.IGNORECASE)
_SCRIPT_HOST: Final = ("wscript.", "shell.application", "scripting.filesystemobject", "adodb.stream", "winmgmts:")
# A script of Visual Basic in which nothing but remarks stands does nothing.
_ONLY_REMARKS: Final = re.compile(r"(?:[ \t]*(?:(?:'|rem\b)[^\n]*)?\n?)*+")
_FIRST_LINE: Final = re.compile(rb"\A#!\s*(?:/usr/bin/env\s+(?:-\S+\s+)*)?(?:\S*/)?([\w.+-]+)")


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding per script: medium for the kinds that Windows starts at a double click and nobody gives away, or when it does
    something telling (more when it hides that), low for other kinds that a double click starts, info for source code.
    """
    if item.filetype is FileType.XML:
        yield from _in_markup(item)
        return
    language = STARTED_BY_DOUBLE_CLICK.get(item.extension) or SOURCE_CODE.get(item.extension) or _interpreter(item.head)
    severity, words = _judged(item)
    detail = phrase(N_("Language: {language}"), language=language or "?")
    yield PRESENT.found(
        item.here(offset=0, length=min(item.size, 80), excerpt=item.head[:80].decode("utf-8", "replace")),
        severity=severity,
        detail=phrase(words, language=language or "?") if words else detail,
    )


def _in_markup(item: Item) -> Iterator[Finding]:
    """The script in a style sheet or project: medium when it starts or loads something, else low."""
    for needed, pattern in _IN_MARKUP:
        found = pattern.search(item.head) if needed in item.head else None
        if found is not None:
            language = found.group(1).decode("ascii") if found.lastindex else "C#"
            yield PRESENT.found(
                item.here(offset=found.start(), length=len(found.group())),
                severity=Severity.MEDIUM if _REACHES_OUT.search(item.head) else Severity.LOW,
                detail=phrase(N_("It holds a script ({language}) that runs when Windows' own tools read the file."), language=language),
            )
            return


def _judged(item: Item) -> tuple[Severity, str]:
    """How grave the script is, and what it does in words when that is why."""
    lower = script_text(item).lower
    by_windows = item.extension == "js" and _is_windows_script(lower)
    severity, words = Severity.INFO, ""
    if item.extension in STARTED_BY_DOUBLE_CLICK or by_windows:
        severity = _weight(lower)
    deeds = deeds_in(lower, _spoken(item, by_windows=by_windows))
    if deeds and deeds[0].severity.rank > severity.rank:
        severity, words = deeds[0].severity, deeds[0].words
    elif item.extension in _NEVER_GIVEN and severity.rank < Severity.MEDIUM.rank and not _ONLY_REMARKS.fullmatch(lower):
        severity, words = (
            Severity.MEDIUM,
            N_("Windows runs files of this kind ({language}) at a double click, with all rights of the user."),
        )
    if by_windows and severity.rank < Severity.MEDIUM.rank and starts_programs(lower):
        severity, words = Severity.MEDIUM, N_("It starts a program through Windows' own script host.")
    return severity, words


def _spoken(item: Item, *, by_windows: bool) -> str:
    """The languages whose deeds to look for; none for the JavaScript of pages and other languages of programmers."""
    if item.extension in STARTED_BY_DOUBLE_CLICK:
        return "shell python" if item.extension in {"command", "applescript"} else "windows"
    if by_windows:
        return "windows"
    language = SOURCE_CODE.get(item.extension) or _interpreter(item.head)
    if language in {"Python", "Perl", "Ruby", "Lua"} or language.startswith(("python", "perl", "ruby", "lua")):
        return "python"
    if language == "shell" or language.endswith("sh"):
        return "shell"
    return "" if language else "windows shell python"


def _weight(lower: str) -> Severity:
    """Medium when the script fetches something and starts it, high when it does so unseen, else low."""
    if _FETCHES.search(lower) is None or _STARTS.search(lower) is None:
        return Severity.LOW
    if _UNSEEN.search(lower) is not None:
        return Severity.HIGH
    # Set-up scripts fetch an installer package and hand it to Windows Installer, in the open.
    return Severity.LOW if "msiexec" in lower or ".msi" in lower else Severity.MEDIUM


def _interpreter(head: bytes) -> str:
    found = _FIRST_LINE.match(head)
    return found.group(1).decode("ascii") if found else ""


def _is_windows_script(lower: str) -> bool:
    """Whether JavaScript is meant for Windows' own script host: pages use ActiveX too, but only to fetch."""
    return any(sign in lower for sign in _SCRIPT_HOST)
