"""How dangerous a file is that is carried inside a document or mail: by its bytes, and by the name that the system will act on."""

import re
from enum import Enum
from io import BytesIO
from typing import Final

from gifthorse.inspect.documents.compound import SIGNATURE, compound_from
from gifthorse.inspect.documents.damage import DamagedDocument
from gifthorse.inspect.documents.macros import compound_macros, package_macros
from gifthorse.inspect.documents.package import open_package
from gifthorse.inspect.filetypes import DISK_IMAGES, OOXML, PROGRAMS, FileType
from gifthorse.inspect.identify import identify
from gifthorse.model.words import N_


class Danger(Enum):
    """What the enclosed file can do, gravest first."""

    PROGRAM = N_("a program or something that the system runs")
    MACRO = N_("a document with a macro")
    DISK = N_("a disk image, which takes from its files the mark that they came from outside")
    CONTAINER = N_("an archive, which hides what is in it from filters")
    ACTIVE = N_("a page or document that may hold scripts")
    PLAIN = N_("plain content")


_RUN: Final = PROGRAMS | {
    FileType.SCRIPT, FileType.SHORTCUT, FileType.REGISTRY, FileType.MSI, FileType.JAR, FileType.APK, FileType.CHM,
    FileType.JAVA_CLASS, FileType.PYTHON_BYTECODE,
}  # fmt: skip
_ARCHIVES: Final = frozenset({
    FileType.ZIP, FileType.RAR, FileType.SEVEN_ZIP, FileType.CAB, FileType.TAR, FileType.GZIP, FileType.XZ, FileType.BZIP2, FileType.ZSTD,
})  # fmt: skip
# What makes a drawing more than a drawing: in its own letters, or in two-byte ones, which no drawing program writes.
_ACTIVE_PICTURE: Final = re.compile(
    rb"script|\son[a-z]{3,20}\s*=|<!entity|<!doctype[^>]*\[|foreignobject|\bhref\s*=\s*[\"']?(?:https?:|data:)|\0", re.IGNORECASE
)
_MARKUP: Final = frozenset({FileType.HTML, FileType.SVG})


# Names that Windows, macOS or a desktop runs or opens with an interpreter when they are clicked.
def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


RUN_NAMES: Final = _names(
    "exe com scr pif cpl msi msp mst dll sys ocx drv bat cmd ps1 psm1 ps1xml vbs vbe vb js jse mjs wsf wsh wsc sct hta lnk url scf inf reg "
    "jar jnlp chm hlp msc application appref-ms gadget xll wll vsto appx appxbundle msix msixbundle appinstaller settingcontent-ms "
    "library-ms search-ms searchconnector-ms diagcab desktop command workflow app pkg mobileconfig sh bash run apk py pyw pyz elf ade mde "
    "adp mdb accde iqy slk rdp theme themepack website printerexport xbap ws job"
)
_DISK_NAMES: Final = _names("iso img vhd vhdx dmg udf")
_ARCHIVE_NAMES: Final = _names("zip rar 7z cab ace arj lzh gz tgz tar xz bz2 z r00 uue")
_MACRO_NAMES: Final = _names("docm dotm xlsm xltm xlam xlsb pptm potm ppam ppsm sldm xla ppa")
_MARKUP_NAMES: Final = _names("htm html xhtml shtml svg mht mhtml one onepkg rtf")


def danger_of(untrusted_name: str, content: bytes) -> Danger:
    """What a file named *untrusted_name* that holds *content* can do."""
    name = untrusted_name.rstrip(". \t\0").lower()
    extension = name.rpartition(".")[2] if "." in name else ""
    kind = identify(content[: 64 << 10], len(content), lambda length: content[-length:] if length else b"", untrusted_name)
    if kind in _RUN or extension in RUN_NAMES:
        return Danger.PROGRAM
    if extension in _MACRO_NAMES or has_macro(kind, content):
        return Danger.MACRO
    if kind in DISK_IMAGES or extension in _DISK_NAMES:
        return Danger.DISK
    if kind in _ARCHIVES or extension in _ARCHIVE_NAMES:
        return Danger.CONTAINER
    if kind in _MARKUP or extension in _MARKUP_NAMES:
        drawing = kind is FileType.SVG and extension == "svg" and _ACTIVE_PICTURE.search(content) is None
        return Danger.PLAIN if drawing else Danger.ACTIVE
    return Danger.PLAIN


def has_macro(kind: FileType, content: bytes) -> bool:
    """Whether the office document *content* has macro code."""
    try:
        if kind in OOXML:
            return any(macros.statements or macros.stripped for macros in package_macros(open_package(BytesIO(content))))
        if content.startswith(SIGNATURE):
            return any(macros.statements or macros.stripped for macros in compound_macros(compound_from(content)))
    except DamagedDocument:
        return False
    return False
