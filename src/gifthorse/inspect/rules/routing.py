"""Which families of our rules look at which kind of file, so that no rule is tried where it could not mean anything."""

from typing import Final

from gifthorse.inspect.filetypes import MEDIA, OLE_DOCUMENTS, PROGRAMS, FileType

_COMMANDS: Final = ("powershell", "script_host", "batch", "shell", "code")
# Each bundle is compiled as one set, so that an item is scanned once.
BUNDLES: Final[dict[str, tuple[str, ...]]] = {
    "scripts": (*_COMMANDS, "web_shells", "pages", "keystrokes", "settings"),
    "pages": ("pages", "script_host"),
    "settings": ("settings", *_COMMANDS),
    "objects": ("code",),
    "texts": ("keystrokes", "lures", "settings"),
    "macros": ("macros", "powershell", "batch"),
    "shortcuts": ("shortcuts", "powershell", "batch"),
    "programs": ("programs",),
    "documents": ("documents", "carriers"),
    "data": ("carriers", "keystrokes"),
    "media": ("pictures", "carriers"),
}
BUNDLE_OF: Final[dict[FileType, str]] = {
    FileType.SCRIPT: "scripts",
    **dict.fromkeys((FileType.HTML, FileType.SVG, FileType.XML), "pages"),
    **dict.fromkeys((FileType.INI, FileType.REGISTRY), "settings"),
    FileType.JSON: "objects",
    FileType.TEXT: "texts",
    FileType.SHORTCUT: "shortcuts",
    **dict.fromkeys(PROGRAMS, "programs"),
    **dict.fromkeys((*OLE_DOCUMENTS, FileType.RTF, FileType.PDF, FileType.ONENOTE, FileType.MSG), "documents"),
    FileType.DATA: "data",
    **dict.fromkeys(MEDIA, "media"),
}
TEXTS: Final = frozenset({"scripts", "pages", "settings", "objects", "texts"})
