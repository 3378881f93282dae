"""Programs that carry a document's ending before their own: report.pdf.exe, which Windows shows as report.pdf."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.extensions import ARCHIVE_NAMES, DECOYS, RUNS, endings
from gifthorse.inspect.formats.shortcut import read_shortcut
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

DOUBLE_EXTENSION: Final = FindingKind(
    id="name.double-extension",
    severity=Severity.HIGH,
    confidence=0.95,
    title=N_("A program that is named like a document or a picture"),
    why=N_(
        "The name has two endings. Windows hides the last one by default, so what it shows looks like a document or a picture, while a "
        "double click starts a program."
    ),
    what_to_do=N_("Do not open the file. Ask the giver through another channel what it is meant to be."),
    benign_explanation=N_("A program that unpacks itself is sometimes named after the archive that it was made from."),
    technique=("T1036.007", "T1204.002"),
)
KINDS: Final = (DOUBLE_EXTENSION,)
WANTS: Final[frozenset[FileType] | None] = None

_RUNS: Final = (RUNS - {"inf", "chm", "hlp", "vhd", "vhdx", "reg", "jar"}) | {"jar", "reg", "sh", "run", "appimage", "apk"}
# Opened at a double click like a folder, or as a page with files behind its pictures, and what is in it then runs.
_HOLDS: Final = frozenset({"iso", "img", "vhd", "vhdx", "one"})
_LINKS: Final = frozenset({"url", "website"})  # browsers name saved addresses so: a line, no alarm
_SIGNS_OF_WINDOWS_SCRIPT: Final = (b"activexobject", b"wscript.", b"getobject(", b"fromcharcode")


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding when the name's last ending runs something and the one before it is a document's, picture's or film's."""
    if item.untrusted_name.count(".") < 2:
        return
    parts = endings(item.untrusted_name)
    if len(parts) < 2:
        return
    poses = parts[-2] in DECOYS or (parts[-2] in ARCHIVE_NAMES and parts[-1] in _RUNS)
    if not poses or parts[-1] not in _RUNS | _HOLDS | _LINKS:
        return
    yield DOUBLE_EXTENSION.found(
        item.here(excerpt=item.untrusted_name),
        severity=_severity(item, parts[-2], parts[-1]),
        detail=phrase(N_("It passes for “.{decoy}” and is “.{real}”."), decoy=parts[-2], real=parts[-1]),
    )


def _severity(item: Item, decoy: str, real: str) -> Severity:
    if item.filetype is FileType.EMPTY or real in _LINKS:
        return Severity.LOW
    if real in _HOLDS:
        return Severity.MEDIUM
    if real == "lnk" and _leads_to_such_a_document(item, decoy):
        return Severity.INFO  # Windows names the links of its list of recent documents so
    if real in {"js", "sh", "run", "reg", "jar", "com"} and item.filetype not in {FileType.PE, FileType.DOS_EXE, FileType.ELF}:
        return Severity.HIGH if _is_windows_script(item) or real in {"com", "jar"} else Severity.LOW
    return Severity.MEDIUM if decoy in ARCHIVE_NAMES else Severity.HIGH


def _is_windows_script(item: Item) -> bool:
    lower = item.head.lower()
    return any(sign in lower for sign in _SIGNS_OF_WINDOWS_SCRIPT)


def _leads_to_such_a_document(item: Item, decoy: str) -> bool:
    if item.filetype is not FileType.SHORTCUT:
        return False
    shortcut = read_shortcut(item.head)
    return not shortcut.arguments and shortcut.target.lower().endswith("." + decoy)
