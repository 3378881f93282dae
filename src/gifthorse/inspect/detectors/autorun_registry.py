"""Registry files (.reg): a double click and one confirmation change how Windows starts and what it trusts."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.settings import MOST_BYTES, decoded
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

REGISTRY: Final = FindingKind(
    id="autorun.registry",
    severity=Severity.LOW,
    confidence=0.9,
    title=N_("A file that changes the Windows registry"),
    why=N_(
        "Opening this file writes settings into Windows. Some settings start a program at every login, switch protections off, or "
        "replace a "
        "system program by another one."
    ),
    what_to_do=N_("Do not open it. Have its content read by whoever looks after your computers."),
    benign_explanation=N_("Programs and administrators pass settings on in such files; ordinary ones stay within one program's own keys."),
    technique=("T1112", "T1547.001"),
)
KINDS: Final = (REGISTRY,)
WANTS: Final = frozenset({FileType.REGISTRY})

# Keys that start programs or take guards away (autostart places and policies as Microsoft documents them).
# Runs are bounded (a key's part has 255 letters at most): one without end would be tried from every backslash before it.
_STARTING: Final = re.compile(
    r"(?im)^\[(?!-)[^\]\n]{0,1000}\\(?:currentversion\\(?:run|runonce|runservices|policies\\explorer\\run|winlogon"
    r"|image file execution options\\[^\]\n]{1,255}|windows\\load"
    r"|app paths\\[^\]\n]{1,255}|silentprocessexit\\[^\]\n]{1,255}|shellserviceobjectdelayload|explorer\\user shell folders)"
    r"|active setup\\installed components\\[^\]\n]{1,255}"
    r"|command processor|session manager|services\\[^\]\\\n]{1,255}|control\\lsa|(?:exe|bat|com|cmd|txt|mscfile"
    r"|ms-settings)(?:file)?\\shell\\open\\command|inprocserver32|environment)[^\]\n]{0,1000}\]"
)
_UNGUARDING: Final = re.compile(
    r"(?i)\"(?:disableantispyware|disablerealtimemonitoring|enablelua|disabletaskmgr|enablefirewall|nodrivetypeautorun"
    r"|userinitmprlogonscript|appinit_dlls"
    r"|hidefileext|executionpolicy|disableregistrytools|vbawarnings|accessvbom|disablescanonrealtimeenable"
    r"|localaccounttokenfilterpolicy|consentpromptbehavioradmin)\"\s*="
)


def examine(item: Item) -> Iterator[Finding]:
    """Yields one finding per registry file: high when it makes something start by itself or takes protection away, else low."""
    text, width = decoded(item.content.read(0, MOST_BYTES))
    for pattern, words in (
        (_STARTING, N_("It writes to a place from which Windows starts programs: {line}")),
        (_UNGUARDING, N_("It changes a protection of Windows: {line}")),
    ):
        found = pattern.search(text)
        if found is not None and _sets_something(text, found.end(), pattern is _STARTING):
            line = found.group().strip()
            place = item.here(offset=found.start() * width, length=len(found.group()) * width, excerpt=line)
            yield REGISTRY.found(place, severity=Severity.HIGH, detail=phrase(words, line=line[:200]))
            return
    yield REGISTRY.found(item.here(offset=0, length=min(item.size, 80), excerpt=text[:80]))


def _sets_something(text: str, start: int, is_key: bool) -> bool:
    """Whether a value with a path or command follows the key before the next one begins."""
    if not is_key:
        return True
    values = text[start : start + 20_000].partition("\n[")[0].lower()
    return (
        re.search(r"=\s*(?:\"[^\"\n]*(?:\.|\\|%|/|\s-|\b(?:cmd|powershell|pwsh|mshta|wscript|cscript|calc)\b)[^\"\n]*\"|hex\()", values)
        is not None
    )
