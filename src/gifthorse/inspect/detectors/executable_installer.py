"""Set-up packages: they install programs and may run scripts with full rights while they do so."""

import re
from collections.abc import Iterator
from typing import Final

from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.item import Item
from gifthorse.inspect.unpack.self_extracting import end_of_program
from gifthorse.model.findings import Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

INSTALLER: Final = FindingKind(
    id="executable.installer",
    severity=Severity.LOW,
    confidence=0.9,
    title=N_("A set-up package"),
    why=N_("Installing it runs its author's commands with the highest rights of the computer."),
    what_to_do=N_("Do not install anything from a gift. If you need the program, fetch it from its maker."),
    benign_explanation=N_("Software is delivered in this form; packages with a version in their name are the ordinary kind."),
    technique=("T1204.002", "T1218.007"),
)
KINDS: Final = (INSTALLER,)
WANTS: Final = frozenset({FileType.MSI, FileType.AR, FileType.OTHER_ARCHIVE, FileType.PE, FileType.INI})

# First bytes of the archives that are packages: macOS (xar) and RPM.
_PACKAGES: Final = ((b"xar!", "macOS"), (b"\xed\xab\xee\xdb", "RPM"))
_SNAP_START: Final = b"hsqs"
# What set-up makers leave in their programs.
_SETUP_MAKERS: Final = (
    (b"NullsoftInst", "NSIS"),
    (b"Inno Setup", "Inno Setup"),
    (b"InstallShield", "InstallShield"),
    (b"WixBurn", "WiX"),
    (b".wixburn", "WiX"),
)
_SEVEN_ZIP_ORDERS: Final = re.compile(rb";!@Install@!UTF-8!(?=[^\0]{0,4000}?(?:RunProgram|ExecuteFile|AutoInstall)\d?=)")
_ORDERS: Final = 8192
_DEBIAN: Final = b"debian-binary"


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding for a set-up package of Windows, Debian, RPM or macOS, or a program made by a known set-up maker."""
    kind = _kind(item)
    if kind:
        yield INSTALLER.found(
            item.here(), severity=Severity.INFO if item.filetype is FileType.PE else None, detail=phrase(N_("Kind: {kind}"), kind=kind)
        )


def _kind(item: Item) -> str:
    if item.filetype is FileType.MSI:
        return "Windows Installer"
    if item.filetype is FileType.AR:
        return "Debian" if item.head.startswith(_DEBIAN, 8) else ""
    if item.filetype is FileType.INI:
        return "Flatpak" if item.extension in {"flatpakref", "flatpakrepo"} else ""
    if item.filetype is FileType.OTHER_ARCHIVE:
        if item.extension == "snap" and item.head.startswith(_SNAP_START):
            return "Snap"
        return next((kind for sign, kind in _PACKAGES if item.head.startswith(sign)), "")
    return next((kind for sign, kind in _SETUP_MAKERS if sign in item.head), "") or _unpacks_and_runs(item)


def _unpacks_and_runs(item: Item) -> str:
    """A program that unpacks the archive behind itself and then runs a command, by 7-Zip's orders between the two."""
    end = end_of_program(item.content)
    orders = item.content.read(end, _ORDERS) if end is not None and end < item.size else b""
    return "7-Zip SFX" if _SEVEN_ZIP_ORDERS.search(orders) is not None else ""
