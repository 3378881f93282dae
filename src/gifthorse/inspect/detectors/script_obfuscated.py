"""Scripts that hide what they do: by concrete habits of spelling and decoding, never by entropy alone."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.script_names import SOURCE_CODE
from gifthorse.inspect.formats.script_text import script_text
from gifthorse.inspect.formats.split_words import telling_word_in_pieces
from gifthorse.inspect.formats.veils import Habit, habits
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
    "pm": "perl",
    "rb": "ruby",
}
_ALL_WINDOWS: Final = "powershell batch vbscript jscript windows"


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding for the gravest way of hiding that the script shows, and one when it cuts up telling words."""
    text, lower, width = script_text(item)
    best: tuple[Habit, re.Match[str]] | None = None
    spoken = _spoken(item)
    for habit in habits(spoken, lower):
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
    if best is None or best[0].severity.rank < Severity.HIGH.rank:
        seam = telling_word_in_pieces(spoken, lower)
        if seam is not None:
            yield OBFUSCATED.found(
                item.here(offset=seam * width, excerpt=text[max(seam - 20, 0) : seam + 40]),
                detail=phrase(N_("It writes telling words in pieces and joins them only when it runs.")),
            )


def _spoken(item: Item) -> str:
    """The languages to look for: by the name, else by the first line, else all that Windows runs."""
    by_name = _LANGUAGES.get(item.extension, "" if item.extension in SOURCE_CODE else None)
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


def _often_enough(habit: Habit, lower: str) -> re.Match[str] | None:
    """The first place where *habit* shows, when it shows often enough."""
    first = None
    for count, found in enumerate(habit.pattern.finditer(lower), start=1):
        first = first or found
        if count >= habit.least:
            return first
    return None
