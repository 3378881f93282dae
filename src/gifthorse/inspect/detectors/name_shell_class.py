"""Folders that Windows shows as something else: their name or their desktop.ini gives them the class of a part of the system."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gifthorse.inspect.facts import Seen
from gifthorse.inspect.filetypes import FileType
from gifthorse.inspect.formats.settings import MOST_BYTES, read_settings
from gifthorse.inspect.item import Item
from gifthorse.model.findings import Evidence, Finding, FindingKind, Severity
from gifthorse.model.words import N_, phrase

SHELL_CLASS: Final = FindingKind(
    id="name.shell-class",
    severity=Severity.MEDIUM,
    confidence=0.85,
    title=N_("A folder that Windows shows as something else"),
    why=N_(
        "The folder bears the class of a part of Windows, such as the recycle bin or the control panel. Opened in Windows it shows that "
        "part instead of its own content, which stays hidden, or it makes Windows load a component."
    ),
    what_to_do=N_("Look at the medium on a computer with another system, and at what this folder holds."),
    benign_explanation=N_("The recycle bin that Windows itself puts on every drive has such a file too; it is not reported."),
    technique=("T1564.001", "T1546.015"),
)
KINDS: Final = (SHELL_CLASS,)
WANTS: Final = frozenset({FileType.INI, FileType.TEXT, FileType.DATA})

_CLASS: Final = re.compile(r"\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}", re.IGNORECASE)
_CLASSED_NAME: Final = re.compile(rf"\.{_CLASS.pattern}\Z", re.IGNORECASE)
_KEYS: Final = frozenset({"clsid", "clsid2", "uiclsid"})
# The recycle bins that Windows makes itself.
_OWN_FOLDERS: Final = frozenset({"$recycle.bin", "recycler", "recycled"})


def examine(item: Item) -> Iterator[Finding]:
    """Yields a finding for a desktop.ini that gives its folder a class, except in Windows' own recycle bins."""
    if item.untrusted_name.lower() != "desktop.ini" or _OWN_FOLDERS & set(item.path.lower().split("/")):
        return
    for setting in read_settings(item.content.read(0, MOST_BYTES)):
        if setting.key in _KEYS and _CLASS.search(setting.value):
            yield SHELL_CLASS.found(
                item.here(offset=setting.offset, length=len(setting.key) + 1 + len(setting.value), excerpt=setting.value),
                detail=phrase(N_("Its folder is shown as the class {name}."), name=setting.value[:60]),
            )
            return


def examine_medium(seen: Sequence[Seen]) -> Iterator[Finding]:
    """Yields a finding for each folder whose name ends in a class."""
    for thing in seen:
        if thing.folder and not thing.deleted and _CLASSED_NAME.search(thing.path):
            yield SHELL_CLASS.found(
                Evidence(path=thing.path, partition=thing.partition), detail=phrase(N_("The class is part of the folder's name."))
            )
