"""container.mark-of-web-bypass: a disk image that carries what should have come with a warning.

Windows marks files from outside and warns before it runs them; files inside a mounted ISO, IMG or VHD don't inherit the mark
(ATT&CK T1553.005). An image whose root shows a shortcut or a script, or a program beside hidden files, is built for that.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import DISK_IMAGES, FileType
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

JOINT: Final = " > "
WINDOWS_PROGRAMS: Final = frozenset({FileType.PE, FileType.DOS_EXE, FileType.MSI})
SCRIPT_ENDINGS: Final = (".bat", ".cmd", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".ps1", ".scr", ".com", ".pif")
MACRO_ENDINGS: Final = (".docm", ".dotm", ".xlsm", ".xlsb", ".xltm", ".xlam", ".xll", ".pptm", ".ppam", ".chm", ".one")
EVIDENCE_KEPT: Final = 10

BYPASS: Final = FindingKind(
    id="container.mark-of-web-bypass",
    severity=Severity.HIGH,
    confidence=0.85,
    title=N_("Disk image that slips programs past Windows' warning"),
    why=N_(
        "The disk image opens as a drive whose files carry no mark of their origin, so Windows runs the shortcut, script or program in "
        "it without asking. Attackers send images of just this make."
    ),
    what_to_do=N_("Don't open the image. Keep the medium sealed, and ask the giver over a channel that you already knew what it is."),
    benign_explanation=N_("Driver discs and installation discs hold programs too, openly and together with many other files."),
    technique=("T1553.005", "T1204.002"),
)
KINDS: Final = (BYPASS,)


def examine_medium(seen: Sequence[Seen]) -> Iterator[Finding]:
    """One finding for each disk image that holds shortcuts, scripts or programs at its root, graded by how they are shown."""
    images = {(one.partition, one.path): one for one in seen if one.filetype in DISK_IMAGES}
    if not images:
        return
    contents: dict[tuple[int | None, str], list[Seen]] = defaultdict(list)
    for one in seen:
        around, joint, _name = one.path.rpartition(JOINT)
        if joint and (one.partition, around) in images and not one.folder:
            contents[one.partition, around].append(one)
    for key, members in contents.items():
        yield from _judged(images[key], members)


def _judged(image: Seen, members: Sequence[Seen]) -> Iterator[Finding]:
    starters = [one for one in members if _at_root(one) and (one.filetype is FileType.SHORTCUT or _is_script(one))]
    programs = [one for one in members if one.filetype in WINDOWS_PROGRAMS]
    shown = [one for one in programs if _at_root(one) and not one.hidden]
    macros = [one for one in members if _at_root(one) and _name(one).lower().endswith(MACRO_ENDINGS)]
    hidden = any(one.hidden for one in programs) and bool(shown or starters)
    if hidden or (starters and (programs or any(one.filetype is FileType.SHORTCUT for one in starters))):
        severity = Severity.HIGH
    elif starters or shown or macros:
        severity = Severity.MEDIUM
    else:
        return
    places = [_place(one) for one in (*starters, *programs, *macros)][:EVIDENCE_KEPT]
    yield BYPASS.found(
        *places,
        _place(image),
        severity=severity,
        detail=phrase(
            N_("The image holds {starters} shortcuts or scripts and {programs} programs."), starters=len(starters), programs=len(programs)
        )
        if starters or programs
        else phrase(N_("The image holds {documents} documents that can run macros or files packed into them."), documents=len(macros)),
    )


def _at_root(one: Seen) -> bool:
    return "/" not in _name(one)


def _is_script(one: Seen) -> bool:
    return one.filetype is FileType.SCRIPT and _name(one).lower().endswith(SCRIPT_ENDINGS)


def _name(one: Seen) -> str:
    return one.path.rpartition(JOINT)[2]


def _place(one: Seen) -> Evidence:
    return Evidence(path=one.path, partition=one.partition, sha256=one.sha256)
