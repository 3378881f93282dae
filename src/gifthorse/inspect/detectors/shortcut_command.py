"""Shortcuts that run a command instead of opening a file."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.commands import calls_interpreter, is_strong, program_of
from gifthorse.inspect.formats.shortcut import MOST_BYTES, Shortcut, read_shortcut
from gifthorse.inspect.item import Item, shown
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

COMMAND: Final = FindingKind(
    id="shortcut.command",
    severity=Severity.HIGH,
    confidence=0.95,
    title=N_("A shortcut that runs a command"),
    why=N_(
        "A shortcut can look like a folder or a document and start a chain of commands when it is opened. It is the usual way in which "
        "memory sticks bring malicious programs since autorun was switched off."
    ),
    what_to_do=N_("Do not open it. Keep the medium as it is, and show the command given here to whoever looks after your computers."),
    benign_explanation=N_(
        "Portable program collections use shortcuts that start their programs with options; those name a program that you know."
    ),
    technique=("T1204.002", "T1059", "T1091"),
)
KINDS: Final = (COMMAND,)
WANTS: Final = frozenset({FileType.SHORTCUT})

_PADDING: Final = re.compile(r"\s{20,}")
_RUNS_ON_MEDIUM: Final = re.compile(r"\.(exe|scr|com|pif|bat|cmd|vbs|vbe|js|jse|wsf|hta|ps1|msi|cpl|dll)\b", re.IGNORECASE)
_OWN_PANEL_ITEM: Final = re.compile(
    r"^(?:[a-z]:\\windows|%(?:systemroot|windir)%)\\(?:system32|syswow64)\\[^\\]+$|^[\w-]+\.cpl$|^[a-z]:\\program files", re.IGNORECASE
)
_INSTALLED: Final = re.compile(r"^(?:[a-z]:)?\\?(?:program files|programdata|users\\[^\\]+\\appdata)|%programfiles", re.IGNORECASE)


def examine(item: Item) -> Iterator[Finding]:
    """Yields one finding per shortcut: high when it gives an interpreter something to run, medium for a program with hidden options,
    else low.
    """
    shortcut = read_shortcut(item.content.read(0, MOST_BYTES))
    severity = _severity(shortcut)
    if severity is None:
        return
    if severity is Severity.HIGH and is_foreign_panel_item(shortcut):
        yield COMMAND.found(
            item.here(excerpt=shortcut.panel_item),
            severity=severity,
            detail=phrase(
                N_("Windows loads {file} as a part of the control panel as soon as the shortcut's icon is shown."),
                file=shown(shortcut.panel_item),
            ),
        )
        return
    line = f"{shortcut.target} {_PADDING.sub(' ␠…␠ ', shortcut.arguments)}".strip()
    yield COMMAND.found(
        item.here(offset=shortcut.arguments_offset or 0, length=max(len(shortcut.arguments), 1), excerpt=line),
        severity=severity,
        confidence=0.6 if severity is Severity.LOW else None,
        detail=phrase(N_("It starts: {command}"), command=shown(line)),
    )


def is_foreign_panel_item(shortcut: Shortcut) -> bool:
    """Whether the shortcut leads to an item of the control panel that is none of Windows' own."""
    return bool(shortcut.panel_item) and _OWN_PANEL_ITEM.search(shortcut.panel_item) is None


def _severity(shortcut: Shortcut) -> Severity | None:
    if shortcut.panel_item:
        return Severity.HIGH if is_foreign_panel_item(shortcut) else None
    padded = _PADDING.search(shortcut.arguments) is not None
    if any(calls_interpreter(place, shortcut.arguments) for place in shortcut.places) or padded or is_strong(shortcut.arguments):
        return Severity.HIGH
    if shortcut.target and not shortcut.leads_to_folder and program_of(shortcut.target) == "cmd":
        return Severity.LOW
    if not shortcut.arguments.strip():
        return Severity.LOW if _RUNS_ON_MEDIUM.search(shortcut.target) and not _INSTALLED.search(shortcut.target) else None
    return Severity.LOW


def about(item: Item) -> dict[str, str]:
    """Where the item's shortcut leads, for the correlations over the whole medium."""
    if item.filetype is not FileType.SHORTCUT:
        return {}
    shortcut = read_shortcut(item.content.read(0, MOST_BYTES))
    facts = {"shortcut-target": shortcut.target, "shortcut-arguments": shortcut.arguments.strip()[:2000]}
    return {name: text for name, text in facts.items() if text}
