"""Which families of our rules look at which kind of file, so that no rule is tried where it could not mean anything."""

from typing import Final

from gifthorse.inspect.filetypes import MEDIA, OLE_DOCUMENTS, PROGRAMS, FileType
from gifthorse.inspect.item import Item

Families = tuple[str, ...]
_COMMANDS: Final[Families] = ("powershell", "script_host", "batch", "shell", "code")
# Families in one set are compiled together, so that an item is scanned once for all of them. Rules for programs, which are large, are
# cut into several sets: the scanner looks for up to about a hundred beginnings of strings at once several times as fast as for more, so
# that two scans cost less than one.
_UNIX_PROGRAMS: Final[tuple[Families, ...]] = (("programs",), ("implants",))
BUNDLES: Final[dict[str, tuple[Families, ...]]] = {
    "sources": (("shell", "code", "web_shells", "keystrokes"),),
    "scripts": ((*_COMMANDS, "web_shells", "pages", "keystrokes", "settings"),),
    "pages": (("pages", "script_host"),),
    "settings": (("settings", *_COMMANDS),),
    "objects": (("code",),),
    "texts": (("keystrokes", "lures", "settings"),),
    "macros": (("macros", "powershell", "batch"),),
    "shortcuts": (("shortcuts", "powershell", "batch"),),
    "programs": (*_UNIX_PROGRAMS, ("windows_programs",)),
    "unix_programs": _UNIX_PROGRAMS,
    "documents": (("documents", "carriers"),),
    "data": (("carriers", "keystrokes"),),
    "media": (("pictures", "carriers"),),
}
BUNDLE_OF: Final[dict[FileType, str]] = {
    FileType.SCRIPT: "scripts",
    **dict.fromkeys((FileType.HTML, FileType.SVG, FileType.XML), "pages"),
    **dict.fromkeys((FileType.INI, FileType.REGISTRY), "settings"),
    FileType.JSON: "objects",
    FileType.TEXT: "texts",
    FileType.SHORTCUT: "shortcuts",
    **dict.fromkeys(PROGRAMS, "programs"),
    **dict.fromkeys((FileType.ELF, FileType.MACHO), "unix_programs"),
    **dict.fromkeys((*OLE_DOCUMENTS, FileType.RTF, FileType.PDF, FileType.ONENOTE, FileType.MSG), "documents"),
    FileType.DATA: "data",
    **dict.fromkeys(MEDIA, "media"),
}
TEXTS: Final = frozenset({"scripts", "sources", "pages", "settings", "objects", "texts"})
# Scripts that no part of Windows runs by itself: the rules for its interpreters could not mean anything in them.
_SOURCES: Final = frozenset(
    {"py", "pyw", "pyi", "rb", "pl", "pm", "lua", "r", "jl", "sh", "bash", "zsh", "ksh", "command", "php", "phtml"}
    | {"c", "h", "cpp", "go", "rs", "java"}
)


def bundle_for(item: Item) -> str | None:
    """The bundle for *item*, None when no rule of ours has anything to say about its kind."""
    bundle = BUNDLE_OF.get(item.filetype)
    if bundle == "scripts" and (item.extension in _SOURCES or item.head.startswith((b"#!/bin/", b"#!/usr/bin/"))):
        return "sources"
    return bundle
