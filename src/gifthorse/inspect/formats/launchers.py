"""Files of rarely used kinds that Windows starts, installs or connects with at a double click, and what each of them does.

The kinds and their effects are Microsoft's own documentation of the file types; programs and people hardly ever hand them on.
"""

import re
from collections.abc import Callable
from typing import Final

from gifthorse.model.findings import Severity
from gifthorse.model.words import N_

Judgement = tuple[Severity, str]
_COMMANDS: Final = re.compile(
    r"(?i)\b(?:cmd|powershell|pwsh|mshta|wscript|cscript|rundll32|regsvr32|msiexec|certutil|bitsadmin)(?:\.exe)?\b"
)
_INSTALLS: Final = N_("Opening it installs or starts a program that is fetched from the network.")
_STARTS: Final = N_("Windows runs files of this kind at a double click like a program.")


def setting_link(text: str) -> Judgement:
    """.settingcontent-ms: the DeepLink element is a command line."""
    grave = _COMMANDS.search(text) is not None or "http" in text.partition("<DeepLink>")[2][:2000]
    return (Severity.HIGH if grave else Severity.MEDIUM), N_(
        "It is a link of the Windows settings, which runs a command when it is opened."
    )


def remote_desktop(text: str) -> Judgement:
    """.rdp: which of this computer's things the other side gets."""
    lower = text.lower().replace("\0", "")
    gives = re.search(
        r"(?m)^(?:drivestoredirect:s:\S|redirectdrives:i:1|redirectclipboard:i:1|redirectsmartcards:i:1|redirectwebauthn:i:1)", lower
    )
    starts = re.search(r"(?m)^(?:remoteapplicationmode:i:1|alternate shell:s:\S)", lower)
    shares = re.search(r"(?m)^(?:drivestoredirect:s:\S|redirectdrives:i:1)", lower)
    severity = Severity.MEDIUM if shares or (gives and starts) else Severity.LOW
    return severity, N_("It connects this computer to a foreign one, which may get at its drives, clipboard or cards.")


def web_query(text: str) -> Judgement:
    """.iqy: the table's content comes from the address in it."""
    outward = re.search(r"(?i)https?://|\\\\", text) is not None
    return (Severity.MEDIUM if outward else Severity.LOW), N_("Opening it makes Excel fetch a table, and formulas in it, from the network.")


def console(text: str) -> Judgement:
    """.msc: a management console, which may show a page or a task that runs commands."""
    lower = text.lower()
    grave = "javascript:" in lower or "apds.dll" in lower or "<commandline" in lower or _COMMANDS.search(lower) is not None
    severity = Severity.HIGH if grave else Severity.MEDIUM
    return severity, N_("It is a management console, which can run commands with an administrator's rights.")


def set_up_information(text: str) -> Judgement | None:
    """.inf: only those that run commands or register scripts; drivers' own are ordinary."""
    lower = text.lower().replace("\0", "")
    if re.search(r"scrobj\.dll|(?m:^[ \t]*run(?:pre|post)setupcommands[ \t]*=)|(?m:^[ \t]*unregisterocxs[ \t]*=)", lower) is None:
        return None
    return Severity.MEDIUM, N_("It is a set-up information file that runs commands when it is installed.")


def contact(text: str) -> Judgement | None:
    """.contact: a card whose web address is a program beside it."""
    address = re.search(r"(?is)<c:(?:value|url)[^<>]{0,200}>([^<]{3,600})</c:", text.replace("\0", ""))
    if address is None or not re.search(r"(?i)\.(?:exe|cpl|vbs|bat|cmd|lnk|hta|js)\b|^\\|^file:|^\.", address.group(1).strip()):
        return None
    return Severity.MEDIUM, N_("It is an address card whose web address starts a file.")


def desktop_theme(text: str) -> Judgement | None:
    """.theme: a screen saver that lies beside it is a program, which runs by itself after some minutes."""
    saver = re.search(r"(?im)^[ \t]*scrnsave\.exe[ \t]*=[ \t]*([^\r\n]{3,400})", text.replace("\0", ""))
    if saver is None or re.match(r"(?i)%(?:windir|systemroot)%\\system32\\|[a-z]:\\windows\\system32\\|\(none\)", saver.group(1).strip()):
        return None
    return Severity.MEDIUM, N_("It sets a screen saver of its own, which is a program that starts by itself.")


def sandbox(text: str) -> Judgement | None:
    """.wsb: what Windows Sandbox runs, and which folders of this computer it gets."""
    lower = text.lower()
    if "<logoncommand" not in lower:
        return None
    writes = "<hostfolder" in lower and re.search(r"<readonly>\s*true", lower) is None
    severity = Severity.MEDIUM if writes or _COMMANDS.search(lower) else Severity.LOW
    return severity, N_("It starts a second Windows on this computer and runs a command in it.")


def types_of_shell(text: str) -> Judgement | None:
    """.ps1xml: types and formats of PowerShell may hold script that runs when an object is shown."""
    if re.search(r"(?i)<(?:get|set)?scriptblock\b|<script>", text) is None:
        return None
    grave = re.search(r"(?i)\biex\b|invoke-|new-object|downloadstring|frombase64string|start-process|\biwr\b", text) is not None
    return (Severity.HIGH if grave else Severity.LOW), N_("It brings script into PowerShell that runs when an object is shown.")


def shell_data(text: str) -> Judgement | None:
    """.psd1: a module's description that loads its code from another machine."""
    named = re.findall(
        r"(?i)(?:rootmodule|moduletoprocess|nestedmodules|requiredassemblies|scriptstoprocess)\s*=\s*([^\r\n;]{1,400})", text
    )
    if any(re.search(r"\\\\[\w.-]+\\|https?://", value) for value in named):
        return Severity.HIGH, N_("It is a module of PowerShell that loads its code from another machine.")
    return None


def tunnel(text: str) -> Judgement | None:
    """.ovpn: which commands a private network's client runs when it connects."""
    runs = re.search(r"(?im)^[ \t]*(?:up|down|route-up|ipchange|tls-verify|client-connect|auth-user-pass-verify)[ \t]+\S", text)
    allowed = re.search(r"(?im)^[ \t]*script-security[ \t]+[23]", text)
    if runs is None:
        return None
    return (Severity.MEDIUM if allowed else Severity.LOW), N_(
        "It leads the traffic over a foreign machine and runs a command when it connects."
    )


def dial_up(text: str) -> Judgement | None:
    """.pbk: a connection that brings a library of its own."""
    if re.search(r"(?im)^[ \t]*custom(?:dial|ras)dll[ \t]*=[ \t]*\S", text.replace("\0", "")) is None:
        return None
    return Severity.MEDIUM, N_("It is a connection that loads a library of its own when it is dialled.")


def build_project(text: str) -> Judgement | None:
    """Project files of Microsoft's build program: steps that start an interpreter, which opening the project can run."""
    step = re.search(
        r"(?is)<exec\b[^>]{0,400}command\s*=\s*[\"']([^\"']{0,600})|<(?:pre|post)buildevent>\s*(?:<command>)?([^<]{0,600})", text
    )
    if step is None:
        return None
    command = (step.group(1) or step.group(2) or "").lower()
    unseen = re.search(r"(?:-w(?:indowstyle)?\s+h|-enc?\b|-e\s|mshta|frombase64|https?://|\biex\b|certutil|bitsadmin)", command)
    if _COMMANDS.search(command) is None or unseen is None:
        return None
    return Severity.MEDIUM, N_("It is a project for programmers that starts an interpreter unseen when it is built or opened.")


ACCESS_NAMES: Final = frozenset({"mdb", "accdb", "mde", "accde", "ade", "accdr", "mda", "accda", "accdt"})


def database(text: str) -> Judgement:
    """Access: a macro of this name runs when the file is opened; without it the code waits for a form or a click."""
    starts = re.search(r"(?i)a\0?u\0?t\0?o\0?e\0?x\0?e\0?c(?!\0?[a-z0-9])", text) is not None
    return (Severity.MEDIUM if starts else Severity.LOW), (
        N_("It is an Access database with a macro that runs as soon as it is opened.")
        if starts
        else N_("It is an Access database, which can hold programs and forms that run them.")
    )


def _always(severity: Severity, words: str) -> Callable[[str], Judgement]:
    return lambda _text: (severity, words)


LAUNCHERS: Final[dict[str, Callable[[str], Judgement | None]]] = {
    "settingcontent-ms": setting_link,
    "rdp": remote_desktop,
    **dict.fromkeys(("iqy", "dqy", "oqy", "rqy", "odc"), web_query),
    "oqy": web_query,
    "msc": console,
    "inf": set_up_information,
    "contact": contact,
    **dict.fromkeys(("theme", "themepack", "deskthemepack"), desktop_theme),
    "wsb": sandbox,
    "ps1xml": types_of_shell,
    "psd1": shell_data,
    "ovpn": tunnel,
    "pbk": dial_up,
    **dict.fromkeys(("csproj", "vbproj", "vcxproj", "fsproj", "proj", "targets", "props", "user"), build_project),
    **dict.fromkeys(
        ("psc1", "diagcfg", "diagpkg", "cdxml"), _always(Severity.LOW, N_("It tells a tool of Windows what to load or to run."))
    ),
    **dict.fromkeys(("appref-ms", "application", "xbap", "vsto", "appinstaller", "jnlp"), _always(Severity.MEDIUM, _INSTALLS)),
    **dict.fromkeys(("scr", "pif", "cpl"), _always(Severity.MEDIUM, _STARTS)),
    **dict.fromkeys(("gadget", "diagcab", "job", "a3x", "air"), _always(Severity.MEDIUM, _STARTS)),
    **dict.fromkeys(ACCESS_NAMES, database),
    "scpt": _always(Severity.LOW, N_("It is a compiled script of macOS.")),
    "dex": _always(Severity.LOW, N_("It is the code of an Android app.")),
    **dict.fromkeys(("hlp", "com"), _always(Severity.LOW, _STARTS)),
}
