"""Compiled HTML help: web pages in one file that Windows opens without the browser's guards."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

CHM: Final = FindingKind(
    id="help.chm",
    severity=Severity.LOW,
    confidence=0.8,
    title=N_("A compiled help file"),
    why=N_(
        "Help files of this kind hold web pages that may start programs when they are shown; Windows does not restrain them as a "
        "browser does."
    ),
    what_to_do=N_("Ask for the manual as a PDF instead of opening this file."),
    benign_explanation=N_("Manuals of Windows programs came in this form for twenty years."),
    technique=("T1218.001",),
)
KINDS: Final = (CHM,)
WANTS: Final = frozenset({FileType.CHM})

# The HTML Help ActiveX control and its commands. Pages are usually compressed; names and small pages stand plain.
_SIGNS: Final = (b"52a2aaae-085d-4187-97ea-8c30db990436", b"adb880a6-d8ff-11cf-9377-00aa003b7a11")
_PROGRAM_NAMES: Final = (b".exe", b".vbs", b".hta", b".ps1", b".bat", b".scr")
_SEARCHED: Final = 8 << 20


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding per help file: high when it names the control that starts programs, medium when a program lies in it, else low."""
    lower = item.content.read(0, _SEARCHED).lower()
    for sign in _SIGNS:
        at = lower.find(sign)
        if at >= 0:
            yield CHM.found(
                item.here(offset=at, length=len(sign), excerpt=sign.decode()),
                severity=Severity.HIGH,
                detail=phrase(N_("It uses the control that starts programs from help pages.")),
            )
            return
    for name in _PROGRAM_NAMES:
        at = lower.find(name)
        if at >= 0 and b"/" in lower[max(at - 120, 0) : at]:
            yield CHM.found(
                item.here(offset=at, length=len(name)), severity=Severity.MEDIUM, detail=phrase(N_("It holds a program or script."))
            )
            return
    yield CHM.found(item.here())
