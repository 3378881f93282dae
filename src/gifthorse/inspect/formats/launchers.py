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
    gives = re.search(r"(?m)^(?:drivestoredirect:s:\S|redirectclipboard:i:1|redirectsmartcards:i:1|redirectwebauthn:i:1)", lower)
    starts = re.search(r"(?m)^(?:remoteapplicationmode:i:1|alternate shell:s:\S)", lower)
    shares = re.search(r"(?m)^drivestoredirect:s:\S", lower)
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


def _always(severity: Severity, words: str) -> Callable[[str], Judgement]:
    return lambda _text: (severity, words)


LAUNCHERS: Final[dict[str, Callable[[str], Judgement | None]]] = {
    "settingcontent-ms": setting_link,
    "rdp": remote_desktop,
    "iqy": web_query,
    "oqy": web_query,
    "msc": console,
    "inf": set_up_information,
    "contact": contact,
    **dict.fromkeys(("appref-ms", "application", "xbap", "vsto", "appinstaller", "jnlp"), _always(Severity.MEDIUM, _INSTALLS)),
    **dict.fromkeys(("scr", "pif", "cpl"), _always(Severity.MEDIUM, _STARTS)),
    **dict.fromkeys(("gadget", "diagcab", "job"), _always(Severity.MEDIUM, _STARTS)),
    "scpt": _always(Severity.LOW, N_("It is a compiled script of macOS.")),
    "dex": _always(Severity.LOW, N_("It is the code of an Android app.")),
    **dict.fromkeys(("hlp", "com"), _always(Severity.LOW, _STARTS)),
}
