"""Files of rarely used kinds that start, install or connect something at a double click."""

from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import PROGRAMS, FileType
from gifthorse.inspect.formats.launchers import ACCESS_NAMES, LAUNCHERS
from gifthorse.inspect.formats.settings import decoded
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

RARE_LAUNCHER: Final = FindingKind(
    id="executable.rare-launcher",
    severity=Severity.MEDIUM,
    confidence=0.8,
    title=N_("A file of a rarely used kind that starts something"),
    why=N_(
        "Few people know this kind of file, and many filters let it pass. Opening it runs a command, installs a program or connects the "
        "computer to a foreign one."
    ),
    what_to_do=N_("Do not open it. Ask the giver through another channel what it is for; there is hardly ever a need for such a file."),
    benign_explanation=N_("Administrators use such files inside their own organisation; screen savers were once given away as presents."),
    technique=("T1204.002", "T1218"),
)
KINDS: Final = (RARE_LAUNCHER,)
WANTS: Final[frozenset[FileType] | None] = None

_SEARCHED: Final = 1 << 20
# Under these names only a program, or what begins like one, is started.
_PROGRAM_NAMES: Final = frozenset({"scr", "pif", "cpl"})
_PIF_SETTINGS: Final = b"MICROSOFT PIFEX\0"
_ACCESS_MARKS: Final = (b"Standard Jet DB", b"Standard ACE DB")


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding for a file whose ending and content make it such a launcher; none for text that merely bears the ending."""
    judge = LAUNCHERS.get(item.extension)
    if judge is None or item.filetype is FileType.EMPTY or _is_other(item):
        return
    text, _width = decoded(item.content.read(0, _SEARCHED))
    judgement = judge(text)
    if judgement is not None:
        severity, words = judgement
        yield RARE_LAUNCHER.found(item.here(excerpt=item.untrusted_name), severity=severity, detail=phrase(words))


def _is_other(item: Item) -> bool:  # noqa: PLR0911 - a chain of kinds, the first that fits decides
    """Whether the content is plainly something else that people keep under the same ending."""
    ending, kind = item.extension, item.filetype
    if ending in _PROGRAM_NAMES:
        settings = ending == "pif" and _PIF_SETTINGS in item.head[:1024]  # how a DOS program is to be started, and which
        return kind not in PROGRAMS and not item.head.startswith(b"MZ") and not settings
    if ending in ACCESS_NAMES:
        return not item.head.startswith(_ACCESS_MARKS, 4)
    if ending == "com":
        return kind not in {FileType.DATA, FileType.DOS_EXE, FileType.PE}
    if ending == "hlp":
        return not item.head.startswith(b"\x3f\x5f\x03\x00")  # WinHelp's own mark
    if ending == "scpt":
        return not item.head.startswith(b"FasdUAS")
    if ending == "dex":
        return not item.head.startswith(b"dex\n")
    if ending in {"psc1", "diagcfg", "diagpkg", "cdxml"}:
        return kind is not FileType.XML
    if ending in {"application", "vsto", "xbap", "appinstaller", "jnlp", "msc", "settingcontent-ms"}:
        return kind not in {FileType.XML, FileType.HTML, FileType.TEXT}
    if ending == "job":
        return kind is not FileType.DATA
    if ending == "gadget":
        return kind not in {FileType.ZIP, FileType.CAB}
    return ending == "diagcab" and kind is not FileType.CAB
